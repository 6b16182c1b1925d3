import { advance } from './advance.js';
import type { ApprovalCommand } from './command.js';
import type { Stage } from './model.js';
import { isShortOfPersons } from './separation.js';
import { isDecidedByChild } from './seats.js';
import type { Transition } from './transition.js';

/**
 * AE-CHILD-1: the request that decides a stage has ended. Its yes passes the stage if it covers the content as it is
 * now; whatever else it ended as is a no. One that could not be opened blocks the stage, for an admin to staff. Of a
 * stage that no longer waits for this child, nothing happens.
 */
export function childEnded(
  transition: Transition,
  { stageId, childId, end }: Extract<ApprovalCommand, { type: 'CHILD_ENDED' }>,
): void {
  const { state } = transition;
  const stage = state.stages.find(({ id }) => id === stageId);
  if (state.state !== 'PENDING' || !stage || !isDecidedByChild(stage) || stage.childId !== childId) return;
  if (end.state === 'NOT_OPENED') block(transition, stage, end.code);
  else if (end.state !== 'APPROVED') transition.closeStage(stage, 'REJECTED', `CHILD_${end.state}`);
  else if (end.subjectHash !== state.subjectHash) block(transition, stage, 'CHILD_STALE');
  else if (isShortOfPersons(state, stage, transition.context.directory))
    block(transition, stage, 'MIN_PERSONS');
  else transition.closeStage(stage, 'PASSED', null);
  advance(transition);
}

function block(transition: Transition, stage: Stage, code: string): void {
  const at = transition.context.now;
  transition.emit({ type: 'stage.blocked', stageId: stage.id, visit: stage.visit, code, dropped: [], at });
}
