import type { ApprovalPolicyContent } from '../../domain/approval/policy.js';
import { decisionTable, LADDERS, stage } from './build.js';
import {
  COMMERCIAL_ENVELOPE,
  CREDIT_ENVELOPE,
  discount,
  FINANCE_ENVELOPE,
  LEGAL_ENVELOPE,
} from './quote-envelopes.js';
import { QUOTE_INPUTS, QUOTE_ROWS } from './quote-rows.js';

/** What the commercial line may correct while it approves. */
const PRICES = ['/lines/*/discountPct', '/lines/*/unitNet', '/dealDiscountPct'];

const STAGES = [
  stage({
    key: 'TEAM_LEAD',
    title: 'Team lead · 组长',
    block: 0,
    branch: 'commercial',
    rank: 0,
    resolver: { kind: 'ROLE', role: 'TEAM_LEAD', take: 'NEAREST' },
    empty: { kind: 'UP_CHAIN' },
    envelope: [discount('10'), ...COMMERCIAL_ENVELOPE],
  }),
  stage({
    key: 'REGIONAL_DIRECTOR',
    title: 'Regional director · 大区总监',
    block: 0,
    branch: 'commercial',
    rank: 1,
    resolver: { kind: 'ROLE', role: 'REGIONAL_DIRECTOR', take: 'NEAREST' },
    empty: { kind: 'FALLBACK', role: 'SALES_MANAGER' },
    writes: PRICES,
    envelope: [discount('20'), ...COMMERCIAL_ENVELOPE],
  }),
  stage({
    key: 'SALES_MANAGER',
    title: 'Sales manager · 销售经理',
    block: 0,
    branch: 'commercial',
    rank: 2,
    resolver: { kind: 'ROLE', role: 'SALES_MANAGER', take: 'NEAREST' },
    empty: { kind: 'FALLBACK', role: 'GENERAL_MANAGER' },
    writes: PRICES,
    envelope: [discount('100'), ...COMMERCIAL_ENVELOPE],
  }),
  stage({
    key: 'CFO',
    title: 'CFO · 财务总监',
    block: 0,
    branch: 'cfo',
    resolver: { kind: 'ROLE', role: 'CFO', take: 'NEAREST' },
    envelope: [discount(), ...COMMERCIAL_ENVELOPE, ...FINANCE_ENVELOPE],
  }),
  stage({
    key: 'FINANCE',
    title: 'Finance · 财务',
    block: 0,
    branch: 'finance',
    resolver: { kind: 'ROLE', role: 'FINANCE', take: 'NEAREST' },
    empty: { kind: 'FALLBACK', role: 'CFO' },
    writes: ['/termDays'],
    envelope: FINANCE_ENVELOPE,
  }),
  stage({
    key: 'CREDIT',
    title: 'Credit · 信用',
    block: 0,
    branch: 'credit',
    resolver: { kind: 'ROLE', role: 'CREDIT', take: 'NEAREST' },
    empty: { kind: 'FALLBACK', role: 'FINANCE' },
    writes: ['/termDays'],
    envelope: CREDIT_ENVELOPE,
  }),
  stage({
    key: 'LEGAL',
    title: 'Legal · 法务',
    block: 0,
    branch: 'legal',
    resolver: { kind: 'ROLE', role: 'LEGAL', take: 'NEAREST' },
    quorum: { kind: 'ALL' },
    ladder: 'LEGAL',
    envelope: LEGAL_ENVELOPE,
  }),
  stage({
    key: 'GENERAL_MANAGER',
    title: 'General manager · 总经理',
    block: 1,
    branch: 'commercial',
    resolver: { kind: 'ROLE', role: 'GENERAL_MANAGER', take: 'NEAREST' },
    writes: PRICES,
    envelope: [discount('100'), ...COMMERCIAL_ENVELOPE, ...CREDIT_ENVELOPE],
  }),
];

/** Who approves quotations: the commercial line takes the highest that fires, other functions sign beside it. */
export const QUOTE_POLICY: ApprovalPolicyContent = {
  jdm: decisionTable(QUOTE_INPUTS, QUOTE_ROWS),
  inputs: QUOTE_INPUTS,
  stages: STAGES,
  ladders: LADDERS,
  withdraw: 'BEFORE_FIRST_DECISION',
  dedupe: 'ADJACENT',
  claimWorkMinutes: 240,
  returnedWorkDays: 20,
  returnedReminderWorkDays: 15,
};
