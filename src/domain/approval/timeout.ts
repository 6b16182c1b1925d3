import { coverAbsence } from './absence.js';
import { Decimal } from 'decimal.js';
import { advance } from './advance.js';
import { managersKnown } from './authority.js';
import { recheckSeparation } from './drift.js';
import { staleSnapshot } from './fact-source.js';
import { nextRung } from './ladder.js';
import type { ApprovalState, Rung, Seat } from './model.js';
import { isSelf, seatReasons } from './resolve.js';
import type { RungKind } from './stage-spec.js';
import { separatedFrom } from './separation.js';
import { presentFor } from './stand-in.js';
import { isStandInSeat, seatsOf, stageOf } from './seats.js';
import type { Transition } from './transition.js';
import { autoAnswer } from './vote.js';

/** Escalation climbs at most three levels, then operations decide (AE-SLA-4). */
const MAX_ESCALATION_LEVELS = 3;

/**
 * Fires what is due now: at most one rung per seat and call, so that a late tick re-reads between two rungs. Each
 * (seat, visit, rung) fires once; none after the seat is terminal (AE-SLA-2). The actor is the system's own (AE-SLA-3).
 */
export function fireDueRungs(transition: Transition): void {
  const due = transition.state.seats.flatMap((seat) => {
    const rung = nextRung(transition.state, seat);
    return rung && rung.at <= transition.context.now ? [{ seatId: seat.id, rung }] : [];
  });
  if (due.length > 0) recheckSeparation(transition);
  for (const { seatId, rung } of due) {
    const seat = transition.seat(seatId);
    if (nextRung(transition.state, seat)?.id !== rung.id) continue;
    coverAbsence(transition, seat);
    fire(transition, transition.seat(seatId), rung);
  }
}

function fire(transition: Transition, seat: Seat, due: Rung): void {
  const target = needsManager(due) ? escalationTarget(transition, seat) : null;
  const rung = { ...due, kind: kindNow(transition, seat, due, target) };
  transition.emit({
    type: 'rung.fired',
    seatId: seat.id,
    visit: seat.visit,
    rungId: rung.id,
    kind: rung.kind,
    targets: target ? [target] : rung.kind === 'REMIND' ? [seat.holderId] : [],
    at: transition.context.now,
  });
  if (seat.added?.relation === 'CONSULT' && rung.kind !== 'REMIND') {
    // an adviser who does not answer in time is not waited for (AE-DLG-1)
    transition.closeSeat(seat, 'TIMED_OUT');
    advance(transition);
  } else act(transition, seat, rung, target);
}

/** A rung that cannot do what it is for is not silent: operations hear of it instead (AE-SLA-4). */
function kindNow(transition: Transition, seat: Seat, rung: Rung, target: string | null): RungKind {
  const { state, context } = transition;
  const escalates = rung.kind === 'ESCALATE_ADD' || rung.kind === 'ESCALATE_REPLACE';
  if (escalates && target === null) return 'INCIDENT';
  if (rung.kind !== 'AUTO_APPROVE') return rung.kind;
  const isFresh = staleSnapshot(state, stageOf(state, seat).spec, context.now) === null;
  return isFresh && isWithin(state.exposure, rung.cap) ? rung.kind : 'INCIDENT';
}

/** Whether time would say yes now and must not, because what that would rest on was read too long ago (AE-MGR-3). */
export function approvesOnOldFacts(state: ApprovalState, now: string): boolean {
  return state.seats.some((seat) => {
    const rung = nextRung(state, seat);
    if (rung?.kind !== 'AUTO_APPROVE' || rung.at > now) return false;
    return staleSnapshot(state, stageOf(state, seat).spec, now) !== null;
  });
}

/** AE-SLA-2: only up to the cap of the rung, inclusive, in its currency; nothing at stake is within every cap. */
function isWithin(exposure: ApprovalState['exposure'], cap: Rung['cap']): boolean {
  if (!cap) return false;
  if (!exposure) return true;
  return exposure.currency === cap.currency && new Decimal(exposure.amount).lte(cap.amount);
}

function act(transition: Transition, seat: Seat, rung: Rung, target: string | null): void {
  switch (rung.kind) {
    case 'REMIND':
    case 'CC_MANAGER':
    case 'INCIDENT':
      return;
    case 'ESCALATE_ADD':
      if (target) addEscalated(transition, seat, target, rung);
      return;
    case 'ESCALATE_REPLACE':
      if (target) {
        transition.emit({
          type: 'seat.transferred',
          seatId: seat.id,
          holderId: target,
          cause: 'ESCALATION',
          reason: `escalated by ${rung.id}`,
          dueAt: seat.dueAt,
          rungs: transition.seat(seat.id).rungs,
          at: transition.context.now,
        });
      }
      return;
    case 'AUTO_REJECT':
      autoAnswer(transition, seat, rung.id, 'REJECT');
      advance(transition);
      return;
    case 'AUTO_APPROVE':
      autoAnswer(transition, seat, rung.id, 'APPROVE');
      advance(transition);
      return;
    case 'EXPIRE':
      expireRequest(transition, `ladder rung ${rung.id}`);
  }
}

/** Ends an open request that nobody may answer any more; live seats end with it. */
export function expireRequest(transition: Transition, reason: string): void {
  closeOpenStages(transition, 'EXPIRED');
  transition.closeRequest('EXPIRED', null, reason);
}

/** Once for each return; nothing on a request that was resubmitted meanwhile (AE-RES-2). */
export function remindInitiator(transition: Transition): void {
  const { state, context } = transition;
  if (state.state !== 'RETURNED' || state.remindedAt !== null) return;
  transition.emit({ type: 'request.reminded', targets: [state.initiatorId], at: context.now });
}

/** Ends every stage that has not ended, with its live seats. */
export function closeOpenStages(transition: Transition, code: string): void {
  for (const stage of transition.state.stages.filter(
    ({ state }) => state === 'ACTIVE' || state === 'BLOCKED',
  )) {
    transition.cancelLiveSeats(stage, code);
    transition.closeStage(stage, 'CANCELLED', code);
  }
}

function needsManager(rung: Rung): boolean {
  return rung.kind === 'ESCALATE_ADD' || rung.kind === 'ESCALATE_REPLACE' || rung.kind === 'CC_MANAGER';
}

/**
 * Next active manager of the holder whom no separation of duties keeps out and who is not in this stage already. Each hand-over by escalation
 * has climbed a level.
 */
function escalationTarget({ state, context }: Transition, seat: Seat): string | null {
  const inStage = new Set(seatsOf(state, stageOf(state, seat)).map((other) => other.holderId));
  const who = { ...state };
  const separated = separatedFrom(state, stageOf(state, seat), context.directory);
  const climbed = seat.rungs.filter(
    ({ kind, firedAt }) => kind === 'ESCALATE_REPLACE' && firedAt !== null,
  ).length;
  const levels = Math.max(0, MAX_ESCALATION_LEVELS - climbed);
  for (const manager of managersKnown(seat.holderId, context.directory).slice(0, levels)) {
    if (!manager.active || isSelf(manager, state, context.directory)) continue;
    const present = presentFor(manager, who, context.directory);
    if (present && !inStage.has(present.id) && separated([present.id]) === null) return present.id;
  }
  return null;
}

/** ADD: either may decide. A child of the seat, so that the stage still counts one vote. Its clock is the parent's. */
function addEscalated(transition: Transition, seat: Seat, holderId: string, rung: Rung): void {
  const stage = stageOf(transition.state, seat);
  const { now, newId } = transition.context;
  const added: Seat = {
    ...seat,
    id: newId(),
    parentId: isStandInSeat(seat) ? seat.parentId : seat.id,
    ownerId: holderId,
    holderId,
    origin: 'ESCALATION',
    added: null,
    standIn: null,
    pastHolderIds: [],
    hops: 0,
    version: 1,
    // the seat above may be waiting for an opinion; whoever is asked besides its holder can answer at once
    state: 'OPEN',
    code: null,
    why: seatReasons(stage.why, { text: `escalated: no answer in time (${rung.id})` }),
    openedAt: now,
    rungs: [],
  };
  transition.emit({ type: 'seat.added', seat: added, reason: `escalated by ${rung.id}` });
}
