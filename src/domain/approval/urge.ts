import { DomainError } from '../errors.js';
import type { ApprovalCommand } from './command.js';
import type { ApprovalState, Seat } from './model.js';
import { mustBeRunning } from './takeback.js';
import { rootOf, seatsOf, stageOf } from './seats.js';
import type { Transition } from './transition.js';

/** How long a seat is left alone after it was urged, where a policy says nothing: four business hours, in minutes. */
export const URGE_WORK_MINUTES = 240;

/**
 * AE-URGE-1: the initiator asks those who owe an answer to give it, each seat once per interval of the policy. Who waits
 * for others (PARKED) is not asked: those they wait for are. What was urged too lately is left out while anybody is left.
 * @throws DomainError REQUEST_CLOSED · REQUEST_STATE it waits for the initiator · NOT_INITIATOR · NOBODY_TO_URGE ·
 *   URGED_RECENTLY everybody was urged too lately, with the seconds until the first may be again
 */
export function urge(
  transition: Transition,
  { seatId, comment }: Extract<ApprovalCommand, { type: 'URGE' }>,
): void {
  const { context } = transition;
  mustBeRunning(transition);
  const { state } = transition;
  if (state.initiatorId !== context.actor.id) throw new DomainError('NOT_INITIATOR');
  if (state.state !== 'PENDING') throw new DomainError('REQUEST_STATE', { state: state.state });
  const asked = urgeable(state, seatId);
  if (asked.length === 0) throw new DomainError('NOBODY_TO_URGE');
  const due = asked.filter((seat) => !isLeftAlone(seat, context.now));
  if (due.length === 0) throw tooSoon(asked, context.now);
  const againAt = context.urgeAgainAt(context.now);
  for (const { id } of due)
    transition.emit({ type: 'seat.urged', seatId: id, comment, againAt, at: context.now });
}

/** Open seats of others; of one seat: itself, or, while it is parked, those it waits for. */
export function urgeable(state: ApprovalState, seatId: string | null = null): Seat[] {
  const open = state.seats.filter(
    (seat) =>
      seat.state === 'OPEN' && stageOf(state, seat).state === 'ACTIVE' && seat.holderId !== state.initiatorId,
  );
  if (seatId === null) return open;
  const seat = state.seats.find(({ id }) => id === seatId);
  return seat?.state === 'PARKED' ? blockersOf(state, seat, open) : open.filter(({ id }) => id === seatId);
}

/** Those added below it; where it waits for others to join a return, the others of its stage. */
function blockersOf(state: ApprovalState, parked: Seat, open: readonly Seat[]): Seat[] {
  const seats = seatsOf(state, stageOf(state, parked));
  const below = open.filter(
    (seat) => seat.stageId === parked.stageId && rootOf(seats, seat).id === rootOf(seats, parked).id,
  );
  return below.length > 0 ? below : open.filter(({ stageId }) => stageId === parked.stageId);
}

/** Urged so lately that it is not urged again. */
export function isLeftAlone({ urgeAgainAt }: Seat, now: string): boolean {
  return urgeAgainAt !== undefined && urgeAgainAt !== null && Date.parse(urgeAgainAt) > Date.parse(now);
}

function tooSoon(asked: readonly Seat[], now: string): DomainError {
  const first = Math.min(...asked.map(({ urgeAgainAt }) => Date.parse(urgeAgainAt ?? now)));
  const retryAfterSeconds = Math.max(1, Math.ceil((first - Date.parse(now)) / 1000));
  return new DomainError('URGED_RECENTLY', { againAt: new Date(first).toISOString(), retryAfterSeconds });
}
