import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Case } from '../../../test/builders/approval.js';
import { perform, specs, step, type Step } from '../../../test/builders/approval-histories.js';
import { DomainError } from '../errors.js';
import type { QuorumRule } from './stage-spec.js';
import { quorumOutcome, quorumReachable, type Vote } from './quorum.js';

/** Runs one step; a refusal must be a DomainError and change nothing. */
function attempt(request: Case, next: Step): void {
  const before = request.current;
  try {
    perform(request, next);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(request.current).toBe(before);
  }
}

describe('invariants of approvals.md 4.18 under random command histories', () => {
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
          for (const next of steps) attempt(request, next);
          const yes = () => request.current.seats.filter(({ state }) => state === 'APPROVED').length;
          const before = yes();
          attempt(request.later(hours), { do: 'tick', hours: 0 });
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
