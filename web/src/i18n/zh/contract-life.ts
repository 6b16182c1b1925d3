export const contractLife = {
  contractLife: {
    suspend: '中止',
    suspendText: '中止期间不能下单或标记交付；合同期限照常计算。',
    cause: '原因',
    endsOn: '合同到期日',
    suspendedFor: '中止原因',
    endReason: '结束说明',
    keptUntil: '保管至',
  },
  suspension: { CREDIT_HOLD: '信用冻结', DISPUTE: '争议', FORCE_MAJEURE: '不可抗力' },
};
