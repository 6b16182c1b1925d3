import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { assumedPrices, readProduct, skuOfName, type ProductDraft } from '../../domain/import/products.js';
import { Exact } from '../../domain/money.js';
import { currentPrices, publishPrices, type PriceItem } from '../product/price-list.js';
import type { BatchCounts, KindImporter, ReadRow } from './batch.js';

export const productsImporter: KindImporter<ProductDraft> = {
  read: readProduct,
  keyOf: ({ sku, nameKey }) => sku ?? nameKey,
  store: storeProducts,
};

/** A draft whose article number is settled. */
type Numbered = ReadRow<ProductDraft & { sku: string }>;

interface Stored {
  id: string;
  sku: string;
  created: boolean | null;
}

async function storeProducts(
  tx: EntityManager,
  jobId: string,
  rows: readonly ReadRow<ProductDraft>[],
): Promise<BatchCounts> {
  const free = await settleNumbers(tx, rows);
  const items = free.map(({ draft }) => ({ ...draft, id: uuidv7() }));
  const stored = await tx.query<Stored[]>(UPSERT, [JSON.stringify(items)]);
  const bySku = new Map(stored.map((row) => [row.sku, row]));
  const repriced = await storePrices(tx, jobId, free, bySku);
  const created = stored.filter((row) => row.created === true).length;
  const updated = stored.filter(
    (row) => row.created === false || (row.created === null && repriced.has(row.id)),
  ).length;
  return { created, updated, unchanged: stored.length - created - updated };
}

/** Without a number of its own a row means the product of that name. A name under another number would make two look alike. */
async function settleNumbers(tx: EntityManager, rows: readonly ReadRow<ProductDraft>[]): Promise<Numbered[]> {
  const known = await tx.query<{ name_key: string; sku: string }[]>(
    `SELECT name_key, sku FROM product WHERE name_key = ANY($1)`,
    [rows.map(({ draft }) => draft.nameKey)],
  );
  const skuOf = new Map(known.map(({ name_key, sku }) => [name_key, sku]));
  return rows.flatMap((row): Numbered[] => {
    const { draft } = row;
    const owner = skuOf.get(draft.nameKey) ?? draft.sku ?? skuOfName(draft.name);
    const sku = draft.sku ?? owner;
    if (sku === owner) {
      skuOf.set(draft.nameKey, sku);
      return [{ ...row, draft: { ...draft, sku } }];
    }
    const message = `the name belongs to article ${owner}`;
    row.issues.push({ column: 'product', value: draft.name, rule: 'NAME_TAKEN', severity: 'ERROR', message });
    return [];
  });
}

const UPSERT = `
  WITH incoming AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb)
      AS r(id uuid, sku varchar, name varchar, "nameKey" varchar, "matchKey" varchar, series varchar)
  ), stored AS (
    INSERT INTO product AS p (id, sku, name, name_key, match_key, series)
    SELECT id, sku, name, "nameKey", "matchKey", series FROM incoming
    ON CONFLICT (sku) DO UPDATE SET
      name = excluded.name, name_key = excluded.name_key, match_key = excluded.match_key, series = excluded.series,
      row_version = p.row_version + 1, updated_at = now()
    WHERE (p.name, p.series) IS DISTINCT FROM (excluded.name, excluded.series)
    RETURNING p.id, p.sku, (xmax = 0) AS created
  )
  SELECT coalesce(s.id, p.id) AS id, i.sku, s.created
  FROM incoming i LEFT JOIN stored s USING (sku) LEFT JOIN product p ON p.sku = i.sku`;

async function storePrices(
  tx: EntityManager,
  jobId: string,
  rows: readonly Numbered[],
  bySku: ReadonlyMap<string, Stored>,
): Promise<Set<string>> {
  const repriced = new Set<string>();
  for (const currency of new Set(rows.map(({ draft }) => draft.currency))) {
    const current = await currentPrices(tx, currency);
    const changed = rows.flatMap((row): PriceItem[] => {
      const productId = bySku.get(row.draft.sku)?.id;
      if (row.draft.currency !== currency || productId === undefined) return [];
      const price = priceOf(row, productId, current.get(productId));
      return price === null ? [] : [price];
    });
    if (changed.length === 0) continue;
    await publishPrices(tx, currency, changed, jobId);
    changed.forEach(({ productId }) => repriced.add(productId));
  }
  return repriced;
}

/** The price the row asks for; null when it is the current one. What the file does not say stays, or is assumed and reported. */
function priceOf(row: Numbered, productId: string, current: PriceItem | undefined): PriceItem | null {
  const { list, currency } = row.draft;
  const assumed = assumedPrices(list, currency);
  const floor = row.draft.floor ?? current?.floor ?? assumed.floor;
  const cost = row.draft.cost ?? current?.cost ?? assumed.cost;
  const price = { productId, list, floor: new Exact(floor).gt(list) ? list : floor, cost };
  if (
    current &&
    (['list', 'floor', 'cost'] as const).every((name) => new Exact(price[name]).eq(current[name]))
  )
    return null;
  if (!current && (row.draft.floor === null || row.draft.cost === null)) {
    const message = `no floor or cost in the file: floor ${price.floor}, cost ${price.cost} assumed`;
    row.issues.push({ column: 'sales_price', value: list, rule: 'ASSUMED', severity: 'WARNING', message });
  }
  return price;
}
