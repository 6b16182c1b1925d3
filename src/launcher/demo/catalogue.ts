import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { sizeClass } from '../../domain/customer/size-class.js';
import { matchKey, nameKey } from '../../domain/import/name.js';
import { skuOfName } from '../../domain/import/products.js';
import { zoneOfCountry } from '../../domain/import/spelling.js';
import { DEMO_ACCOUNTS } from './accounts.js';
import { SALES_TEAMS } from './sales-teams.js';

/** The seven products of the public CRM sales data set. Its prices name no currency; here they are yuan by decision. */
const PRODUCTS = [
  ['GTX Basic', 'GTX', '550'],
  ['GTX Pro', 'GTX', '4821'],
  ['MG Special', 'MG', '55'],
  ['MG Advanced', 'MG', '3393'],
  ['GTX Plus Pro', 'GTX', '5482'],
  ['GTX Plus Basic', 'GTX', '1096'],
  ['GTK 500', 'GTK', '26768'],
] as const;
const CURRENCY = 'CNY';
const PRICES_SINCE = '2016-01-01T00:00:00Z';
const OPEN_STAGES = ['PROSPECTING', 'QUALIFIED', 'PROPOSAL', 'QUALIFIED', 'NEGOTIATION'] as const;
/** units of the product a demo deal is about: enough for every lane of the routing table to occur */
const UNITS = [1, 3, 20, 60, 8] as const;

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

/** One open deal per agent and one more for each lead, so that nobody's console is empty. */
async function seedDeals(tx: EntityManager): Promise<void> {
  const leads = Object.values(SALES_TEAMS).flatMap((teams) => Object.keys(teams));
  const agents = Object.values(SALES_TEAMS).flatMap((teams) => Object.values(teams).flat());
  const rows = [...agents, ...leads].map((owner, index) => ({
    id: uuidv7(),
    number: `DEMO-${String(index + 1).padStart(4, '0')}`,
    owner: owner.toLowerCase().replaceAll(' ', '.'),
    customer: nameKey(DEMO_ACCOUNTS[(index * 7) % DEMO_ACCOUNTS.length]![0]),
    sku: skuOfName(PRODUCTS[index % PRODUCTS.length]![0]),
    units: UNITS[index % UNITS.length],
    stage: OPEN_STAGES[index % OPEN_STAGES.length],
    engagedDaysAgo: 3 + ((index * 5) % 40),
  }));
  await tx.query(
    `INSERT INTO opportunity (id, number, customer_id, product_id, owner_id, unit_id, stage, amount, currency, engaged_on, origin)
     SELECT r.id, r.number, c.id, p.id, e.id, a.unit_id, r.stage, i.list * r.units, l.currency,
       CASE WHEN r.stage = 'PROSPECTING' THEN NULL ELSE (now() AT TIME ZONE e.zone)::date - r."engagedDaysAgo" END, 'DEMO'
     FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, number varchar, owner varchar, customer varchar, sku varchar,
       units int, stage varchar, "engagedDaysAgo" int)
     JOIN employee e ON e.username = r.owner
     JOIN customer c ON c.name_key = r.customer
     JOIN product p ON p.sku = r.sku
     JOIN price_list l ON l.currency = '${CURRENCY}' AND l.tier = '' AND l.region = '' AND l.valid @> now()
     JOIN price_item i ON i.price_list_id = l.id AND i.product_id = p.id AND i.min_qty = 0
     LEFT JOIN assignment a ON a.employee_id = e.id AND a.is_primary AND a.valid @> now()
     ON CONFLICT (number) DO NOTHING`,
    [JSON.stringify(rows)],
  );
}
