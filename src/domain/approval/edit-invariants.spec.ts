import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Case, company, people, planOf, stage } from '../../../test/builders/approval.js';
import { contentOf, facts, HOLDERS } from '../../../test/builders/approval-histories.js';
import { DomainError } from '../errors.js';
import { answerCovers } from './envelope.js';
import { evolve } from './engine.js';
import type { ApprovalState } from './model.js';
import { checkSeparation } from './separation-check.js';
import { isYes, seatsOf } from './seats.js';
import type { DecisionAction, DimensionSpec, StageSpec } from './stage-spec.js';
import { waitsForSomebody } from './submit.js';

/** Run again with SEALFLOW_SEED=<the number printed>. */
const SEED = Number(process.env['SEALFLOW_SEED'] ?? Date.now() % 2 ** 31);

const UP_TO: DimensionSpec = { name: 'discountPct', direction: 'AT_MOST', widest: '9' };
const specs: fc.Arbitrary<StageSpec[]> = fc
  .array(
    fc.record({
      ids: fc.uniqueArray(fc.constantFrom(...HOLDERS), { minLength: 1, maxLength: 3 }),
      block: fc.integer({ min: 1, max: 2 }),
      branch: fc.constantFrom('a', 'b'),
      isAll: fc.boolean(),
      mode: fc.constantFrom('PARALLEL' as const, 'SEQUENTIAL' as const),
      bounds: fc.constantFrom<readonly DimensionSpec[] | null>(null, [], [UP_TO], [UP_TO]),
    }),
    { minLength: 2, maxLength: 5 },
  )
  .map((list) =>
    list.map(({ ids, bounds, isAll, ...over }, index) =>
      stage(`s${index}`, {
        ...over,
        ...people(...ids),
        rank: index,
        quorum: isAll ? { kind: 'ALL' } : { kind: 'ANY', first: 'ANY_ANSWER' },
        ...(bounds ? { envelope: bounds } : {}),
      }),
    ),
  );
/** somebody whose turn it is answers, most often with an edit; `needed`: bits of the stages the content needs */
const turn = fc.record({
  who: fc.nat({ max: 7 }),
  what: fc.constantFrom('EDIT', 'EDIT', 'EDIT', 'APPROVE', 'APPROVE', 'RETURN', 'ADD', 'RETRACT', 'RESUBMIT'),
  discount: fc.nat({ max: 4 }),
  needed: fc.nat({ max: 31 }),
  upTo: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
});
type Turn = typeof turn extends fc.Arbitrary<infer T> ? T : never;

function act(request: Case, { who, what, discount, needed, upTo }: Turn): void {
  request.later(1 / 3600);
  const holders = request.holders();
  const by = holders[who % Math.max(1, holders.length)];
  if (what === 'RESUBMIT') return void request.resubmit({ ...request.facts, ...contentOf(discount) });
  if (what === 'RETRACT') return void request.retract(HOLDERS[who]!);
  if (!by) return;
  if (what === 'ADD') return void request.add(by, 'AFTER', [HOLDERS[who]!]);
  const widened =
    upTo === undefined ? {} : { envelope: [{ dimension: 'discountPct', allowed: String(upTo) }] };
  if (what !== 'EDIT')
    return void request.vote(by, what as DecisionAction, what === 'APPROVE' ? widened : {});
  const of = { ...request.facts, ...contentOf(discount) };
  const asked = request.specs.filter((_spec, index) => needed & (1 << index) || index === 0);
  const edit = {
    facts: of,
    plan: planOf(asked, request.directory, of),
    fields: ['/discountPct'],
    accept: request.specs.map(({ key }) => key),
  };
  request.vote(by, 'APPROVE', { ...widened, edit });
}

function covered(state: ApprovalState): boolean {
  const passed = state.stages.filter((one) => one.state === 'PASSED');
  return passed.every((one) =>
    seatsOf(state, one)
      .filter(isYes)
      .every((seat) => answerCovers(seat, state)),
  );
}

describe('AE-SUB-2 random rounds in which most approvals change the content', () => {
  it('at every step whatever passed covers the content as it is, somebody is waited for, and the log gives the state', () => {
    process.stdout.write(`random edits: SEALFLOW_SEED=${SEED}\n`);
    const reached = { edited: 0, askedAgain: 0, leftOut: 0, neededAgain: 0, approvedAfterwards: 0 };
    fc.assert(
      fc.property(specs, facts, fc.array(turn, { minLength: 4, maxLength: 24 }), (list, round, turns) => {
        const request = new Case(list, { directory: company(), facts: round });
        for (const next of turns) {
          const before = request.current;
          try {
            act(request, next);
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
            expect(request.current).toBe(before);
          }
          const state = request.current;
          expect(covered(state)).toBe(true);
          if (state.state === 'PENDING') expect(waitsForSomebody(state)).toBe(true);
          const owed = state.seats.filter(({ state: s, stageId, visit }) => {
            const of = state.stages.find(({ id }) => id === stageId)!;
            return s === 'OPEN' && (of.state !== 'ACTIVE' || of.visit !== visit);
          });
          expect(owed).toEqual([]);
        }
        const folded = (
          JSON.parse(JSON.stringify(request.log)) as typeof request.log
        ).reduce<ApprovalState | null>((state, event) => evolve(state, event), null);
        expect(folded).toEqual(JSON.parse(JSON.stringify(request.current)));
        expect(checkSeparation(request.log.map((event, seq) => ({ seq, event }))).unproven).toEqual([]);
        const broke = request.log.some((event) => event.type === 'subject.edited' && event.broken.length > 0);
        reached.edited += request.log.filter(({ type }) => type === 'subject.edited').length;
        reached.askedAgain += broke ? 1 : 0;
        const left = request.log.findIndex(
          (event) => event.type === 'stage.skipped' && event.code === 'NOT_NEEDED',
        );
        reached.leftOut += left >= 0 ? 1 : 0;
        const dropped = request.log[left];
        const id = dropped?.type === 'stage.skipped' ? dropped.stageId : null;
        reached.neededAgain += request.log
          .slice(left + 1)
          .some((event) => event.type === 'stage.activated' && event.stageId === id)
          ? 1
          : 0;
        reached.approvedAfterwards += broke && request.current.state === 'APPROVED' ? 1 : 0;
      }),
      { numRuns: 800, seed: SEED },
    );
    for (const times of Object.values(reached)) expect(times).toBeGreaterThan(0);
  }, 120_000);
});
