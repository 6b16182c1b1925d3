import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Case } from '../../../test/builders/approval.js';
import {
  facts,
  HOLDERS,
  perform,
  specs,
  step,
  type Step,
} from '../../../test/builders/approval-histories.js';
import { DomainError } from '../errors.js';
import { ASKED_LATER } from './dedupe.js';
import { evolve } from './engine.js';
import type { ApprovalState } from './model.js';
import { isReturnAsk } from './return-rule.js';
import { isAhead, isDecidedByChild, isLive, isTerminal } from './seats.js';
import { waitsForSomebody } from './submit.js';

const delayed = facts.map((round) => ({ ...round, effectDelayMinutes: 60 }));
const someone = fc.nat({ max: HOLDERS.length - 1 });

/** The code of the refusal; null when the step was taken. */
function attempt(request: Case, next: Step): string | null {
  const before = request.current;
  try {
    perform(request, next);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(request.current).toBe(before);
    return error.code;
  }
}

/**
 * What is owed, and where each stage stands; whether a stage to come was begun before does not matter, nor whether one whose
 * people are all asked later has been left to that already, nor whether somebody who asked for a return in vain has been
 * asked again already.
 */
function owed({ stages, seats, state, effectAt }: ApprovalState) {
  return {
    state,
    effectAt,
    seats: seats.filter(isLive).map((seat) => {
      const { state: is, code } = isReturnAsk(seat) ? { state: 'OPEN', code: null } : seat;
      return `${seat.id} ${seat.holderId} ${is} ${code}`;
    }),
    stages: stages.map((stage) => {
      const isToCome = isAhead(stage) || (stage.state === 'SKIPPED' && stage.code === ASKED_LATER);
      return `${stage.spec.key} ${isToCome ? 'AHEAD' : stage.state}`;
    }),
  };
}

/** Somebody or something can move it on: nobody waits only for each other. */
function isMovable({ seats, stages, effectAt }: ApprovalState): boolean {
  return (
    effectAt !== null ||
    seats.some(({ state }) => state === 'OPEN') ||
    stages.some((stage) => stage.state === 'BLOCKED' || isDecidedByChild(stage))
  );
}

describe('AE-TB-1 an approval taken back at once', () => {
  it('leaves everybody owing what they owed before it', () => {
    let takenBack = 0;
    fc.assert(
      fc.property(specs, delayed, fc.array(step, { maxLength: 25 }), someone, (list, round, steps, who) => {
        const request = new Case(list, { facts: round });
        for (const next of steps) attempt(request, next);
        const before = owed(request.current);
        const vote = {
          do: 'vote' as const,
          who,
          action: 'APPROVE' as const,
          to: -1,
          resume: false,
          stale: false,
        };
        const { returns } = request.current;
        fc.pre(attempt(request, vote) === null);
        // a rejection beside it that had waited for this opinion sends its own branch back: that stays
        fc.pre(request.current.returns === returns);
        const refused = attempt(request, { do: 'retract', who });
        if (refused === null) {
          takenBack += 1;
          expect(owed(request.current)).toEqual(before);
        } else expect(['ALREADY_APPROVED', 'REQUEST_CLOSED', 'STAGE_CLOSED']).toContain(refused);
      }),
      { numRuns: 1_000 },
    );
    expect(takenBack).toBeGreaterThan(500);
  });

  it('4.18-1, 4.18-5, 4.18-8 hold with the wait for the effect and with answers taken back', () => {
    fc.assert(
      fc.property(specs, delayed, fc.array(step, { maxLength: 40 }), (list, round, steps) => {
        const request = new Case(list, { facts: round });
        for (const next of steps) {
          const before = request.current;
          attempt(request, next);
          const { current } = request;
          if (current.state === 'PENDING')
            expect([waitsForSomebody(current), isMovable(current)]).toEqual([true, true]);
          if (current.effectAt !== null) expect([current.state, request.holders()]).toEqual(['PENDING', []]);
          if (isTerminal(before.state)) expect(current).toBe(before);
        }
        const folded = request.log.reduce<ApprovalState | null>((state, event) => evolve(state, event), null);
        expect(folded).toEqual(request.current);
      }),
      { numRuns: 500 },
    );
  });
});
