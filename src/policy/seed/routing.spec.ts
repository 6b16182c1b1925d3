import { describe, expect, it } from '@jest/globals';
import { evaluateTable } from '../evaluate.js';
import { CONTRACT_POLICY } from './contract-policy.js';
import { GENERAL_POLICY } from './general-policy.js';

const ALONE = { rollingAmountBase: '0', rollingDeals: [] };

describe('who reviews a contract', () => {
  it.each([
    ['1000000', [], ['LEGAL', 'FINANCE', 'CREDIT', 'DELIVERY']],
    ['1000000.01', [], ['LEGAL', 'FINANCE', 'CREDIT', 'DELIVERY', 'SALES_MANAGER']],
    ['5000000.01', [], ['LEGAL', 'FINANCE', 'CREDIT', 'DELIVERY', 'SALES_MANAGER', 'GENERAL_MANAGER']],
  ])('of %s', async (amount, nonStandardClauses: string[], expected) => {
    const rows = await evaluateTable(CONTRACT_POLICY, { ...ALONE, amount, nonStandardClauses });
    expect([...new Set(rows.flatMap(({ stageKeys }) => stageKeys))]).toEqual(expected);
  });

  it.each([
    ['1000000', []],
    ['1000000.01', ['SALES_MANAGER']],
    ['5000000.01', ['SALES_MANAGER', 'GENERAL_MANAGER']],
  ])('of 400,000, with contracts close by %s (anti-splitting)', async (rollingAmountBase, expected) => {
    const facts = {
      amount: '400000',
      nonStandardClauses: [],
      rollingAmountBase,
      rollingDeals: ['400000', 'x'],
    };
    const rows = await evaluateTable(CONTRACT_POLICY, facts);
    expect(rows.flatMap(({ stageKeys }) => stageKeys).slice(4)).toEqual(expected);
  });

  it('changed clauses need all of legal', async () => {
    const rows = await evaluateTable(CONTRACT_POLICY, {
      ...ALONE,
      amount: '1',
      nonStandardClauses: ['PENALTY'],
    });
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
