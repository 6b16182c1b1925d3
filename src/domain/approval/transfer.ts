import { DomainError } from '../errors.js';
import type { DirectoryPerson } from '../org/directory.js';
import { mayApprove, unitPathOf } from './authority.js';
import { clockOf } from './clock.js';
import type { ApprovalCommand } from './command.js';
import { mustNotBeAdvice, openSeatOf } from './holder.js';
import type { Seat, Stage } from './model.js';
import { eligible, mustSayWhy, sitsIn } from './eligible.js';
import { mergeSeat } from './merge.js';
import { stageOf } from './seats.js';
import type { Transition } from './transition.js';

/** A seat passed on more often than this is nobody's (AE-XFER-1). */
const MAX_HOPS = 5;

/**
 * AE-XFER-1: the holder hands the seat to somebody else (转办). The owner stays, the old holder's rights end at once; back
 * to a former holder is allowed. AE-XFER-2: the due time is kept, but at least one business day remains.
 * @throws DomainError as `openSeatOf` · PERSON_INACTIVE · SOD_INITIATOR · ALREADY_IN_STAGE · INSUFFICIENT_AUTHORITY ·
 *   ACTION_NOT_ALLOWED by an adviser · TRANSFER_LIMIT · REQUIREMENT_MISSING · with `merge` as `mergeSeat`
 */
export function transferSeat(
  transition: Transition,
  command: Extract<ApprovalCommand, { type: 'TRANSFER' }>,
): void {
  const { state, context } = transition;
  const seat = openSeatOf(transition, command);
  mustNotBeAdvice(seat, command.type);
  const stage = stageOf(state, seat);
  mustSayWhy(command.reason);
  if (command.merge && sitsIn(transition, stage, command.toPersonId))
    return mergeSeat(transition, seat, command.reason);
  const target = eligible(transition, stage, command.toPersonId);
  mustHaveAuthority(transition, stage, seat, target);
  if (seat.hops >= MAX_HOPS) throw new DomainError('TRANSFER_LIMIT', { hops: seat.hops });
  transition.emit({
    type: 'seat.transferred',
    seatId: seat.id,
    holderId: target.id,
    cause: 'TRANSFER',
    reason: command.reason,
    ...clockOf(seat, context.workDayAfter(context.now)),
    at: context.now,
  });
}

/** A seat that counts because its owner may approve the exposure stays with somebody who may. */
export function mustHaveAuthority(
  { state, context }: Transition,
  { spec }: Stage,
  seat: Seat,
  target: DirectoryPerson,
): void {
  if (spec.resolver.kind !== 'CHAIN_TO_LIMIT') return;
  const { exposure, unitId, initiatorId, selfIds } = state;
  const path = unitPathOf(unitId, [initiatorId, ...selfIds], context.directory);
  const owner = context.directory.people[seat.ownerId];
  const isBound = owner !== undefined && mayApprove(owner, exposure, path);
  if (isBound && !mayApprove(target, exposure, path))
    throw new DomainError('INSUFFICIENT_AUTHORITY', { personId: target.id, exposure });
}
