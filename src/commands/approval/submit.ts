import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { ApprovalState } from '../../domain/approval/model.js';
import { DomainError } from '../../domain/errors.js';
import { beginAggregate } from '../events.js';
import type { CommandMeta } from '../transaction.js';
import { judge, type Decided, type Held } from './apply.js';
import { contextFor, contextOf } from './context.js';
import { apply, openRequest } from './family.js';
import { mustBeAllowed } from './named.js';
import { mustBeAsPreviewed, planSubject, type PlannedSubject, type PlanRequest } from './planning.js';
import { pinnedFor } from './policy-content.js';
import { refreshSubject, saveRound } from './round.js';
import type { ApprovalSubject, SubjectKind } from './subject.js';
import { subjectOwner } from './subjects.js';
import { lockRequest, lockVisible, mustHaveVersion, type ReadRight } from './request-lock.js';

export type By = Pick<CommandMeta, 'actor' | 'correlationId'>;

export interface SubmitOptions {
  /** the preview's planHash; when given, a plan that moved since is refused unless acceptPlanChange (AE-PLAN-1) */
  planHash?: string | undefined;
  acceptPlanChange?: boolean | undefined;
  approverIds?: readonly string[] | undefined;
  comment?: string | null | undefined;
  /** whom the submitter wants to be sent a copy (AE-CC-1) */
  ccPersonIds?: readonly string[] | undefined;
}

/** What callers learn of a request they opened. */
export type Submitted = {
  requestId: string;
  seq: number;
  state: ApprovalState['state'];
  round: number;
  /** the returner asked for a direct way back, which the new content or policy no longer allows (AE-RET-3) */
  resumeDowngraded: boolean;
};

/**
 * Opens an approval for a subject, inside the transaction of the module that owns it. The person of `by` is the
 * initiator. Tells the subject's owner (`opened`, and `closed` when nobody needs to be asked) and its process.
 * @throws DomainError OPEN_REQUEST_EXISTS · PLAN_CHANGED · NO_APPROVER · APPROVER_NOT_ALLOWED · NO_POLICY_ROW · POLICY_ERROR · ORG_CYCLE
 */
export async function submitForApproval(
  tx: EntityManager,
  by: By,
  kind: SubjectKind,
  subjectId: string,
  options: SubmitOptions = {},
): Promise<Submitted> {
  if (by.actor.kind !== 'PERSON') throw new DomainError('FORBIDDEN', { reason: 'a person submits' });
  const subject = await subjectOwner(kind).load(tx, subjectId);
  await mustBeFree(tx, subject);
  const requestId = uuidv7();
  const head = await beginAggregate(tx, 'request', requestId);
  const planned = await plan(tx, subject, { initiatorId: by.actor.id, at: head.now }, options);
  const context = await contextOf(tx, {
    actor: by.actor,
    now: head.now,
    content: planned.policy.content,
    directory: planned.directory,
  });
  const decided = judge(
    null,
    {
      type: 'SUBMIT',
      requestId,
      facts: planned.facts,
      plan: planned.plan,
      ccPersonIds: options.ccPersonIds ?? [],
    },
    context,
  );
  const cause = { ...by, cause: 'SUBMIT', comment: options.comment ?? null };
  if (!(await openRequest(tx, head, planned, decided, cause))) {
    await mustBeFree(tx, subject);
    throw new DomainError('OPEN_REQUEST_EXISTS');
  }
  return submitted(decided);
}

/**
 * AE-RES-1: the initiator answers a return with a new round, on the subject as it is now and the policy of now, or the one it is pinned to.
 * @throws DomainError NOT_FOUND · NOT_RETURNED · REQUEST_CLOSED · NOT_INITIATOR · STALE_VERSION · as submitForApproval
 */
export async function resubmitForApproval(
  tx: EntityManager,
  by: By,
  requestId: string,
  options: SubmitOptions & { expectedVersion?: number | undefined; sees?: ReadRight | undefined },
): Promise<Submitted> {
  const held = await lockVisible(tx, requestId, by.actor, options.sees);
  mustBeReturned(held.before, by);
  return nextRound(tx, by, held, options, { type: 'RESUBMIT', initiatorId: held.before.initiatorId });
}

/**
 * AE-ENV-3: a subject that was changed beyond its approval goes into a new round of the same request, which asks only
 * what the change broke or newly needs. Whoever submits the change is its initiator.
 * @throws DomainError NOT_FOUND · NOT_APPROVED · NOT_STALE · as submitForApproval
 */
export async function submitAmendment(
  tx: EntityManager,
  by: By,
  requestId: string,
  options: SubmitOptions = {},
): Promise<Submitted> {
  if (by.actor.kind !== 'PERSON') throw new DomainError('FORBIDDEN', { reason: 'a person submits' });
  const held = await lockRequest(tx, requestId);
  return nextRound(tx, by, held, options, { type: 'SUBMIT_AMENDMENT', initiatorId: by.actor.id });
}

async function nextRound(
  tx: EntityManager,
  by: By,
  held: Held & { before: ApprovalState },
  options: SubmitOptions & { expectedVersion?: number | undefined },
  { type, initiatorId }: { type: 'RESUBMIT' | 'SUBMIT_AMENDMENT'; initiatorId: string },
): Promise<Submitted> {
  const owner = subjectOwner(held.kind);
  const subject = await owner.load(tx, held.subjectId);
  const { now } = held.head;
  const policy = await pinnedFor(tx, held.before.policy.id);
  const planned = await plan(tx, subject, { initiatorId, at: now, policy }, options);
  const { people, heads = {} } = planned.directory;
  const { content } = planned.policy;
  // whoever said yes in the round before is judged, too
  const known = { others: Object.keys(people), unitIds: Object.keys(heads) };
  const context = await contextFor(tx, held.before, { actor: by.actor, now, content, ...known });
  const { facts } = planned;
  const { ccPersonIds = [] } = options;
  const decided = judge(held.before, { type, facts, plan: planned.plan, ccPersonIds }, context);
  mustHaveVersion(held.before, options.expectedVersion);
  await refreshSubject(tx, held.before.id, subject);
  await saveRound(tx, planned, decided, { comment: options.comment ?? null, submittedBy: initiatorId });
  await owner.opened(tx, subject, held.before.id);
  await apply(tx, held, decided, { ...by, cause: type });
  return submitted(decided);
}

async function plan(
  tx: EntityManager,
  subject: ApprovalSubject,
  how: Pick<PlanRequest, 'initiatorId' | 'at' | 'policy'>,
  options: SubmitOptions,
): Promise<PlannedSubject> {
  const planned = await planSubject(tx, {
    subject,
    ...how,
    approverIds: options.approverIds ?? [],
    ccPersonIds: options.ccPersonIds ?? [],
  });
  mustBeAllowed(planned.plan, options.approverIds ?? []);
  mustBeAsPreviewed(planned, options);
  return planned;
}

/** AE-START-1: one open request per subject. A second one waiting for the first to commit ends here as well. */
async function mustBeFree(tx: EntityManager, subject: ApprovalSubject): Promise<void> {
  const [open] = await tx.query<{ id: string; state: string }[]>(
    `SELECT id, state FROM approval_request WHERE kind = $1 AND subject_id = $2 AND state IN ('PENDING', 'RETURNED')`,
    [subject.kind, subject.id],
  );
  if (open)
    throw new DomainError('OPEN_REQUEST_EXISTS', { openRequestId: open.id, requestState: open.state });
}

/** Refused before anything is evaluated: whoever may not resubmit learns nothing of the plan. */
function mustBeReturned(before: ApprovalState, by: By): void {
  if (before.state === 'RETURNED' && by.actor.id !== before.initiatorId)
    throw new DomainError('NOT_INITIATOR');
  if (before.state === 'PENDING')
    throw new DomainError('NOT_RETURNED', { requestState: before.state, seq: before.seq });
  if (before.state !== 'RETURNED')
    throw new DomainError('REQUEST_CLOSED', { requestState: before.state, seq: before.seq });
}

function submitted({ events, after }: Decided): Submitted {
  const opening = events.find((event) => event.type === 'request.submitted');
  return {
    requestId: after.id,
    seq: after.seq,
    state: after.state,
    round: after.round,
    resumeDowngraded: opening?.type === 'request.submitted' && opening.resumeDowngraded,
  };
}
