import type { DataSource } from 'typeorm';

/** Something open in Postgres that a workflow must be waiting for. */
export interface OpenProcess {
  kind: 'GENERAL' | 'QUOTE';
  /** the request of a GENERAL, the quote of a QUOTE */
  id: string;
  requestId: string | null;
  seq: number;
}

/** Younger rows may still be on their way through the outbox. */
const SETTLED_SECONDS = 15;

/** States of a quotation in which its process waits for somebody. */
export const QUOTE_IN_PROCESS = `('IN_APPROVAL', 'RETURNED', 'APPROVED', 'SENT')`;

/** What Postgres says must have a running workflow. */
export async function openProcesses(db: Pick<DataSource, 'query'>): Promise<OpenProcess[]> {
  const rows = await db.query<(Omit<OpenProcess, 'seq'> & { seq: string })[]>(
    `SELECT 'GENERAL' AS kind, id, id AS "requestId", seq FROM approval_request
     WHERE kind = 'GENERAL' AND state IN ('PENDING', 'RETURNED') AND submitted_at < now() - make_interval(secs => $1)
     UNION ALL
     SELECT 'QUOTE', q.id, q.request_id, h.seq
     FROM quote q JOIN event_head h ON h.aggregate_kind = 'quote' AND h.aggregate_id = q.id
     WHERE q.state IN ${QUOTE_IN_PROCESS} AND q.updated_at < now() - make_interval(secs => $1)`,
    [SETTLED_SECONDS],
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}
