import { describe, expect, it } from '@jest/globals';
import type { ApprovalPolicyContent, PolicyCase, PolicyInput } from '../domain/approval/policy.js';
import { answerCases } from './cases.js';
import { lintPolicy } from './lint.js';
import { decisionTable, LADDERS, stage } from './seed/build.js';
import { isApprovalContent } from './shape.js';
import { readTable } from './table.js';

const INPUTS: readonly PolicyInput[] = [
  { name: 'discountPct', label: 'Discount', type: 'decimal' },
  { name: 'urgent', label: 'Urgent', type: 'boolean' },
];
const seat = (key: string) =>
  stage({ key, title: key, block: 0, branch: 'a', resolver: { kind: 'MANAGER', levels: 1 } });
const ROWS = [
  {
    id: 'auto',
    when: { discountPct: '<= 5' },
    stages: [],
    rule: 'auto',
    text: 'small',
    group: 'g',
    level: 0,
  },
  {
    id: 'lead',
    when: { discountPct: '> 5' },
    stages: ['LEAD'],
    rule: 'lead',
    text: 'x',
    group: 'g',
    level: 1,
  },
  {
    id: 'head',
    when: { discountPct: '> 10' },
    stages: ['HEAD'],
    rule: 'head',
    text: 'x',
    group: 'g',
    level: 2,
  },
];

function policyOf(cases: readonly PolicyCase[], rows = ROWS): ApprovalPolicyContent {
  return {
    jdm: decisionTable(INPUTS, rows),
    inputs: INPUTS,
    stages: [seat('LEAD'), seat('HEAD')],
    ladders: LADDERS,
    withdraw: 'ANYTIME',
    cases,
  };
}

const at = (name: string, discountPct: string, stages: string[], rows?: string[]): PolicyCase => ({
  name,
  facts: { discountPct, urgent: false },
  stages,
  ...(rows ? { rows } : {}),
});
const answers = (content: ApprovalPolicyContent) => answerCases(content, readTable(content));
const errors = async (content: ApprovalPolicyContent) =>
  (await lintPolicy(content))
    .filter(({ severity }) => severity === 'ERROR')
    .map(({ at: where, code, message }) => [where, code, message]);

describe('AE-POL-1 cases of a table', () => {
  it('are answered by the table itself, of a group only the highest row', async () => {
    const content = policyOf([
      at('5 is automatic', '5', [], ['auto']),
      at('5.0001 is the lead’s', '5.0001', ['LEAD']),
      at('10.0001 is the head’s alone', '10.0001', ['HEAD'], ['head']),
    ]);
    expect(await answers(content)).toEqual([
      { name: '5 is automatic', passed: true, stages: [], rows: ['auto'], refused: null },
      { name: '5.0001 is the lead’s', passed: true, stages: ['LEAD'], rows: ['lead'], refused: null },
      { name: '10.0001 is the head’s alone', passed: true, stages: ['HEAD'], rows: ['head'], refused: null },
    ]);
    expect(await errors(content)).toEqual([]);
  });

  it('that the table answers otherwise are errors of the linter, with both answers', async () => {
    const content = policyOf([at('twelve', '12', ['LEAD']), at('row', '12', ['HEAD'], ['lead'])]);
    expect(await errors(content)).toEqual([
      ['cases/twelve', 'CASE_FAILED', 'expected [LEAD], the table answers [HEAD]'],
      ['cases/row', 'CASE_FAILED', 'expected [lead], the table answers [head]'],
    ]);
  });

  it.each<[string, PolicyCase, string]>([
    ['a fact that is missing', { name: 'x', facts: { discountPct: '1' }, stages: [] }, 'FACTS'],
    [
      'a number where a decimal text is needed',
      { name: 'x', facts: { discountPct: 'many', urgent: false }, stages: [] },
      'FACTS',
    ],
  ])('with %s are named, not guessed', async (_case, one, refused) => {
    expect(await answers(policyOf([one]))).toMatchObject([{ passed: false, refused }]);
  });

  it('that no row covers are named besides the gap', async () => {
    const content = policyOf([at('four', '4', [])], ROWS.slice(1));
    expect((await errors(content)).map(([where, code]) => [where, code])).toEqual([
      ['table', 'GAP'],
      ['cases/four', 'CASE_FAILED'],
    ]);
  });

  it('of one name are refused, and so are more than two hundred or ones of another form', async () => {
    expect(await errors(policyOf([at('same', '1', []), at('same', '2', [])]))).toEqual([
      ['cases/same', 'CASE_DUPLICATE', 'two cases have this name'],
    ]);
    expect(isApprovalContent(policyOf([]))).toBe(true);
    const many = Array.from({ length: 201 }, (_, index) => at(`case ${index}`, '1', []));
    expect(isApprovalContent(policyOf(many))).toBe(false);
    expect(isApprovalContent({ ...policyOf([]), cases: [{ name: '', facts: {}, stages: [] }] })).toBe(false);
  });

  it('are not asked of a table whose cells do not run', async () => {
    const broken = policyOf(
      [at('twelve', '12', ['LEAD'])],
      [{ ...ROWS[2]!, when: { discountPct: '> 5 %' } }],
    );
    expect((await errors(broken)).map(([, code]) => code)).toEqual(['CELL']);
  });
});
