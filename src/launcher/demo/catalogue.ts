import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { sizeClass } from '../../domain/customer/size-class.js';
import { matchKey, nameKey } from '../../domain/import/name.js';
import { skuOfName } from '../../domain/import/products.js';
import { zoneOfCountry } from '../../domain/import/spelling.js';
import { DEMO_ACCOUNTS } from './accounts.js';
import { seedDeals } from './deals.js';
import { CURRENCY, PRODUCTS } from './products.js';

const PRICES_SINCE = '2016-01-01T00:00:00Z';

/** Customers, catalogue, price list version 1 and some open deals. What exists already stays as it is. */
export async function seedCatalogue(tx: EntityManager): Promise<void> {
  await seedCustomers(tx);
  await seedProducts(tx);
  await seedPriceList(tx);
  await seedDeals(tx);
}

/** Credit by revenue in millions of USD, for the demo only: ≥ 2,000 A, ≥ 800 B, ≥ 300 C, ≥ 60 D without limit, else none. */
function demoCredit(revenueMusd: number): { creditClass: string | null; creditLimit: string | null } {
  if (revenueMusd >= 2_000) return { creditClass: 'A', creditLimit: '2000000' };
  if (revenueMusd >= 800) return { creditClass: 'B', creditLimit: '800000' };
  if (revenueMusd >= 300) return { creditClass: 'C', creditLimit: '200000' };
  return { creditClass: revenueMusd >= 60 ? 'D' : null, creditLimit: null };
}

async function seedCustomers(tx: EntityManager): Promise<void> {
  const rows = DEMO_ACCOUNTS.map(([name, sector, year, revenue, employees, country, parent]) => ({
    id: uuidv7(),
    name,
    nameKey: nameKey(name),
    matchKey: matchKey(name),
    sector,
    country,
    zone: zoneOfCountry(country),
    year,
    revenue,
    employees,
    sizeClass: sizeClass(employees),
    parent: parent === null ? null : nameKey(parent),
    ...demoCredit(Number(revenue)),
  }));
  const json = JSON.stringify(rows);
  await tx.query(
    `INSERT INTO customer (id, name, name_key, match_key, sector, country, zone, year_established, revenue_musd, employees,
       size_class, credit_class, credit_limit, credit_currency)
     SELECT r.id, r.name, r."nameKey", r."matchKey", r.sector, r.country, r.zone, r.year, r.revenue, r.employees,
       r."sizeClass", r."creditClass", r."creditLimit", CASE WHEN r."creditLimit" IS NULL THEN NULL ELSE '${CURRENCY}' END
     FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, name varchar, "nameKey" varchar, "matchKey" varchar, sector varchar,
       country varchar, zone varchar, year smallint, revenue numeric, employees int, "sizeClass" varchar,
       "creditClass" varchar, "creditLimit" numeric)
     ON CONFLICT (name_key) DO NOTHING`,
    [json],
  );
  await tx.query(
    `UPDATE customer c SET parent_id = p.id
     FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, parent varchar) JOIN customer p ON p.name_key = r.parent
     WHERE c.id = r.id`,
    [json],
  );
}

async function seedProducts(tx: EntityManager): Promise<void> {
  const rows = PRODUCTS.map(([name, series]) => ({
    id: uuidv7(),
    sku: skuOfName(name),
    name,
    nameKey: nameKey(name),
    matchKey: matchKey(name),
    series,
  }));
  await tx.query(
    `INSERT INTO product (id, sku, name, name_key, match_key, series)
     SELECT r.id, r.sku, r.name, r."nameKey", r."matchKey", r.series
     FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, sku varchar, name varchar, "nameKey" varchar, "matchKey" varchar,
       series varchar)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

/** Floor 70 % and cost 55 % of list: the data set has neither. */
async function seedPriceList(tx: EntityManager): Promise<void> {
  const id = uuidv7();
  const made = await tx.query<unknown[]>(
    `INSERT INTO price_list (id, currency, version, valid) VALUES ($1, '${CURRENCY}', 1, tstzrange($2, NULL))
     ON CONFLICT DO NOTHING RETURNING 1`,
    [id, PRICES_SINCE],
  );
  if (made.length === 0) return;
  await tx.query(
    `WITH listed AS (
       SELECT p.id, r.list FROM jsonb_to_recordset($2::jsonb) AS r(sku varchar, list numeric) JOIN product p ON p.sku = r.sku
     ), costs AS (
       INSERT INTO product_cost (id, product_id, currency, cost, valid, source)
       SELECT gen_random_uuid(), id, '${CURRENCY}', round(list * 0.55, 2), tstzrange($3::timestamptz, NULL), 'demo' FROM listed
     )
     INSERT INTO price_item (price_list_id, product_id, list, floor) SELECT $1, id, list, round(list * 0.70, 2) FROM listed`,
    [id, JSON.stringify(PRODUCTS.map(([name, , list]) => ({ sku: skuOfName(name), list }))), PRICES_SINCE],
  );
}
