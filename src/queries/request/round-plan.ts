import type { Reader } from '../../db/prepared.js';
import { DomainError } from '../../domain/errors.js';
import type { Viewer } from '../org/scope.js';
import { mayReadRequest } from './access.js';
import { namesOf } from './person-ref.js';
import { plannedStageView, type PlanView } from './plan-view.js';
import { requestRounds } from './rounds.js';

/** The plan the present round was submitted with. @throws DomainError NOT_FOUND also when the viewer may not see it */
export async function readRoundPlan(db: Reader, viewer: Viewer, requestId: string): Promise<PlanView> {
  const round = (await mayReadRequest(db, viewer, requestId))
    ? (await requestRounds(db, requestId, viewer)).at(-1)
    : undefined;
  if (!round) throw new DomainError('NOT_FOUND');
  const { plan, ladders } = round;
  const nameOf = await namesOf(
    db,
    plan.stages.flatMap((stage) => stage.seats.map(({ holderId }) => holderId)),
  );
  return {
    planHash: round.plan_hash,
    lane: plan.stages.length === 0 ? 'AUTO' : 'APPROVAL',
    policy: { kind: round.policy_kind, version: round.policy_version },
    stages: plan.stages.map((stage) => plannedStageView(stage, { ladders }, nameOf)),
    notAsked: plan.notAsked.map(({ stageKey, title }) => ({ stageKey, title, why: 'no rule asked for it' })),
    problems: [],
  };
}
