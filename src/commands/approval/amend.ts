import type { EntityManager } from 'typeorm';
import type { Stale } from '../../domain/approval/earlier.js';
import type { ApprovalState } from '../../domain/approval/model.js';
import { DomainError } from '../../domain/errors.js';
import { judge, type Held } from './apply.js';
import { contextOf } from './context.js';
import { apply } from './family.js';
import { planSubject } from './planning.js';
import { approvalPolicyOf } from './policy-content.js';
import { refreshSubject } from './round.js';
import type { By } from './submit.js';
import { subjectOwner } from './subjects.js';

/**
 * AE-ENV-3: the approved subject has been changed in this transaction. Its owner locks the request before the subject, as
 * every command of a request does.
 * @returns what the change broke; null: it is inside what was approved, and the approval stands on it
 * @throws DomainError NOT_APPROVED · NO_POLICY_ROW · POLICY_ERROR · ORG_CYCLE
 */
export async function subjectChanged(
  tx: EntityManager,
  by: By,
  held: Held & { before: ApprovalState },
): Promise<Stale | null> {
  const subject = await subjectOwner(held.kind).load(tx, held.subjectId);
  const policy = await approvalPolicyOf(tx, held.before.policy.id);
  const { now } = held.head;
  const { initiatorId, snapshots = [] } = held.before;
  const round = { subject, initiatorId, at: now, policy, snapshots };
  const { directory, facts, plan } = await planSubject(tx, round);
  const context = await contextOf(tx, { actor: by.actor, now, content: policy.content, directory });
  const decided = judge(held.before, { type: 'AMEND', facts, plan }, context);
  await refreshSubject(tx, held.before.id, subject);
  await apply(tx, held, decided, { ...by, cause: 'AMEND' });
  return decided.after.stale ?? null;
}

/**
 * AE-ENV-4: what is about to leave the house is what was approved. Called under the subject's lock, in the transaction
 * that sends it; the request's row stays locked until then, so that neither a change nor a revocation slips in between.
 * @throws DomainError NOT_COVERED
 */
export async function assertApproved(
  tx: EntityManager,
  requestId: string | null,
  subjectHash: string,
): Promise<void> {
  const [request] = await tx.query<{ state: string; subject_hash: string; stale: Stale | null }[]>(
    `SELECT state, subject_hash, stale FROM approval_request WHERE id = $1 FOR SHARE`,
    [requestId],
  );
  if (request?.state === 'APPROVED' && request.subject_hash === subjectHash) return;
  throw new DomainError('NOT_COVERED', {
    requestId,
    broken: (request?.stale?.broken ?? []).map(({ stageKey, breaches }) => ({ stageKey, breaches })),
  });
}
