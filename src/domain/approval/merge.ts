import { DomainError } from '../errors.js';
import { advance } from './advance.js';
import type { Seat } from './model.js';
import { mustLeaveEnough, takeOut } from './remove.js';
import { stageOf } from './seats.js';
import { Transition } from './transition.js';

/**
 * A seat whose next holder sits in the stage already: the owed vote goes, theirs stays (AE-XFER-1 `merge`). Passing a seat
 * on is no way to decide a stage, so that is refused rather than asked for.
 * @throws DomainError LAST_SEAT · QUORUM_UNREACHABLE · OUTCOME_CHANGE with the outcome it would bring
 */
export function mergeSeat(transition: Transition, seat: Seat, reason: string): void {
  const stage = stageOf(transition.state, seat);
  mustLeaveEnough(transition, stage, seat);
  const trial = new Transition(transition.state, transition.context);
  takeOut(trial, seat, { code: 'MERGED', reason });
  advance(trial);
  const projected = trial.stage(stage.id).state;
  if (stage.state === 'ACTIVE' && projected !== 'ACTIVE')
    throw new DomainError('OUTCOME_CHANGE', { projected, requestState: trial.state.state });
  takeOut(transition, seat, { code: 'MERGED', reason });
  advance(transition);
}
