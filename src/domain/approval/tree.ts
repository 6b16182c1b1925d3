import type { DirectorySnapshot } from '../org/directory.js';
import { coverAbsence } from './absence.js';
import { clockAgain } from './clock.js';
import type { Added, ApprovalState, Seat, Stage } from './model.js';
import { quorumOutcome, type QuorumOutcome, type Vote } from './quorum.js';
import { familyOf, isLive, seatsOf } from './seats.js';
import type { Transition } from './transition.js';

/** Seats added below a seat, those taken away again left out. */
export function addedBelow(
  seats: readonly Seat[],
  parent: Seat,
  ...relations: readonly Added['relation'][]
): Seat[] {
  return seats.filter(
    ({ parentId, added, state }) =>
      parentId === parent.id && added !== null && state !== 'REMOVED' && relations.includes(added.relation),
  );
}

/** The counted votes of a stage visit: one per root seat, which is the value of its whole tree (4.5). */
export function votesOf(state: ApprovalState, stage: Stage, directory: DirectorySnapshot): Vote[] {
  const seats = seatsOf(state, stage);
  return seats
    .filter(({ parentId }) => parentId === null)
    .flatMap((root) => voteOf(seats, root, directory) ?? []);
}

/** A tree's vote; null when nobody in it answered or will: cancelled or removed. */
export function voteOf(seats: readonly Seat[], root: Seat, directory: DirectorySnapshot): Vote | null {
  const family = familyOf(seats, root);
  const speaker = family.find((seat) => valueOf(seat) !== null) ?? family.find(isLive);
  if (!speaker) return null;
  const person = directory.people[speaker.holderId]?.identity ?? speaker.holderId;
  const value = valueOf(speaker) ?? 'LIVE';
  const after = addedBelow(seats, speaker, 'AFTER');
  return {
    person,
    weight: root.weight,
    group: root.group,
    value: value === 'YES' && after.length > 0 ? provisional(addedOutcome(seats, after, directory)) : value,
  };
}

/** A yes that others must confirm: theirs to give, never more than an abstention when all of them abstained. */
function provisional(outcome: QuorumOutcome): Vote['value'] {
  switch (outcome) {
    case 'PASS':
      return 'YES';
    case 'REJECT':
      return 'NO';
    case 'OPEN':
      return 'LIVE';
    case 'BLOCKED':
      return 'ABSTAIN';
  }
}

/** Added seats decide by ALL unless every one of them was added under ANY (AE-ADD-1). */
function addedOutcome(
  seats: readonly Seat[],
  added: readonly Seat[],
  directory: DirectorySnapshot,
): QuorumOutcome {
  const votes = added.flatMap((seat) => voteOf(seats, seat, directory) ?? []);
  const any = added.every((seat) => seat.added?.rule === 'ANY');
  return quorumOutcome(any ? { kind: 'ANY', first: 'UNTIL_ALL_NO' } : { kind: 'ALL' }, votes, 'EXCLUDED');
}

/**
 * Carries what added seats have said to the seats they were added to, one step at a time. True when something moved.
 * A parked seat reopens with a fresh clock once those before it agree, or none of them is left to; their no is its no.
 */
export function settleTrees(transition: Transition, stage: Stage): boolean {
  const seats = seatsOf(transition.state, stage);
  return seats.some((seat) => {
    if (seat.state === 'PARKED' && !seat.decision) return settleBefore(transition, stage, seats, seat);
    if (seat.state === 'APPROVED' || (seat.state === 'AUTO_APPROVED' && seat.decision))
      return settleAfter(transition, stage, seats, seat);
    return !isLive(seat) && endBelow(transition, seats, seat, 'PARENT_DECIDED');
  });
}

function settleBefore(transition: Transition, stage: Stage, seats: readonly Seat[], seat: Seat): boolean {
  const { context } = transition;
  const before = addedBelow(seats, seat, 'BEFORE', 'CONSULT');
  const outcome = addedOutcome(seats, before, context.directory);
  if (outcome === 'OPEN') return false;
  endAll(transition, seats, before, 'OTHERS_DECIDED');
  if (outcome === 'REJECT') refuse(transition, seat);
  else if (seat.code === 'CONSULT') reopen(transition, seat);
  else open(transition, stage, seat);
  return true;
}

function settleAfter(transition: Transition, stage: Stage, seats: readonly Seat[], seat: Seat): boolean {
  const after = addedBelow(seats, seat, 'AFTER');
  const waiting = after.filter(({ state }) => state === 'WAITING');
  for (const one of waiting) open(transition, stage, one);
  if (waiting.length > 0 || after.length === 0) return waiting.length > 0;
  const outcome = addedOutcome(seats, after, transition.context.directory);
  if (outcome === 'OPEN') return false;
  if (outcome === 'REJECT') refuse(transition, seat);
  return endBelow(transition, seats, seat, 'OTHERS_DECIDED') || outcome === 'REJECT';
}

function refuse(transition: Transition, { id }: Seat): void {
  const at = transition.context.now;
  transition.emit({ type: 'seat.closed', seatId: id, state: 'REJECTED', code: 'ADDED_SAID_NO', at });
}

function open(transition: Transition, stage: Stage, seat: Seat): void {
  const { now, ladder } = transition.context;
  const clock = clockAgain(seat, ladder(stage.spec, seat.holderId, now));
  transition.emit({ type: 'seat.opened', seatId: seat.id, ...clock, at: now });
  coverAbsence(transition, transition.seat(seat.id));
}

/** After an opinion: the clock has been running all the while (AE-DLG-1). */
function reopen(transition: Transition, { id, rungs, dueAt }: Seat): void {
  transition.emit({ type: 'seat.opened', seatId: id, rungs, dueAt, at: transition.context.now });
}

/** Live seats anywhere below end with what they were added to. */
function endBelow(transition: Transition, seats: readonly Seat[], seat: Seat, code: string): boolean {
  const below = seats.filter(({ parentId, added }) => parentId === seat.id && added !== null);
  return endAll(transition, seats, below, code);
}

function endAll(
  transition: Transition,
  seats: readonly Seat[],
  ended: readonly Seat[],
  code: string,
): boolean {
  return ended
    .map((child) => {
      const live = isLive(child);
      if (live) transition.closeSeat(child, code);
      return endBelow(transition, seats, child, code) || live;
    })
    .some(Boolean);
}

function valueOf(seat: Seat): Exclude<Vote['value'], 'LIVE'> | null {
  switch (seat.state) {
    case 'APPROVED':
    case 'AUTO_APPROVED':
      return 'YES';
    case 'REJECTED':
      return 'NO';
    case 'ABSTAINED':
      return 'ABSTAIN';
    case 'WAITING':
    case 'OPEN':
    case 'PARKED':
    case 'CANCELLED':
    case 'REMOVED':
      return null;
  }
}
