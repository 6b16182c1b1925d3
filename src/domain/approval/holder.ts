import { DomainError } from '../errors.js';
import type { ApprovalState, Seat } from './model.js';
import { mustBeUnclaimed } from './pool.js';
import { isLive, isTerminal, stageOf } from './seats.js';
import { isSelf } from './self.js';
import type { Transition } from './transition.js';

/**
 * The seat the actor answers for, in the order of AE-CMD-4: holder → OPEN → version. Every refusal says what is so now
 * and, where somebody was faster, the winning decision (AE-CMD-3).
 * @param grants the actor would say yes by it, or get hold of it
 * @throws DomainError NOT_HOLDER SOD_INITIATOR SEAT_DECIDED STAGE_CLOSED REQUEST_CLOSED SEAT_NOT_OPEN CLAIMED STALE_VERSION
 */
export function openSeatOf(
  transition: Transition,
  { seatId, expectedSeatVersion }: { seatId: string; expectedSeatVersion: number },
  grants = false,
): Seat {
  const { state, context } = transition;
  const seat = state.seats.find(({ id }) => id === seatId);
  if (!seat)
    throw new DomainError(isTerminal(state.state) ? 'REQUEST_CLOSED' : 'STAGE_CLOSED', current(state, null));
  if (seat.holderId !== context.actor.id) {
    if (grants) mustNotReachFor(transition, seat);
    throw new DomainError('NOT_HOLDER', current(state, seat));
  }
  mustBeOpen(state, seat, context.actor.id);
  mustBeUnclaimed(transition, seat);
  if (seat.version !== expectedSeatVersion)
    throw new DomainError('STALE_VERSION', { seatVersion: seat.version });
  return seat;
}

/** Whoever counts as initiator did not lose a race for the seat: it could never have been theirs (AE-SOD-3). */
function mustNotReachFor({ state, context }: Transition, seat: Seat): void {
  const person = context.directory.people[context.actor.id];
  const isAllowed = typeof stageOf(state, seat).spec.self === 'object';
  if (isLive(seat) && !isAllowed && person && isSelf(person, state, context.directory))
    throw new DomainError('SOD_INITIATOR', { personId: person.id });
}

function mustBeOpen(state: ApprovalState, seat: Seat, actorId: string): void {
  if (seat.state === 'OPEN' && state.state === 'PENDING') return;
  if (seat.decision)
    throw new DomainError('SEAT_DECIDED', {
      ...current(state, seat),
      byYou: seat.decision.actor === actorId,
    });
  if (isTerminal(state.state)) throw new DomainError('REQUEST_CLOSED', current(state, seat));
  if (isLive(seat)) throw new DomainError('SEAT_NOT_OPEN', current(state, seat));
  throw new DomainError('STAGE_CLOSED', current(state, seat));
}

/** What the loser of a race needs to see: where things stand, and the decision that got there first. */
function current(state: ApprovalState, seat: Seat | null): Record<string, unknown> {
  const stage = seat ? state.stages.find(({ id }) => id === seat.stageId) : undefined;
  const decided = state.seats.filter((other) => other.decision && (!stage || other.stageId === stage.id));
  const last = decided.sort((a, b) => (a.decision!.at < b.decision!.at ? -1 : 1)).at(-1);
  const winning = seat?.decision ?? last?.decision ?? null;
  return {
    requestState: state.state,
    seq: state.seq,
    stageState: stage?.state ?? null,
    seatState: seat?.state ?? null,
    winning: winning && {
      action: winning.action,
      actor: winning.actor,
      at: winning.at,
      comment: winning.comment,
    },
  };
}

/** An adviser was asked for an opinion: the seat is not theirs to pass on or to add to (AE-DLG-1). */
export function mustNotBeAdvice({ added }: Seat, action: string): void {
  if (added?.relation === 'CONSULT')
    throw new DomainError('ACTION_NOT_ALLOWED', { action, relation: added.relation });
}
