import type { EntityManager } from 'typeorm';
import { insertDraft, joinDraft, type AddedByFile, type Segment } from './list-draft.js';

/** What a product costs a customer; decimal strings. */
export interface PriceItem {
  list: string;
  floor: string;
}

/** A version of a segment's list. */
interface Version {
  id: string;
  state: string;
}

/**
 * What the next prices of a file are compared with and added to: the newest version an import has made that nobody has
 * published yet, else the one that holds now. So the same file again changes nothing while its draft waits.
 */
export async function importBase(
  tx: EntityManager,
  { currency, tier, region }: Segment,
): Promise<Version | null> {
  const [row] = await tx.query<Version[]>(
    `WITH now_valid AS (
       SELECT id, state, version FROM price_list WHERE currency = $1 AND tier = $2 AND region = $3 AND valid @> clock_timestamp())
     SELECT id, state FROM (
       SELECT id, state, version FROM price_list WHERE currency = $1 AND tier = $2 AND region = $3
         AND state IN ('DRAFT', 'IN_REVIEW') AND import_job_id IS NOT NULL
         AND version > coalesce((SELECT version FROM now_valid), 0)
       UNION ALL SELECT * FROM now_valid) l ORDER BY version DESC LIMIT 1`,
    [currency, tier, region],
  );
  return row ?? null;
}

/** The prices of a version for any number of a product, by product. */
export async function pricesOf(tx: EntityManager, base: Version | null): Promise<Map<string, PriceItem>> {
  const rows = await tx.query<(PriceItem & { productId: string })[]>(
    `SELECT product_id AS "productId", list, floor FROM price_item WHERE price_list_id = $1 AND min_qty = 0`,
    [base?.id ?? null],
  );
  return new Map(rows.map(({ productId, ...item }) => [productId, item]));
}

/**
 * One file at a time compares its prices with what there is and drafts them: of two that come at once, the later is told
 * by what the earlier has drafted. Taken before any list's lock, for all currencies of the file together.
 */
export async function lockImportedPrices(tx: EntityManager, currencies: readonly string[]): Promise<void> {
  for (const currency of [...currencies].sort())
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`imported-prices/${currency}`]);
}

/** What products cost us now, of those that somebody has costed, in a list or not. */
export async function costsOf(
  tx: EntityManager,
  productIds: readonly string[],
  currency: string,
): Promise<Map<string, string>> {
  const rows = await tx.query<{ productId: string; cost: string }[]>(
    `SELECT product_id AS "productId", cost FROM product_cost
     WHERE product_id = ANY($1::uuid[]) AND currency = $2 AND valid @> now()`,
    [productIds, currency],
  );
  return new Map(rows.map(({ productId, cost }) => [productId, cost]));
}

export interface ImportedPrice {
  productId: string;
  list: string;
  floor: string;
}

/**
 * Puts a file's prices into the draft of the list for everybody, which a second person publishes; what the file does not
 * name stays. Every batch, and every file that comes while it waits, adds to the same draft. Under `lockImportedPrices`.
 */
export async function draftPrices(
  tx: EntityManager,
  currency: string,
  prices: readonly ImportedPrice[],
  { by, jobId }: { by: string; jobId: string },
): Promise<void> {
  const id = await draftToAddTo(tx, currency, { by, jobId, items: prices.length });
  await tx.query(
    `INSERT INTO price_item (price_list_id, product_id, list, floor)
     SELECT $1, r."productId", r.list, r.floor
     FROM jsonb_to_recordset($2::jsonb) AS r("productId" uuid, list numeric, floor numeric)
     ON CONFLICT (price_list_id, product_id, min_qty) DO UPDATE SET list = excluded.list, floor = excluded.floor`,
    [id, JSON.stringify(prices)],
  );
}

/** The one that waits, under its lock; of one that was handed over before we had it, the next version. */
async function draftToAddTo(tx: EntityManager, currency: string, added: AddedByFile): Promise<string> {
  const segment = { currency, tier: '', region: '' };
  for (;;) {
    const base = await importBase(tx, segment);
    if (base?.state !== 'DRAFT') {
      const draft = { ...segment, basedOn: base?.id ?? null, note: null };
      return (await insertDraft(tx, draft, added.by, added.jobId)).priceListId;
    }
    if (await joinDraft(tx, base.id, added)) return base.id;
  }
}
