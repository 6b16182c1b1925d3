import type { EntityManager } from 'typeorm';
import type { ApprovalState } from '../../domain/approval/model.js';
import type { Held } from '../approval/apply.js';
import { lockRequest } from '../approval/request-lock.js';

const CONTENT = `kind_version_id, document, approver_ids, title, subject_key`;

/** The request of an approved document, locked before the document as every command of a request does it; null: none. */
export async function lockApprovalOf(
  tx: EntityManager,
  formId: string,
): Promise<(Held & { before: ApprovalState }) | null> {
  const [approved] = await tx.query<{ id: string }[]>(
    `SELECT r.id FROM general_request g JOIN approval_request r ON r.kind = 'GENERAL' AND r.subject_id = g.id
     WHERE g.id = $1 AND g.state = 'APPROVED' AND r.state = 'APPROVED'`,
    [formId],
  );
  if (!approved) return null;
  const held = await lockRequest(tx, approved.id);
  return held.before.state === 'APPROVED' ? held : null;
}

/** Keeps a document as it was approved, until a change of it is approved or given up (AE-ENV-3); the first copy stays. */
export async function keepApprovedForm(tx: EntityManager, id: string): Promise<void> {
  await tx.query(
    `INSERT INTO general_request_approved (form_id, ${CONTENT}) SELECT id, ${CONTENT} FROM general_request WHERE id = $1
     ON CONFLICT (form_id) DO NOTHING`,
    [id],
  );
}

/** What it is now is what is approved. */
export async function dropApprovedForm(tx: EntityManager, id: string): Promise<void> {
  await tx.query(`DELETE FROM general_request_approved WHERE form_id = $1`, [id]);
}

/** The document is again what was approved. */
export async function restoreApprovedForm(tx: EntityManager, id: string): Promise<void> {
  await tx.query(
    `UPDATE general_request SET (${CONTENT}) = (SELECT ${CONTENT} FROM general_request_approved a WHERE a.form_id = $1),
       row_version = row_version + 1, updated_at = now()
     WHERE id = $1 AND EXISTS (SELECT 1 FROM general_request_approved a WHERE a.form_id = $1)`,
    [id],
  );
  await dropApprovedForm(tx, id);
}
