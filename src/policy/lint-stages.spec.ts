import { describe, expect, it } from '@jest/globals';
import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import type { StageSpec } from '../domain/approval/stage-spec.js';
import type { DirectoryPerson, DirectorySnapshot, Role } from '../domain/org/directory.js';
import { lintPolicy, type LintSurroundings } from './lint.js';
import { isApprovalContent } from './shape.js';
import { decisionTable, LADDERS, stage, type SeedRow } from './seed/build.js';

const AMOUNT = { name: 'amount', label: 'Amount', type: 'decimal' } as const;

/** One row that asks all stages of everything. */
function policy(
  stages: readonly (Partial<StageSpec> & Pick<StageSpec, 'key'>)[],
  row: Partial<SeedRow> = {},
  over: Partial<ApprovalPolicyContent> = {},
): ApprovalPolicyContent {
  const specs = stages.map((spec) =>
    stage({ title: 'x', block: 0, branch: spec.key, resolver: { kind: 'MANAGER', levels: 1 }, ...spec }),
  );
  const all = { id: 'r1', when: {}, stages: specs.map(({ key }) => key), rule: 'r', text: 't', ...row };
  return {
    jdm: decisionTable([AMOUNT], [all]),
    inputs: [AMOUNT],
    stages: specs,
    ladders: LADDERS,
    withdraw: 'ANYTIME',
    ...over,
  };
}

async function found(content: ApprovalPolicyContent, surroundings?: LintSurroundings) {
  const problems = await lintPolicy(content, surroundings);
  return problems.map(({ at, code, severity }) => `${at} ${code} ${severity}`);
}

describe('a stage that could never be passed (AE-Q-9)', () => {
  const two = { kind: 'COUNT', count: 2 } as const;
  const person = (...personIds: string[]) => ({ kind: 'PERSON', personIds }) as const;

  it.each<[string, Partial<StageSpec>, string[]]>([
    ['two of one manager', { quorum: two }, ['S QUORUM_UNREACHABLE ERROR']],
    [
      'two approvals of one named person',
      { minApprovals: 2, resolver: person('a', 'a') },
      ['S QUORUM_UNREACHABLE ERROR'],
    ],
    ['two of two named persons', { quorum: two, resolver: person('a', 'b') }, []],
    [
      'more weight than the persons have',
      { quorum: { kind: 'WEIGHT', weight: 4 }, resolver: { ...person('a', 'b'), weights: { a: 2 } } },
      ['S QUORUM_UNREACHABLE ERROR'],
    ],
    [
      'exactly their weight',
      { quorum: { kind: 'WEIGHT', weight: 3 }, resolver: { ...person('a', 'b'), weights: { a: 2 } } },
      [],
    ],
    ['nobody named', { resolver: person() }, ['S COUNT_WITHOUT_SEATS ERROR']],
    [
      'a group that the resolver lacks',
      {
        quorum: { kind: 'PER_GROUP', groups: { law: { kind: 'ALL' } } },
        resolver: { kind: 'GROUPS', groups: { legal: { kind: 'ROLE', role: 'LEGAL', take: 'EVERY' } } },
      },
      ['S GROUP_UNKNOWN ERROR'],
    ],
    [
      'two of a group of one',
      {
        quorum: { kind: 'PER_GROUP', groups: { line: two } },
        resolver: { kind: 'GROUPS', groups: { line: { kind: 'MANAGER', levels: 1 } } },
      },
      ['S QUORUM_UNREACHABLE ERROR'],
    ],
  ])('%s', async (_case, over, expected) => {
    expect(await found(policy([{ key: 'S', ...over }]))).toEqual(expected);
  });

  it('because a row asks more of it than the stage itself', async () => {
    const quorum = { S: { kind: 'COUNT', count: 3 } } as const;
    const stages = [{ key: 'S', resolver: person('a', 'b') }];
    expect(await found(policy(stages, { quorum }))).toEqual(['r1/quorum QUORUM_UNREACHABLE ERROR']);
  });
});

describe("a row's own quorum comes from outside", () => {
  it.each<[string, unknown, string]>([
    ['no rule', { S: { kind: 'MOST' } }, 'r1/quorum QUORUM_FORM ERROR'],
    ['a rule without its number', { S: { kind: 'COUNT' } }, 'r1/quorum QUORUM_FORM ERROR'],
    ['no record', ['S'], 'r1/quorum QUORUM_FORM ERROR'],
    ['an unknown stage', { T: { kind: 'ALL' } }, 'r1/quorum UNKNOWN_STAGE ERROR'],
  ])('%s is refused', async (_case, quorum, expected) => {
    const row: object = { quorum };
    expect(await found(policy([{ key: 'S' }], row))).toEqual([expected]);
  });
});

describe('where a rejection returns to (AE-REJ-1)', () => {
  const back = (key: string) => ({ onReject: { kind: 'RETURN_STAGE', key } }) as const;

  it.each<[string, Parameters<typeof policy>[0], string[]]>([
    ['a stage that is not there', [{ key: 'A', ...back('NONE') }], ['A RETURN_UNKNOWN_STAGE ERROR']],
    ['itself', [{ key: 'A', ...back('A') }], ['A RETURN_LATER_STAGE ERROR']],
    [
      'a later block',
      [
        { key: 'A', ...back('B') },
        { key: 'B', block: 1 },
      ],
      ['A RETURN_LATER_STAGE ERROR'],
    ],
    ['a sibling branch', [{ key: 'A' }, { key: 'B', rank: 1, ...back('A') }], ['B RETURN_LATER_STAGE ERROR']],
    ['an earlier block', [{ key: 'A' }, { key: 'B', block: 1, ...back('A') }], []],
    [
      'earlier in its branch',
      [
        { key: 'A', branch: 'x' },
        { key: 'B', branch: 'x', rank: 1, ...back('A') },
      ],
      [],
    ],
  ])('%s', async (_case, stages, expected) => {
    expect(await found(policy(stages))).toEqual(expected);
  });
});

describe('a stage that is a request of its own (AE-CHILD-1)', () => {
  const child = (policyKind: string) => policy([{ key: 'C', resolver: { kind: 'CHILD', policyKind } }]);
  const kinds = {
    'approval.quote': [AMOUNT],
    'approval.credit': [AMOUNT, { name: 'limit', label: 'Limit', type: 'decimal' }],
    'approval.general': [AMOUNT],
  } as const;

  it.each([
    ['approval.general', []],
    ['approval.nothing', ['C CHILD_UNKNOWN_KIND ERROR']],
    ['approval.credit', ['C CHILD_INPUTS ERROR']],
    ['approval.quote', ['C CHILD_OF_ITSELF ERROR']],
  ])('under %s', async (policyKind, expected) => {
    expect(await found(child(policyKind), { kind: 'approval.quote', kinds })).toEqual(expected);
  });
});

describe('ladders (AE-SLA-2, AE-SLA-4)', () => {
  const rung = (id: string, kind: 'REMIND' | 'EXPIRE' | 'INCIDENT', atPercent: number) => ({
    id,
    kind,
    atPercent,
  });
  const ladder = (...rungs: ReturnType<typeof rung>[]) =>
    policy([{ key: 'S' }], {}, { ladders: [{ key: 'STANDARD', workMinutes: 10, rungs }] });

  it.each<[string, ApprovalPolicyContent, string[]]>([
    ['ends in silence', ladder(rung('a', 'REMIND', 50)), ['STANDARD LADDER_WITHOUT_END ERROR']],
    [
      'one id twice',
      ladder(rung('a', 'REMIND', 50), rung('a', 'INCIDENT', 90)),
      ['STANDARD/a DUPLICATE ERROR'],
    ],
    [
      'a rung behind the end',
      ladder(rung('a', 'EXPIRE', 100), rung('b', 'REMIND', 150)),
      ['STANDARD/b RUNG_AFTER_END WARNING'],
    ],
    ['reminds, then tells operations', ladder(rung('a', 'REMIND', 50), rung('b', 'INCIDENT', 90)), []],
  ])('%s', async (_case, content, expected) => {
    expect(await found(content)).toEqual(expected);
  });
});

it('a stage that no row asks for is only a warning', async () => {
  expect(await found(policy([{ key: 'A' }, { key: 'B' }], { stages: ['A'] }))).toEqual([
    'B STAGE_UNUSED WARNING',
  ]);
});

describe('who is there today (AE-EMPTY-1)', () => {
  const person = (
    id: string,
    unit: string,
    managerId: string | null,
    role?: Role,
    over = {},
  ): DirectoryPerson => ({
    id,
    name: id,
    title: null,
    active: true,
    managerId,
    unitIds: unit === 'hq' ? ['hq'] : [unit, 'hq'],
    grants: role ? [{ role, unitId: unit, limit: null, currency: null }] : [],
    identity: id,
    away: null,
    ...over,
  });
  const directory = (...people: DirectoryPerson[]): DirectorySnapshot => ({
    revision: '1',
    at: '2026-01-05T01:00:00.000Z',
    people: Object.fromEntries(people.map((one) => [one.id, one])),
    units: { hq: 'Head office', north: 'North', south: 'South' },
  });
  const reps = [person('n1', 'north', 'boss'), person('s1', 'south', 'boss'), person('boss', 'hq', null)];
  const legal = { key: 'LEGAL', resolver: { kind: 'ROLE', role: 'LEGAL', take: 'NEAREST' } } as const;

  it.each<[string, DirectorySnapshot, Partial<StageSpec>, string[]]>([
    ['nobody has the role', directory(...reps), {}, ['LEGAL NOBODY_CAN_STAFF ERROR']],
    ['somebody has it everywhere', directory(...reps, person('l', 'hq', null, 'LEGAL')), {}, []],
    [
      'somebody has it for one unit',
      directory(...reps, person('l', 'north', 'boss', 'LEGAL')),
      {},
      ['LEGAL NOBODY_CAN_STAFF WARNING'],
    ],
    [
      'whoever had it has left',
      directory(...reps, person('l', 'hq', null, 'LEGAL', { active: false })),
      {},
      ['LEGAL NOBODY_CAN_STAFF ERROR'],
    ],
    [
      'a fallback is there',
      directory(...reps),
      { empty: { kind: 'UP_CHAIN' } },
      ['LEGAL NOBODY_CAN_STAFF WARNING'],
    ],
    [
      'one of the two wanted',
      directory(...reps, person('l', 'hq', 'boss', 'LEGAL')),
      { quorum: { kind: 'COUNT', count: 2 } },
      ['LEGAL QUORUM_UNREACHABLE ERROR'],
    ],
    ['it may be left out', directory(...reps), { empty: { kind: 'SKIP' }, risk: 'LOW' }, []],
    [
      'the initiator would choose among nobody',
      directory(...reps),
      { resolver: { kind: 'INITIATOR_CHOICE', among: 'REP' } },
      ['LEGAL NOBODY_CAN_STAFF ERROR'],
    ],
  ])('%s', async (_case, snapshot, over, expected) => {
    expect(await found(policy([{ ...legal, ...over }]), { directory: snapshot })).toEqual(expected);
  });

  it('names the units whose submissions would be blocked', async () => {
    const snapshot = directory(...reps, person('l', 'north', 'boss', 'LEGAL'));
    const [problem] = await lintPolicy(policy([legal]), { directory: snapshot });
    expect([problem?.message, problem?.messageZh]).toEqual([
      'nobody can sit in it today for submissions of South, Head office',
      '目前以下部门提交时没有人可以审批：South, Head office',
    ]);
  });

  it('does not matter for a stage that no row asks for', async () => {
    const content = policy([{ key: 'A' }, legal], { stages: ['A'] });
    const snapshot = directory(
      person('n1', 'north', 'boss'),
      person('boss', 'hq', 'top'),
      person('top', 'hq', 'boss2'),
    );
    expect(await found(content, { directory: snapshot })).not.toContain('LEGAL NOBODY_CAN_STAFF ERROR');
  });
});

describe('the values an input may have', () => {
  it.each<[string, unknown, boolean]>([
    ['texts', ['a', 'b'], true],
    ['none', [], false],
    ['a number', [1], false],
    ['no list', 'a', false],
  ])('%s', (_case, values, expected) => {
    const input: object = { name: 'flag', label: 'Flag', type: 'string', values };
    expect(isApprovalContent({ ...policy([{ key: 'S' }]), inputs: [AMOUNT, input] })).toBe(expected);
  });

  it('are only for texts', () => {
    expect(isApprovalContent({ ...policy([{ key: 'S' }]), inputs: [{ ...AMOUNT, values: ['1'] }] })).toBe(
      false,
    );
  });
});
