/** 把在途申请移到生效的版本。 */
export const move = {
  move: {
    title: '移动在途申请',
    how: '在途申请仍按提交时的版本审批。这里先看逐个移动的结果，再决定移动哪些。',
    none: '没有按其他版本审批的在途申请。',
    forbidden: '只有可以编写策略的人才能移动在途申请。',
    look: '查看申请',
    carried: '同意继续有效：{{people}}',
    lost: '{{person}} 的同意不再有效（{{why}}）',
    accept: '移动后已无人需要审批，申请会直接通过；由我负责',
    reason: '为什么移动',
    apply: '移动 {{n}} 个申请',
    notYet: '这一版尚未生效；生效后才能移动。',
    done: '{{of}} 个申请中移动了 {{n}} 个',
  },
  moveEffect: {
    KEPT: '保留',
    ADDED: '新增',
    DROPPED: '取消',
  },
  moveState: {
    PASSED: '保持通过',
    PASSES: '凭有效的同意直接通过',
    ASKED: '需要审批',
  },
  moveLost: {
    STAGE_DROPPED: '节点已取消',
    STRICTER: '要求更严',
    CONTENT: '内容已变',
    NOT_ELIGIBLE: '不再是审批人',
    NOT_A_PERSON: '由超时给出',
    ELSEWHERE: '是在别的节点表示的',
  },
};
