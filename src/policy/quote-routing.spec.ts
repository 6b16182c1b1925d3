import { describe, expect, it } from '@jest/globals';
import type { DomainError } from '../domain/errors.js';
import { evaluateTable } from './evaluate.js';
import type { Facts } from './facts.js';
import { QUOTE_POLICY } from './seed/quote-policy.js';

/** Everything at the upper edge of the automatic lane. */
const STANDARD: Facts = {
  discountPct: '5',
  amount: '100000',
  marginFlag: 'GREEN',
  belowFloor: false,
  nonStandardClauses: [],
  termDays: '30',
  beyondClassTerms: false,
  instalments: false,
  retentionPct: '0',
  creditOk: true,
  creditClass: 'A',
  rollingAmountBase: '100000',
  rollingDeals: [],
  portfolioMargin: false,
  fxAccepted: false,
};

const matched = (over: Facts) => evaluateTable(QUOTE_POLICY, { ...STANDARD, ...over });
const stagesFor = async (over: Facts) => {
  const rows = await matched(over);
  return [...new Set(rows.flatMap(({ stageKeys }) => stageKeys))].sort().join(' ');
};
const refusal = async (facts: Facts) => {
  try {
    await evaluateTable(QUOTE_POLICY, facts);
    return null;
  } catch (error) {
    return error as DomainError;
  }
};

const nearby = (rollingAmountBase: string): Facts => ({
  rollingAmountBase,
  rollingDeals: ['60000', '40000 on contract C-2026-000001'],
});

const LEAD = 'TEAM_LEAD';
const DIRECTOR = 'REGIONAL_DIRECTOR';
const MANAGER = 'CFO SALES_MANAGER';

describe('processes 3.2: who signs a quotation', () => {
  it.each<[string, Facts, string]>([
    ['everything at its limit', {}, ''],
    ['no discount, no amount, prepaid', { discountPct: '0', amount: '0', termDays: '0' }, ''],
    ['no credit class known', { creditClass: 'NONE' }, ''],

    ['a hair above 5 %', { discountPct: '5.000001' }, LEAD],
    ['10 %', { discountPct: '10' }, LEAD],
    ['a hair above 10 %', { discountPct: '10.000001' }, DIRECTOR],
    ['14.9999 %, which is no 15', { discountPct: '14.9999' }, DIRECTOR],
    ['20 %', { discountPct: '20' }, DIRECTOR],
    ['a hair above 20 %', { discountPct: '20.000001' }, MANAGER],
    ['100 %', { discountPct: '100' }, MANAGER],

    ['a cent above 100k', { amount: '100000.01' }, LEAD],
    ['500k', { amount: '500000' }, LEAD],
    ['a cent above 500k', { amount: '500000.01' }, DIRECTOR],
    ['1M', { amount: '1000000' }, DIRECTOR],
    ['a cent above 1M', { amount: '1000000.01' }, MANAGER],
    ['5M', { amount: '5000000' }, MANAGER],
    ['a cent above 5M', { amount: '5000000.01' }, 'CFO GENERAL_MANAGER SALES_MANAGER'],
    ['the largest amount there is', { amount: '99999999999999.9999' }, 'CFO GENERAL_MANAGER SALES_MANAGER'],

    ['margin below target', { marginFlag: 'AMBER' }, LEAD],
    ['margin below floor', { marginFlag: 'RED' }, MANAGER],
    ['a line below its floor price', { belowFloor: true }, 'CFO FINANCE SALES_MANAGER'],
    [
      'a line below its floor price, whole deal at budget margin',
      { belowFloor: true, portfolioMargin: true },
      'FINANCE REGIONAL_DIRECTOR',
    ],
    ['a whole deal at budget margin', { portfolioMargin: true }, ''],
    ['a moved exchange rate that was accepted', { fxAccepted: true }, `FINANCE ${LEAD}`],
    ['with deals close by 100k', nearby('100000'), ''],
    ['with deals close by a cent above 100k', nearby('100000.01'), LEAD],
    ['with deals close by 500k', nearby('500000'), LEAD],
    ['with deals close by a cent above 500k', nearby('500000.01'), DIRECTOR],
    ['with deals close by a cent above 1M', nearby('1000000.01'), MANAGER],
    ['with deals close by a cent above 5M', nearby('5000000.01'), 'CFO GENERAL_MANAGER SALES_MANAGER'],

    ['31 days', { termDays: '31' }, 'CREDIT FINANCE TEAM_LEAD'],
    ['beyond the class within 30 days', { beyondClassTerms: true }, 'CREDIT FINANCE TEAM_LEAD'],
    ['instalments', { instalments: true }, 'CREDIT FINANCE TEAM_LEAD'],
    ['retention of 5 %', { retentionPct: '5' }, ''],
    ['retention above 5 %', { retentionPct: '5.0001' }, 'CREDIT FINANCE TEAM_LEAD'],
    ['credit not sufficient', { creditOk: false }, 'CREDIT TEAM_LEAD'],
    ['one clause', { nonStandardClauses: ['PENALTY'] }, 'LEGAL TEAM_LEAD'],
    ['two clauses', { nonStandardClauses: ['LIABILITY', 'PENALTY'] }, 'LEGAL TEAM_LEAD'],
    ['class E', { creditClass: 'E' }, 'GENERAL_MANAGER TEAM_LEAD'],

    // the highest that fires, other functions in parallel
    ['low discount, large amount', { amount: '1000000.01', discountPct: '6' }, MANAGER],
    ['high discount, small amount', { amount: '1', discountPct: '21' }, MANAGER],
    [
      'everything at once',
      {
        discountPct: '25',
        amount: '6000000',
        marginFlag: 'RED',
        belowFloor: true,
        nonStandardClauses: ['LIABILITY'],
        termDays: '90',
        beyondClassTerms: true,
        instalments: true,
        creditOk: false,
        creditClass: 'E',
      },
      'CFO CREDIT FINANCE GENERAL_MANAGER LEGAL SALES_MANAGER',
    ],
  ])('%s', async (_case, facts, stages) => {
    expect(await stagesFor(facts)).toBe(stages);
  });

  it('the automatic lane is one row that names no stage and says why', async () => {
    expect(await matched({})).toMatchObject([
      {
        rowId: 'auto',
        stageKeys: [],
        text: expect.stringMatching(/^discount 5 % ≤ 5 %, amount 100000 ≤ 100,000/),
      },
    ]);
  });

  it('says which rule with which number asked', async () => {
    expect(await matched({ discountPct: '14.9999' })).toMatchObject([
      { rowId: 'discount-10', text: 'discount 14.9999 % > 10 %', inputs: { discountPct: '14.9999' } },
    ]);
  });

  it('keeps an amount exact to the last digit', async () => {
    const rows = await matched({ amount: '99999999999999.9999' });
    expect(rows.map(({ rowId, inputs }) => [rowId, inputs])).toEqual([
      ['amount-1m', { amount: '99999999999999.9999' }],
      ['top-5m', { amount: '99999999999999.9999' }],
    ]);
  });
});

describe('facts a table must not guess at', () => {
  it.each(Object.keys(STANDARD))('%s missing is a POLICY_ERROR, not "no rule matched"', async (name) => {
    const facts = Object.fromEntries(Object.entries(STANDARD).filter(([key]) => key !== name));
    expect(await refusal(facts)).toMatchObject({
      code: 'POLICY_ERROR',
      fields: [{ pointer: `/facts/${name}`, code: 'MISSING' }],
    });
  });

  it.each<[string, Facts]>([
    ['discountPct', { discountPct: 'high' }],
    ['discountPct', { discountPct: '1e1' }],
    ['amount', { amount: '12,000' }],
    ['termDays', { termDays: true }],
    ['belowFloor', { belowFloor: 'no' }],
    ['nonStandardClauses', { nonStandardClauses: 'PENALTY' }],
    ['creditClass', { creditClass: ['A'] }],
  ])('%s of the wrong type is a POLICY_ERROR: %j', async (name, over) => {
    expect(await refusal({ ...STANDARD, ...over })).toMatchObject({
      code: 'POLICY_ERROR',
      fields: [{ pointer: `/facts/${name}`, code: 'WRONG_TYPE' }],
    });
  });

  it('a margin flag nobody defined matches no row', async () => {
    expect(await refusal({ ...STANDARD, marginFlag: 'PURPLE' })).toMatchObject({ code: 'NO_POLICY_ROW' });
  });

  it('a fact nobody declared is not shown to the table', async () => {
    expect(await stagesFor({ marginPct: '3.2', discountpct: '99' })).toBe('');
  });
});
