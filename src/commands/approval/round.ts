import type { EntityManager } from 'typeorm';
import type { Reassessment } from '../../domain/approval/reassessment.js';
import type { ApprovalState } from '../../domain/approval/model.js';
import type { Decided } from './apply.js';
import type { PlannedRound, PlannedSubject } from './planning.js';
import { saveSnapshots } from './fact-sources.js';
import { snapshotOf } from './snapshot.js';
import type { ApprovalSubject } from './subject.js';

/** The row of a new request; the change's own statement fills in the rest. False when the subject has an open one. */
export async function insertRequest(
  tx: EntityManager,
  { subject, facts }: PlannedSubject,
  after: ApprovalState,
  at: string,
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `INSERT INTO approval_request (id, kind, subject_id, subject_version, number, title, initiator_id, owner_id, self_ids, unit_id,
       state, state_since, closed_at, seq, round, amount, currency, subject_hash, policy_kind, policy_version, policy_id,
       withdraw_policy, submitted_at, parent_request_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 1, $14, $15, $16, $17, $18, $19, $20, $12, $21)
     ON CONFLICT (kind, subject_id) WHERE state IN ('PENDING', 'RETURNED') DO NOTHING RETURNING 1`,
    [
      after.id,
      subject.kind,
      subject.id,
      subject.version,
      subject.number,
      subject.title.slice(0, 300),
      facts.initiatorId,
      subject.ownerId,
      facts.selfIds,
      facts.unitId,
      after.state,
      at,
      after.closedAt,
      subject.amount?.amount ?? null,
      subject.amount?.currency ?? null,
      facts.subjectHash,
      facts.policy.kind,
      facts.policy.version,
      facts.policy.id,
      facts.withdrawPolicy,
      subject.parentRequestId ?? null,
    ],
  );
  return rows.length > 0;
}

/** Between rounds the subject may have been edited: lists show it as it is now. */
export async function refreshSubject(
  tx: EntityManager,
  requestId: string,
  subject: ApprovalSubject,
): Promise<void> {
  await tx.query(
    `UPDATE approval_request SET subject_version = $2, number = $3, title = $4, amount = $5, currency = $6 WHERE id = $1`,
    [
      requestId,
      subject.version,
      subject.number,
      subject.title.slice(0, 300),
      subject.amount?.amount ?? null,
      subject.amount?.currency ?? null,
    ],
  );
}

/** What this round was asked on: facts, document and plan as they were, under the policy version it pins. */
export async function saveRound(
  tx: EntityManager,
  planned: PlannedRound & {
    subject: Pick<ApprovalSubject, 'version' | 'facts' | 'content' | 'confidential'>;
  },
  { events, after }: Decided,
  by: { comment: string | null; submittedBy: string },
): Promise<void> {
  const opening = events.find((event) => event.type === 'request.submitted');
  const { subject, plan, planHash, rows, policy, directory, who } = planned;
  const snapshot = snapshotOf(directory);
  await tx.query(
    `WITH snapshot AS (INSERT INTO org_snapshot (hash, content) VALUES ($18, $19) ON CONFLICT DO NOTHING)
     INSERT INTO approval_round (request_id, round, policy_id, subject_version, subject_hash, facts, document, confidential,
       plan, plan_hash, matched, directory_revision, changed, comment, submitted_by, submitted_at, who, snapshot_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      after.id,
      after.round,
      policy.id,
      subject.version,
      after.subjectHash,
      JSON.stringify(subject.facts),
      JSON.stringify(subject.content),
      JSON.stringify(subject.confidential),
      JSON.stringify(plan),
      planHash,
      JSON.stringify(rows),
      directory.revision,
      opening?.type === 'request.submitted' && opening.changed,
      by.comment,
      by.submittedBy,
      after.submittedAt,
      JSON.stringify(who),
      snapshot.hash,
      JSON.stringify(snapshot.content),
    ],
  );
  if (opening?.type === 'request.submitted') await saveSnapshots(tx, after.id, planned.facts.snapshots);
}

/** What the round is about or judged by from here on: an approver's edit, or what moved under it. */
export async function saveContent(
  tx: EntityManager,
  { id, round }: Pick<ApprovalState, 'id' | 'round'>,
  content: {
    subject: ApprovalSubject;
    planned: PlannedRound;
    at: string;
    by: { seatId: string } | { cause: Reassessment };
  },
): Promise<void> {
  const { subject, planned, at, by } = content;
  await tx.query(
    `INSERT INTO approval_edit (request_id, round, edit, seat_id, cause, subject_id, subject_version, subject_hash, facts, document,
       confidential, plan, plan_hash, matched, at)
     SELECT $1, $2, 1 + count(*), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
     FROM approval_edit WHERE request_id = $1 AND round = $2`,
    [
      id,
      round,
      'seatId' in by ? by.seatId : null,
      'cause' in by ? JSON.stringify(by.cause) : null,
      subject.id,
      subject.version,
      planned.facts.subjectHash,
      JSON.stringify(subject.facts),
      JSON.stringify(subject.content),
      JSON.stringify(subject.confidential),
      JSON.stringify(planned.plan),
      planned.planHash,
      JSON.stringify(planned.rows),
      at,
    ],
  );
}
