/** Before a request exists: who would be asked, and sending it. */
export const submission = {
  preview: {
    outranked: '由更高一级审批：{{rules}}',
    notMet: '条件：{{rules}}',
    sla: '时限 {{span}}（工作时间）',
    title: '谁来审批',
    asking: '正在计算…',
    incomplete: '选好客户和产品后，这里显示需要谁审批、为什么。',
    auto: '无需人工审批：提交后自动通过。',
    notAsked: '为什么没有问其他人（{{n}}）',
  },
  submit: {
    title: '提交审批',
    button: '提交审批',
    confirm: '确认提交',
    again: '重新提交',
    done: '已提交审批',
    cc: '抄送',
    ccHint: '可查看，每人只通知一次；抄送不计票。',
    planChanged: '审批路径刚刚有变化，请核对新路径后再提交。',
  },
};
