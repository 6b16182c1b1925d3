import { coverAbsence } from './absence.js';
import { activate } from './activate.js';
import { clockAgain } from './clock.js';
import { skipIfDeferred, walkDeferredAgain } from './dedupe.js';
import { conclude } from './effect.js';
import type { Stage } from './model.js';
import { quorumOutcome } from './quorum.js';
import { isReturnAsk, lapseReturns } from './return-rule.js';
import { returnToInitiator, returnToStage } from './return.js';
import { isShortOfPersons } from './separation.js';
import { isAhead, isDecidedByChild, isLive, isPassed, precedes, seatsOf } from './seats.js';
import type { Transition } from './transition.js';
import { settleTrees, voteOf, votesOf } from './tree.js';

/**
 * Moves the request as far as it goes without anybody's further word: judges the running stages, opens what may open,
 * closes the request when nothing is left. Called after every event that may matter; all in one seq range (AE-SEQ-1).
 */
export function advance(transition: Transition): void {
  for (let moved = true; moved;)
    moved =
      judgeActive(transition) ||
      settleRejected(transition) ||
      walkDeferredAgain(transition) ||
      activateNext(transition);
  conclude(transition);
}

/** AE-Q-3: veto, pass, impossible, stay; for each running stage. True when one of them ended or opened a next seat. */
function judgeActive(transition: Transition): boolean {
  const { state, context } = transition;
  if (state.state !== 'PENDING') return false;
  for (const stage of state.stages.filter((s) => s.state === 'ACTIVE' && !isDecidedByChild(s))) {
    if (settleTrees(transition, stage)) return true;
    const outcome = quorumOutcome(
      stage.spec.quorum,
      votesOf(state, stage, context.directory),
      stage.spec.abstain,
    );
    switch (outcome) {
      case 'PASS':
        if (!isShortOfPersons(state, stage, context.directory)) {
          endStage(transition, stage, 'PASSED');
          return true;
        }
        if (waitForPersons(transition, stage)) return true;
        break;
      case 'REJECT':
        endStage(transition, stage, 'REJECTED');
        return true;
      case 'BLOCKED':
        if (skipIfDeferred(transition, stage)) return true;
        block(transition, stage, 'ALL_ABSTAINED');
        return true;
      case 'OPEN':
        if (lapseReturns(transition, stage) || openNextInLine(transition, stage)) return true;
    }
  }
  return false;
}

/**
 * AE-SOD-1 MIN_PERSONS: the last stage to pass waits for as many humans as the policy wants, whatever else has made it pass.
 * Nobody left to ask: it is blocked, for an admin to staff.
 */
function waitForPersons(transition: Transition, stage: Stage): boolean {
  if (seatsOf(transition.state, stage).some(isLive)) return openNextInLine(transition, stage);
  block(transition, stage, 'MIN_PERSONS');
  return true;
}

function block(transition: Transition, { id: stageId, visit }: Stage, code: string): void {
  transition.emit({ type: 'stage.blocked', stageId, visit, code, dropped: [], at: transition.context.now });
}

function endStage(transition: Transition, stage: Stage, state: 'PASSED' | 'REJECTED'): void {
  transition.cancelLiveSeats(stage, 'STAGE_DECIDED');
  transition.closeStage(stage, state, null);
}

/** 依次: the next WAITING seat opens when no earlier one is still live (AE-SEQ-1). */
function openNextInLine(transition: Transition, stage: Stage): boolean {
  if (stage.spec.mode !== 'SEQUENTIAL') return false;
  const { now, ladder, directory } = transition.context;
  const seats = seatsOf(transition.state, stage);
  const live = seats.filter(
    (seat) => seat.parentId === null && voteOf(seats, seat, directory)?.value === 'LIVE',
  );
  const waiting = live.filter(({ state }) => state === 'WAITING');
  const asked = live.filter(isReturnAsk);
  if (waiting.length + asked.length < live.length) return false;
  const next = waiting.sort((a, b) => a.ordinal - b.ordinal)[0];
  if (!next) return false;
  const fresh = ladder(stage.spec, next.holderId, now);
  const clock = next.rungs.length > 0 ? clockAgain(next, fresh) : fresh;
  transition.emit({ type: 'seat.opened', seatId: next.id, ...clock, at: now });
  coverAbsence(transition, transition.seat(next.id));
  return true;
}

/** A rejected stage ends its branch: at once, or when the siblings have given their opinions (AE-PAR-1). */
function settleRejected(transition: Transition): boolean {
  const { state } = transition;
  if (state.state !== 'PENDING') return false;
  const rejected = state.stages.find((stage) => stage.state === 'REJECTED');
  if (!rejected) return false;
  const siblings = state.stages.filter(
    (stage) => stage.spec.block === rejected.spec.block && stage.spec.branch !== rejected.spec.branch,
  );
  const waits =
    rejected.spec.onBranchReject === 'WAIT_ALL' &&
    siblings.some((stage) => opinionOutstanding(stage, siblings));
  if (waits) return false;
  const { onReject } = rejected.spec;
  const target =
    onReject.kind === 'RETURN_STAGE' ? state.stages.find(({ spec }) => spec.key === onReject.key) : undefined;
  if (onReject.kind === 'RETURN_INITIATOR') returnToInitiator(transition, rejected, null, 'NEXT');
  else if (target && target.state === 'PASSED' && precedes(target, rejected)) {
    returnToStage(transition, rejected, target, null, 'NEXT');
  } else endRejected(transition);
  return true;
}

/** A sibling still to be heard: running, or able to start because nothing before it in its branch failed. */
function opinionOutstanding(stage: Stage, siblings: readonly Stage[]): boolean {
  if (stage.state === 'ACTIVE' || stage.state === 'BLOCKED') return true;
  return isAhead(stage) && !siblings.some((other) => precedes(other, stage) && other.state === 'REJECTED');
}

function endRejected(transition: Transition): void {
  for (const stage of transition.state.stages.filter(
    (s) => s.state === 'ACTIVE' || s.state === 'BLOCKED' || isAhead(s),
  )) {
    transition.cancelLiveSeats(stage, 'BRANCH_REJECTED');
    transition.closeStage(stage, 'CANCELLED', 'BRANCH_REJECTED');
  }
  transition.closeRequest('REJECTED', null, null);
}

function activateNext(transition: Transition): boolean {
  const { state } = transition;
  if (state.state !== 'PENDING') return false;
  const next = state.stages.find((stage) => isAhead(stage) && mayStart(stage, state.stages));
  if (!next) return false;
  activate(transition, next);
  return true;
}

/** Everything before it passed or was skipped; a rejected sibling holds back whatever lies behind the join. */
function mayStart(stage: Stage, stages: readonly Stage[]): boolean {
  return stages.every((other) => !precedes(other, stage) || isPassed(other));
}
