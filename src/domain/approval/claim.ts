import { DomainError } from '../errors.js';
import { barredBecause } from './eligible.js';
import { newSeat } from './activate.js';
import type { ApprovalCommand } from './command.js';
import { openSeatOf } from './holder.js';
import { activeClaim } from './pool.js';
import { isSelf, staffStage } from './resolve.js';
import { isLive, seatsOf, stageOf } from './seats.js';
import { answerEvidence, mustBeSeparate, separatedFrom } from './separation.js';
import type { Transition } from './transition.js';

/**
 * AE-IN-2: one of a pool takes the item; while the claim lasts nobody else of the pool answers. Claimed again by the same
 * person it lasts anew.
 * @throws DomainError as `openSeatOf`, CLAIMED by another among them · ACTION_NOT_ALLOWED no pool · SOD_<constraint>
 */
export function claimSeat(
  transition: Transition,
  command: Extract<ApprovalCommand, { type: 'CLAIM' }>,
): void {
  const seat = openSeatOf(transition, command, true);
  const { state, context } = transition;
  const stage = stageOf(state, seat);
  const { spec } = stage;
  if (spec.pool !== true || seat.added !== null)
    throw new DomainError('ACTION_NOT_ALLOWED', { action: 'CLAIM' });
  const person = context.directory.people[seat.holderId];
  if (!person || isSelf(person, state, context.directory)) throw new DomainError('SOD_INITIATOR');
  const by = { actorId: seat.holderId, ownerId: seat.ownerId };
  mustBeSeparate(answerEvidence(state, stage, { by, completes: false }, context.directory), seat.holderId);
  claimFor(transition, seat.id);
}

/** Deciding without a claim is claim and decision in one (AE-IN-2). */
export function claimFor(transition: Transition, seatId: string): void {
  const seat = transition.seat(seatId);
  const { now, claimUntil } = transition.context;
  transition.emit({
    type: 'stage.claimed',
    stageId: seat.stageId,
    seatId,
    personId: seat.holderId,
    until: claimUntil(now),
    at: now,
  });
}

/** The claim is given up before its time. @throws DomainError NOT_CLAIMED by the actor, or not any more */
export function releaseSeat(transition: Transition, { seatId }: { seatId: string }): void {
  const { state, context } = transition;
  const seat = transition.seat(seatId);
  const stage = stageOf(state, seat);
  const claim = activeClaim(state, stage, context.now);
  if (claim?.seatId !== seatId || claim.personId !== context.actor.id)
    throw new DomainError('NOT_CLAIMED', { stageState: stage.state });
  transition.emit({ type: 'stage.released', stageId: stage.id, seatId, at: context.now });
}

/**
 * AE-LEAVE-4: whoever is new in the role sees what its pools hold already, with the time that is left. A pool whose policy
 * would not ask them now stays as it is.
 */
export function joinPools(
  transition: Transition,
  { personId, role }: { personId: string; role: string },
): void {
  const { state, context } = transition;
  if (state.state !== 'PENDING') return;
  for (const stage of state.stages) {
    const { spec } = stage;
    if (stage.state !== 'ACTIVE' || spec.pool !== true) continue;
    if (spec.resolver.kind !== 'ROLE' || spec.resolver.role !== role) continue;
    const seats = seatsOf(state, stage);
    const sibling = seats.find((seat) => isLive(seat) && seat.parentId === null && seat.added === null);
    const draft = staffStage(
      spec,
      { ...state, separated: separatedFrom(state, stage, context.directory) },
      context.directory,
    ).seats.find(({ ownerId }) => ownerId === personId);
    if (!sibling || !draft || barredBecause(transition, stage, draft.holderId) !== null) continue;
    const joined = newSeat(transition, stage, {
      draft,
      ordinal: seats.length,
      visit: stage.visit,
      origin: 'POLICY',
    });
    const { rungs, dueAt } = sibling;
    transition.emit({
      type: 'seat.added',
      seat: { ...joined, rungs, dueAt },
      reason: `new in the role ${role}`,
    });
  }
}
