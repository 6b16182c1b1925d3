import { DomainError } from '../errors.js';
import { advance } from './advance.js';
import { minutesAfter } from './clock.js';
import type { ApprovalCommand } from './command.js';
import { deferAgain } from './dedupe.js';
import type { ApprovalState, Seat, SeatDecision, Stage } from './model.js';
import { restoreStage } from './restore.js';
import { isDropped, isPassed, isTerminal, precedes, stageOf } from './seats.js';
import type { Transition } from './transition.js';

type Retract = Extract<ApprovalCommand, { type: 'RETRACT' }>;

/**
 * AE-TB-1: whoever approved takes it back (拿回) while the policy's minutes last and nobody decided after them in that
 * branch. The seat is open again with the time it had, what its answer ended in the stage is as before, what it opened
 * behind the stage ends, automatic approvals included. The answer stays in the log and counts no more. A delegate takes
 * back their own act, the owner not the delegate's. AE-TB-2: a rejection is answered by a new round instead.
 * @throws DomainError NOT_FOUND · NOT_ACTOR somebody else's answer · NOT_DECIDED · ACTION_NOT_ALLOWED no approval ·
 *   EDITED_WITH_ANSWER the content was changed with it · ALREADY_APPROVED (revoke instead) · REQUEST_CLOSED · STAGE_CLOSED · RETRACT_WINDOW_OVER · LATER_DECISION · STALE_VERSION
 */
export function retractDecision(transition: Transition, command: Retract): void {
  const { state, context } = transition;
  const seat = state.seats.find(({ id }) => id === command.seatId);
  if (!seat) throw new DomainError('NOT_FOUND', { seatId: command.seatId });
  const who = { personId: context.actor.id, now: context.now, childrenDecided: command.childrenDecided };
  const refused = retractRefusal(state, seat, who);
  if (refused) throw refused;
  const { decision } = seat;
  if (!decision) throw new DomainError('NOT_DECIDED');
  if (seat.version !== command.expectedSeatVersion)
    throw new DomainError('STALE_VERSION', { seatVersion: seat.version });
  const stage = stageOf(state, seat);
  undoFollowing(transition, stage, decision.at);
  const { reason } = command;
  transition.emit({ type: 'seat.retracted', seatId: seat.id, decision, reason, at: context.now });
  restoreStage(transition, stage, seat, decision.at);
  deferAgain(transition, stage, decision.at);
  advance(transition);
}

/** What stands in the way of taking a seat's answer back; null: nothing. */
export function retractRefusal(
  state: ApprovalState,
  seat: Seat,
  who: { personId: string; now: string; childrenDecided: readonly string[] },
): DomainError | null {
  const { decision } = seat;
  if (!decision) return new DomainError('NOT_DECIDED', { seatState: seat.state });
  if (decision.actor !== who.personId) return new DomainError('NOT_ACTOR');
  if (state.state === 'APPROVED') return new DomainError('ALREADY_APPROVED', { hint: 'revoke' });
  if (isTerminal(state.state))
    return new DomainError('REQUEST_CLOSED', { requestState: state.state, seq: state.seq });
  if (decision.action !== 'APPROVE')
    return new DomainError('ACTION_NOT_ALLOWED', { action: 'RETRACT', decision: decision.action });
  if (decision.edited) return new DomainError('EDITED_WITH_ANSWER');
  const later = laterDecision(state, seat, decision);
  if (later) return new DomainError('LATER_DECISION', { actor: later.actor, at: later.at });
  const stage = stageOf(state, seat);
  if (following(state, stage).some(({ childId }) => childId && who.childrenDecided.includes(childId)))
    return new DomainError('LATER_DECISION', { actor: null, at: null });
  if (state.state !== 'PENDING' || seat.state !== 'APPROVED' || !stands(stage, seat))
    return new DomainError('STAGE_CLOSED', { stageState: stage.state });
  const until = retractUntil(state, decision);
  return who.now < until ? null : new DomainError('RETRACT_WINDOW_OVER', { until });
}

/** Until when an approval may be taken back, as an ISO instant; the very instant is too late. */
export function retractUntil({ retractMinutes }: ApprovalState, { at }: SeatDecision): string {
  return minutesAfter(at, retractMinutes);
}

function stands(stage: Stage, seat: Seat): boolean {
  return (
    seat.visit === stage.visit &&
    (stage.state === 'ACTIVE' || stage.state === 'BLOCKED' || stage.state === 'PASSED')
  );
}

/** A person's answer given after this one, in its stage or behind it. An opinion decides nothing. */
function laterDecision(state: ApprovalState, seat: Seat, { at }: SeatDecision): SeatDecision | null {
  const stages = new Set([seat.stageId, ...following(state, stageOf(state, seat)).map(({ id }) => id)]);
  const later = state.seats.find(
    ({ id, stageId, decision }) =>
      id !== seat.id &&
      stages.has(stageId) &&
      decision !== null &&
      decision.action !== 'OPINION' &&
      !decision.actor.startsWith('system:') &&
      decision.at >= at,
  );
  return later?.decision ?? null;
}

function following({ stages }: ApprovalState, stage: Stage): Stage[] {
  return stages.filter((other) => precedes(stage, other));
}

/** What came of the answer behind its stage: open seats end, and what passed by itself is walked again. */
function undoFollowing(transition: Transition, from: Stage, at: string): void {
  for (const stage of following(transition.state, from)) {
    const runs = stage.state === 'ACTIVE' || stage.state === 'BLOCKED';
    const passedSince = isPassed(stage) && stage.closedAt !== null && stage.closedAt >= at;
    // one that ran already while a stage before it was walked again does not rest on this answer
    const ranBefore = stage.openedAt !== null && stage.openedAt < at;
    if (ranBefore || isDropped(stage) || (!runs && !passedSince)) continue;
    transition.cancelLiveSeats(stage, 'RETRACTED');
    transition.closeStage(stage, 'INVALIDATED', 'RETRACTED', stage.carriedYes);
  }
}
