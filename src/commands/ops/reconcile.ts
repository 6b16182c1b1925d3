import type { DataSource } from 'typeorm';
import type { ProcessMessage } from '../../workflows/messages.js';
import { tellProcess } from '../outbox.js';

/** A difference between Postgres and Temporal, or a workflow that does not get on. */
export interface Finding {
  processId: string;
  cause: 'NO_WORKFLOW' | 'NO_OPEN_ROW' | 'WORKFLOW_TASK_FAILING' | 'ACTIVITY_RETRYING' | 'NO_WORKER';
  requestId: string | null;
  detail: string;
}

export interface Reconciliation {
  openRows: number;
  running: number;
  findings: readonly Finding[];
  /** processes that Postgres says should run and Temporal does not have */
  retell: readonly ProcessMessage[];
}

const KEEP_RUNS = 1_440;

/**
 * Stores what was seen and tells the missing processes again through the outbox, in one transaction. A finding keeps its
 * `since` while it lasts and disappears when it is not seen any more.
 */
export async function recordReconciliation(db: DataSource, seen: Reconciliation): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO ops_finding (process_id, cause, request_id, detail)
       SELECT f."processId", f.cause, f."requestId", left(f.detail, 2000)
       FROM jsonb_to_recordset($1::jsonb) AS f("processId" varchar, cause varchar, "requestId" uuid, detail varchar)
       ON CONFLICT (process_id, cause) DO UPDATE SET detail = excluded.detail, seen_at = now()`,
      [JSON.stringify(seen.findings)],
    );
    await tx.query(`DELETE FROM ops_finding WHERE seen_at < now()`);
    await tx.query(
      `INSERT INTO reconcile_run (open_rows, running, findings, retold) VALUES ($1, $2, $3, $4)`,
      [seen.openRows, seen.running, seen.findings.length, seen.retell.length],
    );
    await tx.query(`DELETE FROM reconcile_run WHERE id <= (SELECT max(id) FROM reconcile_run) - $1::bigint`, [
      KEEP_RUNS,
    ]);
    for (const message of seen.retell) await tellProcess(tx, message, null);
  });
}
