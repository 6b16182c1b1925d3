import { DomainError } from '../errors.js';
import { advance } from './advance.js';
import { mustSuitBulk } from './bulk.js';
import type { ApprovalCommand, ApprovalContext } from './command.js';
import { editSubject, reopenOwnStage, type OwnStageAfter } from './edit.js';
import type { ApprovalState, Seat, SeatDecision, Stage } from './model.js';
import { mustMeetRequirements, type Brought } from './requirements.js';
import { MAX_RETURNS, returnTargets, returnToInitiator, returnToStage } from './return.js';
import { mustBeAllowedToReturn, returnCarries } from './return-rule.js';
import { claimFor } from './claim.js';
import type { Envelope } from './envelope.js';
import { openSeatOf } from './holder.js';
import { activeClaim } from './pool.js';
import { quorumOutcome } from './quorum.js';
import { staleSnapshot } from './fact-source.js';
import { answerEvidence, mustBeSeparate } from './separation.js';
import type { SeparationEvidence } from './separation-rules.js';
import { familyOf, isLive, isPassed, isStandInSeat, seatsOf, stageOf } from './seats.js';
import { Transition } from './transition.js';
import { votesOf } from './tree.js';
import { grantedEnvelope } from './widen.js';

type Decide = Extract<ApprovalCommand, { type: 'DECIDE' }>;

/**
 * A holder's answer. Checked in the order of AE-CMD-4: holder → seat OPEN → version → hash → requirements → separation of
 * duties → apply. Every refusal says what is so now and, where somebody was faster, the winning decision (AE-CMD-3).
 * @throws DomainError NOT_HOLDER SEAT_DECIDED STAGE_CLOSED REQUEST_CLOSED SEAT_NOT_OPEN STALE_VERSION STALE_SUBJECT
 *   BULK_NOT_ALLOWED REQUIREMENT_MISSING SOD_<constraint> RETURN_NOT_ALLOWED NOT_REACHABLE RETURN_LIMIT ENVELOPE_INVALID
 *   ENVELOPE_BEYOND_AUTHORITY WOULD_INVALIDATE NO_APPROVER
 */
export function decideSeat(transition: Transition, command: Decide): void {
  const { state } = transition;
  const seat = openSeatOf(transition, command, command.action === 'APPROVE');
  const stage = stageOf(state, seat);
  if (state.subjectHash !== command.subjectHash)
    throw new DomainError('STALE_SUBJECT', { subjectHash: state.subjectHash });
  if (command.action === 'APPROVE') mustBeFresh(transition, stage);
  mustSuitSeat(seat, command);
  if (command.bulk === true) mustSuitBulk(state, stage.spec, seat);
  mustMeetRequirements(stage.spec, command, transition.context.now);
  const own = command.edit ? editSubject(transition, stage, seat, command.edit) : null;
  const separation = separationOf(transition, seat, command, own);
  mustBeSeparate(separation, seat.holderId);
  if (command.action === 'RETURN') mustBeAllowedToReturn(state, stage, seat);
  const target = command.action === 'RETURN' ? returnTarget(state, stage, command) : null;
  if (stage.spec.pool === true && seat.added === null && !activeClaim(state, stage, transition.context.now))
    claimFor(transition, seat.id);
  const envelope = grantedEnvelope(transition, transition.stage(stage.id), command);
  record(transition, seat, command, { separation, envelope });
  if (command.action === 'RETURN' && returnCarries(transition, stage, seat)) {
    const resume = stage.spec.resume === 'CHOOSE' ? (command.resume ?? 'NEXT') : stage.spec.resume;
    if (target) returnToStage(transition, stage, target, seat, resume);
    else returnToInitiator(transition, stage, seat, resume);
  }
  if (own) reopenOwnStage(transition, stage, own, seat);
  advance(transition);
}

/** AE-MGR-3: a yes does not rest on what the books said too long ago. @throws DomainError STALE_SUBJECT with the snapshot */
function mustBeFresh({ state, context }: Transition, { spec }: Stage): void {
  const stale = staleSnapshot(state, spec, context.now);
  if (!stale) return;
  const { id: snapshotId, source, asOf } = stale;
  const maxAgeMinutes = Math.min(stale.maxAgeMinutes, spec.snapshotMaxAgeMinutes ?? stale.maxAgeMinutes);
  throw new DomainError('STALE_SUBJECT', { snapshotId, source, asOf, maxAgeMinutes });
}

/** An adviser gives an opinion and nothing else; nobody else's answer is one (AE-DLG-1). */
function mustSuitSeat({ added }: Seat, { action, edit }: Decide): void {
  if (edit && action !== 'APPROVE') throw new DomainError('ACTION_NOT_ALLOWED', { action, edits: true });
  if ((added?.relation === 'CONSULT') !== (action === 'OPINION'))
    throw new DomainError('ACTION_NOT_ALLOWED', { action, relation: added?.relation ?? null });
}

/**
 * Nobody grants themselves anything, whichever way the seat came to them, nor says yes where the policy separates duties;
 * saying no grants nothing and is always allowed (AE-SOD-3, AE-SOD-4).
 */
function separationOf(
  { state, context }: Transition,
  seat: Seat,
  command: Decide,
  own: OwnStageAfter,
): SeparationEvidence[] {
  if (command.action !== 'APPROVE') return [];
  const stage = stageOf(state, seat);
  const by = { actorId: context.actor.id, ownerId: seat.ownerId };
  const decision = decisionOf(context, state, seat, command);
  const said = new Transition(state, context);
  said.emit({ type: 'seat.decided', seatId: seat.id, decision });
  const completes =
    state.stages.every((other) => other.id === stage.id || isPassed(other)) &&
    (own ? passesAnew(said, stage, own, seat) : passes(said, stage));
  return answerEvidence(state, stage, { by, completes }, context.directory);
}

function passes({ state, context }: Transition, stage: Stage): boolean {
  const vote = votesOf(state, stage, context.directory);
  return quorumOutcome(stage.spec.quorum, vote, stage.spec.abstain) === 'PASS';
}

/** Whether the stage, asked again, passes by what is carried into it. */
function passesAnew(said: Transition, stage: Stage, own: NonNullable<OwnStageAfter>, seat: Seat): boolean {
  reopenOwnStage(said, stage, own, seat);
  advance(said);
  return said.state.stages.every(isPassed);
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

type Answer = Omit<Brought, 'authenticatedAt'> & Partial<Pick<Decide, 'edit' | 'subjectHash'>>;

/** What goes with an answer: what it covers, and that it was nobody's who must not give it. */
interface Granted {
  envelope: Envelope | undefined;
  separation?: readonly SeparationEvidence[];
}

function decisionOf(
  { actor, now }: ApprovalContext,
  { subjectHash }: ApprovalState,
  { ownerId, holderId }: Seat,
  { action, comment, attachments, signature, edit, subjectHash: seen }: Answer,
): SeatDecision {
  return {
    action,
    actor: actor.id,
    onBehalfOf: ownerId === holderId ? null : ownerId,
    comment,
    subjectHash,
    at: now,
    ...(edit && edit.facts.subjectHash !== seen ? { edited: true as const } : {}),
    ...(attachments?.length ? { attachments } : {}),
    ...(signature === undefined ? {} : { signature }),
  };
}

function record(
  transition: Transition,
  seat: Seat,
  command: Answer,
  { separation = [], envelope }: Granted,
): void {
  const { context, state } = transition;
  const decision = { ...decisionOf(context, state, seat, command), ...(envelope ? { envelope } : {}) };
  const evidence = separation.length === 0 ? {} : { separation };
  transition.emit({ type: 'seat.decided', seatId: seat.id, decision, ...evidence });
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
  const envelope = grantedEnvelope(transition, stageOf(transition.state, seat), { action });
  record(transition, seat, { action, comment: `timeout ${rungId}` }, { envelope });
}
