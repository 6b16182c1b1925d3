import { roleHolders, type Who } from './candidates.js';
import { clockOf } from './clock.js';
import { barredBecause } from './eligible.js';
import type { Dropped } from './events.js';
import type { Seat, Stage } from './model.js';
import { isLive, isStandInSeat, seatsOf, stageOf } from './seats.js';
import { awayFrom, sharedBy, standInFor, type Bars } from './stand-in.js';
import type { Transition } from './transition.js';

/**
 * AE-ABS-1 `includeOpen`: an absence has begun, and what the person holds goes to their stand-in, or is shared with them.
 * Repeated, or after its end: nothing.
 */
export function handOver(
  transition: Transition,
  { personId, absenceId }: { personId: string; absenceId: string },
): void {
  const person = transition.context.directory.people[personId];
  if (transition.state.state !== 'PENDING' || !person) return;
  const covers = [awayFrom(person, transition.state), sharedBy(person, transition.state)];
  if (!covers.some((rule) => rule?.absenceId === absenceId)) return;
  for (const { id } of transition.state.seats.filter((seat) => isLive(seat) && seat.holderId === personId))
    coverAbsence(transition, transition.seat(id));
}

/**
 * AE-ABS-2: an absence is over, or was taken back: undecided seats go back, and what was shared is the owner's alone. At
 * least one business day remains. While another absence of the chain lasts, the seat moves to whoever stands in now.
 */
export function giveBack(transition: Transition, { absenceId }: { absenceId: string }): void {
  const { state, context } = transition;
  if (state.state !== 'PENDING') return;
  for (const seat of state.seats) {
    if (!isLive(seat) || seat.standIn?.absenceIds.includes(absenceId) !== true) continue;
    if (seat.origin === 'SHARED') transition.closeSeat(seat, 'ABSENCE_END');
    else if (context.directory.people[seat.standIn.forId]?.active)
      standAnew(transition, seat, seat.standIn.forId);
  }
}

/** A seat that opens, or whose first rung fires, does not stay with somebody who is away (AE-ABS-1, AE-ABS-3). */
export function coverAbsence(transition: Transition, seat: Seat): void {
  const { state, context } = transition;
  const person = context.directory.people[seat.holderId];
  if (!person || !isLive(seat) || seat.added?.relation === 'CONSULT') return;
  if (awayFrom(person, state) && !othersCanAct(transition, seat)) standAnew(transition, seat, person.id);
  else share(transition, seat);
}

/** SHARE: whoever of the two answers first; the other's item vanishes (AE-ABS-4). */
export function share(transition: Transition, seat: Seat): void {
  const { state, context } = transition;
  const person = context.directory.people[seat.holderId];
  const rule = person && seat.state === 'OPEN' && !isStandInSeat(seat) ? sharedBy(person, state) : null;
  if (!person || !rule) return;
  const stage = stageOf(state, seat);
  if (
    seatsOf(state, stage).some(
      (other) => other.parentId === seat.id && other.origin === 'SHARED' && isLive(other),
    )
  )
    return;
  const asAway = { ...person, away: { ...rule, share: false }, alsoAway: [] };
  const { holder, absenceIds, skipped } = standInFor(
    asAway,
    state,
    context.directory,
    barsOf(transition, stage),
  );
  if (!holder || holder.id === person.id) return;
  const shared: Seat = {
    ...seat,
    id: context.newId(),
    parentId: seat.id,
    ownerId: person.id,
    holderId: holder.id,
    origin: 'SHARED',
    added: null,
    hops: 0,
    version: 1,
    standIn: { forId: person.id, absenceIds },
    pastHolderIds: [],
    openedAt: context.now,
    rungs: [],
  };
  transition.emit({
    type: 'seat.added',
    seat: shared,
    reason: `shared while ${person.name} is away`,
    ...(skipped.length === 0 ? {} : { skipped }),
  });
}

/** Moves the seat to whoever stands in for the person now: themselves when they are there. */
function standAnew(transition: Transition, seat: Seat, forId: string): void {
  const { state, context } = transition;
  const person = context.directory.people[forId];
  if (!person) return;
  const stage = stageOf(state, seat);
  const bars = barsOf(transition, stage, seat.holderId);
  const { absenceIds, ...found } = standInFor(person, state, context.directory, bars);
  const skipped: Dropped[] = [...found.skipped];
  const holder = found.holder ?? adminFor(transition, bars, skipped);
  if (!holder || holder.id === seat.holderId) return;
  const isBack = holder.id === person.id;
  if (isBack && bars(person) !== null) return;
  transition.emit({
    type: 'seat.transferred',
    seatId: seat.id,
    holderId: holder.id,
    cause: isBack || seat.standIn ? 'ABSENCE_END' : 'ABSENCE',
    standIn: isBack ? null : { forId, absenceIds },
    ...(skipped.length === 0 ? {} : { skipped }),
    reason: isBack ? 'the absence is over' : `${person.name} is away`,
    ...clockOf(seat, context.workDayAfter(context.now)),
    at: context.now,
  });
}

function adminFor({ state, context }: Transition, bars: Bars, skipped: Dropped[]) {
  for (const { person } of roleHolders('ADMIN', 'EVERY', state, context.directory).found) {
    if (awayFrom(person, state)) continue;
    const code = bars(person);
    if (!code) return person;
    skipped.push({ personId: person.id, code });
  }
  return null;
}

function barsOf(transition: Transition, stage: Stage, holderId: string | null = null): Bars {
  return (person) => (person.id === holderId ? null : barredBecause(transition, stage, person.id));
}

/** AE-ABS-5: one of a pool is not replaced in person while somebody else of it is there. */
function othersCanAct({ state, context }: Transition, seat: Seat): boolean {
  const stage = stageOf(state, seat);
  const { resolver, quorum } = stage.spec;
  if (resolver.kind !== 'ROLE' || quorum.kind !== 'ANY' || seat.origin !== 'POLICY') return false;
  const who: Who = state;
  return seatsOf(state, stage).some((other) => {
    const person = context.directory.people[other.holderId];
    return other.id !== seat.id && isLive(other) && person?.active === true && !awayFrom(person, who);
  });
}
