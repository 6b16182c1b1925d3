import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluateTable, weighTable } from './evaluate.js';
import { explainRows } from './explain.js';
import { QUOTE_POLICY } from './seed/quote-policy.js';

const PLAIN = {
  discountPct: '5',
  amount: '100000',
  marginFlag: 'GREEN',
  belowFloor: false,
  nonStandardClauses: [] as string[],
  termDays: '30',
  beyondClassTerms: false,
  instalments: false,
  retentionPct: '5',
  creditOk: true,
  creditClass: 'A',
  rollingAmountBase: '100000',
  rollingDeals: [],
  portfolioMargin: false,
  fxAccepted: false,
};

const verdictOf = (rowId: string, facts: typeof PLAIN) =>
  explainRows(QUOTE_POLICY, facts).find((row) => row.rowId === rowId);

describe('why a rule did not count', () => {
  it('is the first of its conditions that the facts do not meet, with the fact', () => {
    expect(verdictOf('amount-100k', PLAIN)).toEqual({
      rowId: 'amount-100k',
      rule: 'amount > 100,000',
      stageKeys: ['TEAM_LEAD'],
      unmet: { input: { name: 'amount', label: 'Amount, CNY · 金额' }, cell: '> 100000', value: '100000' },
    });
    expect(verdictOf('amount-100k', { ...PLAIN, amount: '100000.01' })?.unmet).toBeNull();
    expect(verdictOf('auto', { ...PLAIN, creditOk: false, retentionPct: '10' })?.unmet).toMatchObject({
      input: { name: 'retentionPct' },
      value: '10',
    });
    expect(verdictOf('clauses', { ...PLAIN, nonStandardClauses: ['IP', 'LAW'] })?.unmet).toBeNull();
  });

  it('agrees with the table on every row, whatever the facts', async () => {
    const facts = fc.record({
      discountPct: fc.constantFrom('0', '5', '5.01', '12', '30'),
      amount: fc.constantFrom('1', '100000', '100000.01', '600000', '3000000'),
      marginFlag: fc.constantFrom('GREEN', 'AMBER', 'RED'),
      belowFloor: fc.boolean(),
      nonStandardClauses: fc.subarray(['IP', 'PENALTY']),
      termDays: fc.constantFrom('0', '30', '31', '90', '120'),
      beyondClassTerms: fc.boolean(),
      instalments: fc.boolean(),
      retentionPct: fc.constantFrom('0', '5', '10'),
      creditOk: fc.boolean(),
      creditClass: fc.constantFrom('A', 'E', 'NONE'),
      rollingAmountBase: fc.constantFrom('1', '100000', '100000.01', '600000', '6000000'),
      rollingDeals: fc.subarray(['1', '2 on contract C-1']),
      portfolioMargin: fc.boolean(),
      fxAccepted: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(facts, async (one) => {
        const { rows, outranked } = await weighTable(QUOTE_POLICY, one);
        const met = explainRows(QUOTE_POLICY, one).filter(({ unmet }) => unmet === null);
        expect(met.map(({ rowId }) => rowId).sort()).toEqual(
          [...rows, ...outranked].map(({ rowId }) => rowId).sort(),
        );
      }),
      { numRuns: 200, seed: 71 },
    );
    expect(await evaluateTable(QUOTE_POLICY, PLAIN)).toHaveLength(1);
  });

  it('asks for every fact the policy declares', () => {
    const { creditOk, ...missing } = PLAIN;
    expect(creditOk).toBe(true);
    expect(() => explainRows(QUOTE_POLICY, missing)).toThrow('POLICY_ERROR');
  });
});
