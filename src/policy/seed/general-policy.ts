import type { QuorumRule, StageSpec } from '../../domain/approval/stage-spec.js';
import type { ApprovalPolicyContent, PolicyInput } from '../../domain/approval/policy.js';
import { decisionTable, LADDERS, stage, type SeedRow } from './build.js';

/** Pools the initiator fills by choice, one for each way to count votes. */
const POOLS: readonly { category: string; title: string; quorum: QuorumRule; mode?: StageSpec['mode'] }[] = [
  { category: 'pool-any', title: 'Any one · 或签', quorum: { kind: 'ANY', first: 'ANY_ANSWER' } },
  {
    category: 'pool-any-yes',
    title: 'First yes · 或签（首个同意）',
    quorum: { kind: 'ANY', first: 'UNTIL_ALL_NO' },
  },
  { category: 'pool-all', title: 'All · 会签', quorum: { kind: 'ALL' } },
  { category: 'pool-count', title: 'Two of all · 两人同意', quorum: { kind: 'COUNT', count: 2 } },
  { category: 'pool-ratio', title: 'Half · 半数同意', quorum: { kind: 'RATIO', percent: 50, strict: false } },
  {
    category: 'pool-sequence',
    title: 'One after another · 依次',
    quorum: { kind: 'ALL' },
    mode: 'SEQUENTIAL',
  },
];

const INPUTS: readonly PolicyInput[] = [
  { name: 'amount', label: 'Amount, CNY · 金额', type: 'decimal' },
  {
    name: 'category',
    label: 'Category · 类别',
    type: 'string',
    values: ['auto', 'special-price', 'standard', 'countersign', ...POOLS.map(({ category }) => category)],
  },
  {
    name: 'levels',
    label: 'Levels for category standard: one, two, limit · 审批级数',
    type: 'string',
    values: ['one', 'two', 'limit'],
  },
];

const ROWS: readonly SeedRow[] = [
  {
    id: 'auto',
    when: { category: "'auto'" },
    stages: [],
    rule: 'automatic lane',
    text: 'category {category} needs no approval',
  },
  {
    id: 'special-price',
    when: { category: "'special-price'" },
    stages: ['TEAM_LEAD', 'REGIONAL_DIRECTOR'],
    rule: 'special price',
    text: 'special price: team lead, then regional director',
  },
  {
    id: 'standard-one',
    when: { category: "'standard'", levels: "'one'" },
    stages: ['TEAM_LEAD'],
    rule: 'standard, one level',
    text: 'one level',
  },
  {
    id: 'standard-two',
    when: { category: "'standard'", levels: "'two'" },
    stages: ['TEAM_LEAD', 'REGIONAL_DIRECTOR'],
    rule: 'standard, two levels',
    text: 'two levels',
  },
  {
    id: 'standard-limit',
    when: { category: "'standard'", levels: "'limit'" },
    stages: ['LINE'],
    rule: 'up the line to the limit',
    text: 'reporting line up to whoever may approve {amount}',
  },
  {
    id: 'countersign',
    when: { category: "'countersign'" },
    stages: ['COUNTERSIGN'],
    rule: 'countersign',
    text: 'finance and legal all sign',
  },
  ...POOLS.map(({ category }) => ({
    id: category,
    when: { category: `'${category}'` },
    stages: [category],
    rule: category,
    text: 'chosen by the initiator among the sales representatives',
  })),
];

/** Requests of other systems and of people without a document of their own: several typical paths, chosen by category. */
export const GENERAL_POLICY: ApprovalPolicyContent = {
  jdm: decisionTable(INPUTS, ROWS),
  inputs: INPUTS,
  stages: [
    stage({
      key: 'TEAM_LEAD',
      title: 'Team lead · 组长',
      block: 0,
      branch: 'commercial',
      resolver: { kind: 'ROLE', role: 'TEAM_LEAD', take: 'NEAREST' },
      empty: { kind: 'UP_CHAIN' },
    }),
    stage({
      key: 'REGIONAL_DIRECTOR',
      title: 'Regional director · 大区总监',
      block: 1,
      branch: 'commercial',
      resolver: { kind: 'ROLE', role: 'REGIONAL_DIRECTOR', take: 'NEAREST' },
      empty: { kind: 'FALLBACK', role: 'SALES_MANAGER' },
    }),
    stage({
      key: 'LINE',
      title: 'Reporting line · 逐级审批',
      block: 0,
      branch: 'commercial',
      resolver: { kind: 'CHAIN_TO_LIMIT', mode: 'EVERY_LEVEL', topRole: 'GENERAL_MANAGER' },
      quorum: { kind: 'ALL' },
      mode: 'SEQUENTIAL',
    }),
    stage({
      key: 'COUNTERSIGN',
      title: 'Countersign · 会签',
      block: 0,
      branch: 'countersign',
      resolver: {
        kind: 'GROUPS',
        groups: {
          finance: { kind: 'ROLE', role: 'FINANCE', take: 'EVERY' },
          legal: { kind: 'ROLE', role: 'LEGAL', take: 'EVERY' },
        },
      },
      quorum: { kind: 'ALL' },
    }),
    ...POOLS.map(({ category, title, quorum, mode }) =>
      stage({
        key: category,
        title,
        block: 0,
        branch: 'pool',
        resolver: { kind: 'INITIATOR_CHOICE', among: 'REP' },
        quorum,
        mode: mode ?? 'PARALLEL',
      }),
    ),
  ],
  ladders: LADDERS,
  withdraw: 'ANYTIME',
  dedupe: 'ADJACENT',
  claimWorkMinutes: 240,
  returnedWorkDays: 20,
  returnedReminderWorkDays: 15,
};
