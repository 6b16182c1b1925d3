import { DomainError } from '../errors.js';
import { advance } from './advance.js';
import { mustSuitBulk } from './bulk.js';
import type { ApprovalCommand } from './command.js';
import type { ApprovalState, Seat, SeatDecision, Stage } from './model.js';
import { isSelf } from './resolve.js';
import { mustMeetRequirements, type Brought } from './requirements.js';
import { MAX_RETURNS, returnTargets, returnToInitiator, returnToStage } from './return.js';
import { mustBeAllowedToReturn, returnCarries } from './return-rule.js';
import { claimFor } from './claim.js';
import { openSeatOf } from './holder.js';
import { activeClaim } from './pool.js';
import { familyOf, isLive, isStandInSeat, seatsOf, stageOf } from './seats.js';
import type { Transition } from './transition.js';

type Decide = Extract<ApprovalCommand, { type: 'DECIDE' }>;

/**
 * A holder's answer. Checked in the order of AE-CMD-4: holder → seat OPEN → version → hash → requirements → separation of
 * duties → apply. Every refusal says what is so now and, where somebody was faster, the winning decision (AE-CMD-3).
 * @throws DomainError NOT_HOLDER SEAT_DECIDED STAGE_CLOSED REQUEST_CLOSED SEAT_NOT_OPEN STALE_VERSION STALE_SUBJECT
 *   BULK_NOT_ALLOWED REQUIREMENT_MISSING SOD_INITIATOR RETURN_NOT_ALLOWED NOT_REACHABLE RETURN_LIMIT
 */
export function decideSeat(transition: Transition, command: Decide): void {
  const { state } = transition;
  const seat = openSeatOf(transition, command);
  const stage = stageOf(state, seat);
  if (state.subjectHash !== command.subjectHash)
    throw new DomainError('STALE_SUBJECT', { subjectHash: state.subjectHash });
  mustSuitSeat(seat, command);
  if (command.bulk === true) mustSuitBulk(state, stage.spec, seat);
  mustMeetRequirements(stage.spec, command, transition.context.now);
  mustBeIndependent(transition, stage, command);
  if (command.action === 'RETURN') mustBeAllowedToReturn(state, stage, seat);
  const target = command.action === 'RETURN' ? returnTarget(state, stage, command) : null;
  if (stage.spec.pool === true && seat.added === null && !activeClaim(state, stage, transition.context.now))
    claimFor(transition, seat.id);
  record(transition, seat, command);
  if (command.action === 'RETURN' && returnCarries(transition, stage, seat)) {
    const resume = stage.spec.resume === 'CHOOSE' ? (command.resume ?? 'NEXT') : stage.spec.resume;
    if (target) returnToStage(transition, stage, target, seat, resume);
    else returnToInitiator(transition, stage, seat, resume);
  }
  advance(transition);
}

/** An adviser gives an opinion and nothing else; nobody else's answer is one (AE-DLG-1). */
function mustSuitSeat({ added }: Seat, { action }: Decide): void {
  if ((added?.relation === 'CONSULT') !== (action === 'OPINION'))
    throw new DomainError('ACTION_NOT_ALLOWED', { action, relation: added?.relation ?? null });
}

/** Nobody grants themselves anything, whichever way the seat came to them; saying no is always allowed (AE-SOD-3, AE-SOD-4). */
function mustBeIndependent({ state, context }: Transition, stage: Stage, command: Decide): void {
  if (command.action !== 'APPROVE' || typeof stage.spec.self === 'object') return;
  const person = context.directory.people[context.actor.id];
  if (!person || isSelf(person, state, context.directory)) throw new DomainError('SOD_INITIATOR');
}

function returnTarget(state: ApprovalState, stage: Stage, command: Decide): Stage | null {
  if (state.returns >= MAX_RETURNS) throw new DomainError('RETURN_LIMIT', { returns: state.returns });
  const to = command.returnTo ?? 'INITIATOR';
  if (to === 'INITIATOR') return null;
  const reachable = returnTargets(state.stages, stage);
  const target = reachable.find(({ spec }) => spec.key === to);
  if (!target)
    throw new DomainError('NOT_REACHABLE', { to, reachable: reachable.map(({ spec }) => spec.key) });
  return target;
}

function record(transition: Transition, seat: Seat, command: Omit<Brought, 'authenticatedAt'>): void {
  const { context, state } = transition;
  const decision: SeatDecision = {
    action: command.action,
    actor: context.actor.id,
    onBehalfOf: seat.ownerId === seat.holderId ? null : seat.ownerId,
    comment: command.comment,
    subjectHash: state.subjectHash,
    at: context.now,
    ...(command.attachments?.length ? { attachments: command.attachments } : {}),
    ...(command.signature === undefined ? {} : { signature: command.signature }),
  };
  transition.emit({ type: 'seat.decided', seatId: seat.id, decision });
  const isAnswer = command.action !== 'RETURN' || stageOf(state, seat).spec.returnRule === 'MAJORITY';
  if (isAnswer) silenceFamily(transition, seat);
}

/** One owed vote, one answer: the others who could have given it are told once. */
function silenceFamily(transition: Transition, seat: Seat): void {
  const seats = seatsOf(transition.state, stageOf(transition.state, seat));
  const root = isStandInSeat(seat) ? seats.find(({ id }) => id === seat.parentId) : seat;
  if (!root) return;
  for (const member of familyOf(seats, root).filter((other) => other.id !== seat.id && isLive(other))) {
    transition.closeSeat(member, 'ANSWERED_BY_OTHER');
  }
}

/** Time's own answer: counts as this seat's vote, by `system:timeout`, never in the holder's name (AE-SLA-3). */
export function autoAnswer(
  transition: Transition,
  seat: Seat,
  rungId: string,
  action: 'APPROVE' | 'REJECT',
): void {
  record(transition, seat, { action, comment: `timeout ${rungId}` });
}
