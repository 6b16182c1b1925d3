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

/** What Postgres says must have a running workflow. */
export async function openProcesses(db: Pick<DataSource, 'query'>): Promise<OpenProcess[]> {
  const rows = await db.query<{ id: string; seq: string }[]>(
    `SELECT id, seq FROM approval_request
     WHERE kind = 'GENERAL' AND state IN ('PENDING', 'RETURNED') AND submitted_at < now() - make_interval(secs => $1)`,
    [SETTLED_SECONDS],
  );
  return rows.map(({ id, seq }) => ({ kind: 'GENERAL', id, requestId: id, seq: Number(seq) }));
}
