import { isGrpcServiceError } from '@temporalio/client';
import type { DataSource } from 'typeorm';

/** A claimed row comes back after this time if its relay died; longer than one delivery may take. Seconds. */
const LEASE_SECONDS = 8;
/** A message refused this often by a Temporal that answers is parked for people to look at. */
export const MAX_REFUSALS = 8;

export interface DueMessage {
  id: string;
  workflowType: string;
  workflowId: string;
  input: unknown;
  seq: number;
  correlationId: string | null;
  /** how long it has waited, milliseconds */
  ageMs: number;
}

interface OutboxRow {
  id: string;
  workflow_type: string;
  workflow_id: string;
  input: unknown;
  seq: string;
  correlation_id: string | null;
  age_ms: number;
}

/**
 * Takes due rows by state for the time of a lease, without holding a transaction open over the delivery: those of up to
 * `limit` workflows, with whatever else waits for the same ones. An attempt is counted before it is made: a message that
 * kills its relay is parked as well.
 */
export async function claimDue(db: DataSource, limit: number): Promise<DueMessage[]> {
  const [rows] = await db.query<[OutboxRow[], number]>(
    `WITH due AS (
       SELECT id, workflow_id FROM outbox WHERE state = 'PENDING' AND next_attempt_at <= clock_timestamp()
       ORDER BY next_attempt_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
     ), same AS (
       SELECT id FROM outbox
       WHERE workflow_id IN (SELECT workflow_id FROM due) AND state = 'PENDING' AND next_attempt_at <= clock_timestamp()
       FOR UPDATE SKIP LOCKED
     )
     UPDATE outbox SET attempts = attempts + 1, next_attempt_at = clock_timestamp() + make_interval(secs => $1)
     WHERE id IN (SELECT id FROM due UNION SELECT id FROM same)
     RETURNING id, workflow_type, workflow_id, input, seq, correlation_id,
       (extract(epoch FROM clock_timestamp() - created_at) * 1000)::float8 AS age_ms`,
    [LEASE_SECONDS, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    workflowType: row.workflow_type,
    workflowId: row.workflow_id,
    input: row.input,
    seq: Number(row.seq),
    correlationId: row.correlation_id,
    ageMs: row.age_ms,
  }));
}

export async function markSent(db: DataSource, ids: readonly string[]): Promise<void> {
  await db.query(
    `UPDATE outbox SET state = 'SENT', sent_at = clock_timestamp(), last_error = NULL WHERE id = ANY($1)`,
    [ids],
  );
}

/** A refused message waits longer each time, by itself, and is parked in the end. Temporal being away counts for nothing. */
export async function putBack(db: DataSource, ids: readonly string[], error: unknown): Promise<void> {
  const reason = reasonOf(error).slice(0, 2_000);
  if (isUnreachable(error)) {
    await db.query(
      `UPDATE outbox SET last_error = $2, attempts = greatest(attempts - 1, 0),
         next_attempt_at = clock_timestamp() + interval '1 second' WHERE id = ANY($1)`,
      [ids, reason],
    );
    return;
  }
  await db.query(
    `UPDATE outbox SET last_error = $2, state = CASE WHEN attempts >= $3 THEN 'PARKED' ELSE state END,
       next_attempt_at = clock_timestamp() + make_interval(secs => least(power(2, attempts) / 4, 15))
     WHERE id = ANY($1)`,
    [ids, reason, MAX_REFUSALS],
  );
}

const UNREACHABLE = new Set([4, 14]); // DEADLINE_EXCEEDED, UNAVAILABLE

function isUnreachable(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return isGrpcServiceError(cause) && UNREACHABLE.has(cause.code);
}

/** Temporal's client says what went wrong in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
