import { describe, expect, it } from '@jest/globals';
import {
  Case,
  company,
  FACTS,
  grant,
  people,
  person,
  planOf,
  stage,
} from '../../../test/builders/approval.js';
import { DomainError } from '../errors.js';
import type { DirectorySnapshot } from '../org/directory.js';
import { isStricter } from './carry.js';
import type { StageMove } from './migrate.js';
import type { QuorumRule, StageSpec } from './stage-spec.js';

const ALL: QuorumRule = { kind: 'ALL' };
const ANY: QuorumRule = { kind: 'ANY', first: 'UNTIL_ALL_NO' };
const COUNT = (count: number): QuorumRule => ({ kind: 'COUNT', count });
const OWNER = person('owner', { grants: [grant('CFO')] });
const TO = { ...FACTS, policy: { kind: 'approval.test', version: 2, id: 'policy-2' } };

interface How {
  by?: string;
  acceptOutcome?: boolean;
  facts?: typeof TO;
}

const withOwner = (...over: Parameters<typeof company>): DirectorySnapshot => company(OWNER, ...over);
const opened = (...specs: StageSpec[]) => new Case(specs, { directory: withOwner() });

function migrate(request: Case, specs: readonly StageSpec[], how: How = {}) {
  const { by = 'owner', acceptOutcome = false, facts = TO } = how;
  const plan = planOf(specs, request.directory, facts);
  return request.run({ type: 'MIGRATE', facts, plan, acceptOutcome, reason: 'a new policy' }, by);
}

function movesOf(request: Case): readonly StageMove[] {
  const moved = request.log.filter((event) => event.type === 'request.migrated').at(-1);
  if (moved?.type !== 'request.migrated') throw new Error('not moved');
  return moved.moves;
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'nothing refused';
}

describe('AE-POL-2 an open request is moved to another version of its policy', () => {
  it('keeps what passed, asks the added stage, lets the dropped one go', () => {
    const request = opened(
      stage('A', { ...people('lead'), rank: 0 }),
      stage('B', { ...people('director'), rank: 1 }),
      stage('C', { ...people('boss'), rank: 2 }),
    );
    request.vote('lead', 'APPROVE');
    migrate(request, [
      stage('A', { ...people('lead'), rank: 0 }),
      stage('D', { ...people('l1'), rank: 1 }),
      stage('C', { ...people('boss'), rank: 2 }),
    ]);
    expect(movesOf(request).map(({ key, effect, state, carried }) => [key, effect, state, carried])).toEqual([
      ['A', 'KEPT', 'PASSED', ['lead']],
      ['D', 'ADDED', null, []],
      ['C', 'KEPT', 'ASKED', []],
      ['B', 'DROPPED', null, []],
    ]);
    expect(request.holders()).toEqual(['l1']);
    expect(request.current).toMatchObject({ state: 'PENDING', round: 2, policy: TO.policy });
    request.vote('l1', 'APPROVE');
    request.vote('boss', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('carries a yes into the running stage; whoever has not answered is asked with a fresh clock', () => {
    const both = stage('A', { ...people('lead', 'director', 'boss'), quorum: ALL });
    const request = opened(both);
    request.vote('lead', 'APPROVE');
    request.later(5);
    migrate(request, [both]);
    expect(request.current.seats.map(({ holderId, state, code }) => [holderId, state, code])).toEqual([
      ['lead', 'AUTO_APPROVED', 'CARRIED'],
      ['director', 'OPEN', null],
      ['boss', 'OPEN', null],
    ]);
    expect(request.current.seats[1]!.dueAt).toBe('2026-03-02T14:00:00.000Z');
  });

  it('again to the same version does nothing', () => {
    const specs = [stage('A', people('lead'))];
    const request = opened(...specs);
    migrate(request, specs);
    const before = request.current;
    expect(migrate(request, specs)).toEqual([]);
    expect(request.current).toBe(before);
  });

  it('a second time keeps what the first kept', () => {
    const specs = [stage('A', { ...people('lead'), rank: 0 }), stage('B', { ...people('boss'), rank: 1 })];
    const request = opened(...specs);
    request.vote('lead', 'APPROVE');
    migrate(request, specs);
    migrate(request, specs, { facts: { ...TO, policy: { ...TO.policy, version: 3, id: 'policy-3' } } });
    expect(movesOf(request)[0]).toMatchObject({ key: 'A', state: 'PASSED', carried: ['lead'] });
    expect(request.holders()).toEqual(['boss']);
  });

  it('closes every seat and stage of the round before, so that nobody answers there', () => {
    const request = opened(stage('A', people('lead')), stage('B', { ...people('boss'), rank: 2 }));
    const closed = migrate(request, [stage('B', people('boss'))]).filter(({ type }) =>
      type.endsWith('closed'),
    );
    expect(closed).toMatchObject([
      { type: 'seat.closed', state: 'CANCELLED', code: 'MIGRATED' },
      { type: 'stage.closed', state: 'CANCELLED', code: 'MIGRATED' },
      { type: 'stage.closed', state: 'CANCELLED', code: 'MIGRATED' },
    ]);
    expect(refusal(() => request.vote('lead', 'APPROVE'))).not.toBe('nothing refused');
  });
});

describe('AE-POL-2 a yes is carried iff same stage, not stricter, same content, still eligible', () => {
  const two = people('lead', 'director');

  it.each<[string, Partial<StageSpec>, Partial<StageSpec>, string | null]>([
    ['the same rule', { quorum: ALL }, { quorum: ALL }, null],
    ['a laxer rule', { quorum: ALL }, { quorum: COUNT(2) }, null],
    ['a higher count', { quorum: COUNT(2) }, { quorum: COUNT(3) }, 'STRICTER'],
    ['all instead of some', { quorum: COUNT(2) }, { quorum: ALL }, 'STRICTER'],
    ['more approvals at least', { quorum: ALL }, { quorum: ALL, minApprovals: 2 }, 'STRICTER'],
    ['a signature', { quorum: ALL }, { quorum: ALL, requires: { APPROVE: ['SIGNATURE'] } }, 'STRICTER'],
    ['words where it has them', { quorum: ALL }, { quorum: ALL, commentOn: ['APPROVE'] }, null],
    [
      'another person in the seat',
      { quorum: ALL },
      { quorum: ALL, ...people('boss', 'director') },
      'NOT_ELIGIBLE',
    ],
    [
      'more weight than it had',
      { quorum: ALL },
      {
        quorum: ALL,
        resolver: { kind: 'PERSON', personIds: ['lead', 'director'], weights: { lead: 2 } },
      },
      'STRICTER',
    ],
  ])('%s', (_name, before, after, code) => {
    const third = { kind: 'PERSON', personIds: ['lead', 'director', 'boss'] } as const;
    const request = opened(stage('A', { ...two, resolver: third, ...before }));
    request.vote('lead', 'APPROVE');
    migrate(request, [stage('A', { ...two, resolver: third, ...after })]);
    const [{ carried, lost }] = movesOf(request) as [StageMove];
    expect([carried, lost]).toEqual(code ? [[], [{ personId: 'lead', code }]] : [['lead'], []]);
  });

  it('a yes without words is not carried where words are needed', () => {
    const request = opened(stage('A', { ...two, quorum: ALL }));
    request.vote('lead', 'APPROVE', { comment: null });
    migrate(request, [stage('A', { ...two, quorum: ALL, commentOn: ['APPROVE'] })]);
    expect(movesOf(request)[0]!.lost).toEqual([{ personId: 'lead', code: 'STRICTER' }]);
    expect(request.holders()).toEqual(['lead', 'director']);
  });

  it('nobody who has left meanwhile, nor a yes of a dropped stage', () => {
    const request = opened(
      stage('A', { ...two, quorum: ALL }),
      stage('B', { ...people('boss'), branch: 'b' }),
    );
    request.vote('lead', 'APPROVE');
    request.vote('boss', 'APPROVE');
    request.directory = withOwner({ ...company().people['lead']!, active: false });
    migrate(request, [stage('A', { ...people('lead', 'director', 'f1'), quorum: ALL })]);
    expect(movesOf(request).flatMap(({ lost }) => lost)).toEqual([
      { personId: 'lead', code: 'NOT_ELIGIBLE' },
      { personId: 'boss', code: 'STAGE_DROPPED' },
    ]);
  });

  it('what time approved is no person’s yes', () => {
    const cap = { amount: '100000', currency: 'CNY' };
    const request = new Case(
      [stage('A', { ...people('lead'), rank: 0 }), stage('B', { ...people('boss'), rank: 1 })],
      {
        directory: withOwner(),
        ladder: [['auto', 'AUTO_APPROVE', 4, cap]],
      },
    );
    request.later(4).run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    migrate(request, [
      stage('A', { ...people('lead'), rank: 0 }),
      stage('B', { ...people('boss'), rank: 1 }),
    ]);
    expect(movesOf(request)[0]).toMatchObject({
      state: 'ASKED',
      lost: [{ personId: 'lead', code: 'NOT_A_PERSON' }],
    });
  });

  it('a yes that stood for one said in another stage is asked again', () => {
    const specs = [
      stage('A', { ...people('lead'), rank: 0 }),
      stage('B', { ...people('lead', 'boss'), quorum: ALL, rank: 1 }),
    ];
    const request = new Case(specs, { directory: withOwner(), facts: { ...FACTS, dedupe: 'FIRST_COUNTS' } });
    request.vote('lead', 'APPROVE');
    expect(request.holders()).toEqual(['boss']);
    migrate(request, specs);
    expect(movesOf(request).map(({ carried, lost }) => [carried, lost])).toEqual([
      [['lead'], []],
      [[], [{ personId: 'lead', code: 'ELSEWHERE' }]],
    ]);
    expect(request.holders()).toEqual(['lead', 'boss']);
  });

  it('a refusal or an abstention is asked again, never turned into a yes', () => {
    const request = opened(stage('A', { ...people('lead', 'director', 'boss'), quorum: COUNT(2) }));
    request.vote('lead', 'REJECT');
    migrate(request, [stage('A', { ...people('lead', 'director', 'boss'), quorum: COUNT(2) })]);
    expect(request.holders()).toEqual(['lead', 'director', 'boss']);
  });

  it.each<[QuorumRule, QuorumRule, boolean]>([
    [ALL, ALL, false],
    [ALL, ANY, false],
    [ANY, ALL, true],
    [{ kind: 'RATIO', percent: 50, strict: false }, { kind: 'RATIO', percent: 60, strict: false }, true],
    [{ kind: 'RATIO', percent: 60, strict: false }, { kind: 'RATIO', percent: 50, strict: false }, false],
    [COUNT(2), { kind: 'RATIO', percent: 50, strict: false }, true],
    [COUNT(2), { kind: 'COUNT', count: 2, reject: 'VETO' }, true],
    [{ kind: 'WEIGHT', weight: 5 }, { kind: 'WEIGHT', weight: 4 }, false],
    [ALL, { kind: 'PER_GROUP', groups: { a: ANY } }, true],
  ])('from %j to %j is stricter: %s', (before, after, stricter) => {
    expect(isStricter(stage('A', { quorum: before }), stage('A', { quorum: after }))).toBe(stricter);
  });
});

describe('AE-POL-2 a move never decides in silence', () => {
  const one = [stage('A', { ...people('lead'), rank: 0 }), stage('B', { ...people('boss'), rank: 1 })];

  it('to a path that is already walked is an outcome somebody must answer for', () => {
    const request = opened(...one);
    request.vote('lead', 'APPROVE');
    expect(refusal(() => migrate(request, [one[0]!]))).toBe('OUTCOME_CHANGE');
    expect(request.current).toMatchObject({ state: 'PENDING', round: 1 });
    migrate(request, [one[0]!], { acceptOutcome: true });
    expect(request.current.state).toBe('APPROVED');
    expect(request.log.find(({ type }) => type === 'request.migrated')).toMatchObject({ accepted: true });
  });

  it('to no stages at all likewise', () => {
    const request = opened(...one);
    expect(refusal(() => migrate(request, []))).toBe('OUTCOME_CHANGE');
  });

  it('to a laxer rule of the running stage, with stages behind it: the next is asked', () => {
    const request = opened(
      stage('A', { ...people('lead', 'director'), quorum: ALL, rank: 0 }),
      stage('B', { ...people('boss'), rank: 1 }),
    );
    request.vote('lead', 'APPROVE');
    migrate(request, [stage('A', { ...people('lead', 'director'), quorum: ANY, rank: 0 }), one[1]!]);
    expect(movesOf(request)[0]).toMatchObject({ state: 'PASSES' });
    expect(request.holders()).toEqual(['boss']);
  });

  it.each<[string, How]>([
    ['the initiator', { by: 'rep' }],
    ['the initiator, accepting the outcome', { by: 'rep', acceptOutcome: true }],
  ])('is not made by %s', (_who, how) => {
    expect(refusal(() => migrate(opened(...one), [one[1]!], how))).toBe('SOD_INITIATOR');
  });

  it.each<[string, (request: Case) => void, string]>([
    ['closed', (request) => request.run({ type: 'WITHDRAW', reason: null }, 'rep'), 'REQUEST_CLOSED'],
    ['returned', (request) => request.vote('lead', 'RETURN'), 'MOVE_RETURNED'],
  ])('of a %s request is refused', (_state, before, code) => {
    const request = opened(...one);
    before(request);
    expect(refusal(() => migrate(request, [one[1]!]))).toBe(code);
  });

  it('to a stage nobody can sit in is refused', () => {
    expect(refusal(() => migrate(opened(...one), [stage('X', people('nobody'))]))).toBe('NO_APPROVER');
  });
});
