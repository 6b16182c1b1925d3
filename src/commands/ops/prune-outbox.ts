import type { DataSource } from 'typeorm';

/** Delivered messages are kept this long, for whoever looks into a case. */
const KEEP_DAYS = 7;
/** Removed at a time, so that no statement takes long. */
const BATCH = 5_000;

/** Removes delivered messages that nobody needs any more; parked ones stay until somebody has looked. */
export async function pruneOutbox(db: DataSource): Promise<number> {
  const [, removed] = await db.query<[unknown[], number]>(
    `DELETE FROM outbox WHERE id IN (
       SELECT id FROM outbox WHERE state = 'SENT' AND sent_at < now() - make_interval(days => $1) LIMIT $2)`,
    [KEEP_DAYS, BATCH],
  );
  return removed;
}
