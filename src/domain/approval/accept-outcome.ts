import { DomainError } from '../errors.js';
import { advance } from './advance.js';
import type { ApprovalCommand } from './command.js';
import { mustSayWhy } from './eligible.js';
import type { Stage } from './model.js';
import { isSelf } from './resolve.js';
import { resumeClocks } from './retime.js';
import { isTerminal, seatsOf } from './seats.js';
import { Transition } from './transition.js';

/** Blocked since a seat that went by itself would have decided it: somebody left, or the reporting line has a level less. */
export function isBlockedByShrink({ state, code }: Pick<Stage, 'state' | 'code'>): boolean {
  return state === 'BLOCKED' && (code === 'LEAVER' || code === 'ORG_CHANGED');
}

/**
 * AE-LEAVE-2: a stage that a leaver's seat would have decided by going waits for an admin, who staffs it anew or, here,
 * lets the votes that are left decide. The admin is neither initiator nor sits in the stage. Should they not decide
 * (somebody answered meanwhile), the stage goes on.
 * @throws DomainError REQUEST_CLOSED · NOT_FOUND · STAGE_NOT_BLOCKED by a seat that went · SOD_INITIATOR · REMOVE_FORBIDDEN sits in
 *   it · LAST_SEAT nobody voted: there is no outcome · REQUIREMENT_MISSING
 */
export function acceptOutcome(
  transition: Transition,
  { stageId, reason }: Extract<ApprovalCommand, { type: 'ACCEPT_OUTCOME' }>,
): void {
  const { state, context } = transition;
  if (isTerminal(state.state))
    throw new DomainError('REQUEST_CLOSED', { requestState: state.state, seq: state.seq });
  const stage = transition.stage(stageId);
  if (!isBlockedByShrink(stage))
    throw new DomainError('STAGE_NOT_BLOCKED', { stageState: stage.state, code: stage.code });
  const admin = context.directory.people[context.actor.id];
  if (!admin || isSelf(admin, state, context.directory)) throw new DomainError('SOD_INITIATOR');
  if (seatsOf(state, stage).some(({ holderId }) => holderId === admin.id))
    throw new DomainError('REMOVE_FORBIDDEN', { stageId });
  mustSayWhy(reason);
  const accepted = (outcome: 'PASSED' | 'REJECTED' | 'ACTIVE') =>
    ({ type: 'stage.outcome-accepted', stageId, outcome, reason, at: context.now }) as const;
  const trial = new Transition(state, context);
  trial.emit(accepted('ACTIVE'));
  advance(trial);
  const projected = trial.stage(stageId).state;
  if (projected === 'BLOCKED') throw new DomainError('LAST_SEAT', { stageId });
  if (stage.openedAt) resumeClocks(transition, stage, stage.openedAt);
  transition.emit(accepted(projected === 'PASSED' || projected === 'REJECTED' ? projected : 'ACTIVE'));
  advance(transition);
}
