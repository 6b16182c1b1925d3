import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { formatAmount } from '../../domain/money.js';

export interface ProductRow {
  id: string;
  sku: string;
  name: string;
  series: string;
}

export interface PriceListRow {
  id: string;
  version: number;
  currency: string;
  validFrom: string;
  validTo: string | null;
  items: PriceItemRow[];
}

export interface PriceItemRow {
  productId: string;
  sku: string;
  name: string;
  list: string;
  floor?: string;
  cost?: string;
  /** cheaper from so many units on, in their order */
  tiers: { minQty: string; list: string; floor?: string }[];
}

/** The catalogue by name; a trade's catalogue for quotations is read as a whole. */
export function listProducts(db: DataSource): Promise<ProductRow[]> {
  return db.query<ProductRow[]>(`SELECT id, sku, name, series FROM product ORDER BY name, id`);
}

const UTC = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/**
 * The price list of a currency at an instant (now when null), as a customer gets it: of their tier and region, else for
 * everybody. Floor and cost only for those who may see cost.
 * @throws DomainError NOT_FOUND no list is valid then
 */
export async function currentPriceList(
  db: DataSource,
  request: { currency: string; customerId: string | null; at: string | null; showsCost: boolean },
): Promise<PriceListRow> {
  const [list] = await db.query<Omit<PriceListRow, 'items'>[]>(
    `SELECT l.id, l.version, l.currency, to_char(lower(l.valid) AT TIME ZONE 'UTC', ${UTC}) AS "validFrom",
       to_char(upper(l.valid) AT TIME ZONE 'UTC', ${UTC}) AS "validTo"
     FROM price_list l LEFT JOIN customer c ON c.id = $3
     WHERE l.currency = $1 AND l.valid @> coalesce($2::timestamptz, now())
       AND l.tier IN ('', c.tier) AND l.region IN ('', c.region)
     ORDER BY l.tier <> '' DESC, l.region <> '' DESC LIMIT 1`,
    [request.currency, request.at, request.customerId],
  );
  if (!list) throw new DomainError('NOT_FOUND', { currency: request.currency, at: request.at });
  return { ...list, items: await priceItems(db, list, request) };
}

interface StoredItem {
  productId: string;
  sku: string;
  name: string;
  cost: string | null;
  steps: { minQty: string; list: string; floor: string }[];
}

/** The items of a list by name, with their steps. */
export async function priceItems(
  db: DataSource,
  { id, currency }: { id: string; currency: string },
  { at, showsCost }: { at: string | null; showsCost: boolean },
): Promise<PriceItemRow[]> {
  const items = await db.query<StoredItem[]>(
    `SELECT i.product_id AS "productId", p.sku, p.name,
       (SELECT c.cost FROM product_cost c WHERE c.product_id = p.id AND c.currency = $2
        AND c.valid @> coalesce($3::timestamptz, now())) AS cost,
       json_agg(json_build_object('minQty', trim_scale(i.min_qty)::text, 'list', i.list::text, 'floor', i.floor::text)
         ORDER BY i.min_qty) AS steps
     FROM price_item i JOIN product p ON p.id = i.product_id WHERE i.price_list_id = $1
     GROUP BY i.product_id, p.id ORDER BY p.name, p.id`,
    [id, currency, at],
  );
  const money = (amount: string): string => formatAmount(amount, currency);
  return items.map(({ cost, steps: [first, ...more], ...item }) => ({
    ...item,
    list: money(first!.list),
    ...(showsCost ? { floor: money(first!.floor) } : {}),
    ...(showsCost && cost !== null ? { cost: money(cost) } : {}),
    tiers: more.map(({ minQty, list, floor }) => ({
      minQty,
      list: money(list),
      ...(showsCost ? { floor: money(floor) } : {}),
    })),
  }));
}
