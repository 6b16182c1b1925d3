import { DomainError } from '../errors.js';
import type { ApprovalState, Claim, Seat, Stage } from './model.js';
import type { Transition } from './transition.js';

/** After so many working minutes a claim that nobody acts on ends, where a policy says nothing (AE-IN-2). */
export const CLAIM_WORK_MINUTES = 240;

/** The claim that holds at an instant: not run out, and its seat still to be answered by whoever claimed it. */
export function activeClaim({ seats }: ApprovalState, { claim }: Stage, now: string): Claim | null {
  if (!claim || claim.until <= now) return null;
  const seat = seats.find(({ id }) => id === claim.seatId);
  return seat?.state === 'OPEN' && seat.holderId === claim.personId ? claim : null;
}

/** A pool's item is its claimer's alone; those asked in by a member are no part of the pool. @throws DomainError CLAIMED */
export function mustBeUnclaimed({ state, context }: Transition, seat: Seat): void {
  const stage = state.stages.find(({ id }) => id === seat.stageId);
  const claim =
    stage?.spec.pool === true && seat.added === null ? activeClaim(state, stage, context.now) : null;
  if (claim && claim.personId !== seat.holderId)
    throw new DomainError('CLAIMED', { personId: claim.personId, until: claim.until });
}
