import type { EntityManager } from 'typeorm';
import type { Actor } from '../../domain/actor.js';
import type { ApprovalContext } from '../../domain/approval/command.js';
import type { RoundFacts } from '../../domain/approval/events.js';
import type { ApprovalState } from '../../domain/approval/model.js';
import { contextFor } from './context.js';
import { chosenApprovers } from './migrate.js';
import { namedIn, unitsIn } from './named.js';
import { contentFacts, planRound, type PlannedRound } from './planning.js';
import { approvalPolicyOf } from './policy-content.js';
import type { ApprovalSubject } from './subject.js';

/** An open request on another content, or on other facts. */
export interface Replan {
  facts: RoundFacts;
  planned: PlannedRound;
  context: ApprovalContext;
}

/**
 * The path of an open request on a subject as it would be, or is by now: under the policy the round has pinned, with
 * whom its initiator chose.
 * @param subject with what was read from the books (`withSnapshots`)
 * @throws DomainError as planRound
 */
export async function replan(
  tx: EntityManager,
  state: ApprovalState,
  subject: ApprovalSubject,
  { actor, now, snapshots }: { actor: Actor; now: string; snapshots: ApprovalState['snapshots'] },
): Promise<Replan> {
  const policy = await approvalPolicyOf(tx, state.policy.id);
  const facts = {
    ...pinnedFacts(state),
    ...contentFacts(subject, policy, snapshots),
    ...(snapshots ? { snapshots } : {}),
  };
  const approverIds = await chosenApprovers(tx, state);
  const planned = await planRound(tx, { policy, facts, inputs: subject.facts, approverIds, at: now });
  const resolvers = planned.plan.stages.map(({ spec }) => spec.resolver);
  const context = await contextFor(tx, state, {
    actor,
    now,
    others: [...approverIds, ...resolvers.flatMap(namedIn)],
    unitIds: resolvers.flatMap(unitsIn),
  });
  return { facts, planned, context };
}

/** What stays as the round has it. */
function pinnedFacts(state: ApprovalState) {
  const { initiatorId, selfIds, beneficiaryIds, unitId, policy, withdrawPolicy, separation } = state;
  const { retractMinutes, effectDelayMinutes, dedupe, requestKind } = state;
  return {
    initiatorId,
    selfIds,
    beneficiaryIds,
    unitId,
    policy,
    withdrawPolicy,
    separation,
    ...(requestKind ? { requestKind } : {}),
    retractMinutes,
    effectDelayMinutes,
    dedupe,
  };
}
