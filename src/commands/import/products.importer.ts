import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { assumedPrices, readProduct, skuOfName, type ProductDraft } from '../../domain/import/products.js';
import { Exact } from '../../domain/money.js';
import { hasError } from '../../domain/import/row.js';
import { transactionTime } from '../events.js';
import { tellOfChange } from '../product/price-change.js';
import {
  costsOf,
  draftPrices,
  importBase,
  lockImportedPrices,
  pricesOf,
  type ImportedPrice,
  type PriceItem,
} from '../product/price-list.js';
import { refuseDoubles, type BatchCounts, type KindImporter, type ReadRow } from './batch.js';
import { holdOrReport } from './hold-or-report.js';
import { uploaderOf } from './uploader.js';

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
  const numbered = await settleNumbers(tx, rows);
  await refuseDoubles(tx, jobId, numbered, ({ draft }) => `= ${draft.sku}`);
  const free = numbered.filter(({ issues }) => !hasError(issues));
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

/** @returns the products whose price or cost is another one */
async function storePrices(
  tx: EntityManager,
  jobId: string,
  rows: readonly Numbered[],
  bySku: ReadonlyMap<string, Stored>,
): Promise<Set<string>> {
  const by = await uploaderOf(tx, jobId);
  const repriced = new Set<string>();
  const currencies = [...new Set(rows.map(({ draft }) => draft.currency))];
  await lockImportedPrices(tx, currencies);
  for (const currency of currencies) {
    const prices = await pricesOf(tx, await importBase(tx, { currency, tier: '', region: '' }));
    const costs = await costsOf(
      tx,
      [...bySku.values()].map(({ id }) => id),
      currency,
    );
    const own = rows.flatMap((row): Priced[] => {
      const productId = bySku.get(row.draft.sku)?.id;
      if (row.draft.currency !== currency || productId === undefined) return [];
      return [{ row, productId, before: prices.get(productId), costBefore: costs.get(productId) }];
    });
    const moved = own.map(priceOf).filter((price) => price !== null);
    if (moved.length > 0) await draftPrices(tx, currency, moved, { by, jobId });
    const costed = await storeCosts(tx, own, { by, jobId });
    for (const productId of [...moved.map((price) => price.productId), ...costed]) repriced.add(productId);
  }
  return repriced;
}

interface Priced {
  row: Numbered;
  productId: string;
  before: PriceItem | undefined;
  /** undefined: nobody has costed it */
  costBefore: string | undefined;
}

/** The cost a row asks for; where neither it nor anybody before says one, a new product's is assumed. Null: none. */
function costOf({ row, before, costBefore }: Priced): { cost: string; isAssumed: boolean } | null {
  const { list, currency, cost } = row.draft;
  if (cost !== null) return { cost, isAssumed: false };
  if (before !== undefined || costBefore !== undefined) return null;
  return { cost: assumedPrices(list, currency).cost, isAssumed: true };
}

/** The price the row asks for; null when it is the known one. What the file does not say stays, or is assumed and reported. */
function priceOf(priced: Priced): ImportedPrice | null {
  const { row, productId, before } = priced;
  const { list, currency, floor: given } = row.draft;
  const floor = given ?? before?.floor ?? assumedPrices(list, currency).floor;
  const price = { productId, list, floor: new Exact(floor).gt(list) ? list : floor };
  if (before && new Exact(price.list).eq(before.list) && new Exact(price.floor).eq(before.floor)) return null;
  const cost = costOf(priced);
  const assumed = [
    ...(!before && given === null ? [`floor ${price.floor}`] : []),
    ...(cost?.isAssumed ? [`cost ${cost.cost}`] : []),
  ];
  if (assumed.length > 0) {
    const message = `not in the file: ${assumed.join(', ')} assumed`;
    row.issues.push({ column: 'sales_price', value: list, rule: 'ASSUMED', severity: 'WARNING', message });
  }
  return price;
}

/** Costs hold from now on; one that cannot is left out, and the rest of its row is imported. */
async function storeCosts(
  tx: EntityManager,
  rows: readonly Priced[],
  { by, jobId }: { by: string; jobId: string },
): Promise<string[]> {
  const validity = { from: await transactionTime(tx), to: null };
  const origin = { source: 'import', by, jobId };
  const moved: { productId: string; refId: string }[] = [];
  for (const priced of rows) {
    const { row, productId, costBefore } = priced;
    const cost = costOf(priced)?.cost;
    if (cost === undefined || (costBefore !== undefined && new Exact(cost).eq(costBefore))) continue;
    const values = { product_id: productId, currency: row.draft.currency, cost };
    const refId = await holdOrReport(tx, 'product_cost', values, {
      validity,
      origin,
      row,
      severity: 'WARNING',
    });
    if (refId !== null) moved.push({ productId, refId });
  }
  const productIds = moved.map(({ productId }) => productId);
  if (moved.length > 0) {
    const text = `cost of ${moved.length}`;
    await tellOfChange(
      tx,
      { kind: 'COST', refId: moved[0]!.refId, text, productIds, at: validity.from, by },
      null,
    );
  }
  return productIds;
}
