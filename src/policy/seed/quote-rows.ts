import type { PolicyInput } from '../../domain/approval/policy.js';
import type { SeedRow } from './build.js';

/** The margin itself is confidential: the table sees its flag, so no reason can leak it. */
export const QUOTE_INPUTS: readonly PolicyInput[] = [
  { name: 'discountPct', label: 'Discount % · 折扣率', type: 'decimal' },
  { name: 'amount', label: 'Amount, CNY · 金额', type: 'decimal' },
  { name: 'marginFlag', label: 'Margin · 毛利标志', type: 'string', values: ['GREEN', 'AMBER', 'RED'] },
  { name: 'belowFloor', label: 'A line below its floor price · 低于底价', type: 'boolean' },
  { name: 'nonStandardClauses', label: 'Non-standard clauses · 非标条款', type: 'strings' },
  { name: 'termDays', label: 'Payment term, days · 账期', type: 'decimal' },
  {
    name: 'beyondClassTerms',
    label: 'Beyond the terms of the credit class · 超信用等级账期',
    type: 'boolean',
  },
  { name: 'instalments', label: 'Instalments · 分期', type: 'boolean' },
  { name: 'retentionPct', label: 'Retention % · 质保金比例', type: 'decimal' },
  { name: 'creditOk', label: 'Credit sufficient · 信用额度充足', type: 'boolean' },
  { name: 'creditClass', label: 'Credit class · 信用等级', type: 'string' },
  { name: 'rollingAmountBase', label: 'Amount with deals close by, CNY · 近期合计金额', type: 'decimal' },
  { name: 'rollingDeals', label: 'Deals close by · 近期合并计算的交易', type: 'strings' },
  {
    name: 'portfolioMargin',
    label: 'Whole deal at budget margin · 整单毛利达预算',
    type: 'boolean',
  },
  { name: 'fxAccepted', label: 'Moved exchange rate accepted · 已接受汇率变动', type: 'boolean' },
];

const LEAD = { stages: ['TEAM_LEAD'], group: 'commercial', level: 1 };
const DIRECTOR = { stages: ['REGIONAL_DIRECTOR'], group: 'commercial', level: 2 };
const MANAGER = { stages: ['SALES_MANAGER', 'CFO'], group: 'commercial', level: 3 };

/** Nobody is asked. */
function automatic(id: string, alone: SeedRow['when'], text: string): SeedRow {
  return {
    id,
    when: {
      discountPct: '<= 5',
      amount: '<= 100000',
      marginFlag: "'GREEN'",
      belowFloor: 'false',
      nonStandardClauses: 'len($) == 0',
      termDays: '<= 30',
      beyondClassTerms: 'false',
      instalments: 'false',
      retentionPct: '<= 5',
      creditOk: 'true',
      creditClass: "$ != 'E'",
      fxAccepted: 'false',
      ...alone,
    },
    stages: [],
    rule: 'automatic lane',
    text: `discount {discountPct} % ≤ 5 %, amount {amount} ≤ 100,000, margin on target, standard text, {termDays} days, credit sufficient${text}`,
    group: 'commercial',
    level: 0,
  };
}

/** Deals close together are one for thresholds; the rows of the amount itself already speak when it is alone. */
const ROLLING: readonly SeedRow[] = (
  [
    ['100k', '100000', '100,000', LEAD],
    ['500k', '500000', '500,000', DIRECTOR],
    ['1m', '1000000', '1,000,000', MANAGER],
  ] as const
).map(([id, limit, shown, who]) => ({
  id: `rolling-${id}`,
  when: { rollingAmountBase: `> ${limit}`, rollingDeals: 'len($) > 0' },
  ...who,
  rule: `amount with deals close by > ${shown}`,
  text: `amount {rollingAmountBase} > ${shown} with deals close by: {rollingDeals}`,
}));

/** "Take the highest that fires": rows of the group `commercial` replace those below them. */
const COMMERCIAL: readonly SeedRow[] = [
  automatic('auto', { rollingDeals: 'len($) == 0' }, ''),
  automatic(
    'auto-nearby',
    { rollingDeals: 'len($) > 0', rollingAmountBase: '<= 100000' },
    ', with deals close by {rollingAmountBase} ≤ 100,000: {rollingDeals}',
  ),
  {
    id: 'discount-5',
    when: { discountPct: '> 5' },
    ...LEAD,
    rule: 'discount > 5 %',
    text: 'discount {discountPct} % > 5 %',
  },
  {
    id: 'amount-100k',
    when: { amount: '> 100000' },
    ...LEAD,
    rule: 'amount > 100,000',
    text: 'amount {amount} > 100,000',
  },
  {
    id: 'margin-amber',
    when: { marginFlag: "'AMBER'" },
    ...LEAD,
    rule: 'margin below target',
    text: 'margin below target',
  },
  {
    id: 'clauses',
    when: { nonStandardClauses: 'len($) > 0' },
    ...LEAD,
    rule: 'non-standard text',
    text: 'non-standard clauses: {nonStandardClauses}',
  },
  {
    id: 'terms-30',
    when: { termDays: '> 30' },
    ...LEAD,
    rule: 'term > 30 days',
    text: 'term {termDays} days > 30',
  },
  {
    id: 'terms-class',
    when: { beyondClassTerms: 'true' },
    ...LEAD,
    rule: 'term beyond credit class',
    text: 'term {termDays} days beyond class {creditClass}',
  },
  {
    id: 'instalments',
    when: { instalments: 'true' },
    ...LEAD,
    rule: 'instalments',
    text: 'payment in instalments',
  },
  {
    id: 'retention',
    when: { retentionPct: '> 5' },
    ...LEAD,
    rule: 'retention > 5 %',
    text: 'retention {retentionPct} % > 5 %',
  },
  {
    id: 'credit',
    when: { creditOk: 'false' },
    ...LEAD,
    rule: 'credit not sufficient',
    text: 'amount {amount} not covered by the customer’s credit',
  },
  {
    id: 'class-e',
    when: { creditClass: "'E'" },
    ...LEAD,
    rule: 'credit class E',
    text: 'credit class {creditClass}',
  },
  {
    id: 'discount-10',
    when: { discountPct: '> 10' },
    ...DIRECTOR,
    rule: 'discount > 10 %',
    text: 'discount {discountPct} % > 10 %',
  },
  {
    id: 'amount-500k',
    when: { amount: '> 500000' },
    ...DIRECTOR,
    rule: 'amount > 500,000',
    text: 'amount {amount} > 500,000',
  },
  {
    id: 'below-floor-portfolio',
    when: { belowFloor: 'true', portfolioMargin: 'true' },
    ...DIRECTOR,
    rule: 'line below floor price, whole deal at budget margin',
    text: 'a line is below its floor price; the margin of the whole deal is at or above budget',
  },
  {
    id: 'below-floor',
    when: { belowFloor: 'true', portfolioMargin: 'false' },
    ...MANAGER,
    rule: 'line below floor price',
    text: 'a line is below its floor price and the whole deal below budget margin',
  },
  {
    id: 'fx-accepted',
    when: { fxAccepted: 'true' },
    ...LEAD,
    rule: 'moved exchange rate accepted',
    text: 'the exchange rate moved since pricing and the move was accepted',
  },
  ...ROLLING,
  {
    id: 'discount-20',
    when: { discountPct: '> 20' },
    ...MANAGER,
    rule: 'discount > 20 %',
    text: 'discount {discountPct} % > 20 %',
  },
  {
    id: 'amount-1m',
    when: { amount: '> 1000000' },
    ...MANAGER,
    rule: 'amount > 1,000,000',
    text: 'amount {amount} > 1,000,000',
  },
  {
    id: 'margin-red',
    when: { marginFlag: "'RED'" },
    ...MANAGER,
    rule: 'margin below floor',
    text: 'margin below floor',
  },
];

/** Other functions sign in parallel with the commercial line. */
const FUNCTIONS: readonly SeedRow[] = [
  {
    id: 'top-5m',
    when: { amount: '> 5000000' },
    stages: ['GENERAL_MANAGER'],
    rule: 'amount > 5,000,000',
    text: 'amount {amount} > 5,000,000',
  },
  {
    id: 'rolling-top-5m',
    when: { rollingAmountBase: '> 5000000', rollingDeals: 'len($) > 0' },
    stages: ['GENERAL_MANAGER'],
    rule: 'amount with deals close by > 5,000,000',
    text: 'amount {rollingAmountBase} > 5,000,000 with deals close by: {rollingDeals}',
  },
  {
    id: 'top-class-e',
    when: { creditClass: "'E'" },
    stages: ['GENERAL_MANAGER'],
    rule: 'credit class E',
    text: 'credit class {creditClass}',
  },
  {
    id: 'legal-clauses',
    when: { nonStandardClauses: 'len($) > 0' },
    stages: ['LEGAL'],
    rule: 'non-standard text',
    text: 'non-standard clauses: {nonStandardClauses}',
  },
  {
    id: 'finance-terms-30',
    when: { termDays: '> 30' },
    stages: ['FINANCE', 'CREDIT'],
    rule: 'term > 30 days',
    text: 'term {termDays} days > 30',
  },
  {
    id: 'finance-terms-class',
    when: { beyondClassTerms: 'true' },
    stages: ['FINANCE', 'CREDIT'],
    rule: 'term beyond credit class',
    text: 'term {termDays} days beyond class {creditClass}',
  },
  {
    id: 'finance-instalments',
    when: { instalments: 'true' },
    stages: ['FINANCE', 'CREDIT'],
    rule: 'instalments',
    text: 'payment in instalments',
  },
  {
    id: 'finance-retention',
    when: { retentionPct: '> 5' },
    stages: ['FINANCE', 'CREDIT'],
    rule: 'retention > 5 %',
    text: 'retention {retentionPct} % > 5 %',
  },
  {
    id: 'finance-below-floor',
    when: { belowFloor: 'true' },
    stages: ['FINANCE'],
    rule: 'line below floor price',
    text: 'a line is below its floor price',
  },
  {
    id: 'finance-fx-accepted',
    when: { fxAccepted: 'true' },
    stages: ['FINANCE'],
    rule: 'moved exchange rate accepted',
    text: 'the exchange rate moved since pricing and the move was accepted',
  },
  {
    id: 'credit-limit',
    when: { creditOk: 'false' },
    stages: ['CREDIT'],
    rule: 'credit not sufficient',
    text: 'amount {amount} not covered by the customer’s credit',
  },
];

/** Routing matrix of quotations: processes.md 3.2, boundaries inclusive as written there. */
export const QUOTE_ROWS: readonly SeedRow[] = [...COMMERCIAL, ...FUNCTIONS];
