import type { ApprovalPolicyContent, PolicyInput } from '../../domain/approval/policy.js';
import { decisionTable, LADDERS, stage, type SeedRow } from './build.js';

const INPUTS: readonly PolicyInput[] = [
  { name: 'amount', label: 'Amount, CNY · 金额', type: 'decimal' },
  { name: 'kind', label: 'What was approved · 原审批类型', type: 'string' },
];

const ROWS: readonly SeedRow[] = [
  {
    id: 'every',
    when: {},
    stages: ['REGIONAL_DIRECTOR'],
    rule: 'every revocation',
    text: 'every revocation is approved by the regional director',
  },
  {
    id: 'contract',
    when: { kind: "'CONTRACT'" },
    stages: ['LEGAL'],
    rule: 'a contract',
    text: 'revoking the approval of a contract needs the law department',
  },
  {
    id: 'amount-1m',
    when: { amount: '> 1000000' },
    stages: ['SALES_MANAGER'],
    rule: 'amount > 1,000,000',
    text: 'amount {amount} > 1,000,000',
  },
];

/** Who lets an approval be undone (AE-RV-1): the line above its initiator, by amount, and legal for contracts. */
export const REVOCATION_POLICY: ApprovalPolicyContent = {
  jdm: decisionTable(INPUTS, ROWS),
  inputs: INPUTS,
  stages: [
    stage({
      key: 'REGIONAL_DIRECTOR',
      title: 'Regional director · 大区总监',
      block: 0,
      branch: 'commercial',
      resolver: { kind: 'ROLE', role: 'REGIONAL_DIRECTOR', take: 'NEAREST' },
      empty: { kind: 'FALLBACK', role: 'SALES_MANAGER' },
    }),
    stage({
      key: 'LEGAL',
      title: 'Legal · 法务',
      block: 0,
      branch: 'legal',
      resolver: { kind: 'ROLE', role: 'LEGAL', take: 'NEAREST' },
      ladder: 'LEGAL',
    }),
    stage({
      key: 'SALES_MANAGER',
      title: 'Sales manager · 销售经理',
      block: 1,
      branch: 'commercial',
      resolver: { kind: 'ROLE', role: 'SALES_MANAGER', take: 'NEAREST' },
      empty: { kind: 'FALLBACK', role: 'GENERAL_MANAGER' },
    }),
  ],
  ladders: LADDERS,
  withdraw: 'ANYTIME',
  dedupe: 'ADJACENT',
  claimWorkMinutes: 240,
  returnedWorkDays: 20,
  returnedReminderWorkDays: 15,
};
