import type { ApprovalPolicyContent, PolicyInput } from '../../domain/approval/policy.js';
import type { StageSpec } from '../../domain/approval/stage-spec.js';
import { decisionTable, LADDERS, stage, type SeedRow } from './build.js';

const AMOUNT: PolicyInput = { name: 'amount', label: 'Amount, CNY · 金额', type: 'decimal' };

const LEAD = stage({
  key: 'TEAM_LEAD',
  title: 'Team lead · 组长',
  block: 0,
  branch: 'commercial',
  resolver: { kind: 'ROLE', role: 'TEAM_LEAD', take: 'NEAREST' },
  empty: { kind: 'UP_CHAIN' },
});
const DIRECTOR = stage({
  key: 'REGIONAL_DIRECTOR',
  title: 'Regional director · 大区总监',
  block: 1,
  branch: 'commercial',
  resolver: { kind: 'ROLE', role: 'REGIONAL_DIRECTOR', take: 'NEAREST' },
  empty: { kind: 'FALLBACK', role: 'SALES_MANAGER' },
});
const MANAGER = stage({
  key: 'SALES_MANAGER',
  title: 'Sales manager · 销售总经理',
  block: 2,
  branch: 'commercial',
  resolver: { kind: 'ROLE', role: 'SALES_MANAGER', take: 'NEAREST' },
  empty: { kind: 'FALLBACK', role: 'GENERAL_MANAGER' },
});
const office = (
  key: 'FINANCE' | 'LEGAL' | 'DELIVERY' | 'SEAL_KEEPER' | 'GENERAL_MANAGER',
  title: string,
  block: number,
): StageSpec =>
  stage({
    key,
    title,
    block,
    branch: key.toLowerCase(),
    resolver: { kind: 'ROLE', role: key, take: 'NEAREST' },
  });

function policy(
  inputs: readonly PolicyInput[],
  rows: readonly SeedRow[],
  stages: readonly StageSpec[],
): ApprovalPolicyContent {
  return {
    jdm: decisionTable(inputs, rows),
    inputs,
    stages,
    ladders: LADDERS,
    withdraw: 'ANYTIME',
    returnedWorkDays: 20,
    returnedReminderWorkDays: 15,
  };
}

const EXPENSE = policy(
  [AMOUNT, { name: 'categories', label: 'Categories · 类别', type: 'strings' }],
  [
    {
      id: 'every',
      when: {},
      stages: ['TEAM_LEAD', 'FINANCE'],
      rule: 'every expense · 所有报销',
      text: 'every expense: team lead, then finance · 所有报销：组长、财务',
    },
    {
      id: 'amount-20k',
      when: { amount: '> 20000' },
      stages: ['REGIONAL_DIRECTOR'],
      rule: 'amount > 20,000',
      text: 'amount {amount} > 20,000',
    },
    {
      id: 'gifts',
      when: { categories: "some($, # == 'GIFTS')" },
      stages: ['REGIONAL_DIRECTOR'],
      rule: 'gifts · 礼品',
      text: 'gifts are approved by the regional director · 礼品由大区总监审批',
    },
  ],
  [LEAD, DIRECTOR, office('FINANCE', 'Finance · 财务', 2)],
);

const DISCOUNT = policy(
  [
    AMOUNT,
    { name: 'discountPct', label: 'Discount % · 折扣率', type: 'decimal' },
    { name: 'exclusive', label: 'Exclusive supplier · 独家供应', type: 'boolean' },
  ],
  [
    {
      id: 'every',
      when: {},
      stages: ['TEAM_LEAD', 'REGIONAL_DIRECTOR'],
      rule: 'every discount framework · 所有折扣框架',
      text: 'every discount framework: team lead, then regional director · 所有折扣框架：组长、大区总监',
    },
    {
      id: 'discount-15',
      when: { discountPct: '> 15' },
      stages: ['SALES_MANAGER'],
      rule: 'discount > 15 %',
      text: 'discount {discountPct} % > 15 %',
    },
    {
      id: 'exclusive',
      when: { exclusive: 'true' },
      stages: ['LEGAL'],
      rule: 'exclusive supplier · 独家供应',
      text: 'exclusive supply is looked at by legal · 独家供应须法务审核',
    },
  ],
  [LEAD, DIRECTOR, MANAGER, office('LEGAL', 'Legal · 法务', 1)],
);

const STOCK = policy(
  [AMOUNT],
  [
    {
      id: 'every',
      when: {},
      stages: ['TEAM_LEAD', 'DELIVERY'],
      rule: 'every special stock · 所有特批库存',
      text: 'team lead, then delivery sets the goods aside · 组长审批后由交付预留',
    },
    {
      id: 'amount-200k',
      when: { amount: '> 200000' },
      stages: ['REGIONAL_DIRECTOR'],
      rule: 'amount > 200,000',
      text: 'amount {amount} > 200,000',
    },
  ],
  [LEAD, DIRECTOR, office('DELIVERY', 'Delivery · 交付', 2)],
);

const SEAL = policy(
  [
    AMOUNT,
    { name: 'seal', label: 'Seal · 印章', type: 'string', values: ['CONTRACT', 'COMPANY', 'LEGAL_REP'] },
    { name: 'standardText', label: 'Standard text · 标准文本', type: 'boolean' },
  ],
  [
    {
      id: 'every',
      when: {},
      stages: ['TEAM_LEAD', 'SEAL_KEEPER'],
      rule: 'every seal · 所有用印',
      text: 'team lead, then the keeper of the seals · 组长审批后由印章管理员用印',
    },
    {
      id: 'own-text',
      when: { standardText: 'false' },
      stages: ['LEGAL'],
      rule: 'not the standard text · 非标准文本',
      text: 'a text that is not ours is read by legal · 非标准文本须法务审核',
    },
    {
      id: 'legal-rep',
      when: { seal: "'LEGAL_REP'" },
      stages: ['GENERAL_MANAGER'],
      rule: 'seal of the legal representative · 法人章',
      text: 'the legal representative’s seal is for the general manager to give · 法人章须总经理批准',
    },
  ],
  [
    LEAD,
    office('LEGAL', 'Legal · 法务', 1),
    office('GENERAL_MANAGER', 'General manager · 总经理', 2),
    office('SEAL_KEEPER', 'Keeper of the seals · 印章管理员', 3),
  ],
);

/** Who approves requests of the kinds a new installation starts with. */
export const KIND_POLICIES: Readonly<Record<string, ApprovalPolicyContent>> = {
  'approval.expense': EXPENSE,
  'approval.discount': DISCOUNT,
  'approval.stock': STOCK,
  'approval.seal': SEAL,
};
