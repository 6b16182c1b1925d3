import type { Seat, Stage } from './model.js';
import { RETURN_ASKED } from './return-rule.js';
import { isLive, isStandInSeat, rootOf, seatsOf } from './seats.js';
import type { Transition } from './transition.js';
import { addedBelow } from './tree.js';

/** Ends that an answer brings to other seats of its stage. */
const ENDED_BY_ANSWER: readonly (string | null)[] = [
  'STAGE_DECIDED',
  'ANSWERED_BY_OTHER',
  'OTHERS_DECIDED',
  'PARENT_DECIDED',
];

/**
 * A stage as it was before an answer at `at` that was taken back: if it had passed it runs again, seats that the answer
 * ended are owed again, and seats whose turn it brought wait for it once more (AE-TB-1).
 * @param seat as it was before
 */
export function restoreStage(transition: Transition, stage: Stage, seat: Seat, at: string): void {
  const seats = seatsOf(transition.state, stage);
  if (stage.state === 'PASSED')
    transition.emit({ type: 'stage.reopened', stageId: stage.id, at: transition.context.now });
  const ended = seats.filter(
    ({ id, state, code, closedAt }) =>
      id !== seat.id &&
      state === 'CANCELLED' &&
      ((closedAt === at && ENDED_BY_ANSWER.includes(code)) ||
        (stage.state === 'PASSED' && code === 'STAGE_DECIDED' && closedAt === stage.closedAt)),
  );
  for (const one of ended) restore(transition, one, stateBefore(seats, one, ended));
  for (const parent of waitingParents(seats, seat))
    if (parent.state === 'OPEN') restore(transition, parent, { state: 'PARKED', code: 'ADDED_BEFORE' });
  for (const next of broughtTurnTo(stage, seats, seat)) {
    endBelow(transition, seats, next);
    restore(transition, next, { state: 'WAITING', code: null });
  }
}

interface Before {
  state: 'OPEN' | 'WAITING' | 'PARKED';
  code: string | null;
}

function restore(transition: Transition, { id }: Seat, before: Before): void {
  transition.emit({ type: 'seat.restored', seatId: id, ...before, at: transition.context.now });
}

/** A seat that never opened waits for its turn, one with live seats before it waits for them. */
function stateBefore(seats: readonly Seat[], seat: Seat, ended: readonly Seat[]): Before {
  if (seat.decision?.action === 'RETURN') return { state: 'PARKED', code: RETURN_ASKED };
  if (seat.openedAt === null) return { state: 'WAITING', code: null };
  const before = addedBelow(seats, seat, 'BEFORE', 'CONSULT').filter(
    (child) => isLive(child) || ended.includes(child),
  );
  if (before.length === 0) return { state: 'OPEN', code: null };
  const isAdvice = before.every(({ added }) => added?.relation === 'CONSULT');
  return { state: 'PARKED', code: isAdvice ? 'CONSULT' : 'ADDED_BEFORE' };
}

/** Seats above that opened because those before them had agreed. */
function waitingParents(seats: readonly Seat[], seat: Seat): Seat[] {
  const parent = seats.find(({ id }) => id === seat.parentId);
  if (!parent) return [];
  const above = waitingParents(seats, parent);
  return seat.added?.relation === 'BEFORE' ? [parent, ...above] : above;
}

/** Those asked after this seat's yes; in a stage that goes one after the other also whoever came next. */
function broughtTurnTo(stage: Stage, seats: readonly Seat[], seat: Seat): Seat[] {
  const root = rootOf(seats, seat);
  const after = addedBelow(seats, seat, 'AFTER');
  const nextInLine =
    stage.spec.mode === 'SEQUENTIAL'
      ? seats.filter(({ parentId, ordinal }) => parentId === null && ordinal > root.ordinal)
      : [];
  return [...after, ...nextInLine].filter((one) => isLive(one) && one.state !== 'WAITING');
}

/** What its holder had asked others meanwhile goes with the turn; those to be asked after it still are. */
function endBelow(transition: Transition, seats: readonly Seat[], seat: Seat): void {
  for (const below of seats.filter(({ parentId }) => parentId === seat.id)) {
    if (below.state === 'WAITING' && !isStandInSeat(below)) continue;
    endBelow(transition, seats, below);
    if (isLive(below)) transition.closeSeat(below, 'RETRACTED');
  }
}
