import { describe, expect, it } from '@jest/globals';
import { evaluateTable } from '../evaluate.js';
import { CONTRACT_POLICY } from './contract-policy.js';
import { GENERAL_POLICY } from './general-policy.js';
import { QUOTE_POLICY } from './quote-policy.js';

/** A case that passes the automatic lane; each row of the table below changes what it names. */
const AUTO = {
  discountPct: '5',
  amount: '100000',
  marginFlag: 'GREEN',
  belowFloor: false,
  nonStandardClauses: [] as string[],
  termDays: '30',
  beyondClassTerms: false,
  instalments: false,
  creditOk: true,
  creditClass: 'B',
};

async function asked(facts: Partial<typeof AUTO>): Promise<string[]> {
  const rows = await evaluateTable(QUOTE_POLICY, { ...AUTO, ...facts });
  return [...new Set(rows.flatMap(({ stageKeys }) => stageKeys))].sort();
}

describe('who must approve a quotation (processes 3.2)', () => {
  it.each<[string, Partial<typeof AUTO>, string[]]>([
    ['everything at the limit of the automatic lane', {}, []],
    ['a premium on the list price', { discountPct: '-3' }, []],
    ['discount 5.000001 %', { discountPct: '5.000001' }, ['TEAM_LEAD']],
    ['discount 10 %', { discountPct: '10' }, ['TEAM_LEAD']],
    ['discount 10.0001 %', { discountPct: '10.0001' }, ['REGIONAL_DIRECTOR']],
    ['discount 20 %', { discountPct: '20' }, ['REGIONAL_DIRECTOR']],
    ['discount 20.0001 %', { discountPct: '20.0001' }, ['CFO', 'SALES_MANAGER']],
    ['amount 100,000.01', { amount: '100000.01' }, ['TEAM_LEAD']],
    ['amount 500,000', { amount: '500000' }, ['TEAM_LEAD']],
    ['amount 500,000.01', { amount: '500000.01' }, ['REGIONAL_DIRECTOR']],
    ['amount 1,000,000', { amount: '1000000' }, ['REGIONAL_DIRECTOR']],
    ['amount 1,000,000.01', { amount: '1000000.01' }, ['CFO', 'SALES_MANAGER']],
    ['amount 5,000,000', { amount: '5000000' }, ['CFO', 'SALES_MANAGER']],
    ['amount 5,000,000.01', { amount: '5000000.01' }, ['CFO', 'GENERAL_MANAGER', 'SALES_MANAGER']],
    ['small discount on a large amount: the higher one', { amount: '600000' }, ['REGIONAL_DIRECTOR']],
    [
      'large discount on a small amount: the higher one',
      { discountPct: '15', amount: '10' },
      ['REGIONAL_DIRECTOR'],
    ],
    ['margin below target', { marginFlag: 'AMBER' }, ['TEAM_LEAD']],
    ['margin below floor', { marginFlag: 'RED' }, ['CFO', 'SALES_MANAGER']],
    [
      'a line below its floor price, margin on target',
      { belowFloor: true },
      ['FINANCE', 'REGIONAL_DIRECTOR'],
    ],
    ['own clauses', { nonStandardClauses: ['LIABILITY'] }, ['LEGAL', 'TEAM_LEAD']],
    [
      'own clauses and 15 %',
      { nonStandardClauses: ['LIABILITY'], discountPct: '15' },
      ['LEGAL', 'REGIONAL_DIRECTOR'],
    ],
    ['31 days', { termDays: '31' }, ['CREDIT', 'FINANCE', 'TEAM_LEAD']],
    ['beyond the terms of the class', { beyondClassTerms: true }, ['CREDIT', 'FINANCE', 'TEAM_LEAD']],
    ['instalments', { instalments: true }, ['CREDIT', 'FINANCE', 'TEAM_LEAD']],
    ['credit not sufficient', { creditOk: false }, ['CREDIT', 'TEAM_LEAD']],
    ['class E', { creditClass: 'E' }, ['GENERAL_MANAGER', 'TEAM_LEAD']],
  ])('%s', async (_case, facts, expected) => {
    expect(await asked(facts)).toEqual(expected);
  });

  it('says why in words with the values, never with the margin itself', async () => {
    const rows = await evaluateTable(QUOTE_POLICY, { ...AUTO, discountPct: '12.5', marginFlag: 'AMBER' });
    expect(rows.map(({ rule, text }) => [rule, text])).toEqual([
      ['discount > 10 %', 'discount 12.5 % > 10 %'],
    ]);
    expect(QUOTE_POLICY.inputs.map(({ name }) => name)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/cost|marginPct/i)]),
    );
  });

  it('has an answer for every case: some row always matches', async () => {
    for (const marginFlag of ['GREEN', 'AMBER', 'RED'])
      for (const belowFloor of [true, false])
        for (const creditOk of [true, false])
          for (const discountPct of ['0', '5.01', '10.01', '20.01', '100'])
            expect(
              (await evaluateTable(QUOTE_POLICY, { ...AUTO, marginFlag, belowFloor, creditOk, discountPct }))
                .length,
            ).toBeGreaterThan(0);
  });
});

describe('who reviews a contract', () => {
  it.each([
    ['1000000', [], ['LEGAL', 'FINANCE', 'CREDIT', 'DELIVERY']],
    ['1000000.01', [], ['LEGAL', 'FINANCE', 'CREDIT', 'DELIVERY', 'SALES_MANAGER']],
    ['5000000.01', [], ['LEGAL', 'FINANCE', 'CREDIT', 'DELIVERY', 'SALES_MANAGER', 'GENERAL_MANAGER']],
  ])('of %s', async (amount, nonStandardClauses: string[], expected) => {
    const rows = await evaluateTable(CONTRACT_POLICY, { amount, nonStandardClauses });
    expect([...new Set(rows.flatMap(({ stageKeys }) => stageKeys))]).toEqual(expected);
  });

  it('changed clauses need all of legal', async () => {
    const rows = await evaluateTable(CONTRACT_POLICY, { amount: '1', nonStandardClauses: ['PENALTY'] });
    expect(rows.find(({ rowId }) => rowId === 'legal-all')?.quorum).toEqual({ LEGAL: { kind: 'ALL' } });
  });
});

describe('who approves a general request', () => {
  it.each([
    ['auto', 'one', []],
    ['special-price', 'one', ['TEAM_LEAD', 'REGIONAL_DIRECTOR']],
    ['standard', 'one', ['TEAM_LEAD']],
    ['standard', 'two', ['TEAM_LEAD', 'REGIONAL_DIRECTOR']],
    ['standard', 'limit', ['LINE']],
    ['countersign', 'one', ['COUNTERSIGN']],
    ['pool-any', 'one', ['pool-any']],
    ['pool-count', 'one', ['pool-count']],
  ])('category %s, levels %s', async (category, levels, expected) => {
    const rows = await evaluateTable(GENERAL_POLICY, { amount: '1', category, levels });
    expect(rows.flatMap(({ stageKeys }) => stageKeys)).toEqual(expected);
  });

  it.each([['unheard-of'], ['']])('category "%s" is nobody’s: refused, not passed', async (category) => {
    await expect(
      evaluateTable(GENERAL_POLICY, { amount: '1', category, levels: 'one' }),
    ).rejects.toMatchObject({ code: 'NO_POLICY_ROW' });
  });
});
