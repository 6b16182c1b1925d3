import { DomainError } from '../errors.js';
import { clockOf } from './clock.js';
import type { ApprovalCommand } from './command.js';
import { eligible, mustSayWhy, sitsIn } from './eligible.js';
import { mustNotBeAdvice } from './holder.js';
import { mergeSeat } from './merge.js';
import { isSelf } from './resolve.js';
import { isLive, isTerminal, stageOf } from './seats.js';
import { mustHaveAuthority } from './transfer.js';
import type { Transition } from './transition.js';

/**
 * AE-XFER-3: an approval admin hands a live seat of somebody else on, as when a whole desk moves. The owner stays, the
 * old holder's rights end at once, at least one business day remains. A target who sits in the stage already is refused,
 * or with `merge` answers once for both.
 * @throws DomainError REQUEST_CLOSED · NOT_HOLDER it has moved on meanwhile · SEAT_DECIDED · STAGE_CLOSED ·
 *   ACTION_NOT_ALLOWED an opinion · REQUIREMENT_MISSING · SOD_INITIATOR the admin or the target · PERSON_INACTIVE ·
 *   ALREADY_IN_STAGE · INSUFFICIENT_AUTHORITY · as `mergeSeat`
 */
export function reassignSeat(
  transition: Transition,
  command: Extract<ApprovalCommand, { type: 'REASSIGN' }>,
): void {
  const { state, context } = transition;
  if (isTerminal(state.state))
    throw new DomainError('REQUEST_CLOSED', { requestState: state.state, seq: state.seq });
  const seat = transition.seat(command.seatId);
  if (seat.decision) throw new DomainError('SEAT_DECIDED', { seatState: seat.state, seq: state.seq });
  const stage = stageOf(state, seat);
  if (!isLive(seat)) throw new DomainError('STAGE_CLOSED', { stageState: stage.state });
  if (seat.holderId !== command.fromPersonId) throw new DomainError('NOT_HOLDER', { seatState: seat.state });
  mustNotBeAdvice(seat, command.type);
  mustSayWhy(command.reason);
  const admin = context.directory.people[context.actor.id];
  if (!admin || isSelf(admin, state, context.directory)) throw new DomainError('SOD_INITIATOR');
  if (command.merge && sitsIn(transition, stage, command.toPersonId))
    return mergeSeat(transition, seat, command.reason);
  const target = eligible(transition, stage, command.toPersonId);
  mustHaveAuthority(transition, stage, seat, target);
  transition.emit({
    type: 'seat.transferred',
    seatId: seat.id,
    holderId: target.id,
    cause: 'REASSIGNED',
    reason: command.reason,
    ...clockOf(seat, context.workDayAfter(context.now)),
    at: context.now,
  });
}
