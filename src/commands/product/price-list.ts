import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { transactionTime } from '../events.js';
import { holdFrom } from './effective.js';
import { tellOfChange } from './price-change.js';

/** A price of one product in the currency of its list, for any number of it; decimal strings. */
export interface PriceItem {
  productId: string;
  list: string;
  floor: string;
  cost: string;
}

/** The items of the list for everybody that is valid now in a currency, with what they cost now, by product. */
export async function currentPrices(tx: EntityManager, currency: string): Promise<Map<string, PriceItem>> {
  const rows = await tx.query<PriceItem[]>(
    `SELECT i.product_id AS "productId", i.list, i.floor, coalesce(c.cost, i.list) AS cost
     FROM price_list l JOIN price_item i ON i.price_list_id = l.id AND i.min_qty = 0
     LEFT JOIN product_cost c ON c.product_id = i.product_id AND c.currency = l.currency AND c.valid @> now()
     WHERE l.currency = $1 AND l.tier = '' AND l.region = '' AND l.valid @> now()`,
    [currency],
  );
  return new Map(rows.map((row) => [row.productId, row]));
}

/**
 * Publishes changed prices as the next version of the currency's list for everybody, valid from now; the items that did not
 * change are carried over. Batches of one import job share one version. Quotes keep the version they were priced with.
 */
export async function publishPrices(
  tx: EntityManager,
  currency: string,
  changed: readonly PriceItem[],
  jobId: string | null,
): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`price_list/${currency}`]);
  const [open] = await tx.query<{ id: string; import_job_id: string | null }[]>(
    `SELECT id, import_job_id FROM price_list WHERE currency = $1 AND tier = '' AND region = '' AND valid @> now()`,
    [currency],
  );
  const isSameJob = open !== undefined && jobId !== null && open.import_job_id === jobId;
  const id = isSameJob ? open.id : await nextVersion(tx, currency, open?.id ?? null, jobId);
  await tx.query(
    `INSERT INTO price_item (price_list_id, product_id, list, floor)
     SELECT $1, r."productId", r.list, r.floor
     FROM jsonb_to_recordset($2::jsonb) AS r("productId" uuid, list numeric, floor numeric)
     ON CONFLICT (price_list_id, product_id, min_qty) DO UPDATE SET list = excluded.list, floor = excluded.floor`,
    [id, JSON.stringify(changed)],
  );
  await storeCosts(tx, currency, changed, jobId);
  const at = await transactionTime(tx);
  const productIds = changed.map(({ productId }) => productId);
  await tellOfChange(
    tx,
    {
      kind: 'PRICE_LIST',
      refId: id,
      text: `${currency} import`,
      currency,
      productIds,
      at,
      by: 'system:import',
    },
    null,
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
     SELECT $1, $2, coalesce(max(version), 0) + 1,
       tstzrange(now(), min(lower(valid)) FILTER (WHERE lower(valid) > now())), $3 FROM price_list
     WHERE currency = $2 AND tier = '' AND region = ''`,
    [id, currency, jobId],
  );
  await tx.query(
    `INSERT INTO price_item (price_list_id, product_id, min_qty, list, floor)
     SELECT $1, product_id, min_qty, list, floor FROM price_item WHERE price_list_id = $2`,
    [id, openId],
  );
  return id;
}

/** What is new or another than it was. */
async function storeCosts(
  tx: EntityManager,
  currency: string,
  items: readonly PriceItem[],
  jobId: string | null,
): Promise<void> {
  const moved = await tx.query<{ product_id: string; cost: string }[]>(
    `SELECT r."productId" AS product_id, r.cost::text AS cost FROM jsonb_to_recordset($2::jsonb) AS r("productId" uuid, cost numeric)
     WHERE NOT EXISTS (SELECT 1 FROM product_cost c WHERE c.product_id = r."productId" AND c.currency = $1 AND c.valid @> now()
       AND c.cost = r.cost)`,
    [currency, JSON.stringify(items)],
  );
  const rows = moved.map((row) => ({ ...row, currency }));
  const validity = { from: await transactionTime(tx), to: null };
  if (rows.length > 0)
    await holdFrom(tx, 'product_cost', rows, validity, { source: 'import', by: null, jobId });
}
