import type { Role } from '../org/directory.js';
import { advance } from './advance.js';
import { roleHolders } from './candidates.js';
import { clockOf } from './clock.js';
import { barredBecause } from './eligible.js';
import type { Dropped } from './events.js';
import type { Seat, Stage, StandIn } from './model.js';
import { takeOut } from './remove.js';
import { replacements, resolverOf } from './replacement.js';
import { familyOf, isLive, isStandInSeat, seatsOf, stageOf } from './seats.js';
import { Transition } from './transition.js';
import { votesOf } from './tree.js';

type Loss = 'LEAVE' | 'ROLE_LOST' | 'SOD_DRIFT' | 'ORG_CHANGED';

/**
 * AE-LEAVE-1: whoever has left holds nothing any more. Seats the policy finds by a strategy are found anew; those meant in
 * person go to the named successor, else up the reporting line, else to an admin. Votes stand. Late or repeated: nothing.
 */
export function personLeft(transition: Transition, personId: string): void {
  const { state, context } = transition;
  if (context.directory.people[personId]?.active) return;
  const held = state.seats.filter((seat) => isLive(seat) && seat.holderId === personId);
  giveUp(transition, held, 'LEAVE');
}

/** A role was lost: kept seats stay by default; a stage with `strictRole` insists on the role (table of 4.5). */
export function roleLost(transition: Transition, { personId, role }: { personId: string; role: Role }): void {
  const { state, context } = transition;
  const held = state.seats.filter((seat) => {
    const { spec } = stageOf(state, seat);
    const resolver = resolverOf(spec, seat.group);
    if (!isLive(seat) || seat.ownerId !== personId || seat.origin !== 'POLICY' || !spec.strictRole)
      return false;
    if (resolver.kind !== 'ROLE' || resolver.role !== role) return false;
    const { found } = roleHolders(role, 'EVERY', state, context.directory);
    return !found.some(({ person }) => person.id === personId);
  });
  giveUp(transition, held, 'ROLE_LOST');
}

/** Each seat goes to whoever may take it; what goes without anybody never decides its stage (AE-LEAVE-2). */
export function giveUp(transition: Transition, seats: readonly Seat[], loss: Loss): void {
  if (transition.state.state !== 'PENDING') return;
  const shrunk = new Set<string>();
  for (const { id, stageId } of seats) {
    const seat = transition.seat(id);
    // may have gone with the one it was added to
    if (isLive(seat) && !passOn(transition, seat, loss)) shrunk.add(stageId);
  }
  const code = loss === 'SOD_DRIFT' ? loss : 'LEAVER';
  for (const stageId of shrunk) holdShrunk(transition, stageId, code);
  if (seats.length > 0) advance(transition);
}

/** True when somebody else has it now; false when the owed vote went. */
function passOn(transition: Transition, seat: Seat, loss: Loss): boolean {
  const stage = stageOf(transition.state, seat);
  if (seat.added?.relation === 'CONSULT') {
    // an adviser who left is not waited for (AE-DLG-1)
    transition.closeSeat(seat, loss);
    return true;
  }
  if (seat.parentId !== null && isStandInSeat(seat)) {
    takeOut(transition, seat, { code: loss, reason: REASONS[loss] });
    return true;
  }
  const other = loss === 'SOD_DRIFT' ? undefined : escalatedTo(transition, stage, seat);
  if (other) {
    transition.closeSeat(other, 'MERGED');
    moveTo(transition, seat, { holderId: other.holderId, loss, skipped: [] });
    return true;
  }
  const skipped: Dropped[] = [];
  for (const { person, ownerId } of replacements(transition, stage, seat)) {
    const code = barredBecause(transition, stage, person.id);
    if (code === null) {
      // acting for whoever is kept out would count as theirs (AE-SOD-2)
      const owner = loss === 'SOD_DRIFT' ? person.id : ownerId;
      moveTo(transition, seat, { holderId: person.id, ownerId: owner, loss, skipped });
      return true;
    }
    skipped.push({ personId: person.id, code });
  }
  const merged = skipped.some(({ code }) => code === 'DUPLICATE');
  takeOut(transition, seat, { code: merged ? 'MERGED' : loss, reason: REASONS[loss] });
  return false;
}

export const REASONS: Readonly<Record<Loss, string>> = {
  LEAVE: 'the holder has left',
  ROLE_LOST: 'the holder no longer has the role',
  SOD_DRIFT: 'what separates duties keeps the holder out by now',
  ORG_CHANGED: 'the reporting line names somebody else by now',
};

/** Somebody may answer for the seat already because it was escalated: they simply go on. */
export function escalatedTo({ state }: Transition, stage: Stage, seat: Seat): Seat | undefined {
  return familyOf(seatsOf(state, stage), seat).find(
    (other) => other.id !== seat.id && other.holderId !== seat.holderId && isLive(other),
  );
}

interface Move {
  holderId: string;
  ownerId?: string | undefined;
  loss: Loss;
  skipped: readonly Dropped[];
  standIn?: StandIn;
}

/** The seat is somebody else's from now on; its due time stays, but at least one business day remains (AE-XFER-2). */
export function moveTo(
  transition: Transition,
  seat: Seat,
  { holderId, ownerId, loss, skipped, standIn }: Move,
): void {
  const { context } = transition;
  transition.emit({
    type: 'seat.transferred',
    seatId: seat.id,
    holderId,
    cause: loss,
    ...(ownerId === undefined || ownerId === seat.ownerId ? {} : { ownerId }),
    ...(standIn ? { standIn } : {}),
    ...(skipped.length === 0 ? {} : { skipped }),
    reason: REASONS[loss],
    ...clockOf(seat, context.workDayAfter(context.now)),
    at: context.now,
  });
}

/** AE-LEAVE-2: a seat that goes by itself never decides a stage, nor leaves one below what it asks for. */
export function holdShrunk(
  transition: Transition,
  stageId: string,
  code: 'LEAVER' | 'SOD_DRIFT' | 'ORG_CHANGED',
): void {
  const stage = transition.stage(stageId);
  if (stage.state !== 'ACTIVE') return;
  const { state, context } = transition;
  const trial = new Transition(state, context);
  advance(trial);
  const enough = votesOf(state, stage, context.directory).length >= stage.spec.minApprovals;
  if (enough && trial.stage(stageId).state === 'ACTIVE') return;
  transition.emit({
    type: 'stage.blocked',
    stageId,
    visit: stage.visit,
    code,
    dropped: [],
    at: context.now,
  });
}
