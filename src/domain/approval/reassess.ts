import { advance } from './advance.js';
import type { ApprovalCommand } from './command.js';
import { askedAs, begunAnew } from './edit-stages.js';
import type { Stage } from './model.js';
import type { PlannedStage } from './plan.js';
import { isAnswered, replanned } from './replanned.js';
import { isDropped } from './seats.js';
import type { Transition } from './transition.js';

/**
 * The content is as it was, but what it is judged by has moved: prices, costs, exchange rates. Whoever is newly needed is
 * asked as well; nobody who is asked is left out, and no answer is taken from anybody (processes.md 3.2, events during
 * approval). A stage that cannot be staffed is asked all the same, and blocked for an admin to see: never passed over.
 */
export function reassess(
  transition: Transition,
  { facts, plan, cause, changes }: Extract<ApprovalCommand, { type: 'REASSESS' }>,
): void {
  const { state, context } = transition;
  const isSettled = state.state !== 'PENDING' || state.effectAt !== null;
  if (isSettled || facts.subjectHash !== state.subjectHash || changes.length === 0) return;
  const { measured, exposure } = facts;
  const known = state.stages.map((stage) => neededAgain(stage, plan.stages));
  const standing = known.filter((stage) => isAnswered(transition, stage));
  const { stages, fresh } = replanned(transition, known, standing, { facts, plan });
  const revived = known.filter((stage, index) => stage !== state.stages[index]);
  transition.emit({
    type: 'request.reassessed',
    cause,
    changes,
    ...(measured ? { measured } : {}),
    exposure,
    stages,
    added: [...fresh.map(({ spec }) => spec.key), ...revived.map(({ spec }) => spec.key)],
    at: context.now,
  });
  advance(transition);
}

/** A stage that an edit had made needless is asked once it is needed again. */
function neededAgain(stage: Stage, planned: readonly PlannedStage[]): Stage {
  const needed = planned.find(({ spec }) => spec.key === stage.spec.key);
  return needed && isDropped(stage) ? begunAnew(askedAs(stage, needed)) : stage;
}
