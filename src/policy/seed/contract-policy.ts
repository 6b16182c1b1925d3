import type { ApprovalPolicyContent, PolicyInput } from '../../domain/approval/policy.js';
import type { Role } from '../../domain/org/directory.js';
import { decisionTable, LADDERS, stage, type SeedRow } from './build.js';

const INPUTS: readonly PolicyInput[] = [
  { name: 'amount', label: 'Amount, CNY · 金额', type: 'decimal' },
  { name: 'nonStandardClauses', label: 'Changed clauses · 非标条款', type: 'strings' },
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
];

/** The four reviews run side by side; a "no" is known only when all have spoken, so that one revision answers all. */
function review(key: Role, title: string, ladder = 'STANDARD', fallback?: Role) {
  return stage({
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
    review('LEGAL', 'Legal · 法务', 'LEGAL'),
    review('FINANCE', 'Finance · 财务', 'STANDARD', 'CFO'),
    review('CREDIT', 'Credit · 信用', 'STANDARD', 'FINANCE'),
    review('DELIVERY', 'Delivery · 交付'),
    stage({
      key: 'SALES_MANAGER',
      title: 'Sales manager · 销售经理',
      block: 1,
      branch: 'commercial',
      resolver: { kind: 'ROLE', role: 'SALES_MANAGER', take: 'NEAREST' },
      empty: { kind: 'FALLBACK', role: 'GENERAL_MANAGER' },
    }),
    stage({
      key: 'GENERAL_MANAGER',
      title: 'General manager · 总经理',
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
