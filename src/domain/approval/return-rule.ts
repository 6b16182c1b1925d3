import { DomainError } from '../errors.js';
import type { ApprovalState, Seat, Stage } from './model.js';
import { isLive, rootOf, seatsOf } from './seats.js';
import type { Transition } from './transition.js';
import { voteOf } from './tree.js';

/** A seat whose holder asked for a return that the majority has not joined. */
export const RETURN_ASKED = 'RETURN_ASKED';

/** Under LEAD only whoever sits first may return a stage; those added below a seat speak for it (AE-RET-5). */
export function mayReturn(state: ApprovalState, stage: Stage, seat: Seat): boolean {
  if (stage.spec.returnRule !== 'LEAD') return true;
  return leadOf(state, stage)?.id === rootOf(seatsOf(state, stage), seat).id;
}

/** @throws DomainError RETURN_NOT_ALLOWED with who may */
export function mustBeAllowedToReturn(state: ApprovalState, stage: Stage, seat: Seat): void {
  if (!mayReturn(state, stage, seat))
    throw new DomainError('RETURN_NOT_ALLOWED', {
      returnRule: 'LEAD',
      lead: leadOf(state, stage)?.holderId ?? null,
    });
}

/**
 * AE-RET-4 MAJORITY: the answer is kept as an ask; true when with it more than half of the counted weight asks. Under the
 * other rules one return is enough.
 */
export function returnCarries(transition: Transition, stage: Stage, seat: Seat): boolean {
  if (stage.spec.returnRule !== 'MAJORITY') return true;
  transition.emit({ type: 'seat.parked', seatId: seat.id, code: RETURN_ASKED, at: transition.context.now });
  const { asked, counted } = weigh(transition, stage);
  return 2 * asked > counted;
}

/**
 * Those who still have to answer can no longer make a majority: whoever asked for the return is asked again, for a yes or
 * a no. True when that was so.
 */
export function lapseReturns(transition: Transition, stage: Stage): boolean {
  if (stage.spec.returnRule !== 'MAJORITY') return false;
  const { asked, open, counted } = weigh(transition, stage);
  if (asked === 0 || 2 * (asked + open) > counted) return false;
  for (const seat of seatsOf(transition.state, stage).filter(isReturnAsk)) {
    const { id: seatId, decision } = seat;
    if (decision)
      transition.emit({ type: 'seat.return-lapsed', seatId, decision, at: transition.context.now });
  }
  return true;
}

/** Weights of the stage's votes: all that count, those that ask for a return, those without an answer. */
function weigh(
  { state, context }: Transition,
  stage: Stage,
): { counted: number; asked: number; open: number } {
  const seats = seatsOf(state, stage);
  const total = { counted: 0, asked: 0, open: 0 };
  for (const root of seats.filter(({ parentId }) => parentId === null)) {
    const vote = voteOf(seats, root, context.directory);
    if (!vote || vote.value === 'ABSTAIN') continue;
    total.counted += vote.weight;
    const asks = seats.some((seat) => isReturnAsk(seat) && rootOf(seats, seat).id === root.id);
    if (asks) total.asked += vote.weight;
    else if (vote.value === 'LIVE') total.open += vote.weight;
  }
  return total;
}

/** Its holder asked for a return and waits for others to join. */
export function isReturnAsk({ state, code }: Seat): boolean {
  return state === 'PARKED' && code === RETURN_ASKED;
}

function leadOf(state: ApprovalState, stage: Stage): Seat | undefined {
  const roots = seatsOf(state, stage).filter(
    (seat) => seat.parentId === null && (isLive(seat) || seat.decision),
  );
  return roots.sort((a, b) => a.ordinal - b.ordinal)[0];
}
