import { Decimal } from 'decimal.js';
import type { EntityManager } from 'typeorm';
import type { RoundFacts } from '../../domain/approval/events.js';
import type { MatchedRow } from '../../domain/approval/model.js';
import type { StageSpec } from '../../domain/approval/stage-spec.js';
import { buildPlan, type Plan, type PlanInput } from '../../domain/approval/plan.js';
import { DEDUPE, RETRACT_MINUTES } from '../../domain/approval/policy.js';
import type { FactSnapshot } from '../../domain/approval/fact-source.js';
import { DomainError } from '../../domain/errors.js';
import type { DirectorySnapshot } from '../../domain/org/directory.js';
import { bindStages } from '../../policy/bind.js';
import { rulesAskingFor, weighTable } from '../../policy/evaluate.js';
import type { Facts } from '../../policy/facts.js';
import { hexDigest } from '../hash.js';
import { loadDirectory } from '../org/directory.js';
import { readSources, withSnapshots } from './fact-sources.js';
import { copiedByName, mustBeKnown, namedIn, unitsIn } from './named.js';
import { measuredOf } from './measures.js';
import { planChanges, planHash } from './plan-hash.js';
import { approvalPolicyAt, type ApprovalPolicy } from './policy-content.js';
import type { RoundWho } from './snapshot.js';
import type { ApprovalSubject } from './subject.js';

export interface PlanRequest {
  subject: ApprovalSubject;
  initiatorId: string;
  /** whom the initiator chose, for stages that let them choose (AE-PLAN-5) */
  approverIds?: readonly string[];
  /** whom the initiator wants to be sent a copy (AE-CC-1) */
  ccPersonIds?: readonly string[];
  /** ISO instant */
  at: string;
  /** the version that judges it, when that is not the one in force */
  policy?: ApprovalPolicy | null;
  /** what was read from the books before, and goes on being so; left out: it is read now */
  snapshots?: readonly FactSnapshot[];
}

export interface PlannedRound {
  policy: ApprovalPolicy;
  rows: readonly MatchedRow[];
  plan: Plan;
  planHash: string;
  facts: RoundFacts;
  directory: DirectorySnapshot;
  who: RoundWho;
  /** why stages are not asked, by stage key */
  notAskedFor: Readonly<Record<string, NotAsked>>;
}

export interface PlannedSubject extends PlannedRound {
  subject: ApprovalSubject;
}

/** Rules that hold but lie below a higher level of their group; if there are none, the rules that do not hold. */
export interface NotAsked {
  met: readonly string[];
  unmet: readonly string[];
}

/**
 * Policy, matched rows, people, plan: the one way to them for preview, submission and resubmission (AE-PLAN-1).
 * @throws DomainError NO_POLICY_ROW · POLICY_ERROR · ORG_CYCLE · PERSON_UNKNOWN · UNIT_UNKNOWN
 */
export async function planSubject(tx: EntityManager, request: PlanRequest): Promise<PlannedSubject> {
  const { at } = request;
  const policy = request.policy ?? (await approvalPolicyAt(tx, request.subject.policyKind, at));
  const snapshots =
    request.snapshots ?? (await readSources(tx, request.subject, policy.content.sources ?? [], at));
  const subject = withSnapshots(request.subject, snapshots);
  const facts = roundFacts({ ...request, subject }, policy, snapshots);
  const { approverIds, ccPersonIds } = request;
  const round = { policy, facts, inputs: subject.facts, approverIds, ccPersonIds, at };
  return { subject, ...(await planRound(tx, round)) };
}

export interface RoundRequest {
  policy: ApprovalPolicy;
  facts: RoundFacts;
  /** what the decision table sees */
  inputs: Facts;
  approverIds?: readonly string[] | undefined;
  ccPersonIds?: readonly string[] | undefined;
  /** ISO instant */
  at: string;
}

/**
 * As planSubject, on facts that are known already.
 * @throws DomainError NO_POLICY_ROW · POLICY_ERROR · ORG_CYCLE · PERSON_UNKNOWN · UNIT_UNKNOWN
 */
export async function planRound(tx: EntityManager, request: RoundRequest): Promise<PlannedRound> {
  const { policy, facts, at, approverIds = [] } = request;
  const { rows, outranked } = await weighTable(policy.content, request.inputs);
  const asked = new Set(rows.flatMap(({ stageKeys }) => stageKeys));
  const stages = bindStages(policy.content.stages, asked, request.inputs);
  const directory = await loadDirectory(tx, {
    personIds: [
      ...facts.selfIds,
      ...approverIds,
      ...(request.ccPersonIds ?? []),
      ...copiedByName(policy.content),
      ...stages.flatMap(({ resolver }) => namedIn(resolver)),
    ],
    unitIds: [facts.unitId, ...stages.flatMap(({ resolver }) => unitsIn(resolver))],
    at,
  });
  mustBeKnown(stages, directory);
  const who = whoOf(facts, approverIds);
  const plan = planFor(who, {
    rows,
    stages,
    separation: policy.content.separation,
    directory,
    policyVersion: policy.version,
  });
  const notAskedFor = Object.fromEntries(
    plan.notAsked.map(({ stageKey }) => {
      const met = outranked.filter((row) => row.stageKeys.includes(stageKey)).map(({ rule }) => rule);
      return [stageKey, { met, unmet: rulesAskingFor(policy.content, stageKey) }];
    }),
  );
  return {
    policy,
    rows,
    plan,
    planHash: planHash(plan, policy),
    facts,
    directory,
    who,
    notAskedFor,
  };
}

/**
 * The plan for people as they are stored with a round; preview, submission and what-if have no other.
 * @throws DomainError POLICY_ERROR · ORG_CYCLE
 */
export function planFor(who: RoundWho, input: Omit<PlanInput, 'who'>): Plan {
  return buildPlan({ ...input, who: { ...who, chosen: choices(input.stages, who.approverIds) } });
}

function whoOf(facts: RoundFacts, approverIds: readonly string[]): RoundWho {
  const { initiatorId, selfIds, beneficiaryIds, unitId, exposure, policy, requestKind } = facts;
  return {
    initiatorId,
    selfIds,
    beneficiaryIds,
    unitId,
    exposure,
    policy: { kind: policy.kind },
    ...(requestKind ? { requestKind } : {}),
    approverIds,
  };
}

/** @throws DomainError PLAN_CHANGED with what changed, when the organisation or the policy moved since the preview */
export function mustBeAsPreviewed(
  planned: PlannedSubject,
  previewed: { planHash?: string | undefined; acceptPlanChange?: boolean | undefined },
): void {
  if (
    previewed.planHash === undefined ||
    previewed.acceptPlanChange ||
    previewed.planHash === planned.planHash
  )
    return;
  const { people } = planned.directory;
  const diff = planChanges(previewed.planHash, planned.plan).map(({ personIds, ...change }) => ({
    ...change,
    people: personIds.map((id) => ({ id, name: people[id]?.name ?? id, title: people[id]?.title ?? null })),
  }));
  throw new DomainError('PLAN_CHANGED', {
    planHash: planned.planHash,
    policyVersion: planned.policy.version,
    diff,
  });
}

/** What of a round's facts follows from the content alone. */
export function contentFacts(
  subject: ApprovalSubject,
  policy: ApprovalPolicy,
  snapshots: readonly FactSnapshot[] = [],
): Pick<RoundFacts, 'exposure' | 'subjectHash' | 'measured'> {
  const measured = measuredOf(subject, policy.content.stages, snapshots);
  return {
    exposure: subject.exposure && {
      ...subject.exposure,
      amount: new Decimal(subject.exposure.amount).toFixed(),
    },
    subjectHash: hexDigest(subject.content),
    ...(measured ? { measured } : {}),
  };
}

function roundFacts(
  { subject, initiatorId }: PlanRequest,
  policy: ApprovalPolicy,
  snapshots: readonly FactSnapshot[],
): RoundFacts {
  return {
    initiatorId,
    selfIds: [...new Set([initiatorId, subject.ownerId, ...subject.beneficiaryIds])],
    beneficiaryIds: subject.beneficiaryIds,
    unitId: subject.unitId,
    ...(subject.requestKind ? { requestKind: subject.requestKind } : {}),
    ...(snapshots.length === 0 ? {} : { snapshots }),
    ...contentFacts(subject, policy, snapshots),
    ...policyFacts(policy, { isPart: subject.parentRequestId !== undefined }),
  };
}

/** What a round takes over from its policy. @param isPart of another request: it is not taken back alone (AE-CHILD-1) */
export function policyFacts(
  { kind, version, id, content }: ApprovalPolicy,
  { isPart }: { isPart: boolean },
): Pick<
  RoundFacts,
  'policy' | 'withdrawPolicy' | 'retractMinutes' | 'effectDelayMinutes' | 'dedupe' | 'separation'
> {
  return {
    policy: { kind, version, id },
    withdrawPolicy: isPart ? 'NEVER' : content.withdraw,
    retractMinutes: content.retractMinutes ?? RETRACT_MINUTES,
    effectDelayMinutes: content.effectDelayMinutes ?? 0,
    dedupe: content.dedupe ?? DEDUPE,
    separation: content.separation ?? [],
  };
}

function choices(
  stages: readonly StageSpec[],
  approverIds: readonly string[],
): Record<string, readonly string[]> {
  const open = stages.filter(({ resolver }) => resolver.kind === 'INITIATOR_CHOICE');
  return Object.fromEntries(open.map(({ key }) => [key, approverIds]));
}
