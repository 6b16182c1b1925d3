import type { ContractPolicy } from '../../domain/contract/policy.js';

/** The demo company's standard terms; a company's own counsel reviews its own. Reminders and lapse: processes.md 3.2. */
export const CONTRACT_TERMS: ContractPolicy = {
  clauses: [
    { key: 'quality', title: '质量标准 Quality', text: '货物应符合国家标准及双方确认的技术规格。' },
    {
      key: 'delivery',
      title: '交付 Delivery',
      text: '卖方应在合同生效后 {deliveryDays} 日内将货物运至买方指定地点，运费由卖方承担。',
    },
    {
      key: 'acceptance',
      title: '验收 Acceptance',
      text: '买方应在收货后 14 日内验收；逾期未提出书面异议的，视为验收合格。',
    },
    {
      key: 'payment',
      title: '付款 Payment',
      text: '买方应按约定的付款计划付款，账期 {termDays} 日；逾期付款的，按日万分之五支付违约金。',
    },
    {
      key: 'warranty',
      title: '质保 Warranty',
      text: '质保期为验收合格之日起 {warrantyMonths} 个月，质保期内非人为损坏由卖方免费维修或更换。',
    },
    {
      key: 'title',
      title: '所有权与风险 Title and risk',
      text: '货物毁损、灭失的风险自交付时起转移；买方付清全部货款前，卖方保留货物所有权。',
    },
    {
      key: 'liability',
      title: '责任限制 Liability',
      text: '任何一方的赔偿总额不超过合同总价；故意或重大过失造成的损失不受此限。',
    },
    {
      key: 'confidentiality',
      title: '保密 Confidentiality',
      text: '双方对因履行本合同知悉的对方商业秘密负有保密义务，合同终止后三年内继续有效。',
    },
    {
      key: 'force-majeure',
      title: '不可抗力 Force majeure',
      text: '因不可抗力不能履行合同的，受影响方应在 7 日内通知对方并提供证明，部分或全部免除责任。',
    },
    {
      key: 'disputes',
      title: '争议解决 Disputes',
      text: '因本合同发生的争议，双方应协商解决；协商不成的，提交卖方所在地人民法院诉讼解决。',
    },
  ],
  milestones: [
    { kind: 'DELIVERY', days: 30, ownerRole: 'DELIVERY' },
    { kind: 'ACCEPTANCE', days: 14, ownerRole: 'DELIVERY' },
  ],
  signatureReminderDays: [3, 7, 14],
  signatureLapseDays: 30,
  sealWorkDays: 1,
  milestoneReminderDays: [-7, -1, 1],
  orderConfirmWorkMinutes: 240,
  endReminderDays: [90, 60, 30],
  archiveAfterDays: 30,
  retentionYears: 10,
};
