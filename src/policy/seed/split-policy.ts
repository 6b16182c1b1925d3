import type { ApprovalPolicyContent, PolicyInput } from '../../domain/approval/policy.js';
import { decisionTable, LADDERS, stage, type SeedRow } from './build.js';

const INPUTS: readonly PolicyInput[] = [
  { name: 'amount', label: 'Amount of the deal, CNY · 商机金额', type: 'decimal' },
  { name: 'managerIds', label: 'Managers of whose share changes · 受影响人员的上级', type: 'strings' },
];

const ROWS: readonly SeedRow[] = [
  {
    id: 'every',
    when: {},
    stages: ['MANAGERS'],
    rule: 'every change after the deal is won',
    text: 'the credit of a won deal changes: the manager of everybody whose share changes approves it',
  },
];

/** Who lets the credit of a won deal change (processes §3.2): all managers of those whose share changes. */
export const SPLIT_POLICY: ApprovalPolicyContent = {
  jdm: decisionTable(INPUTS, ROWS),
  inputs: INPUTS,
  stages: [
    stage({
      key: 'MANAGERS',
      title: 'Managers of those affected · 受影响人员的上级',
      block: 0,
      branch: 'commercial',
      quorum: { kind: 'ALL' },
      resolver: { kind: 'FORM_FIELD', input: 'managerIds' },
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
