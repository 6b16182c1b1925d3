import { DomainError } from '../errors.js';
import { advance } from './advance.js';
import type { ApprovalCommand } from './command.js';
import { mustSayWhy } from './eligible.js';
import type { Seat, Stage } from './model.js';
import { isSelf } from './resolve.js';
import { isLive, isTerminal, seatsOf, stageOf } from './seats.js';
import { Transition } from './transition.js';
import { votesOf } from './tree.js';

type Remove = Extract<ApprovalCommand, { type: 'REMOVE' }>;

/**
 * AE-REM-1 … AE-REM-5: takes an open seat and what was added below it out of the stage (减签). Added seats by whoever
 * added them or an approval admin; seats of the policy only by an admin who is neither initiator nor sits in the stage. If
 * that alone would decide the stage, it is refused with the outcome until the caller accepts it.
 * @throws DomainError REQUEST_CLOSED NOT_FOUND STAGE_CLOSED SEAT_DECIDED REMOVE_FORBIDDEN LAST_SEAT QUORUM_UNREACHABLE
 *   OUTCOME_CHANGE REQUIREMENT_MISSING
 */
export function removeSeat(transition: Transition, command: Remove): void {
  const { state } = transition;
  if (isTerminal(state.state))
    throw new DomainError('REQUEST_CLOSED', { requestState: state.state, seq: state.seq });
  const seat = transition.seat(command.seatId);
  const stage = stageOf(state, seat);
  mustBeRemovable(transition, stage, seat, command);
  mustSayWhy(command.reason);
  mustLeaveEnough(transition, stage, seat);
  const trial = new Transition(state, transition.context);
  const how = { code: 'REMOVED', reason: command.reason };
  takeOut(trial, seat, how);
  advance(trial);
  const projected = trial.stage(stage.id).state;
  if (projected !== 'ACTIVE' && !command.acceptOutcome)
    throw new DomainError('OUTCOME_CHANGE', { projected, requestState: trial.state.state });
  takeOut(transition, seat, how);
  advance(transition);
}

function mustBeRemovable(
  { state, context }: Transition,
  stage: Stage,
  seat: Seat,
  { asAdmin }: Remove,
): void {
  if (seat.decision) throw new DomainError('SEAT_DECIDED', { seatState: seat.state, seq: state.seq });
  if (!isLive(seat) || stage.state !== 'ACTIVE')
    throw new DomainError('STAGE_CLOSED', { stageState: stage.state });
  const { actor, directory } = context;
  const isAdder = seat.added !== null && seat.added.by === actor.id;
  const person = directory.people[actor.id];
  const sits = seatsOf(state, stage).some(
    ({ holderId, state: s }) => holderId === actor.id && s !== 'REMOVED',
  );
  const isNeutral = person !== undefined && !isSelf(person, state, directory) && !sits;
  if (!isAdder && !(asAdmin && (seat.added !== null || isNeutral)))
    throw new DomainError('REMOVE_FORBIDDEN', { origin: seat.origin });
}

/** AE-REM-2: somebody is left to answer, and as many as the stage asks for. */
export function mustLeaveEnough({ state, context }: Transition, stage: Stage, seat: Seat): void {
  if (seat.parentId !== null) return;
  const left = votesOf(state, stage, context.directory).length - 1;
  if (left === 0) throw new DomainError('LAST_SEAT');
  if (left < stage.spec.minApprovals)
    throw new DomainError('QUORUM_UNREACHABLE', { left, minApprovals: stage.spec.minApprovals });
}

/** Takes a seat and whatever is live below it out of its stage; what that decides is for the caller to look at. */
export function takeOut(
  transition: Transition,
  seat: Seat,
  { code, reason }: { code: string; reason: string },
): void {
  const at = transition.context.now;
  const out = (one: Seat): void => {
    if (isLive(one))
      transition.emit({ type: 'seat.closed', seatId: one.id, state: 'REMOVED', code, reason, at });
    for (const below of transition.state.seats.filter(({ parentId }) => parentId === one.id)) out(below);
  };
  out(seat);
}
