import type { DataSource } from 'typeorm';
import { appendEvents, continueAggregate } from '../events.js';

/** What of others is read, or taken along, by virtue of an office. */
export const READS = [
  'REQUEST',
  'AUDIT',
  'HELD_SEATS',
  'ACCESS_LOG',
  'IMPORT_ERRORS',
  'ATTACHMENT',
  'FREE_TEXTS',
] as const;
/** taken along as a file */
const EXPORTS: readonly string[] = ['IMPORT_ERRORS', 'ATTACHMENT'];
export type ReadWhat = (typeof READS)[number];

export interface Read {
  personId: string;
  what: ReadWhat;
  /** the request, person or import it is about; null for a list of all */
  targetId: string | null;
  correlationId: string | null;
}

/**
 * Records a read on the reader's own access chain, before it happens (AE-AUD-1). The same state of the same thing is
 * recorded once a day: a page that refreshes itself is one read.
 */
export async function recordRead(
  db: DataSource,
  { personId, what, targetId, correlationId }: Read,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (targetId !== null) {
      const fresh = await tx.query<unknown[]>(
        `INSERT INTO access_mark AS m (person_id, what, target_id, seq)
         SELECT $1, $2, $3, coalesce(max(seq), 0) FROM event_head WHERE aggregate_kind = 'request' AND aggregate_id = $3
         ON CONFLICT (person_id, what, target_id) DO UPDATE SET seq = excluded.seq, at = now()
         WHERE m.seq <> excluded.seq OR m.at < date_trunc('day', now())
         RETURNING seq`,
        [personId, what, targetId],
      );
      if (fresh.length === 0) return;
    }
    const head = await continueAggregate(tx, 'access', personId);
    await appendEvents(tx, head, [
      {
        type: EXPORTS.includes(what) ? 'access.exported' : 'access.read',
        actor: personId,
        cause: what,
        payload: { what, targetId, correlationId },
      },
    ]);
  });
}
