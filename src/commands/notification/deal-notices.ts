import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { NoticeKind } from '../../domain/notification/notices.js';

export interface DealNews {
  personId: string;
  kind: NoticeKind;
  /** whose deals */
  ownerId: string;
  /** at least one; the notice leads to the first and says how many there are */
  deals: readonly string[];
  /** ISO instant of the transaction */
  at: string;
  /** names the occasion for ever: the same is never told twice */
  key: string;
}

/** What time says of somebody's deals, in the console of whoever is to act. */
export async function tellOfDeals(
  tx: EntityManager,
  { personId, kind, ownerId, deals, at, key }: DealNews,
): Promise<void> {
  await tx.query(
    `INSERT INTO notification (id, person_id, kind, opportunity_id, dedupe_key, params, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (dedupe_key) DO NOTHING`,
    [
      uuidv7(),
      personId,
      kind,
      deals[0],
      `${kind}/${personId}/${key}`.slice(0, 300),
      JSON.stringify({ by: ownerId, count: deals.length, deals: deals.slice(0, 50) }),
      at,
    ],
  );
}
