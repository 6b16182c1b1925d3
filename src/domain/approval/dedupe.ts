import type { DirectorySnapshot } from '../org/directory.js';
import { answerCovers, seenEnvelope } from './envelope.js';
import type { ApprovalState, SameAs, Seat, Stage } from './model.js';
import { quorumOutcome } from './quorum.js';
import { isAhead, isDropped, isLive, isPassed, precedes, seatsOf, yesHolders } from './seats.js';
import { areDistinct } from './separation.js';
import { staffingOf } from './staffing.js';
import type { Transition } from './transition.js';
import { votesOf } from './tree.js';

/** Of a seat and of a stage whose approvers are asked in a later stage instead (AE-DUP-4). */
export const ASKED_LATER = 'ASKED_LATER';

/**
 * A stage has just begun: whoever said yes before is not asked the same again (AE-DUP-1 … AE-DUP-3), or is asked where they
 * sit last (AE-DUP-4). Part of the activation, so that a crash cannot lose it.
 */
export function dedupeStage(transition: Transition, stageId: string): void {
  const { dedupe } = transition.state;
  if (dedupe === 'LAST_COUNTS') deferSeats(transition, transition.stage(stageId));
  else if (dedupe !== 'NONE') approveSeats(transition, transition.stage(stageId));
}

function approveSeats(transition: Transition, stage: Stage): void {
  const { state, context } = transition;
  for (const seat of seatsOf(state, stage).filter(isLive)) {
    const earlier = earlierYes(state, stage, identityOf(context.directory, seat.holderId), context.directory);
    if (!earlier) continue;
    const envelope = seenEnvelope(stage.spec, state);
    transition.emit({ type: 'seat.deduped', seatId: seat.id, earlier, envelope, at: context.now });
  }
}

/** A yes that the human gave themselves in a stage before this one, in this round, on what still counts as the same content. */
function earlierYes(
  state: ApprovalState,
  stage: Stage,
  identity: string,
  directory: DirectorySnapshot,
): Extract<SameAs, { kind: 'EARLIER' }> | null {
  const before = state.stages.filter((other) => precedes(other, stage));
  const looked = state.dedupe === 'ADJACENT' ? lastOf(before) : before;
  for (const earlier of looked.filter((other) => mayStandFor(state, other, stage))) {
    for (const seat of seatsOf(state, earlier)) {
      const given = yesBehind(state, seat);
      if (given && identityOf(directory, given.actor) === identity) return given;
    }
  }
  return null;
}

/** The steps right before: what was skipped is no step, and where branches join there are several (AE-DUP-2). */
function lastOf(before: readonly Stage[]): Stage[] {
  const walked = before.filter(({ state }) => state !== 'SKIPPED');
  return walked.filter((stage) => !walked.some((other) => precedes(stage, other)));
}

/** The person's own decision that a seat's yes rests on; null when there is none, or it is about other content. */
function yesBehind(state: ApprovalState, seat: Seat): Extract<SameAs, { kind: 'EARLIER' }> | null {
  if (seat.state === 'AUTO_APPROVED' && seat.sameAs?.kind === 'EARLIER') {
    const { seatId } = seat.sameAs;
    const first = state.seats.find(({ id }) => id === seatId);
    return first ? yesBehind(state, first) : null;
  }
  const { decision } = seat;
  if (seat.state !== 'APPROVED' || decision?.action !== 'APPROVE' || decision.actor.startsWith('system:'))
    return null;
  if (!answerCovers(seat, state)) return null;
  const stageKey = state.stages.find(({ id }) => id === seat.stageId)?.spec.key ?? '';
  return { kind: 'EARLIER', seatId: seat.id, stageKey, actor: decision.actor, at: decision.at };
}

/** Whether a yes in one of the two stages may count in the other: not where what separates duties binds them apart. */
function mayStandFor({ separation }: ApprovalState, earlier: Stage, later: Stage): boolean {
  return later.spec.freshLook !== true && !areDistinct(separation, earlier.spec.key, later.spec.key);
}

/**
 * AE-DUP-4: seats whose people will be asked further on end as CANCELLED(ASKED_LATER); a stage of nobody else is skipped.
 * In a vote where one more yes might matter, people are asked all the same.
 */
function deferSeats(transition: Transition, stage: Stage): void {
  const at = transition.context.now;
  const deferred = deferrable(transition, stage);
  for (const { seatId, stageKey } of deferred)
    transition.emit({ type: 'seat.deferred', seatId, stageKey, at });
  if (deferred.length === 0 || deferred.length < seatsOf(transition.state, stage).length) return;
  transition.emit({ type: 'stage.skipped', stageId: stage.id, code: ASKED_LATER, dropped: [], at });
}

/** Live seats whose people a later stage asks, each with the last such stage; none where the stage needs them. */
function deferrable(transition: Transition, stage: Stage): { seatId: string; stageKey: string }[] {
  const { state } = transition;
  const behind = state.stages.filter((other) => precedes(stage, other) && mayStandFor(state, stage, other));
  const seats = seatsOf(state, stage);
  const asked = seats
    .filter((seat) => isLive(seat) && seat.parentId === null)
    .flatMap(({ id: seatId, holderId }) => {
      const later = behind.filter((other) => asks(transition, other, holderId)).at(-1);
      return later ? [{ seatId, stageKey: later.spec.key }] : [];
    });
  const rest = seats.length - asked.length;
  return rest === 0 || mayDoWithout(stage, rest) ? asked : [];
}

function mayDoWithout({ spec }: Stage, rest: number): boolean {
  const { quorum, minApprovals } = spec;
  const byOne = quorum.kind === 'ALL' || (quorum.kind === 'ANY' && quorum.first === 'ANY_ANSWER');
  return byOne && rest >= minApprovals;
}

/** Whether the stage asks the human, or has had their yes; of a stage still to come as it would be staffed now. */
function asks(transition: Transition, stage: Stage, personId: string): boolean {
  const { state, context } = transition;
  const { directory } = context;
  const same = (id: string) => identityOf(directory, id) === identityOf(directory, personId);
  if (isAhead(stage)) {
    if (stage.spec.resolver.kind === 'CHILD') return false;
    const { outcome, seats } = staffingOf(stage, state, directory);
    return outcome === 'SEATS' && seats.some(({ holderId }) => same(holderId));
  }
  return seatsOf(state, stage).some(
    (seat) =>
      (isLive(seat) && same(seat.holderId)) ||
      (seat.code === 'CARRIED' && same(seat.holderId)) ||
      same(yesBehind(state, seat)?.actor ?? ''),
  );
}

/**
 * A stage that was passed without somebody who was to be asked later, and is not any more, is walked again, before
 * anything behind it or the request itself can pass; the yes of others in it is carried (AE-DUP-4). True when one was.
 */
export function walkDeferredAgain(transition: Transition): boolean {
  const { state } = transition;
  if (state.state !== 'PENDING' || state.dedupe !== 'LAST_COUNTS') return false;
  const dropped = state.stages
    .filter((stage) => isPassed(stage) && !isDropped(stage) && lacksVote(transition, stage))
    .at(-1);
  if (!dropped) return false;
  transition.closeStage(dropped, 'INVALIDATED', 'NOT_ASKED_LATER', yesHolders(state, dropped));
  return true;
}

function lacksVote(transition: Transition, stage: Stage): boolean {
  const { state, context } = transition;
  const owed = seatsOf(state, stage).filter((seat) => isDeferred(seat) && !stands(transition, stage, seat));
  if (owed.length === 0) return false;
  const live = owed.map(({ holderId: person, weight, group }) => ({
    person,
    weight,
    group,
    value: 'LIVE' as const,
  }));
  const votes = [...votesOf(state, stage, context.directory), ...live];
  return quorumOutcome(stage.spec.quorum, votes, stage.spec.abstain) !== 'PASS';
}

/** Still to be asked in the stage named then, or asked or heard in any behind this one. */
function stands(transition: Transition, stage: Stage, seat: Seat): boolean {
  return transition.state.stages.some((later) => {
    if (!precedes(stage, later) || !mayStandFor(transition.state, stage, later)) return false;
    if (isAhead(later)) return seat.sameAs?.kind === 'LATER' && seat.sameAs.stageKey === later.spec.key;
    return asks(transition, later, seat.holderId);
  });
}

/** All that is left of a stage in which everybody else abstained are votes that are given later. True when it was skipped. */
export function skipIfDeferred(transition: Transition, stage: Stage): boolean {
  const { state, context } = transition;
  if (!seatsOf(state, stage).some(isDeferred)) return false;
  const at = context.now;
  transition.emit({ type: 'stage.skipped', stageId: stage.id, code: ASKED_LATER, dropped: [], at });
  return true;
}

/**
 * An answer in `stage`, given at `since`, was taken back. Stages before it that were walked again because it had ended without somebody, and
 * in which nobody has answered since, leave that to it once more (AE-TB-1).
 */
export function deferAgain(transition: Transition, stage: Stage, since: string): void {
  const { state } = transition;
  if (state.dedupe !== 'LAST_COUNTS') return;
  for (const next of state.stages.filter(
    (other) => precedes(other, stage) && waitsToBeWalkedAgain(other, since),
  ))
    standAsEnded(transition, next);
  const begun = state.stages.filter(
    ({ state: s, openedAt }) => s === 'ACTIVE' && openedAt !== null && openedAt >= since,
  );
  for (const again of begun.filter((other) => precedes(other, stage))) {
    const heard = seatsOf(transition.state, again).some(({ decision }) => decision !== null);
    const deferred = deferrable(transition, again);
    if (heard || deferred.length === 0) continue;
    if (wasLeftToLater(state, again, since)) leaveToLaterAgain(transition, again, deferred);
    else {
      transition.cancelLiveSeats(again, 'RETRACTED');
      transition.closeStage(again, 'INVALIDATED', 'RETRACTED', again.carriedYes);
    }
  }
}

/** Its visit before this one had ended before `since`, without the people who were left to a later stage. */
function wasLeftToLater({ seats }: ApprovalState, { id, visit }: Stage, since: string): boolean {
  const before = seats.filter((seat) => seat.stageId === id && seat.visit === visit - 1);
  return before.some(isDeferred) && before.every(({ closedAt }) => closedAt === null || closedAt < since);
}

/** It stands as it had ended: whoever had abstained in it is not asked a second time. */
function leaveToLaterAgain(
  transition: Transition,
  stage: Stage,
  deferred: readonly { seatId: string; stageKey: string }[],
): void {
  const at = transition.context.now;
  for (const { seatId, stageKey } of deferred)
    transition.emit({ type: 'seat.deferred', seatId, stageKey, at });
  transition.cancelLiveSeats(stage, 'RETRACTED');
  standAsEnded(transition, stage);
}

/** To be walked again because of the answer, but behind another such stage: nobody in it has been asked yet. */
function waitsToBeWalkedAgain({ state, code, closedAt }: Stage, since: string): boolean {
  return state === 'INVALIDATED' && code === 'NOT_ASKED_LATER' && closedAt !== null && closedAt >= since;
}

function standAsEnded(transition: Transition, stage: Stage): void {
  const at = transition.context.now;
  if (stage.carriedYes.length > 0) transition.closeStage(stage, 'PASSED', null, stage.carriedYes);
  else transition.emit({ type: 'stage.skipped', stageId: stage.id, code: ASKED_LATER, dropped: [], at });
}

/**
 * Of a stage that people sit in who were left to a later one: whose yes a new round on the same content takes over for it
 * (AE-RET-3), theirs included where they have said it by then. Null when there is nobody of that kind.
 */
export function yesWithDeferred(state: ApprovalState, stage: Stage): string[] | null {
  const deferred = seatsOf(state, stage).filter(isDeferred);
  if (deferred.length === 0) return null;
  const behind = state.stages.filter((later) => precedes(stage, later) && isPassed(later));
  const heard = behind.flatMap((later) => seatsOf(state, later)).map((seat) => yesBehind(state, seat)?.actor);
  const given = deferred.map(({ holderId }) => holderId).filter((id) => heard.includes(id));
  return [...yesHolders(state, stage), ...given];
}

function isDeferred({ code, sameAs }: Seat): boolean {
  return code === ASKED_LATER && sameAs?.kind === 'LATER';
}

function identityOf({ people }: DirectorySnapshot, personId: string): string {
  return people[personId]?.identity ?? personId;
}
