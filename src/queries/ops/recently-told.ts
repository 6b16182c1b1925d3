import type { DataSource } from 'typeorm';

const MINUTES = 15;

/** Workflows that had something to do lately, or were found in trouble: where a failing version shows first. */
export async function recentlyTold(db: Pick<DataSource, 'query'>, limit: number): Promise<string[]> {
  const rows = await db.query<{ workflow_id: string }[]>(
    `SELECT process_id AS workflow_id FROM ops_finding
     UNION
     (SELECT workflow_id FROM outbox WHERE state = 'SENT' AND sent_at > now() - make_interval(mins => $1)
      ORDER BY sent_at DESC LIMIT $2)`,
    [MINUTES, limit],
  );
  return rows.map(({ workflow_id: id }) => id);
}
