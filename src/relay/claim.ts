import { isGrpcServiceError } from '@temporalio/client';
import type { DataSource } from 'typeorm';

/** A claimed row comes back after this time if its relay died, seconds. */
const LEASE_SECONDS = 5;
const BATCH = 100;
/** A message refused this often by a Temporal that answers is parked for people to look at. */
const MAX_REFUSALS = 8;

export interface DueMessage {
  id: string;
  workflowType: string;
  workflowId: string;
  input: unknown;
  seq: number;
  correlationId: string | null;
}

export type Settlement =
  { ids: readonly string[]; delivered: true } | { ids: readonly string[]; delivered: false; error: unknown };

interface OutboxRow {
  id: string;
  workflow_type: string;
  workflow_id: string;
  input: unknown;
  seq: string;
  correlation_id: string | null;
}

/** Takes due rows for this relay for the lease's time, without holding a transaction open over the delivery. */
export async function claimDue(db: DataSource): Promise<DueMessage[]> {
  const [rows] = await db.query<[OutboxRow[], number]>(
    `UPDATE outbox SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $1)
     WHERE id IN (SELECT id FROM outbox WHERE state = 'PENDING' AND next_attempt_at <= now()
                  ORDER BY next_attempt_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING id, workflow_type, workflow_id, input, seq, correlation_id`,
    [LEASE_SECONDS, BATCH],
  );
  return rows.map((row) => ({
    id: row.id,
    workflowType: row.workflow_type,
    workflowId: row.workflow_id,
    input: row.input,
    seq: Number(row.seq),
    correlationId: row.correlation_id,
  }));
}

/** Delivered rows are done; the others wait longer each time, each for itself. */
export async function settle(db: DataSource, settlements: readonly Settlement[]): Promise<void> {
  const done = settlements.flatMap((settlement) => (settlement.delivered ? settlement.ids : []));
  if (done.length > 0) {
    await db.query(
      `UPDATE outbox SET state = 'SENT', sent_at = now(), last_error = NULL WHERE id = ANY($1)`,
      [done],
    );
  }
  for (const settlement of settlements) {
    if (settlement.delivered) continue;
    const parks = !isUnreachable(settlement.error);
    await db.query(
      `UPDATE outbox SET last_error = $2, state = CASE WHEN $3 AND attempts >= $4 THEN 'PARKED' ELSE state END,
         next_attempt_at = now() + make_interval(secs => least(power(2, least(attempts, 6)) / 4, 15))
       WHERE id = ANY($1)`,
      [settlement.ids, String(settlement.error).slice(0, 2_000), parks, MAX_REFUSALS],
    );
  }
}

const UNREACHABLE = new Set([4, 14]); // DEADLINE_EXCEEDED, UNAVAILABLE

/** Temporal being away is nobody's fault: such messages wait for ever. */
function isUnreachable(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return isGrpcServiceError(cause) && UNREACHABLE.has(cause.code);
}
