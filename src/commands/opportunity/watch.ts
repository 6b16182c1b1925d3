import type { EntityManager } from 'typeorm';
import { dealWatchMessage } from '../../workflows/messages.js';
import { tellProcess } from '../outbox.js';

/**
 * Tells the processes that watch over these people's deals that something may be due earlier than they think. What only
 * puts a due time off needs no telling: the timer fires, reads and waits on (ADR 0201).
 */
export async function watchDeals(
  tx: EntityManager,
  ownerIds: readonly string[],
  correlationId: string | null,
): Promise<void> {
  const rows = await tx.query<{ owner_id: string; seq: string }[]>(
    `INSERT INTO deal_watch AS w (owner_id, seq) SELECT DISTINCT id, 1 FROM unnest($1::uuid[]) AS id ORDER BY id
     ON CONFLICT (owner_id) DO UPDATE SET seq = w.seq + 1 RETURNING owner_id, seq`,
    [ownerIds],
  );
  for (const { owner_id: ownerId, seq } of rows)
    await tellProcess(tx, dealWatchMessage(ownerId, Number(seq)), correlationId);
}

/** Other rules hold, or will: everybody's deals of the pipeline may be due at another time. */
export async function watchPipeline(
  tx: EntityManager,
  pipeline: string,
  correlationId: string | null,
): Promise<void> {
  const rows = await tx.query<{ owner_id: string }[]>(
    `SELECT DISTINCT owner_id FROM opportunity WHERE pipeline = $1 AND stage NOT IN ('WON', 'LOST')`,
    [pipeline],
  );
  await watchDeals(
    tx,
    rows.map(({ owner_id: ownerId }) => ownerId),
    correlationId,
  );
}
