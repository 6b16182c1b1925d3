/** One sentence per event of a request. */
export const events = {
  timelineText: {
    request_submitted: '提交了审批',
    request_resubmitted: '重新提交了审批',
    stage_activated: '进入环节“{{stage}}”',
    stage_blocked: '环节“{{stage}}”无人可批',
    stage_restaffed: '为环节“{{stage}}”指定了审批人',
    stage_skipped: '跳过环节“{{stage}}”',
    stage_closed: '环节“{{stage}}”结束',
    seat_opened: '轮到 {{holder}}',
    seat_decided: '作出决定',
    seat_closed: '{{holder}} 无需再处理',
    seat_added: '增加审批人 {{holder}}',
    seat_transferred: '转给 {{holder}}',
    rung_fired: '到时提醒',
    request_returned: '退回',
    request_closed: '审批结束',
  },
};
