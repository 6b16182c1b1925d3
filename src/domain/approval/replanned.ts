import { covers, seenEnvelope } from './envelope.js';
import type { RoundFacts } from './events.js';
import type { Stage } from './model.js';
import { byPosition, type Plan, type PlannedStage } from './plan.js';
import { isYes, precedes, seatsOf } from './seats.js';
import { freshStage } from './submit.js';
import type { Transition } from './transition.js';

/** A round's stages on another content, or on other facts, in the order they are walked. */
export interface Replanned {
  stages: Stage[];
  /** of them, those that are new */
  fresh: PlannedStage[];
}

/**
 * The stages there are, as they are from now on, and those that the plan newly asks for.
 * @param standing stages whose yes goes on, or is given right now
 */
export function replanned(
  transition: Transition,
  known: readonly Stage[],
  standing: readonly Stage[],
  { facts, plan }: { facts: Pick<RoundFacts, 'subjectHash' | 'measured'>; plan: Plan },
): Replanned {
  const { state, context } = transition;
  const fresh = plan.stages.flatMap((planned) => {
    if (known.some(({ spec }) => spec.key === planned.spec.key)) return [];
    const stage = freshStage(planned, context.newId());
    const isBelow = standing.some((one) => one.spec.branch === stage.spec.branch && precedes(stage, one));
    const answersFor = stage.spec.envelope?.length ?? 0;
    // a level below one that says yes, for what has become no worse: the level above has answered for it
    if (isBelow && answersFor > 0 && covers(seenEnvelope(stage.spec, state), facts)) return [];
    return [{ planned, stage }];
  });
  return {
    stages: [...known, ...fresh.map(({ stage }) => stage)].sort((a, b) => byPosition(a.spec, b.spec)),
    fresh: fresh.map(({ planned }) => planned),
  };
}

/** Whether somebody's yes has passed the stage. */
export function isAnswered({ state }: Transition, stage: Stage): boolean {
  return stage.state === 'PASSED' && seatsOf(state, stage).some(isYes);
}
