import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { draftActs, type DraftState } from '../../domain/policy/draft.js';
import type { Viewer } from '../org/scope.js';
import { priceItems, type PriceItemRow } from './products.js';

export interface PriceListSummary {
  id: string;
  currency: string;
  tier: string;
  region: string;
  version: number;
  /** of one that is published also whether it holds */
  state: Exclude<DraftState, 'APPROVED'> | 'SCHEDULED' | 'ACTIVE' | 'ENDED';
  validFrom: string | null;
  validTo: string | null;
  note: string | null;
  authors: string[];
  reviewer: string | null;
  reviewReason: string | null;
  items: number;
  rowVersion: number;
}

export interface PriceListDetail extends Omit<PriceListSummary, 'items'> {
  items: PriceItemRow[];
  actions: string[];
}

const UTC = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const SUMMARY = `SELECT l.id, l.currency, l.tier, l.region, l.version,
    CASE WHEN l.state <> 'APPROVED' THEN l.state WHEN l.valid @> now() THEN 'ACTIVE' WHEN lower(l.valid) > now() THEN 'SCHEDULED'
      ELSE 'ENDED' END AS state,
    to_char(coalesce(lower(l.valid), l.wanted_from) AT TIME ZONE 'UTC', ${UTC}) AS "validFrom",
    to_char(coalesce(upper(l.valid), l.wanted_to) AT TIME ZONE 'UTC', ${UTC}) AS "validTo", l.note,
    ARRAY(SELECT e.name FROM employee e WHERE e.id = ANY(l.authors) ORDER BY e.name) AS authors, r.name AS reviewer,
    l.review_reason AS "reviewReason", (SELECT count(*)::int FROM price_item i WHERE i.price_list_id = l.id) AS items,
    l.row_version AS "rowVersion", l.authors AS "authorIds"
  FROM price_list l LEFT JOIN employee r ON r.id = l.reviewed_by`;

type Stored = PriceListSummary & { authorIds: string[] };

/** Versions of every list, newest first; what was discarded is left out. */
export async function listPriceLists(db: DataSource): Promise<PriceListSummary[]> {
  const rows = await db.query<Stored[]>(
    `${SUMMARY} WHERE l.state <> 'DISCARDED' ORDER BY l.currency, l.tier, l.region, l.version DESC LIMIT 500`,
  );
  return rows.map(({ authorIds: _, ...row }) => row);
}

/** @throws DomainError NOT_FOUND */
export async function readPriceList(db: DataSource, viewer: Viewer, id: string): Promise<PriceListDetail> {
  const [row] = await db.query<Stored[]>(`${SUMMARY} WHERE l.id = $1`, [id]);
  if (!row) throw new DomainError('NOT_FOUND', { priceListId: id });
  const { authorIds, items: _, ...list } = row;
  const isPublished = ['SCHEDULED', 'ACTIVE', 'ENDED'].includes(list.state);
  const acts: string[] = isPublished
    ? list.state === 'SCHEDULED'
      ? ['WITHDRAW']
      : []
    : draftActs(list.state as DraftState);
  const isAuthor = authorIds.includes(viewer.personId);
  const others = ['APPROVE', 'SEND_BACK'];
  const mayWrite = viewer.permissions['price:write'] !== undefined;
  return {
    ...list,
    items: await priceItems(db, list, { at: null, showsCost: viewer.permissions['cost:read'] !== undefined }),
    actions: mayWrite
      ? acts.filter((act) => (others.includes(act) ? !isAuthor : act !== 'RECALL' || isAuthor))
      : [],
  };
}

/** One price that differs between two versions; null: not in that one. */
export interface PriceDifference {
  productId: string;
  sku: string;
  name: string;
  minQty: string;
  before: { list: string; floor: string } | null;
  after: { list: string; floor: string } | null;
  /** of the list price, 2 decimals; null: new or gone */
  movePct: string | null;
}

/** What a version changes against another one, by product and quantity. @throws DomainError NOT_FOUND */
export async function priceListDiff(
  db: DataSource,
  id: string,
  againstId: string,
): Promise<PriceDifference[]> {
  for (const one of [id, againstId])
    if ((await db.query<unknown[]>(`SELECT 1 FROM price_list WHERE id = $1`, [one])).length === 0)
      throw new DomainError('NOT_FOUND', { priceListId: one });
  return db.query<PriceDifference[]>(
    `SELECT p.id AS "productId", p.sku, p.name, trim_scale(coalesce(a.min_qty, b.min_qty))::text AS "minQty",
       CASE WHEN b.list IS NOT NULL THEN json_build_object('list', trim_scale(b.list)::text, 'floor', trim_scale(b.floor)::text) END AS before,
       CASE WHEN a.list IS NOT NULL THEN json_build_object('list', trim_scale(a.list)::text, 'floor', trim_scale(a.floor)::text) END AS after,
       CASE WHEN b.list > 0 AND a.list IS NOT NULL THEN round((a.list - b.list) * 100 / b.list, 2)::text END AS "movePct"
     FROM (SELECT * FROM price_item WHERE price_list_id = $1) a
     FULL JOIN (SELECT * FROM price_item WHERE price_list_id = $2) b USING (product_id, min_qty)
     JOIN product p ON p.id = product_id
     WHERE (a.list, a.floor) IS DISTINCT FROM (b.list, b.floor) ORDER BY p.name, 4 LIMIT 2000`,
    [id, againstId],
  );
}

export interface CostRow {
  id: string;
  productId: string;
  sku: string;
  name: string;
  currency: string;
  cost: string;
  validFrom: string;
  validTo: string | null;
  source: string;
}

export interface RateRow {
  id: string;
  currency: string;
  rate: string;
  asOf: string;
  validFrom: string;
  validTo: string | null;
  source: string;
}

export interface RebateRow {
  id: string;
  customer: { id: string; name: string } | null;
  product: { id: string; name: string } | null;
  fromAmount: string;
  pct: string;
  validFrom: string;
  validTo: string | null;
  source: string;
}

const SINCE = (table: string) => `to_char(lower(${table}.valid) AT TIME ZONE 'UTC', ${UTC}) AS "validFrom",
  to_char(upper(${table}.valid) AT TIME ZONE 'UTC', ${UTC}) AS "validTo", ${table}.source`;

/** What products cost, by product, newest first. */
export function listCosts(db: DataSource): Promise<CostRow[]> {
  return db.query<CostRow[]>(
    `SELECT c.id, p.id AS "productId", p.sku, p.name, c.currency, trim_scale(c.cost)::text AS cost, ${SINCE('c')}
     FROM product_cost c JOIN product p ON p.id = c.product_id ORDER BY p.name, c.currency, lower(c.valid) DESC LIMIT 1000`,
  );
}

/** What currencies are worth, newest first. */
export function listRates(db: DataSource): Promise<RateRow[]> {
  return db.query<RateRow[]>(
    `SELECT f.id, f.currency, trim_scale(f.rate)::text AS rate, f.as_of::text AS "asOf", ${SINCE('f')}
     FROM fx_rate f ORDER BY f.currency, lower(f.valid) DESC LIMIT 1000`,
  );
}

export function listRebates(db: DataSource): Promise<RebateRow[]> {
  return db.query<RebateRow[]>(
    `SELECT b.id, CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'name', c.name) END AS customer,
       CASE WHEN p.id IS NOT NULL THEN json_build_object('id', p.id, 'name', p.name) END AS product,
       trim_scale(b.from_amount)::text AS "fromAmount", trim_scale(b.pct)::text AS pct, ${SINCE('b')}
     FROM rebate b LEFT JOIN customer c ON c.id = b.customer_id LEFT JOIN product p ON p.id = b.product_id
     ORDER BY lower(b.valid) DESC LIMIT 1000`,
  );
}
