import { describe, expect, it } from '@jest/globals';
import type { ApprovalPolicyContent, PolicyInput } from '../domain/approval/policy.js';
import { evaluateTable, rulesAskingFor, weighTable } from './evaluate.js';
import { decisionTable, LADDERS, stage, type SeedRow } from './seed/build.js';

const INPUTS: readonly PolicyInput[] = [
  { name: 'discountPct', label: 'Discount', type: 'decimal' },
  { name: 'creditOk', label: 'Credit', type: 'boolean' },
  { name: 'category', label: 'Category', type: 'string' },
  { name: 'clauses', label: 'Clauses', type: 'strings' },
];
const FACTS = { discountPct: '1', creditOk: true, category: 'plain', clauses: [] as string[] };

function policy(rows: readonly SeedRow[]): ApprovalPolicyContent {
  const resolver = { kind: 'MANAGER', levels: 1 } as const;
  const stages = ['LEAD', 'DIRECTOR', 'LEGAL'].map((key) =>
    stage({ key, title: key, block: 0, branch: key, resolver }),
  );
  return { jdm: decisionTable(INPUTS, rows), inputs: INPUTS, stages, ladders: LADDERS, withdraw: 'ANYTIME' };
}

function row(id: string, when: Record<string, string>, more: Partial<SeedRow> = {}): SeedRow {
  return { id, when, stages: ['LEAD'], rule: id, text: `because of ${id}`, ...more };
}

const rowsFor = async (content: ApprovalPolicyContent, facts = {}) =>
  (await evaluateTable(content, { ...FACTS, ...facts })).map(({ rowId }) => rowId);

describe('boundaries of a decimal cell (AE-PLAN-6)', () => {
  const content = policy([
    row('up-to-15', { discountPct: '<= 15' }),
    row('above-15', { discountPct: '> 15' }),
    row('up-to-the-largest', { discountPct: '<= 99999999999999.9999' }),
    row('above-the-largest', { discountPct: '> 99999999999999.9999' }),
    row('open-to-closed', { discountPct: '(14.9999..15]' }),
  ]);

  it.each([
    ['14.9999', ['up-to-15', 'up-to-the-largest']],
    ['15', ['up-to-15', 'up-to-the-largest', 'open-to-closed']],
    ['15.0000', ['up-to-15', 'up-to-the-largest', 'open-to-closed']],
    ['15.0001', ['above-15', 'up-to-the-largest']],
    ['99999999999999.9998', ['above-15', 'up-to-the-largest']],
    ['99999999999999.9999', ['above-15', 'up-to-the-largest']],
    ['100000000000000', ['above-15', 'above-the-largest']],
    ['-0.0001', ['up-to-15', 'up-to-the-largest']],
  ])('%s matches %j', async (discountPct, expected) => {
    expect(await rowsFor(content, { discountPct })).toEqual(expected);
  });
});

describe('a fact the table needs', () => {
  const content = policy([row('any', {})]);

  it.each([
    ['missing', { discountPct: undefined }, 'MISSING'],
    ['a JavaScript number', { discountPct: 15 }, 'WRONG_TYPE'],
    ['not a decimal', { discountPct: '1e3' }, 'WRONG_TYPE'],
    ['too precise to compare', { discountPct: '1.123456789' }, 'WRONG_TYPE'],
    ['a text for a boolean', { creditOk: 'true' }, 'WRONG_TYPE'],
    ['null', { category: null }, 'WRONG_TYPE'],
    ['a text for a list', { clauses: 'LIABILITY' }, 'WRONG_TYPE'],
    ['a list of numbers', { clauses: [1] }, 'WRONG_TYPE'],
  ])('%s is refused, never a silent no-match', async (_case, facts, code) => {
    const asked = evaluateTable(content, { ...FACTS, ...facts } as typeof FACTS);
    await expect(asked).rejects.toMatchObject({ code: 'POLICY_ERROR', fields: [{ code }] });
  });

  it('the table sees only declared facts', async () => {
    expect(await rowsFor(content, { marginPct: '3' })).toEqual(['any']);
  });
});

describe('matching rows', () => {
  it('AE-PLAN-2 none is an error', async () => {
    await expect(evaluateTable(policy([row('high', { discountPct: '> 50' })]), FACTS)).rejects.toMatchObject({
      code: 'NO_POLICY_ROW',
    });
  });

  it('AE-PLAN-3 all are collected, in table order, with their reasons', async () => {
    const content = policy([
      row('discount', { discountPct: '> 10' }, { text: 'discount {discountPct} % > 10 %' }),
      row('legal', { clauses: 'len($) > 0' }, { stages: ['LEGAL'], text: 'clauses {clauses}' }),
      row('other', { category: "'x', 'y'" }),
    ]);
    expect(await evaluateTable(content, { ...FACTS, discountPct: '12.5', clauses: ['IP', 'LAW'] })).toEqual([
      {
        rowId: 'discount',
        rule: 'discount',
        text: 'discount 12.5 % > 10 %',
        stageKeys: ['LEAD'],
        inputs: { discountPct: '12.5' },
      },
      {
        rowId: 'legal',
        rule: 'legal',
        text: 'clauses IP, LAW',
        stageKeys: ['LEGAL'],
        inputs: { clauses: 'IP, LAW' },
      },
    ]);
  });

  it('of one group only the highest level counts, with every row of that level; other groups stay', async () => {
    const content = policy([
      row('auto', { discountPct: '<= 5' }, { stages: [], group: 'commercial', level: 0 }),
      row('lead', { discountPct: '> 5' }, { group: 'commercial', level: 1 }),
      row('director-a', { discountPct: '> 10' }, { stages: ['DIRECTOR'], group: 'commercial', level: 2 }),
      row('director-b', { creditOk: 'false' }, { stages: ['DIRECTOR'], group: 'commercial', level: 2 }),
      row('legal', {}, { stages: ['LEGAL'] }),
    ]);
    expect(await rowsFor(content, { discountPct: '5' })).toEqual(['auto', 'legal']);
    expect(await rowsFor(content, { discountPct: '5.01' })).toEqual(['lead', 'legal']);
    expect(await rowsFor(content, { discountPct: '11', creditOk: false })).toEqual([
      'director-a',
      'director-b',
      'legal',
    ]);
  });

  it('name the rules that would have asked for a stage', () => {
    const content = policy([row('a', { discountPct: '> 10' }), row('b', {}, { stages: ['LEGAL'] })]);
    expect(rulesAskingFor(content, 'LEAD')).toEqual(['a']);
    expect(rulesAskingFor(content, 'DIRECTOR')).toEqual([]);
  });

  it('rows below a higher level of their group are named apart', async () => {
    const content = policy([
      row('a', { discountPct: '> 5' }, { group: 'line', level: 1 }),
      row('b', { discountPct: '> 10' }, { group: 'line', level: 2 }),
      row('c', {}),
    ]);
    const { rows, outranked } = await weighTable(content, { ...FACTS, discountPct: '12' });
    expect([rows, outranked].map((list) => list.map(({ rowId }) => rowId))).toEqual([['b', 'c'], ['a']]);
  });

  it('a fact cannot become part of an expression or of a template', async () => {
    const content = policy([row('x', { category: "'{clauses}'" }, { text: '{category}' })]);
    const [matched] = await evaluateTable(content, { ...FACTS, category: '{clauses}', clauses: ['secret'] });
    expect(matched?.text).toBe('{clauses}');
    expect(
      await evaluateTable(policy([row('y', {})]), { ...FACTS, category: "' or true or '" }),
    ).toHaveLength(1);
  });
});
