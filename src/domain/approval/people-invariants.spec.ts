import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Case, company } from '../../../test/builders/approval.js';
import {
  facts,
  HOLDERS,
  perform,
  specs,
  step,
  type Step,
} from '../../../test/builders/approval-histories.js';
import { change, happen, type People } from '../../../test/builders/people-histories.js';
import { DomainError } from '../errors.js';
import { evolve } from './engine.js';
import type { ApprovalState } from './model.js';
import { waitsForSomebody } from './submit.js';

const history = fc.array(fc.oneof({ weight: 2, arbitrary: step }, { weight: 1, arbitrary: change }), {
  maxLength: 40,
});

function isPeople(next: Step | People): next is People {
  return ['leave', 'away', 'back', 'reassign'].includes(next.do);
}

function attempt(request: Case, next: Step | People): void {
  const before = request.current;
  try {
    if (isPeople(next)) happen(request, next);
    else perform(request, next);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(request.current).toBe(before);
  }
}

const yes = ({ seats }: ApprovalState) => seats.filter(({ state }) => state === 'APPROVED').length;
/** Stages asked again: somebody who was to be asked later instead will not be (AE-DUP-4). */
const askedAgain = (log: Case['log'], since: number) =>
  log
    .slice(since)
    .flatMap((event) =>
      event.type === 'stage.closed' && event.code === 'NOT_ASKED_LATER' ? event.stageId : [],
    );
const ended = ({ stages }: ApprovalState, except: string[]) =>
  stages
    .filter(({ id, state }) => (state === 'PASSED' || state === 'REJECTED') && !except.includes(id))
    .map(({ id }) => id);

describe('invariants of approvals.md 4.18 while people leave, go away, come back and hand over', () => {
  it('4.18-1, 4.18-2, 4.18-6, 4.18-7, AE-LEAVE-2, 4.18-8', () => {
    fc.assert(
      fc.property(specs, facts, history, (list, round, steps) => {
        const request = new Case(list, { directory: company(), facts: round });
        for (const next of steps) {
          const before = request.current;
          const heard = request.log.length;
          attempt(request, next);
          const { current: state } = request;
          if (state.state === 'PENDING') expect(waitsForSomebody(state)).toBe(true);
          else expect(request.holders()).toEqual([]);
          const decided = state.seats
            .filter((seat) => seat.decision)
            .map(({ id, visit }) => `${id}/${visit}`);
          expect(new Set(decided).size).toBe(decided.length);
          for (const seat of state.seats)
            if (seat.state === 'APPROVED') expect(seat.decision!.actor).not.toBe('rep');
          if (!isPeople(next)) continue;
          expect(yes(state)).toBe(yes(before));
          const again = askedAgain(request.log, heard);
          expect(ended(state, again)).toEqual(ended(before, again));
          expect(state.state).toBe(before.state);
          if (next.do === 'leave')
            for (const seat of state.seats.filter(({ state: s }) => s === 'OPEN'))
              if (state.state === 'PENDING') expect(seat.holderId).not.toBe(HOLDERS[next.who]);
        }
        const folded = request.log.reduce<ApprovalState | null>((state, event) => evolve(state, event), null);
        expect(folded).toEqual(request.current);
      }),
      { numRuns: 800 },
    );
  }, 120_000);
});
