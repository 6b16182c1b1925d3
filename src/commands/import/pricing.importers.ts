import type { EntityManager } from 'typeorm';
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
import { hasError } from '../../domain/import/row.js';
import { transactionTime } from '../events.js';
import type { EffectiveTable } from '../product/effective.js';
import { draftForImport } from '../product/list-draft.js';
import { tellOfChange, type PriceChange } from '../product/price-change.js';
import { refuseDoubles, type BatchCounts, type KindImporter, type ReadRow } from './batch.js';
import { holdOrReport } from './hold-or-report.js';
import { uploaderOf } from './uploader.js';

/** Prices go into a draft of each list, which a second person publishes. */
export const pricesImporter: KindImporter<PriceDraft> = {
  read: readPrice,
  keyOf: ({ productKey, ...draft }) => `${productKey}/${stepOf(draft)}`,
  async store(tx, jobId, rows) {
    const named = await withProducts(tx, jobId, rows, stepOf);
    const by = await uploaderOf(tx, jobId);
    const keyOf = ({ currency, tier, region }: PriceDraft) => [currency, tier, region].join('/');
    const drafts = new Map<string, string>();
    for (const { draft } of named) {
      const key = keyOf(draft);
      if (drafts.has(key)) continue;
      const items = named.filter((row) => keyOf(row.draft) === key).length;
      drafts.set(key, await draftForImport(tx, draft, { by, jobId, items }));
    }
    const items = named.map(({ draft, productId }) => ({
      price_list_id: drafts.get(keyOf(draft)),
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
    const named = await withProducts(tx, jobId, rows, ({ currency }) => currency);
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

/** What a price is of, beside its product: two spellings of one number are one step. */
function stepOf({ currency, tier, region, minQty }: Omit<PriceDraft, 'productKey' | 'product'>): string {
  return [currency, tier, region, new Exact(minQty).toFixed()].join('/');
}

/** Rows whose product there is, each once, by number or by name; the others are refused where they name it. */
async function withProducts<T extends ProductNamed>(
  tx: EntityManager,
  jobId: string,
  rows: readonly ReadRow<T>[],
  restOf: (draft: T) => string,
): Promise<WithProduct<T>[]> {
  const known = await tx.query<{ id: string; sku: string; name_key: string }[]>(
    `SELECT id, sku, name_key FROM product WHERE name_key = ANY($1) OR sku = ANY($2)`,
    [rows.map(({ draft }) => draft.productKey), rows.map(({ draft }) => draft.product)],
  );
  const bySku = new Map(known.map(({ id, sku }) => [sku, id]));
  const byName = new Map(known.map(({ id, name_key }) => [name_key, id]));
  const named = rows.flatMap((row): WithProduct<T>[] => {
    const { draft, issues } = row;
    const productId = bySku.get(draft.product) ?? byName.get(draft.productKey);
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
  await refuseDoubles(tx, jobId, named, ({ draft, productId }) => `= ${productId}/${restOf(draft)}`);
  return named.filter(({ issues }) => !hasError(issues));
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
  const moved: { refId: string; values: Record<string, string> }[] = [];
  for (const row of rows) {
    const values = valuesOf(row);
    const before = now.get(`${values['product_id'] ?? ''}/${values['currency']}`);
    if (before !== undefined && new Exact(before).eq(values['cost'] ?? values['rate']!)) {
      counts.unchanged += 1;
      continue;
    }
    const refId = await holdOrReport(tx, table, values, { validity, origin, row, severity: 'ERROR' });
    if (refId === null) continue;
    counts[before === undefined ? 'created' : 'updated'] += 1;
    moved.push({ refId, values });
  }
  const [first] = moved;
  if (first) {
    const at = { refId: first.refId, at: validity.from, by: origin.by };
    await tellOfChange(
      tx,
      changeOf(
        table,
        moved.map(({ values }) => values),
        at,
      ),
      null,
    );
  }
  return counts;
}

/** One process follows all that a batch has moved. */
function changeOf(
  table: EffectiveTable,
  moved: readonly Readonly<Record<string, string>>[],
  at: Pick<PriceChange, 'refId' | 'at' | 'by'>,
): PriceChange {
  if (table === 'fx_rate') {
    const text = moved.map(({ currency, rate }) => `${currency} ${rate}`).join(', ');
    const currency = moved.length === 1 ? moved[0]!['currency']! : null;
    return { kind: 'FX', text: text.slice(0, 200), currency, ...at };
  }
  const productIds = moved.map(({ product_id }) => product_id!);
  return { kind: 'COST', text: `cost of ${moved.length}`, productIds, ...at };
}

async function presentOf(tx: EntityManager, table: EffectiveTable): Promise<Map<string, string>> {
  const sql =
    table === 'fx_rate'
      ? `SELECT '/' || currency AS key, rate::text AS value FROM fx_rate WHERE valid @> now()`
      : `SELECT product_id || '/' || currency AS key, cost::text AS value FROM product_cost WHERE valid @> now()`;
  const rows = await tx.query<{ key: string; value: string }[]>(sql);
  return new Map(rows.map(({ key, value }) => [key, value]));
}
