import { describe, expect, it } from '@jest/globals';
import type { ApprovalPolicyContent, PolicyInput } from '../domain/approval/policy.js';
import type { Json } from '../domain/json.js';
import { evaluateTable } from './evaluate.js';
import { lintPolicy } from './lint.js';
import { decisionTable, LADDERS, stage } from './seed/build.js';
import { CONTRACT_POLICY } from './seed/contract-policy.js';
import { GENERAL_POLICY } from './seed/general-policy.js';
import { QUOTE_POLICY } from './seed/quote-policy.js';
import { runTrial } from './trial.js';

const INPUTS: readonly PolicyInput[] = [
  { name: 'amount', label: 'Amount', type: 'decimal' },
  { name: 'category', label: 'Category', type: 'string' },
  { name: 'clauses', label: 'Clauses', type: 'strings' },
];

function policyWith(
  cell: Record<string, string>,
  over: Partial<ApprovalPolicyContent> = {},
): ApprovalPolicyContent {
  const row = { id: 'r1', when: cell, stages: ['LEAD'], rule: 'rule', text: 'words' };
  return {
    jdm: decisionTable(INPUTS, [row]),
    inputs: INPUTS,
    stages: [
      stage({ key: 'LEAD', title: 'Lead', block: 0, branch: 'a', resolver: { kind: 'MANAGER', levels: 1 } }),
    ],
    ladders: LADDERS,
    withdraw: 'ANYTIME',
    ...over,
  };
}

/** The same table with its JDM text changed somewhere. */
function edited(from: string, to: string): ApprovalPolicyContent {
  const content = policyWith({ amount: '> 5' });
  return { ...content, jdm: JSON.parse(JSON.stringify(content.jdm).replace(from, to)) as Json };
}

const codes = async (content: ApprovalPolicyContent) => (await lintPolicy(content)).map(({ code }) => code);

const ROLE = { kind: 'ROLE' as const, role: 'FINANCE' as const, take: 'EVERY' as const };
const LINE = { kind: 'MANAGER' as const, levels: 1 };

describe('the policies a new installation starts with', () => {
  it.each([
    ['approval.quote', QUOTE_POLICY],
    ['approval.contract', CONTRACT_POLICY],
    ['approval.general', GENERAL_POLICY],
  ])('%s has nothing to say against', async (_kind, content) => {
    expect(await lintPolicy(content)).toEqual([]);
  });
});

describe('a cell that the engine would let pass as "no match"', () => {
  it.each([
    ['a syntax error', { amount: '<= 15 %' }, 'CELL'],
    ['a comparison of unlike types', { category: '> 5' }, 'CELL'],
    ['an expression that is no answer', { clauses: 'len($)' }, 'CELL'],
    ['an unknown variable', { amount: '> threshold' }, 'WORD'],
    ['an unknown function', { amount: 'bogus($) > 1' }, 'WORD'],
    ['chance', { amount: '> rand(100)' }, 'WORD'],
    ['the clock', { amount: "> date('now')" }, 'WORD'],
    ['the clock by its short name', { category: "d('now') > d('2020-01-01')" }, 'WORD'],
    ['a nested closure', { clauses: "some($, some($, # == 'a'))" }, 'WORD'],
    ['a template string', { category: '`x`' }, 'WORD'],
    ['an open quote', { category: "'x" }, 'WORD'],
    ['a walk over a million numbers', { amount: 'some([1..1000000], # > 3)' }, 'LOOP'],
    ['the length of a million numbers', { amount: 'len([1..1000000]) > 3' }, 'LOOP'],
    ['a cell above 500 characters', { category: `'${'x'.repeat(500)}'` }, 'CELL_TOO_LONG'],
    ['brackets 33 deep', { amount: `> ${'('.repeat(33)}1${')'.repeat(33)}` }, 'TOO_DEEP'],
  ])('%s is named', async (_case, cell, code) => {
    const found = await lintPolicy(policyWith(cell));
    expect(found.map((problem) => problem.code)).toContain(code);
    expect(found[0]!.at).toMatch(/^r1\//);
    expect(JSON.stringify(found)).not.toMatch(/backtrace|vmError|Opcode|\.rs/);
  });

  it('32 brackets and allowed functions pass', async () => {
    const aboveOne = policyWith({ amount: `> ${'('.repeat(32)}1${')'.repeat(32)}` });
    const clauses = policyWith({ clauses: "some($, # == 'a') and not contains($, 'b')" });
    expect([await codes(aboveOne), await codes(clauses)]).toEqual([['GAP'], ['GAP']]);
  });
});

describe('a table that must not reach the engine', () => {
  it.each([
    ['a function node', '"type":"inputNode"', '"type":"functionNode"', 'NODE_NOT_ALLOWED'],
    ['no table', '"type":"decisionTableNode"', '"type":"outputNode"', 'ONE_TABLE'],
    ['hit policy first', '"hitPolicy":"collect"', '"hitPolicy":"first"', 'HIT_POLICY'],
    ['a column nobody declared', '"field":"category"', '"field":"marginPct"', 'UNKNOWN_INPUT'],
    ['a decimal compared as text', '"field":"number(amount)"', '"field":"amount"', 'COLUMN_FORM'],
    ['an expression as a column', '"field":"category"', '"field":"env(category)"', 'UNKNOWN_INPUT'],
    ['a stage nobody defined', '[\\"LEAD\\"]', '[\\"LEED\\"]', 'UNKNOWN_STAGE'],
    ['an output that is computed', '"[\\"LEAD\\"]"', '"upper(category)"', 'NOT_A_LITERAL'],
    ['a row without an id', '"_id":"r1"', '"_id":""', 'ROW_ID'],
    ['a row without a reason', '"\\"words\\""', '""', 'NO_REASON'],
    ['a reason with an unknown fact', '\\"words\\"', '\\"{costTotal}\\"', 'UNKNOWN_INPUT'],
    ['a cell that is no text', '"category":""', '"category":7', 'MALFORMED'],
  ])('%s is refused by lint and by evaluation', async (_case, from, to, code) => {
    const content = edited(from, to);
    expect(await codes(content)).toContain(code);
    const facts = { amount: '1', category: 'a', clauses: [] };
    await expect(evaluateTable(content, facts)).rejects.toMatchObject({ code: 'POLICY_ERROR' });
  });

  it.each([[null], [[]], ['text'], [{ nodes: 'x' }], [{ nodes: [null, 3] }]])(
    '%j is no table',
    async (jdm) => {
      expect(await codes(policyWith({}, { jdm: jdm as Json }))).toContain('ONE_TABLE');
    },
  );

  it('more than 2,000 rows or 256 kB are refused', async () => {
    const rows = Array.from({ length: 2_001 }, (_, i) => ({
      id: `r${i}`,
      when: {},
      stages: [],
      rule: 'r',
      text: 't',
    }));
    expect(await codes(policyWith({}, { jdm: decisionTable(INPUTS.slice(0, 1), rows) }))).toEqual(
      expect.arrayContaining([expect.stringMatching(/TOO_MANY_ROWS|TOO_LARGE/)]),
    );
  });

  it.each([
    ['a stage twice', { stages: [...policyWith({}).stages, ...policyWith({}).stages] }, 'DUPLICATE'],
    ['an unknown ladder', { ladders: [] }, 'UNKNOWN_LADDER'],
    [
      'a ladder whose last rung only reminds (AE-SLA-4)',
      {
        ladders: [
          {
            key: 'STANDARD',
            workMinutes: 10,
            rungs: [
              { id: 'i', kind: 'INCIDENT' as const, atPercent: 100 },
              { id: 'r', kind: 'REMIND' as const, atPercent: 150 },
            ],
          },
        ],
      },
      'LADDER_WITHOUT_END',
    ],
    [
      'a yes by time without a largest amount (AE-SLA-2)',
      {
        ladders: [
          {
            key: 'STANDARD',
            workMinutes: 10,
            rungs: [
              { id: 'a', kind: 'AUTO_APPROVE' as const, atPercent: 100 },
              { id: 'i', kind: 'INCIDENT' as const, atPercent: 200 },
            ],
          },
        ],
      },
      'AUTO_APPROVE_NEEDS_CAP',
    ],
    [
      'a ladder that ends in silence',
      { ladders: [{ key: 'STANDARD', workMinutes: 10, rungs: [] }] },
      'LADDER_WITHOUT_END',
    ],
    [
      'skipping a stage that is not low risk',
      { stages: [{ ...policyWith({}).stages[0]!, empty: { kind: 'SKIP' as const } }] },
      'SKIP_NEEDS_LOW_RISK',
    ],
    [
      'a pool of which everybody must agree (AE-IN-2)',
      { stages: [{ ...policyWith({}).stages[0]!, pool: true, quorum: { kind: 'ALL' as const } }] },
      'POOL_NEEDS_ANY',
    ],
    [
      'insisting on a role where persons are named (4.5)',
      {
        stages: [
          {
            ...policyWith({}).stages[0]!,
            strictRole: true,
            resolver: { kind: 'PERSON' as const, personIds: ['p'] },
          },
        ],
      },
      'STRICT_WITHOUT_ROLE',
    ],
    [
      'following a reporting line where a role is asked (AE-MGR-2)',
      { stages: [{ ...policyWith({}).stages[0]!, strictReporting: true, resolver: ROLE }] },
      'STRICT_WITHOUT_LINE',
    ],
    [
      'following a reporting line that is fixed at submission (AE-MGR-2)',
      {
        stages: [
          {
            ...policyWith({}).stages[0]!,
            strictReporting: true,
            resolveAt: 'SUBMIT' as const,
            resolver: LINE,
          },
        ],
      },
      'STRICT_WITHOUT_LINE',
    ],
  ])('%s is named', async (_case, over, code) => {
    expect(await codes(policyWith({}, over))).toContain(code);
  });
});

describe('the trial process', () => {
  const jdm = policyWith({}).jdm;
  const SAMPLE = { amount: '1', category: 'a', clauses: [] };

  it('survives what kills the engine: the crash is the refusal', async () => {
    const deadly = '['.repeat(200_000) + ']'.repeat(200_000);
    const probe = { at: 'r1/amount', field: 'amount', cell: deadly, facts: { amount: '1' } };
    await expect(runTrial(jdm, [probe], SAMPLE)).rejects.toMatchObject({ code: 'POLICY_ERROR' });
  });

  it('says of each probe whether it held, and which gave no answer', async () => {
    const probe = (cell: string) => ({ at: cell, field: 'number(amount)', cell, facts: { amount: '2' } });
    const { answers } = await runTrial(jdm, [probe('> 1'), probe('> '), probe('> 2')], SAMPLE);
    expect(answers).toEqual([true, null, false]);
  });
});
