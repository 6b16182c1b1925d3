import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { subjectOwner } from '../approval/subjects.js';
import type { SubjectKind } from '../approval/subject.js';
import { appendEvents, continueAggregate, lockAggregate } from '../events.js';
import { tellProcess } from '../outbox.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';

/**
 * Operations tell a request's process again: parked messages are released, and the process reads Postgres anew or is
 * started if it is gone. Changes nothing of the request itself; recorded on its chain with the reason.
 * @throws DomainError NOT_FOUND · REQUEST_CLOSED
 */
export function retellProcess(
  db: DataSource,
  meta: CommandMeta,
  { requestId, reason }: { requestId: string; reason: string },
): Promise<Answer<{ requestId: string }>> {
  return runCommand(db, meta, async (tx) => {
    const head = await lockAggregate(tx, 'request', requestId);
    const [row] = await tx.query<{ kind: SubjectKind; subject_id: string; state: string }[]>(
      `SELECT kind, subject_id, state FROM approval_request WHERE id = $1`,
      [requestId],
    );
    if (!head || !row) throw new DomainError('NOT_FOUND', { requestId });
    if (row.state !== 'PENDING' && row.state !== 'RETURNED')
      throw new DomainError('REQUEST_CLOSED', { requestState: row.state });
    const message = await subjectOwner(row.kind).process(tx, row.subject_id, requestId, head.seq);
    await tx.query(
      `UPDATE outbox SET state = 'PENDING', attempts = 0, next_attempt_at = now() WHERE workflow_id = $1 AND state = 'PARKED'`,
      [message.workflowId],
    );
    await tellProcess(tx, message, meta.correlationId);
    await tx.query(`DELETE FROM ops_finding WHERE process_id = $1`, [message.workflowId]);
    // the attempt chain carries it: the request's own chain is the projection of its state and stays that
    await recordOperation(tx, meta, { requestId, reason, action: 'RETELL' });
    return { requestId };
  });
}

async function recordOperation(
  tx: Parameters<typeof lockAggregate>[0],
  meta: CommandMeta,
  operation: { requestId: string; reason: string; action: string },
): Promise<void> {
  const head = await continueAggregate(tx, 'operation', operation.requestId);
  await appendEvents(tx, head, [
    {
      type: 'process.retold',
      actor: meta.actor.id,
      cause: operation.action,
      payload: operation,
    },
  ]);
}
