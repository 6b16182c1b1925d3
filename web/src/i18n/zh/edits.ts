/** 审批时修改内容。 */
export const edits = {
  edit: {
    open: '修改后同意',
    note: '仅限本节点可修改的字段；修改与您的同意一并生效。',
    was: '当前为 {{value}}',
    check: '修改的影响',
    newAmount: '修改后金额：',
    unchanged: '与当前内容相同。',
    invalidates: '以下节点已同意的内容与修改不符，需重新审批：',
    askedAgain: '重新审批人：{{people}}',
    accept: '同意请以上人员重新审批',
    covered: '其他人已同意的范围包含此修改。',
    added: '新增审批节点：{{stage}}（{{people}}）',
    leftOut: '不再需要：{{stage}}',
    confirm: '修改并同意',
  },
};
