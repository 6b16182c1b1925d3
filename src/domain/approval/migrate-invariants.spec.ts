import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Case, company, FACTS, people, person, planOf, stage } from '../../../test/builders/approval.js';
import { DomainError } from '../errors.js';
import type { ApprovalState } from './model.js';
import { isLive } from './seats.js';
import type { QuorumRule, StageSpec } from './stage-spec.js';
import { waitsForSomebody } from './submit.js';

const PEOPLE = ['lead', 'director', 'boss', 'f1', 'f2'];
const TO = { ...FACTS, policy: { kind: 'approval.test', version: 2, id: 'policy-2' } };

const quorum = fc.constantFrom<QuorumRule>(
  { kind: 'ALL' },
  { kind: 'ANY', first: 'UNTIL_ALL_NO' },
  { kind: 'COUNT', count: 1 },
  { kind: 'RATIO', percent: 50, strict: false },
);
const specs: fc.Arbitrary<StageSpec[]> = fc
  .uniqueArray(
    fc.record({
      key: fc.constantFrom('A', 'B', 'C', 'D'),
      rank: fc.integer({ min: 0, max: 3 }),
      branch: fc.constantFrom('x', 'y'),
      quorum,
      who: fc.subarray(PEOPLE, { minLength: 1 }),
    }),
    { minLength: 1, selector: ({ key }) => key },
  )
  .map((all) => all.map(({ key, who, ...over }) => stage(key, { ...over, ...people(...who) })));
const votes = fc.array(
  fc.tuple(
    fc.nat(20),
    fc.constantFrom('APPROVE', 'APPROVE', 'ABSTAIN') as fc.Arbitrary<'APPROVE' | 'ABSTAIN'>,
  ),
  {
    maxLength: 8,
  },
);

/** Who has said yes in a stage of this round, by key. */
function yesIn(state: ApprovalState): Map<string, Set<string>> {
  return new Map(
    state.stages.map(({ id, spec, code, carriedYes }) => [
      spec.key,
      new Set([
        ...state.seats
          .filter(({ stageId, state: s }) => stageId === id && (s === 'APPROVED' || s === 'AUTO_APPROVED'))
          .map(({ holderId }) => holderId),
        ...(code === 'CARRIED' ? carriedYes : []),
      ]),
    ]),
  );
}

describe('4.18 migration, from any state to any policy', () => {
  it('7 adds no yes to a stage, decides nothing unless somebody answers for it, and leaves somebody to ask', () => {
    fc.assert(
      fc.property(specs, votes, specs, (before, cast, after) => {
        const request = new Case(before, { directory: company(person('owner')) });
        for (const [n, action] of cast) {
          const open = request.holders();
          const by = open[n % Math.max(open.length, 1)];
          if (by !== undefined) request.vote(by, action);
        }
        const was = request.current;
        fc.pre(was.state === 'PENDING');
        const plan = planOf(after, request.directory, TO);
        const move = (acceptOutcome: boolean) =>
          request.run({ type: 'MIGRATE', facts: TO, plan, acceptOutcome, reason: 'new' }, 'owner');
        try {
          move(false);
          expect(request.current.state).toBe('PENDING');
          expect(waitsForSomebody(request.current)).toBe(true);
        } catch (error) {
          if (!(error instanceof DomainError) || error.code !== 'OUTCOME_CHANGE') throw error;
          expect(request.current).toBe(was);
          move(true);
          expect(request.current.state).toBe('APPROVED');
          expect(request.current.seats.filter(isLive)).toEqual([]);
        }
        const given = yesIn(was);
        for (const [key, now] of yesIn(request.current))
          for (const personId of now) expect(given.get(key) ?? new Set()).toContain(personId);
      }),
      { numRuns: 500, seed: 72 },
    );
  });
});
