import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { pipelineNow, standingsOf } from '../../commands/opportunity/pipelines.js';
import { watchDeals } from '../../commands/opportunity/watch.js';
import { nameKey } from '../../domain/import/name.js';
import { skuOfName } from '../../domain/import/products.js';
import { DEFAULT_PIPELINE } from '../../domain/opportunity/pipeline.js';
import { DEMO_ACCOUNTS } from './accounts.js';
import { CURRENCY, PRODUCTS } from './products.js';
import { SALES_TEAMS } from './sales-teams.js';

const OPEN_STAGES = ['PROSPECTING', 'QUALIFIED', 'PROPOSAL', 'QUALIFIED', 'NEGOTIATION'] as const;
/** units of the product a demo deal is about: enough for every lane of the routing table to occur */
const UNITS = [1, 3, 20, 60, 8] as const;
const CONTACTS = [
  ['王敏', '采购经理', 'DECIDER'],
  ['Laura Keller', 'Head of operations', 'USER'],
  ['陈伟', '技术总监', 'INFLUENCER'],
] as const;
const NEXT = [
  ['CALL', '电话确认需求 Call about the need'],
  ['VISIT', '上门拜访 Visit'],
  ['MEETING', '方案评审会 Review the solution'],
] as const;

/** Somebody to talk to at each customer, and what is done next with each deal. */
const PEOPLE = `
  WITH deal AS (
    SELECT o.id, o.customer_id, o.owner_id, o.unit_id, row_number() OVER (ORDER BY o.number) - 1 AS n
    FROM opportunity o WHERE o.id = ANY($1::uuid[])
  ), person AS (
    INSERT INTO contact (id, customer_id, name, title, consent, consent_at, created_by)
    SELECT DISTINCT ON (d.customer_id, p.n) gen_random_uuid(), d.customer_id, p.value->>'name', p.value->>'title', 'GIVEN', now(), d.owner_id
    FROM deal d CROSS JOIN jsonb_array_elements($2::jsonb) WITH ORDINALITY AS p(value, n) ORDER BY d.customer_id, p.n, d.n
    RETURNING id, customer_id, name
  ), part AS (
    INSERT INTO opportunity_contact (opportunity_id, contact_id, role)
    SELECT d.id, c.id, p.value->>'role' FROM deal d JOIN person c ON c.customer_id = d.customer_id
    JOIN jsonb_array_elements($2::jsonb) AS p(value) ON p.value->>'name' = c.name
    WHERE d.n % 3 > 0
  )
  INSERT INTO activity (id, kind, state, opportunity_id, customer_id, subject, planned_on, owner_id, unit_id)
  SELECT gen_random_uuid(), a.value->>'kind', 'PLANNED', d.id, d.customer_id, a.value->>'subject',
    (now() AT TIME ZONE e.zone)::date + 1 + (d.n % 9)::int, d.owner_id, d.unit_id
  FROM deal d JOIN employee e ON e.id = d.owner_id
  JOIN jsonb_array_elements($3::jsonb) WITH ORDINALITY AS a(value, n) ON a.n = 1 + d.n % 3`;

/** One open deal per agent and one more for each lead, so that nobody's console is empty. */
export async function seedDeals(tx: EntityManager): Promise<void> {
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
    closesInDays: 10 + ((index * 11) % 80),
  }));
  const standings = standingsOf(await pipelineNow(tx, DEFAULT_PIPELINE));
  const made = await tx.query<{ id: string; ownerId: string }[]>(
    `INSERT INTO opportunity (id, number, customer_id, product_id, owner_id, unit_id, stage, open_stage, prob_auto, forecast_auto,
       worth, expected_close, amount, currency, engaged_on, origin)
     SELECT r.id, r.number, c.id, p.id, e.id, a.unit_id, r.stage, r.stage, ($2::jsonb->r.stage->>'probabilityPct')::numeric,
       $2::jsonb->r.stage->>'forecast', i.list * r.units, (now() AT TIME ZONE e.zone)::date + r."closesInDays", i.list * r.units, l.currency,
       CASE WHEN r.stage = 'PROSPECTING' THEN NULL ELSE (now() AT TIME ZONE e.zone)::date - r."engagedDaysAgo" END, 'DEMO'
     FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, number varchar, owner varchar, customer varchar, sku varchar,
       units int, stage varchar, "engagedDaysAgo" int, "closesInDays" int)
     JOIN employee e ON e.username = r.owner
     JOIN customer c ON c.name_key = r.customer
     JOIN product p ON p.sku = r.sku
     JOIN price_list l ON l.currency = '${CURRENCY}' AND l.tier = '' AND l.region = '' AND l.valid @> now()
     JOIN price_item i ON i.price_list_id = l.id AND i.product_id = p.id AND i.min_qty = 0
     LEFT JOIN assignment a ON a.employee_id = e.id AND a.is_primary AND a.valid @> now()
     ON CONFLICT (number) DO NOTHING RETURNING id, owner_id AS "ownerId"`,
    [JSON.stringify(rows), JSON.stringify(standings)],
  );
  if (made.length === 0) return;
  await tx.query(PEOPLE, [
    made.map(({ id }) => id),
    JSON.stringify(CONTACTS.map(([name, title, role]) => ({ name, title, role }))),
    JSON.stringify(NEXT.map(([kind, subject]) => ({ kind, subject }))),
  ]);
  await watchDeals(
    tx,
    made.map(({ ownerId }) => ownerId),
    null,
  );
}
