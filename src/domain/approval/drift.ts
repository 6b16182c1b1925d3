import { advance } from './advance.js';
import { giveUp } from './leave.js';
import type { Seat } from './model.js';
import { answerEvidence, brokenIn, mayComplete } from './separation.js';
import type { Separation } from './separation-rules.js';
import { isAhead, isLive, stageOf } from './seats.js';
import type { Transition } from './transition.js';

/**
 * What separates duties is asked anew, with people as they are now (table of 4.5). Open tasks of whoever it keeps out go to
 * somebody it does not; where nobody is left the stage is blocked. Answers that were given stand, and say so. A task that
 * moves may keep out whoever has another, so it is asked until nothing moves. Repeated: nothing.
 */
export function recheckSeparation(transition: Transition): void {
  // whoever holds a task now may have changed who is asked in other stages
  if (transition.events.length > 0) advance(transition);
  for (let most = transition.state.seats.length; most > 0; most -= 1) if (!recheck(transition)) return;
}

/** True when a task has moved. */
function recheck(transition: Transition): boolean {
  if (transition.state.state !== 'PENDING') return false;
  for (const seat of transition.state.seats) flagDrifted(transition, seat);
  const held = transition.state.seats.filter((seat) => isLive(seat) && brokenFor(transition, seat) !== null);
  const before = transition.events.length;
  giveUp(transition, held, 'SOD_DRIFT');
  return transition.events.length > before;
}

/** What keeps the holder of an open task from saying yes; null: nothing does, or it is no yes that they owe. */
function brokenFor({ state, context }: Transition, seat: Seat): Separation | null {
  const stage = stageOf(state, seat);
  if (stage.state !== 'ACTIVE' || seat.added?.relation === 'CONSULT') return null;
  const by = { actorId: seat.holderId, ownerId: seat.ownerId };
  const completes = mayComplete(state, stage);
  return brokenIn(answerEvidence(state, stage, { by, completes }, context.directory));
}

function flagDrifted(transition: Transition, seat: Seat): void {
  const { state, context } = transition;
  const stage = stageOf(state, seat);
  const { decision } = seat;
  if (seat.state !== 'APPROVED' || !decision || seat.sodDrift || isAhead(stage)) return;
  const by = { actorId: decision.actor, ownerId: decision.onBehalfOf ?? decision.actor };
  const broken = brokenIn(answerEvidence(state, stage, { by, completes: false }, context.directory));
  if (broken)
    transition.emit({ type: 'seat.drifted', seatId: seat.id, constraint: broken.kind, at: context.now });
}
