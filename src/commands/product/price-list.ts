import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

/** A price of one product in the currency of its list; decimal strings. */
export interface PriceItem {
  productId: string;
  list: string;
  floor: string;
  cost: string;
}

/** The items of the list valid now in a currency, by product. */
export async function currentPrices(tx: EntityManager, currency: string): Promise<Map<string, PriceItem>> {
  const rows = await tx.query<PriceItem[]>(
    `SELECT i.product_id AS "productId", i.list, i.floor, i.cost
     FROM price_list l JOIN price_item i ON i.price_list_id = l.id WHERE l.currency = $1 AND l.valid @> now()`,
    [currency],
  );
  return new Map(rows.map((row) => [row.productId, row]));
}

/**
 * Publishes changed prices as the next version of the currency's list, valid from now; the items that did not change
 * are carried over. Batches of one import job share one version. Quotes keep the version they were priced with.
 */
export async function publishPrices(
  tx: EntityManager,
  currency: string,
  changed: readonly PriceItem[],
  jobId: string | null,
): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`price_list/${currency}`]);
  const [open] = await tx.query<{ id: string; import_job_id: string | null }[]>(
    `SELECT id, import_job_id FROM price_list WHERE currency = $1 AND valid @> now()`,
    [currency],
  );
  const isSameJob = open !== undefined && jobId !== null && open.import_job_id === jobId;
  const id = isSameJob ? open.id : await nextVersion(tx, currency, open?.id ?? null, jobId);
  await tx.query(
    `INSERT INTO price_item (price_list_id, product_id, list, floor, cost, cost_as_of)
     SELECT $1, r."productId", r.list, r.floor, r.cost, (now() AT TIME ZONE 'UTC')::date
     FROM jsonb_to_recordset($2::jsonb) AS r("productId" uuid, list numeric, floor numeric, cost numeric)
     ON CONFLICT (price_list_id, product_id) DO UPDATE SET
       list = excluded.list, floor = excluded.floor, cost = excluded.cost, cost_as_of = excluded.cost_as_of`,
    [id, JSON.stringify(changed)],
  );
}

async function nextVersion(
  tx: EntityManager,
  currency: string,
  openId: string | null,
  jobId: string | null,
): Promise<string> {
  const id = uuidv7();
  if (openId !== null)
    await tx.query(`UPDATE price_list SET valid = tstzrange(lower(valid), now()) WHERE id = $1`, [openId]);
  await tx.query(
    `INSERT INTO price_list (id, currency, version, valid, import_job_id)
     SELECT $1, $2, coalesce(max(version), 0) + 1, tstzrange(now(), NULL), $3 FROM price_list WHERE currency = $2`,
    [id, currency, jobId],
  );
  await tx.query(
    `INSERT INTO price_item (price_list_id, product_id, list, floor, cost, cost_as_of)
     SELECT $1, product_id, list, floor, cost, cost_as_of FROM price_item WHERE price_list_id = $2`,
    [id, openId],
  );
  return id;
}
