import type { EntityManager } from 'typeorm';
import type { Actor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import { transactionTime } from '../events.js';
import { planSubject, type PlannedSubject } from './planning.js';
import { pinnedFor } from './policy-content.js';
import type { ApprovalSubject } from './subject.js';

/** The plan a submission of this subject by this person would get now; nothing is written (AE-PLAN-1). */
export async function previewApproval(
  tx: EntityManager,
  actor: Actor,
  subject: ApprovalSubject,
  approverIds: readonly string[] = [],
): Promise<PlannedSubject> {
  if (actor.kind !== 'PERSON') throw new DomainError('FORBIDDEN', { reason: 'a person submits' });
  const [returned] = await tx.query<{ policy_id: string }[]>(
    `SELECT policy_id FROM approval_request WHERE kind = $1 AND subject_id = $2 AND state = 'RETURNED'`,
    [subject.kind, subject.id],
  );
  const policy = returned ? await pinnedFor(tx, returned.policy_id) : null;
  const at = await transactionTime(tx);
  return planSubject(tx, { subject, initiatorId: actor.id, approverIds, at, policy });
}
