import { describe, expect, it } from '@jest/globals';
import { addLadder, removeLadder, renameLadder, rungAdded, rungRemoved, rungSet } from './ladder-model.js';
import {
  groupAdded,
  groupRenamed,
  isRequired,
  newStage,
  quorumOf,
  RESOLVERS,
  resolverKindOf,
  stageForResolver,
  withGroups,
  withQuorumNumber,
  withRequirement,
  type Words,
} from './stage-model.js';
import { placedProblems } from './stage-problems-model.js';

const WORDS: Words = {
  roles: ['REP', 'CFO'],
  policyKinds: ['approval.general'],
  inputs: [
    { name: 'amount', label: 'Amount', type: 'decimal' },
    { name: 'unit', label: 'Unit', type: 'string' },
  ],
};
const STAGE = newStage('STANDARD', 'CFO');

describe('AE-PLAN-1 who sits in a stage, as the editor writes it', () => {
  it.each([
    ['ROLE', { kind: 'ROLE', role: 'CFO', take: 'NEAREST' }],
    ['POOL', { kind: 'ROLE', role: 'CFO', take: 'NEAREST' }],
    ['HEAD', { kind: 'HEAD', unit: 'INITIATOR' }],
    ['MANAGER', { kind: 'MANAGER', levels: 1 }],
    ['CHAIN_TO_LIMIT', { kind: 'CHAIN_TO_LIMIT', mode: 'EVERY_LEVEL', topRole: null }],
    ['FORM_FIELD', { kind: 'FORM_FIELD', input: 'unit' }],
    ['INITIATOR_CHOICE', { kind: 'INITIATOR_CHOICE', among: 'CFO' }],
    ['EXPRESSION', { kind: 'EXPRESSION', yields: 'ROLES', expression: "'CFO'" }],
    ['PERSON', { kind: 'PERSON', personIds: [] }],
    ['GROUPS', { kind: 'GROUPS', groups: { first: { kind: 'ROLE', role: 'CFO', take: 'NEAREST' } } }],
    ['CHILD', { kind: 'CHILD', policyKind: 'approval.general' }],
  ] as const)('%s begins as something the engine can read', (kind, resolver) => {
    const stage = stageForResolver(STAGE, kind, WORDS);
    expect(stage['resolver']).toEqual(resolver);
    expect(resolverKindOf(stage)).toBe(kind);
  });

  it('every kind can become every other one; what only the old kind allows goes with it', () => {
    for (const from of RESOLVERS)
      for (const to of RESOLVERS) {
        const before = {
          ...stageForResolver(STAGE, from, WORDS),
          lateChoice: true,
          strictRole: true,
          strictReporting: true,
        };
        const stage = stageForResolver(before, to, WORDS);
        expect(resolverKindOf(stage)).toBe(to);
        expect('lateChoice' in stage).toBe(to === 'INITIATOR_CHOICE');
        expect('strictRole' in stage).toBe(['ROLE', 'POOL', 'GROUPS'].includes(to));
        expect('strictReporting' in stage).toBe(['MANAGER', 'CHAIN_TO_LIMIT', 'HEAD', 'GROUPS'].includes(to));
      }
  });

  it('a pool asks all at once and takes any answer', () => {
    const all = { ...STAGE, mode: 'SEQUENTIAL', quorum: { kind: 'ALL' } };
    expect(stageForResolver(all, 'POOL', WORDS)).toMatchObject({
      pool: true,
      mode: 'PARALLEL',
      quorum: { kind: 'ANY', first: 'ANY_ANSWER' },
    });
  });

  it('groups keep their place and their rule when they are renamed', () => {
    const groups = groupAdded({ first: { kind: 'MANAGER', levels: 1 } }, { kind: 'HEAD', unit: 'INITIATOR' });
    expect(Object.keys(groups)).toEqual(['first', 'group2']);
    const quorum = {
      kind: 'PER_GROUP',
      groups: { first: { kind: 'ALL' }, group2: { kind: 'COUNT', count: 2 } },
    };
    const stage = { ...STAGE, resolver: { kind: 'GROUPS', groups }, quorum };
    const renamed = withGroups(stage, groupRenamed(groups, 'first', 'law'), { from: 'first', to: 'law' });
    expect(renamed).toMatchObject({
      resolver: { groups: { law: { kind: 'MANAGER' } } },
      quorum: { groups: { law: { kind: 'ALL' }, group2: { kind: 'COUNT', count: 2 } } },
    });
    expect(groupRenamed(groups, 'first', 'group2')).toBe(groups);
    const { first: _gone, ...rest } = groups;
    expect(Object.keys((withGroups(stage, rest)['quorum'] as { groups: object }).groups)).toEqual(['group2']);
  });
});

describe('AE-Q-1 rules and requirements in the editor', () => {
  it('a rule of another kind begins anew, of the same kind stays', () => {
    const half = { kind: 'RATIO', percent: 60, strict: false, reject: 'VETO' };
    expect(quorumOf('RATIO', half)).toBe(half);
    expect(quorumOf('WEIGHT', half)).toEqual({ kind: 'WEIGHT', weight: 1 });
    expect(quorumOf('PER_GROUP', half, ['a'])).toEqual({
      kind: 'PER_GROUP',
      groups: { a: { kind: 'ANY', first: 'ANY_ANSWER' } },
    });
    expect(withQuorumNumber(half, 130)).toMatchObject({ percent: 100, reject: 'VETO' });
  });

  it('AE-REQ-1 a requirement is set and taken away without a trace', () => {
    const signed = withRequirement(STAGE, 'APPROVE', 'SIGNATURE', true);
    expect(signed['requires']).toEqual({ APPROVE: ['SIGNATURE'] });
    expect(isRequired(signed, 'APPROVE', 'SIGNATURE')).toBe(true);
    expect(withRequirement(signed, 'APPROVE', 'SIGNATURE', false)).toEqual(STAGE);
    const words = withRequirement(STAGE, 'APPROVE', 'COMMENT', true);
    expect([words['commentOn'], 'requires' in words]).toEqual([['APPROVE', 'REJECT', 'RETURN'], false]);
    const asked = { ...STAGE, commentOn: [], requires: { REJECT: ['COMMENT'] } };
    expect(isRequired(withRequirement(asked, 'REJECT', 'COMMENT', false), 'REJECT', 'COMMENT')).toBe(false);
  });
});

describe('AE-SLA-2 time limits in the editor', () => {
  const CONTENT = {
    stages: [{ key: 'A', ladder: 'STANDARD' }],
    ladders: [{ key: 'STANDARD', workMinutes: 450, rungs: [{ id: 'r', kind: 'REMIND', atPercent: 50 }] }],
  };
  const [ladder] = CONTENT.ladders;

  it('are added, copied, renamed with their stages, and removed', () => {
    const two = addLadder(CONTENT, ladder);
    expect((two['ladders'] as { key: string }[]).map(({ key }) => key)).toEqual(['STANDARD', 'STANDARD_2']);
    const renamed = renameLadder(two, 'STANDARD', 'DAY');
    expect(renamed['stages']).toEqual([{ key: 'A', ladder: 'DAY' }]);
    expect(renameLadder(two, 'STANDARD', 'STANDARD_2')).toBe(two);
    expect((removeLadder(two, 'STANDARD')['ladders'] as object[]).length).toBe(1);
  });

  it('get rungs with ids of their own; a cap belongs to automatic approval alone', () => {
    const more = rungAdded(ladder!);
    expect(more['rungs']).toEqual([...ladder!.rungs, { id: 'remind-100', kind: 'REMIND', atPercent: 100 }]);
    const approves = rungSet(ladder!, 'r', { kind: 'AUTO_APPROVE' });
    expect(approves['rungs']).toMatchObject([{ cap: { amount: '10000', currency: 'CNY' } }]);
    expect(rungSet({ ...ladder, ...approves }, 'r', { kind: 'EXPIRE' })['rungs']).toEqual([
      { id: 'r', kind: 'EXPIRE', atPercent: 50 },
    ]);
    expect(rungRemoved(ladder!, 'r')['rungs']).toEqual([]);
  });
});

describe('where a problem of the linter shows', () => {
  const problem = (at: string, code: string, row: string | null = null) =>
    ({ at, code, row, column: null, severity: 'ERROR', message: code, messageZh: code }) as const;

  it.each<[string, string, string | null]>([
    ['LEGAL', 'UNKNOWN_LADDER', 'stages LEGAL ladder'],
    ['LEGAL', 'LADDER_WITHOUT_END', 'ladders LEGAL null'],
    ['LEGAL/r1', 'RUNG_AFTER_END', 'ladders LEGAL r1'],
    ['CFO/resolver', 'EXPRESSION', 'stages CFO resolver'],
    ['CFO/resolver/first', 'WORD', 'stages CFO resolver/first'],
    ['CFO', 'QUORUM_UNREACHABLE', 'stages CFO quorum'],
    ['CFO', 'SOMETHING_NEW', 'stages CFO null'],
    ['stages/CFO', 'MALFORMED', 'stages CFO null'],
    ['ladders/LEGAL', 'MALFORMED', 'ladders LEGAL null'],
    ['nowhere', 'GAP', null],
  ])('%s %s', (at, code, where) => {
    const [placed] = placedProblems([problem(at, code)], ['LEGAL', 'CFO'], ['LEGAL']);
    expect(placed ? `${placed.list} ${placed.key} ${placed.field}` : null).toBe(where);
    expect(placedProblems([problem(at, code, 'row-1')], ['LEGAL', 'CFO'], ['LEGAL'])).toEqual([]);
  });
});
