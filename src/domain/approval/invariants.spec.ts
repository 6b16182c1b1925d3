import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Case, company, FACTS, people, stage } from '../../../test/builders/approval.js';
import { DomainError } from '../errors.js';
import { evolve } from './engine.js';
import type { ApprovalState, DecisionAction, QuorumRule, StageSpec } from './model.js';
import { quorumOutcome, quorumReachable, type Vote } from './quorum.js';
import { isDecidedByChild, isTerminal } from './seats.js';
import { waitsForSomebody } from './submit.js';

const HOLDERS = ['lead', 'director', 'boss', 'f1', 'f2', 'f3', 'f4', 'l1'];

const quorum: fc.Arbitrary<QuorumRule> = fc.oneof(
  fc.constant<QuorumRule>({ kind: 'ALL' }),
  fc.constantFrom<QuorumRule>({ kind: 'ANY', first: 'ANY_ANSWER' }, { kind: 'ANY', first: 'UNTIL_ALL_NO' }),
  fc.record({
    kind: fc.constant('RATIO' as const),
    percent: fc.integer({ min: 1, max: 100 }),
    strict: fc.boolean(),
  }),
  fc.constant<QuorumRule>({ kind: 'COUNT', count: 1 }),
);

const CHILD = { resolver: { kind: 'CHILD' as const, policyKind: 'approval.child' } };

const specs: fc.Arbitrary<StageSpec[]> = fc
  .array(
    fc.record({
      ids: fc.uniqueArray(fc.constantFrom(...HOLDERS), { minLength: 1, maxLength: 4 }),
      block: fc.integer({ min: 1, max: 3 }),
      branch: fc.constantFrom('a', 'b'),
      rank: fc.integer({ min: 1, max: 2 }),
      quorum,
      child: fc.integer({ min: 0, max: 5 }).map((die) => die === 0),
      mode: fc.constantFrom('PARALLEL' as const, 'SEQUENTIAL' as const),
      onBranchReject: fc.constantFrom('FAIL_FAST' as const, 'WAIT_ALL' as const),
      abstain: fc.constantFrom('EXCLUDED' as const, 'COUNTS_AS_NO' as const),
      onReject: fc.constantFrom(
        { kind: 'END' as const },
        { kind: 'RETURN_INITIATOR' as const },
        { kind: 'RETURN_STAGE' as const, key: 's0' },
      ),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((list) =>
    list.map(({ ids, child, ...over }, index) =>
      stage(`s${index}`, {
        ...over,
        ...(child ? CHILD : people(...ids)),
        rank: over.rank * 10 + index,
      }),
    ),
  )
  .filter((list) =>
    list.every((spec) => spec.quorum.kind !== 'RATIO' || spec.quorum.percent < 100 || !spec.quorum.strict),
  );

type Step =
  | { do: 'vote'; who: number; action: DecisionAction; to: number; resume: boolean }
  | { do: 'tick'; hours: number }
  | { do: 'resubmit'; hash: number }
  | { do: 'transfer'; who: number; to: number }
  | { do: 'add'; who: number; to: number; relation: 'BEFORE' | 'AFTER' | 'PARALLEL'; rule: 'ALL' | 'ANY' }
  | { do: 'remove'; who: number; accept: boolean }
  | { do: 'child'; state: 'APPROVED' | 'REJECTED' | 'EXPIRED'; stale: boolean }
  | { do: 'withdraw' | 'terminate' | 'restaff' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('vote' as const),
      who: fc.nat({ max: HOLDERS.length - 1 }),
      action: fc.constantFrom<DecisionAction>('APPROVE', 'APPROVE', 'APPROVE', 'REJECT', 'RETURN', 'ABSTAIN'),
      to: fc.integer({ min: -1, max: 4 }),
      resume: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('tick' as const), hours: fc.integer({ min: 0, max: 20 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('child' as const),
      state: fc.constantFrom(
        'APPROVED' as const,
        'APPROVED' as const,
        'REJECTED' as const,
        'EXPIRED' as const,
      ),
      stale: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      who: fc.nat({ max: HOLDERS.length - 1 }),
      to: fc.nat({ max: HOLDERS.length - 1 }),
      relation: fc.constantFrom('BEFORE' as const, 'AFTER' as const, 'PARALLEL' as const),
      rule: fc.constantFrom('ALL' as const, 'ANY' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('remove' as const),
      who: fc.nat({ max: HOLDERS.length - 1 }),
      accept: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('transfer' as const),
      who: fc.nat({ max: HOLDERS.length - 1 }),
      to: fc.nat({ max: HOLDERS.length - 1 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resubmit' as const), hash: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'withdraw' }, { do: 'terminate' }, { do: 'restaff' }) },
);

/** Runs one step; a refusal must be a DomainError and change nothing. */
function perform(request: Case, next: Step): void {
  const before = request.current;
  try {
    apply(request, next);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(request.current).toBe(before);
  }
}

function apply(request: Case, next: Step): void {
  switch (next.do) {
    case 'vote':
      request.vote(HOLDERS[next.who]!, next.action, {
        returnTo: next.to < 0 ? 'INITIATOR' : `s${next.to}`,
        resume: next.resume ? 'TO_RETURNER' : 'NEXT',
      });
      return;
    case 'tick':
      request.later(next.hours).run({ type: 'FIRE_RUNGS' }, 'system:timeout');
      return;
    case 'child': {
      const waiting = request.current.stages.find(isDecidedByChild);
      const subjectHash = next.stale ? 'another' : request.current.subjectHash;
      if (waiting) {
        const end = { state: next.state, subjectHash };
        request.run(
          { type: 'CHILD_ENDED', stageId: waiting.id, childId: waiting.childId!, end },
          'system:child',
        );
      }
      return;
    }
    case 'add':
      request.add(HOLDERS[next.who]!, next.relation, [HOLDERS[next.to]!], { rule: next.rule });
      return;
    case 'remove':
      request.remove('a1', HOLDERS[next.who]!, { asAdmin: true, acceptOutcome: next.accept });
      return;
    case 'transfer':
      request.transfer(HOLDERS[next.who]!, HOLDERS[next.to]!);
      return;
    case 'resubmit':
      request.resubmit({ ...FACTS, subjectHash: `hash-${next.hash}` });
      return;
    case 'withdraw':
      request.run({ type: 'WITHDRAW', reason: null }, 'rep');
      return;
    case 'terminate':
      request.run({ type: 'TERMINATE', reason: 'ops' }, 'a1');
      return;
    case 'restaff': {
      const blocked = request.current.stages.find(({ state }) => state === 'BLOCKED');
      if (blocked)
        request.run({ type: 'RESTAFF', stageId: blocked.id, personIds: ['a1'], reason: 'x' }, 'l1');
    }
  }
}

function holdInvariants(request: Case, before: ApprovalState): void {
  const { current: state, log } = request;
  if (state.state === 'PENDING') expect(waitsForSomebody(state)).toBe(true); // 1
  if (state.state !== 'PENDING') expect(request.holders()).toEqual([]);
  const decided = state.seats.filter((seat) => seat.decision).map((seat) => `${seat.id}/${seat.visit}`);
  expect(new Set(decided).size).toBe(decided.length); // 2
  if (state.state === 'APPROVED') {
    for (const spec of state.stages) expect(['PASSED', 'SKIPPED']).toContain(spec.state); // 3
    const votes = state.seats.filter((seat) => seat.state === 'APPROVED' && seat.decision);
    for (const seat of votes) expect(seat.decision!.subjectHash).toBe(state.subjectHash); // 3, 4
  }
  if (isTerminal(before.state)) expect(state).toBe(before); // 5
  for (const seat of state.seats) if (seat.state === 'APPROVED') expect(seat.decision!.actor).not.toBe('rep'); // 6
  const fired = log.flatMap((event) =>
    event.type === 'rung.fired' ? [`${event.seatId}/${event.visit}/${event.rungId}`] : [],
  );
  expect(new Set(fired).size).toBe(fired.length); // 10
}

describe('invariants of approvals.md 4.18 under random command histories', () => {
  it('4.18-1 … 4.18-6, 4.18-10 hold after every command; 4.18-8 the folded log is the state', () => {
    fc.assert(
      fc.property(specs, fc.array(step, { maxLength: 40 }), (list, steps) => {
        const request = new Case(list, { directory: company() });
        for (const next of steps) {
          const before = request.current;
          perform(request, next);
          holdInvariants(request, before);
        }
        const folded = request.log.reduce<ApprovalState | null>((state, event) => evolve(state, event), null);
        expect(folded).toEqual(request.current);
      }),
      { numRuns: 2_000 },
    );
  });

  it('4.18-7 time never adds a yes', () => {
    fc.assert(
      fc.property(
        specs,
        fc.array(step, { maxLength: 20 }),
        fc.integer({ min: 1, max: 40 }),
        (list, steps, hours) => {
          const request = new Case(list, {
            ladder: [
              ['r', 'REMIND', 1],
              ['no', 'AUTO_REJECT', 3],
              ['up', 'ESCALATE_ADD', 2],
            ],
          });
          for (const next of steps) perform(request, next);
          const yes = () => request.current.seats.filter(({ state }) => state === 'APPROVED').length;
          const before = yes();
          perform(request.later(hours), { do: 'tick', hours: 0 });
          expect(yes()).toBe(before);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('4.18-9 the same decision twice counts once', () => {
    fc.assert(
      fc.property(specs, (list) => {
        const request = new Case(list);
        fc.pre(request.holders().length > 0);
        const holder = request.holders()[0]!;
        const seat = request.openSeat(holder)!;
        request.vote(holder, 'APPROVE');
        const after = request.current;
        const again = { seatId: seat.id, expectedSeatVersion: seat.version };
        expect(() => request.vote(holder, 'APPROVE', again)).toThrow('SEAT_DECIDED');
        expect(request.current).toBe(after);
      }),
      { numRuns: 200 },
    );
  });
});

const VALUES = ['YES', 'NO', 'ABSTAIN'] as const;
const counting: fc.Arbitrary<QuorumRule> = fc.oneof(
  fc.constant<QuorumRule>({ kind: 'ALL', reject: 'VETO' }),
  fc.record({ kind: fc.constant('COUNT' as const), count: fc.integer({ min: 1, max: 5 }) }),
  fc.record({
    kind: fc.constant('RATIO' as const),
    percent: fc.integer({ min: 1, max: 100 }),
    strict: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('WEIGHT' as const), weight: fc.integer({ min: 1, max: 9 }) }),
  fc
    .record({ a: fc.integer({ min: 1, max: 3 }), b: fc.integer({ min: 1, max: 100 }) })
    .map<QuorumRule>(({ a, b }) => ({
      kind: 'PER_GROUP',
      groups: { a: { kind: 'COUNT', count: a }, b: { kind: 'RATIO', percent: b, strict: false } },
    })),
);

/** The outcome at which a stage stops when the answers come in this order. */
function stopsAt(rule: QuorumRule, cast: readonly Vote[], order: readonly number[]): string {
  const votes: Vote[] = cast.map((vote) => ({ ...vote, value: 'LIVE' }));
  for (const index of order) {
    votes[index] = cast[index]!;
    const outcome = quorumOutcome(rule, votes, 'EXCLUDED');
    if (outcome === 'PASS' || outcome === 'REJECT') return outcome;
  }
  return quorumOutcome(rule, votes, 'EXCLUDED');
}

describe('vote order', () => {
  it('4.18-11 does not change the outcome, abstentions included', () => {
    const seat = fc.record({
      weight: fc.integer({ min: 1, max: 3 }),
      group: fc.constantFrom('a', 'b'),
      value: fc.constantFrom(...VALUES),
    });
    fc.assert(
      fc.property(
        counting,
        fc.array(seat, { minLength: 1, maxLength: 6 }).chain((list) =>
          fc.record({
            list: fc.constant(list),
            order: fc.shuffledSubarray([...list.keys()], { minLength: list.length }),
          }),
        ),
        (rule, { list, order }) => {
          const cast = list.map((vote, index) => ({ ...vote, person: `p${index}` }));
          fc.pre(quorumReachable(rule, cast)); // else the stage is BLOCKED at activation (AE-Q-9)
          expect(stopsAt(rule, cast, order)).toBe(stopsAt(rule, cast, [...list.keys()]));
        },
      ),
      { numRuns: 5_000 },
    );
  });
});
