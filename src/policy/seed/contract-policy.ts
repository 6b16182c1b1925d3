import type { ApprovalPolicyContent, PolicyInput } from '../../domain/approval/policy.js';
import type { DimensionSpec } from '../../domain/approval/stage-spec.js';
import type { Role } from '../../domain/org/directory.js';
import { decisionTable, LADDERS, stage, type SeedRow } from './build.js';

const INPUTS: readonly PolicyInput[] = [
  { name: 'amount', label: 'Amount, CNY · 金额', type: 'decimal' },
  { name: 'nonStandardClauses', label: 'Changed clauses · 非标条款', type: 'strings' },
  { name: 'rollingAmountBase', label: 'Amount with contracts close by, CNY · 近期合计金额', type: 'decimal' },
  { name: 'rollingDeals', label: 'Contracts close by · 近期合并计算的合同', type: 'strings' },
];

const ROWS: readonly SeedRow[] = [
  {
    id: 'review',
    when: {},
    stages: ['LEGAL', 'FINANCE', 'CREDIT', 'DELIVERY'],
    rule: 'every contract',
    text: 'every contract is reviewed by legal, finance, credit and delivery',
  },
  {
    id: 'legal-all',
    when: { nonStandardClauses: 'len($) > 0' },
    stages: ['LEGAL'],
    quorum: { LEGAL: { kind: 'ALL' } },
    rule: 'non-standard text',
    text: 'changed clauses: {nonStandardClauses}',
  },
  {
    id: 'amount-1m',
    when: { amount: '> 1000000' },
    stages: ['SALES_MANAGER'],
    rule: 'amount > 1,000,000',
    text: 'amount {amount} > 1,000,000',
  },
  {
    id: 'amount-5m',
    when: { amount: '> 5000000' },
    stages: ['GENERAL_MANAGER'],
    rule: 'amount > 5,000,000',
    text: 'amount {amount} > 5,000,000',
  },
  rolling('1m', '1000000', '1,000,000', 'SALES_MANAGER'),
  rolling('5m', '5000000', '5,000,000', 'GENERAL_MANAGER'),
];

/** Contracts of a customer within the policy's days are one contract for thresholds (anti-splitting, processes.md 3.2). */
function rolling(id: string, limit: string, shown: string, role: Role): SeedRow {
  return {
    id: `rolling-${id}`,
    when: { rollingAmountBase: `> ${limit}`, rollingDeals: 'len($) > 0' },
    stages: [role],
    rule: `amount with contracts close by > ${shown}`,
    text: `amount {rollingAmountBase} > ${shown} with contracts close by: {rollingDeals}`,
  };
}

/** Whose yes a change breaks: each stage answers for its own part, and all of them for what is nobody's. */
const MONEY: readonly DimensionSpec[] = [
  { name: 'amount', direction: 'AT_MOST', money: true },
  { name: 'total', direction: 'SAME', money: true },
  { name: 'prices', direction: 'SAME', money: true },
];
const PAYMENT: readonly DimensionSpec[] = [
  { name: 'termDays', direction: 'AT_MOST' },
  { name: 'paymentPlan', direction: 'SAME' },
];
const CREDIT: readonly DimensionSpec[] = [
  { name: 'amount', direction: 'AT_MOST', money: true },
  { name: 'termDays', direction: 'AT_MOST' },
];
const GOODS: readonly DimensionSpec[] = [
  { name: 'goods', direction: 'SAME' },
  { name: 'deliveryDays', direction: 'SAME' },
  { name: 'warrantyMonths', direction: 'SAME' },
];
const WORDS: readonly DimensionSpec[] = [
  { name: 'clauses', direction: 'SAME' },
  { name: 'nonStandardClauses', direction: 'WITHIN' },
  { name: 'durationMonths', direction: 'SAME' },
  { name: 'warrantyMonths', direction: 'SAME' },
];

/** The four reviews run side by side; a "no" is known only when all have spoken, so that one revision answers all. */
function review(
  key: Role,
  title: string,
  envelope: readonly DimensionSpec[],
  ladder = 'STANDARD',
  fallback?: Role,
) {
  return stage({
    envelope,
    key,
    title,
    block: 0,
    branch: key.toLowerCase(),
    resolver: { kind: 'ROLE', role: key, take: 'NEAREST' },
    empty: fallback ? { kind: 'FALLBACK', role: fallback } : { kind: 'BLOCK' },
    onBranchReject: 'WAIT_ALL',
    ladder,
  });
}

/** Contract review of processes.md 3.2: legal ∥ finance ∥ credit ∥ delivery, then the line above by amount. */
export const CONTRACT_POLICY: ApprovalPolicyContent = {
  jdm: decisionTable(INPUTS, ROWS),
  inputs: INPUTS,
  stages: [
    review('LEGAL', 'Legal · 法务', WORDS, 'LEGAL'),
    review('FINANCE', 'Finance · 财务', [...MONEY, ...PAYMENT], 'STANDARD', 'CFO'),
    review('CREDIT', 'Credit · 信用', CREDIT, 'STANDARD', 'FINANCE'),
    review('DELIVERY', 'Delivery · 交付', GOODS),
    stage({
      key: 'SALES_MANAGER',
      title: 'Sales manager · 销售经理',
      envelope: [...MONEY, ...PAYMENT],
      block: 1,
      branch: 'commercial',
      resolver: { kind: 'ROLE', role: 'SALES_MANAGER', take: 'NEAREST' },
      empty: { kind: 'FALLBACK', role: 'GENERAL_MANAGER' },
    }),
    stage({
      key: 'GENERAL_MANAGER',
      title: 'General manager · 总经理',
      envelope: [...MONEY, ...PAYMENT],
      block: 2,
      branch: 'commercial',
      resolver: { kind: 'ROLE', role: 'GENERAL_MANAGER', take: 'NEAREST' },
    }),
  ],
  ladders: LADDERS,
  withdraw: 'BEFORE_FIRST_DECISION',
  dedupe: 'ADJACENT',
  claimWorkMinutes: 240,
  returnedWorkDays: 20,
  returnedReminderWorkDays: 15,
};
