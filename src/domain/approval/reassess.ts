import { advance } from './advance.js';
import type { ApprovalCommand } from './command.js';
import type { Stage } from './model.js';
import { byPosition, type PlannedStage } from './plan.js';
import { isDropped } from './seats.js';
import { fixedPersons, freshStage } from './submit.js';
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
  const fresh = plan.stages.filter(({ spec }) => !known.some((stage) => stage.spec.key === spec.key));
  const stages = [...known, ...fresh.map((planned) => freshStage(planned, context.newId()))];
  const revived = known.filter((stage, index) => stage !== state.stages[index]);
  transition.emit({
    type: 'request.reassessed',
    cause,
    changes,
    ...(measured ? { measured } : {}),
    exposure,
    stages: stages.sort((a, b) => byPosition(a.spec, b.spec)),
    added: [...fresh.map(({ spec }) => spec.key), ...revived.map(({ spec }) => spec.key)],
    at: context.now,
  });
  advance(transition);
}

/** A stage that an edit had made needless is asked once it is needed again. */
function neededAgain(stage: Stage, planned: readonly PlannedStage[]): Stage {
  const needed = planned.find(({ spec }) => spec.key === stage.spec.key);
  if (!needed || !isDropped(stage)) return stage;
  const { spec, why } = needed;
  const state = stage.visit === 0 ? ('PLANNED' as const) : ('INVALIDATED' as const);
  return {
    ...stage,
    spec,
    why,
    fixedPersonIds: fixedPersons(needed),
    state,
    code: null,
    carriedYes: [],
    carried: [],
    closedAt: null,
  };
}
