import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { Exact } from '../../domain/money.js';
import {
  readCost,
  readPrice,
  readRate,
  type CostDraft,
  type PriceDraft,
  type ProductNamed,
  type RateDraft,
} from '../../domain/import/pricing.js';
import { transactionTime } from '../events.js';
import { holdFrom, type EffectiveTable } from '../product/effective.js';
import { draftForImport } from '../product/list-draft.js';
import { tellOfChange, type PriceChange } from '../product/price-change.js';
import type { BatchCounts, KindImporter, ReadRow } from './batch.js';

/** Prices go into a draft of each list, which a second person publishes. */
export const pricesImporter: KindImporter<PriceDraft> = {
  read: readPrice,
  keyOf: ({ productKey, currency, tier, region, minQty }) =>
    [productKey, currency, tier, region, minQty].join('/'),
  async store(tx, jobId, rows) {
    const named = await withProducts(tx, rows);
    const by = await uploaderOf(tx, jobId);
    const drafts = new Map<string, string>();
    for (const { draft } of named) {
      const key = [draft.currency, draft.tier, draft.region].join('/');
      if (!drafts.has(key)) drafts.set(key, await draftForImport(tx, draft, by, jobId));
    }
    const items = named.map(({ draft, productId }) => ({
      price_list_id: drafts.get([draft.currency, draft.tier, draft.region].join('/')),
      product_id: productId,
      min_qty: draft.minQty,
      list: draft.list,
      floor: draft.floor,
    }));
    const stored = await tx.query<{ created: boolean }[]>(
      `INSERT INTO price_item AS i (price_list_id, product_id, min_qty, list, floor)
       SELECT r.price_list_id, r.product_id, r.min_qty, r.list, r.floor FROM jsonb_populate_recordset(NULL::price_item, $1::jsonb) r
       ON CONFLICT (price_list_id, product_id, min_qty) DO UPDATE SET list = excluded.list, floor = excluded.floor
       WHERE (i.list, i.floor) IS DISTINCT FROM (excluded.list, excluded.floor)
       RETURNING (xmax = 0) AS created`,
      [JSON.stringify(items)],
    );
    const created = stored.filter((row) => row.created).length;
    return { created, updated: stored.length - created, unchanged: named.length - stored.length };
  },
};

/** Costs hold from the moment they are imported. */
export const costsImporter: KindImporter<CostDraft> = {
  read: readCost,
  keyOf: ({ productKey, currency }) => `${productKey}/${currency}`,
  async store(tx, jobId, rows) {
    const named = await withProducts(tx, rows);
    return hold(tx, jobId, 'product_cost', named, ({ draft, productId }) => ({
      product_id: productId,
      currency: draft.currency,
      cost: draft.cost,
    }));
  },
};

/** So do exchange rates. */
export const ratesImporter: KindImporter<RateDraft> = {
  read: readRate,
  keyOf: ({ currency }) => currency,
  store: (tx, jobId, rows) =>
    hold(tx, jobId, 'fx_rate', rows, ({ draft }) => ({
      currency: draft.currency,
      rate: draft.rate,
      as_of: draft.asOf,
    })),
};

type WithProduct<T> = ReadRow<T> & { productId: string };

/** Rows whose product there is; the others are refused where they name it. */
async function withProducts<T extends ProductNamed>(
  tx: EntityManager,
  rows: readonly ReadRow<T>[],
): Promise<WithProduct<T>[]> {
  const known = await tx.query<{ id: string; sku: string; name_key: string }[]>(
    `SELECT id, sku, name_key FROM product WHERE name_key = ANY($1) OR sku = ANY($2)`,
    [rows.map(({ draft }) => draft.productKey), rows.map(({ draft }) => draft.product)],
  );
  const byName = new Map(
    known.flatMap(({ id, sku, name_key }) => [[sku, id] as const, [name_key, id] as const]),
  );
  return rows.flatMap((row): WithProduct<T>[] => {
    const { draft, issues } = row;
    const productId = byName.get(draft.product) ?? byName.get(draft.productKey);
    if (productId !== undefined) return [{ ...row, productId }];
    const message = 'there is no such product, by article number or by name';
    issues.push({
      column: 'product',
      value: draft.product,
      rule: 'PRODUCT_UNKNOWN',
      severity: 'ERROR',
      message,
    });
    return [];
  });
}

/** What is new or another than what holds now; the rest changes nothing, so that the same file again does not either. */
async function hold<T, R extends ReadRow<T>>(
  tx: EntityManager,
  jobId: string,
  table: Exclude<EffectiveTable, 'rebate'>,
  rows: readonly R[],
  valuesOf: (row: R) => Record<string, string>,
): Promise<BatchCounts> {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  const validity = { from: await transactionTime(tx), to: null };
  const origin = { source: 'import', by: await uploaderOf(tx, jobId), jobId };
  const now = await presentOf(tx, table);
  for (const row of rows) {
    const values = valuesOf(row);
    const before = now.get(`${values['product_id'] ?? ''}/${values['currency']}`);
    if (before !== undefined && new Exact(before).eq(values['cost'] ?? values['rate']!)) {
      counts.unchanged += 1;
      continue;
    }
    const refId = await held(tx, table, values, validity, origin, row);
    if (refId === null) continue;
    counts[before === undefined ? 'created' : 'updated'] += 1;
    await tellOfChange(tx, changeOf(table, values, { refId, at: validity.from, by: origin.by }), null);
  }
  return counts;
}

async function held(
  tx: EntityManager,
  table: EffectiveTable,
  values: Record<string, string>,
  validity: { from: string; to: string | null },
  origin: { source: string; by: string; jobId: string },
  { issues }: ReadRow<unknown>,
): Promise<string | null> {
  try {
    return (await holdFrom(tx, table, [values], validity, origin))[0] ?? null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const column = table === 'fx_rate' ? 'currency' : 'product';
    const message = 'another value is scheduled: it would hold at the same time';
    issues.push({ column, value: '', rule: 'OVERLAP', severity: 'ERROR', message });
    return null;
  }
}

function changeOf(
  table: EffectiveTable,
  values: Record<string, string>,
  at: Pick<PriceChange, 'refId' | 'at' | 'by'>,
): PriceChange {
  if (table === 'fx_rate')
    return {
      kind: 'FX',
      text: `${values['currency']} ${values['rate']}`,
      currency: values['currency'] ?? null,
      ...at,
    };
  return { kind: 'COST', text: 'cost of 1', productIds: [values['product_id']!], ...at };
}

async function presentOf(tx: EntityManager, table: EffectiveTable): Promise<Map<string, string>> {
  const sql =
    table === 'fx_rate'
      ? `SELECT '/' || currency AS key, rate::text AS value FROM fx_rate WHERE valid @> now()`
      : `SELECT product_id || '/' || currency AS key, cost::text AS value FROM product_cost WHERE valid @> now()`;
  const rows = await tx.query<{ key: string; value: string }[]>(sql);
  return new Map(rows.map(({ key, value }) => [key, value]));
}

async function uploaderOf(tx: EntityManager, jobId: string): Promise<string> {
  const [job] = await tx.query<{ created_by: string }[]>(`SELECT created_by FROM import_job WHERE id = $1`, [
    jobId,
  ]);
  return job!.created_by;
}
