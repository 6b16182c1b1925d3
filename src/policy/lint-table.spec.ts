import { describe, expect, it } from '@jest/globals';
import type { ApprovalPolicyContent, PolicyInput } from '../domain/approval/policy.js';
import type { Json } from '../domain/json.js';
import { lintPolicy } from './lint.js';
import { decisionTable, LADDERS, stage, type SeedRow } from './seed/build.js';

const INPUTS: readonly PolicyInput[] = [
  { name: 'amount', label: 'Amount · 金额', type: 'decimal' },
  { name: 'credit', label: 'Credit sufficient · 信用充足', type: 'boolean' },
  { name: 'flag', label: 'Margin · 毛利', type: 'string', values: ['GREEN', 'RED'] },
  { name: 'region', label: 'Region · 区域', type: 'string' },
  { name: 'clauses', label: 'Clauses · 条款', type: 'strings' },
];

type When = SeedRow['when'];

/** Rows r1, r2, …, each asking the lead unless it says otherwise. */
function policy(rows: readonly (When | (Partial<SeedRow> & { when: When }))[]): ApprovalPolicyContent {
  const seeds = rows.map((row, index): SeedRow => {
    const own = isRow(row) ? row : { when: row };
    return { id: `r${index + 1}`, stages: ['LEAD'], rule: 'rule', text: 'words', ...own };
  });
  const lead = { title: 'x', block: 0, branch: 'a', resolver: { kind: 'MANAGER', levels: 1 } } as const;
  return {
    jdm: decisionTable(INPUTS, seeds),
    inputs: INPUTS,
    stages: [stage({ key: 'LEAD', ...lead }), stage({ key: 'CFO', ...lead, branch: 'b' })],
    ladders: LADDERS,
    withdraw: 'ANYTIME',
  };
}

function isRow(row: When | (Partial<SeedRow> & { when: When })): row is Partial<SeedRow> & { when: When } {
  return typeof row.when === 'object';
}

async function found(rows: Parameters<typeof policy>[0]) {
  const problems = await lintPolicy(policy(rows));
  return problems
    .filter(({ code }) => code !== 'STAGE_UNUSED')
    .map(({ at, code, severity, message }) => [at, code, severity, message]);
}

describe('a case that no row covers (AE-PLAN-2)', () => {
  it.each<[string, Parameters<typeof policy>[0], string]>([
    ['no row at all', [], 'no row covers any case'],
    ['the boundary itself', [{ amount: '< 5' }, { amount: '> 5' }], 'no row covers Amount = 5'],
    ['below the boundary', [{ amount: '>= 5' }], 'no row covers Amount = 0'],
    ['between two thresholds', [{ amount: '<= 5' }, { amount: '> 5.5' }], 'no row covers Amount = 5.25'],
    ['the end of an open interval', [{ amount: '[0..10)' }, { amount: '> 10' }], 'no row covers Amount = 10'],
    ['one answer of a yes or no', [{ credit: 'true' }], 'no row covers Credit sufficient = no'],
    ['a listed text', [{ flag: "'GREEN'" }], 'no row covers Margin = RED'],
    ['an empty list', [{ clauses: 'len($) > 0' }], 'no row covers Clauses = none'],
    [
      'a text nobody listed',
      [{ region: "'north'" }, { region: "'south'" }],
      'no row covers Region = something no row names',
    ],
    [
      'two inputs together',
      [{ amount: '<= 100' }, { amount: '> 100', credit: 'true' }],
      'no row covers Amount = 101, Credit sufficient = no',
    ],
  ])('%s', async (_case, rows, words) => {
    expect(await found(rows)).toEqual([['table', 'GAP', 'ERROR', words]]);
  });

  it('is said in Chinese too', async () => {
    const [gap] = await lintPolicy(policy([{ amount: '> 5', credit: 'true' }, { amount: '<= 5' }]));
    expect(gap?.messageZh).toBe('没有任何行覆盖：金额 = 6，信用充足 = 否');
  });

  it.each<[string, Parameters<typeof policy>[0], string]>([
    ['a negative number where none is spoken of', [{ amount: '>= 0' }], 'no row covers Amount = -1'],
  ])('is only a warning for %s', async (_case, rows, words) => {
    expect(await found(rows)).toEqual([['table', 'GAP', 'WARNING', words]]);
  });

  it.each<[string, Parameters<typeof policy>[0]]>([
    ['both sides of a boundary', [{ amount: '<= 14.9999' }, { amount: '> 14.9999' }]],
    ['a row without conditions', [{}]],
    ['every listed text', [{ flag: "'GREEN'" }, { flag: "'RED'" }]],
    ['a text and everything else', [{ region: "'north'" }, { region: "$ != 'north'" }]],
    ['with a list and without', [{ clauses: 'len($) == 0' }, { clauses: 'len($) > 0' }]],
    ['holding a text or not', [{ clauses: "contains($, 'x')" }, { clauses: "not contains($, 'x')" }]],
    [
      'four corners',
      [
        { amount: '<= 5', credit: 'true' },
        { amount: '<= 5', credit: 'false' },
        { amount: '> 5', credit: 'true' },
        { amount: '> 5', credit: 'false' },
      ],
    ],
  ])('does not exist with %s', async (_case, rows) => {
    expect(await found(rows)).toEqual([]);
  });

  it('is only perhaps one where a cell calculates', async () => {
    const [gap] = await lintPolicy(policy([{ amount: '$ > 2 * 5' }, { amount: '<= 10' }]));
    expect(gap).toMatchObject({ code: 'GAP', severity: 'WARNING' });
  });
});

describe('a row that can never be heard', () => {
  const up = (level: number, when: When, over: Partial<SeedRow> = {}) => ({
    when,
    group: 'line',
    level,
    ...over,
  });

  it('lies inside a higher level of its group', async () => {
    expect(await found([up(1, { amount: '> 10' }), up(2, { amount: '> 5' }), {}])).toEqual([
      ['r1', 'ROW_SHADOWED', 'ERROR', 'never counts: wherever it holds, a higher level of line does (r2)'],
    ]);
  });

  it('lies inside several higher rows taken together', async () => {
    const rows = [up(1, { amount: '> 10' }), up(2, { credit: 'true' }), up(3, { credit: 'false' })];
    expect((await found(rows)).map(([at, code]) => [at, code])).toEqual([['r1', 'ROW_SHADOWED']]);
  });

  it.each<[string, Parameters<typeof policy>[0]]>([
    ['the higher one leaves it the boundary', [up(1, { amount: '>= 10' }), up(2, { amount: '> 10' }), {}]],
    ['the higher one is of another group', [up(1, { amount: '> 10' }), { ...up(2, {}), group: 'other' }]],
    ['both have one level', [up(1, { amount: '> 10' }), up(1, {})]],
  ])('is not one where %s', async (_case, rows) => {
    expect(await found(rows)).toEqual([]);
  });

  it('has a cell that is never true', async () => {
    expect(await found([{ amount: '> 5 and < 3' }, {}])).toEqual([
      ['r1/amount', 'NEVER_TRUE', 'ERROR', 'the cell is never true, so its row never holds'],
    ]);
  });

  it('asks for a text that the input cannot be', async () => {
    expect(await found([{ flag: "'GREN'" }, {}])).toEqual([
      ['r1/flag', 'UNLISTED_TEXT', 'ERROR', 'GREN is not among the values of the input'],
    ]);
  });
});

describe('rows that meet', () => {
  it('an automatic lane that another row crosses passes nobody by itself', async () => {
    expect(await found([{ when: { amount: '<= 100' }, stages: [] }, { amount: '> 50' }])).toEqual([
      ['r1', 'OVERLAP_AUTOMATIC', 'WARNING', 'passes nobody by itself where r2 holds too: Amount = 51'],
    ]);
  });

  it('an automatic lane of a higher level silences those who would be asked', async () => {
    const rows: Parameters<typeof policy>[0] = [
      { when: { amount: '<= 100' }, stages: [], group: 'g', level: 2 },
      { when: { credit: 'false' }, group: 'g', level: 1 },
      {},
    ];
    expect((await found(rows)).map(([at, code]) => [at, code])).toEqual([['r1', 'AUTO_OUTRANKS']]);
  });

  it('two of one level that ask different people are both asked', async () => {
    const rows: Parameters<typeof policy>[0] = [
      { when: { amount: '> 5' }, group: 'g', level: 1 },
      { when: { credit: 'false' }, group: 'g', level: 1, stages: ['CFO'] },
      {},
    ];
    expect((await found(rows)).map(([at, code]) => [at, code])).toEqual([['r2', 'OVERLAP_SAME_LEVEL']]);
  });

  it('the same row twice, however its cell is written', async () => {
    expect(await found([{}, { amount: '> 5' }, { amount: '>5.0' }])).toEqual([
      ['r3', 'DUPLICATE_ROW', 'WARNING', 'says the same as r2'],
    ]);
  });
});

/** As decisionTable, with ids of one letter: 2,000 rows within 256 kB. */
function compactTable(rules: Record<string, string>[]): Json {
  const column = (id: string, field: string) => ({ id, name: id, field });
  const inputs = [column('a', 'number(amount)'), column('g', 'region')];
  const outputs = [column('s', 'stages'), column('u', 'rule'), column('t', 'text')];
  const content = { hitPolicy: 'collect', inputs, outputs, rules };
  return {
    nodes: [
      { id: 'i', type: 'inputNode', name: 'i', content: {} },
      { id: 'd', type: 'decisionTableNode', name: 'd', content },
      { id: 'o', type: 'outputNode', name: 'o', content: {} },
    ],
    edges: [
      { id: 'x', sourceId: 'i', targetId: 'd', type: 'edge' },
      { id: 'y', sourceId: 'd', targetId: 'o', type: 'edge' },
    ],
  };
}

describe('a large table', () => {
  it('of 2,000 rows is looked through in five seconds', async () => {
    const rules = Array.from({ length: 2_000 }, (_, index) => {
      const band = Math.floor(index / 100) * 10;
      const cells = { a: `(${band}..${band + 10}]`, g: `'z${index % 100}'` };
      return { _id: `r${index}`, ...cells, s: '["LEAD"]', u: '"r"', t: '"t"' };
    });
    const started = performance.now();
    const problems = await lintPolicy({ ...policy([]), jdm: compactTable(rules) });
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['GAP', 'no row covers Amount = 0'],
      ['STAGE_UNUSED', 'no row asks for this stage'],
    ]);
  });
});
