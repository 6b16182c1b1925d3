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
  items: { productId: string; sku: string; name: string; list: string; floor?: string; cost?: string }[];
}

/** The catalogue by name; a trade's catalogue for quotations is read as a whole. */
export function listProducts(db: DataSource): Promise<ProductRow[]> {
  return db.query<ProductRow[]>(`SELECT id, sku, name, series FROM product ORDER BY name, id`);
}

const UTC = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/**
 * The price list of a currency at an instant (now when null). Floor and cost only for those who may see cost.
 * @throws DomainError NOT_FOUND no list is valid then
 */
export async function currentPriceList(
  db: DataSource,
  request: { currency: string; at: string | null; showsCost: boolean },
): Promise<PriceListRow> {
  const [list] = await db.query<Omit<PriceListRow, 'items'>[]>(
    `SELECT id, version, currency, to_char(lower(valid) AT TIME ZONE 'UTC', ${UTC}) AS "validFrom",
       to_char(upper(valid) AT TIME ZONE 'UTC', ${UTC}) AS "validTo"
     FROM price_list WHERE currency = $1 AND valid @> coalesce($2::timestamptz, now())`,
    [request.currency, request.at],
  );
  if (!list) throw new DomainError('NOT_FOUND', { currency: request.currency, at: request.at });
  const items = await db.query<
    { productId: string; sku: string; name: string; list: string; floor: string; cost: string }[]
  >(
    `SELECT i.product_id AS "productId", p.sku, p.name, i.list, i.floor, i.cost
     FROM price_item i JOIN product p ON p.id = i.product_id WHERE i.price_list_id = $1 ORDER BY p.name, p.id`,
    [list.id],
  );
  const shown = (amount: string): string => formatAmount(amount, list.currency);
  return {
    ...list,
    items: items.map(({ floor, cost, ...item }) => ({
      ...item,
      list: shown(item.list),
      ...(request.showsCost ? { floor: shown(floor), cost: shown(cost) } : {}),
    })),
  };
}
