/** 为什么没有问某人。 */
export const whyNot = {
  whyNot: {
    title: '为什么没有问某人',
    ask: '选一个人',
    person: '谁',
    verdict: {
      ASKED: '要问 {{name}}：',
      DROPPED: '本应问 {{name}}，但{{why}}',
      STAGE_NOT_ASKED: '没有规则要求这个节点，否则会问 {{name}}：',
      UNKNOWN: '没有规则要求这个节点；提交时没有保存当时的组织，无法判断是否会问 {{name}}：',
    },
    notNamed: '无论如何都不会问 {{name}} 的节点：{{stages}}',
    met: '“{{rule}}”成立',
    outranked: '“{{rule}}”成立，但同组更高的级别代替了它',
    unmet: '“{{rule}}”不成立：{{fact}} 是 {{value}}',
    hidden: '（不可见）',
  },
  dropped: {
    INACTIVE: '已经离职或停用',
    INITIATOR: '算作发起人，不能审批自己的申请',
    AWAY: '当时不在岗',
    NOT_ALLOWED: '不在允许的人选之内',
    DUPLICATE: '在这个节点已经有席位',
    OVER_LIMIT: '金额超出其可代为审批的上限',
  },
};
