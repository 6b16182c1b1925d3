import type { DataSource, EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { runCommand, sqlState, type Answer } from '../transaction.js';
import type { SubjectKind } from './subject.js';
import { subjectOwner } from './subjects.js';
import type { Step } from './time.js';

interface Pending {
  request_id: string;
  kind: SubjectKind;
  subject_id: string;
}

const MESSAGE_LIMIT = 500;
/** Postgres' own "try again": the whole command is repeated. */
const TRANSIENT = new Set(['40001', '40P01', '55P03']);

/**
 * What the revoked approval had brought about is undone, at once where that goes: in the transaction that revoked it.
 * A failure leaves the approval revoked, is noted for operations, and is for the revocation's process to repeat (AE-RV-1).
 */
export async function tryToCompensate(tx: EntityManager, revocationId: string): Promise<void> {
  await tx.query(`SAVEPOINT compensation`);
  try {
    await compensate(tx, revocationId);
  } catch (error) {
    if (TRANSIENT.has(sqlState(error) ?? '')) throw error;
    await tx.query(`ROLLBACK TO SAVEPOINT compensation`);
    await noteFailure(tx, revocationId, error);
  }
}

/** The same, again, as a step of the revocation's process. What is undone already stays so. @throws whatever is in the way */
export async function compensateAgain(
  db: DataSource,
  { key, correlationId }: Step,
  requestId: string,
): Promise<Answer<{ requestId: string }>> {
  const [row] = await db.query<{ subject_id: string }[]>(
    `SELECT subject_id FROM approval_request WHERE id = $1 AND kind = 'REVOCATION'`,
    [requestId],
  );
  const revocationId = row?.subject_id ?? requestId;
  const actor = systemActor('revocation');
  const meta = { actor, key, scope: `revocation.compensate/${requestId}`, body: null, correlationId };
  try {
    return await runCommand(db, meta, async (tx) => {
      await compensate(tx, revocationId);
      return { requestId };
    });
  } catch (error) {
    await noteFailure(db, revocationId, error);
    throw error;
  }
}

async function compensate(tx: EntityManager, revocationId: string): Promise<void> {
  const [pending] = await tx.query<Pending[]>(
    `SELECT r.id AS request_id, r.kind, r.subject_id FROM revocation v JOIN approval_request r ON r.id = v.request_id
     WHERE v.id = $1 AND v.compensation = 'PENDING' FOR UPDATE OF v`,
    [revocationId],
  );
  if (!pending) return;
  await subjectOwner(pending.kind).revoked(tx, pending.subject_id, pending.request_id);
  await tx.query(
    `UPDATE revocation SET compensation = 'DONE', last_error = NULL, compensated_at = now() WHERE id = $1`,
    [revocationId],
  );
}

async function noteFailure(
  db: Pick<EntityManager, 'query'>,
  revocationId: string,
  error: unknown,
): Promise<void> {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, MESSAGE_LIMIT);
  await db.query(
    `UPDATE revocation SET attempts = attempts + 1, last_error = $2, failed_at = coalesce(failed_at, now()) WHERE id = $1`,
    [revocationId, message],
  );
}
