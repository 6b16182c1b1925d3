import type { DataSource } from 'typeorm';

export interface ManyDeals {
  deals: number;
  sellers: number;
  teams: number;
}

/** Written in slices: the tables keep every value of every deal, and a slice is one statement. */
const SLICE = 5_000;

/**
 * A sales organisation of its own size: one region, its teams, their sellers as REP and TEAM_LEAD, and deals in every stage, most
 * of them open, with a planned activity each. @returns the ids of sellers, one of each team's leads, and the region's director
 */
export async function manyDeals(
  db: DataSource,
  { deals, sellers, teams }: ManyDeals,
): Promise<{ sellers: string[]; leads: string[]; director: string }> {
  await db.query(ORGANISATION, [teams, sellers]);
  await db.query(
    `INSERT INTO account (employee_id, password_hash) SELECT id, 'none' FROM employee WHERE username LIKE 'bench-%'`,
  );
  await db.query(
    `INSERT INTO customer (id, name, name_key, match_key, zone)
     SELECT gen_random_uuid(), 'Bench customer ' || i, 'bench customer ' || i, 'benchcustomer' || i, 'Asia/Shanghai'
     FROM generate_series(1, $1::int / 20) i`,
    [deals],
  );
  await db.query(`ANALYZE customer`);
  for (let from = 0; from < deals; from += SLICE) {
    await db.query(DEALS, [from, Math.min(SLICE, deals - from)]);
    if (from === 0) await db.query(`ANALYZE opportunity`);
  }
  await db.query(
    `INSERT INTO activity (id, kind, state, opportunity_id, customer_id, subject, planned_on, owner_id, unit_id)
     SELECT gen_random_uuid(), 'CALL', 'PLANNED', o.id, o.customer_id, 'call', current_date + 3, o.owner_id, o.unit_id
     FROM opportunity o WHERE o.number LIKE 'B-%' AND o.stage NOT IN ('WON', 'LOST')`,
  );
  for (const table of [
    'opportunity',
    'activity',
    'opportunity_change',
    'opportunity_stage_entry',
    'customer',
  ])
    await db.query(`VACUUM ANALYZE ${table}`);
  const people = await db.query<{ id: string; username: string }[]>(
    `SELECT id, username FROM employee WHERE username LIKE 'bench-%' ORDER BY username`,
  );
  const named = (prefix: string) =>
    people.filter(({ username }) => username.startsWith(prefix)).map(({ id }) => id);
  return { sellers: named('bench-rep'), leads: named('bench-lead'), director: named('bench-director')[0]! };
}

const ORGANISATION = `
  WITH region AS (
    INSERT INTO org_unit (id, code, kind, name) VALUES (gen_random_uuid(), 'BENCH', 'REGION', 'Bench') RETURNING id
  ), team AS (
    INSERT INTO org_unit (id, code, kind, name)
    SELECT gen_random_uuid(), 'BENCH-' || i, 'TEAM', 'Bench ' || i FROM generate_series(1, $1::int) i RETURNING id, code
  ), edge AS (
    INSERT INTO org_edge (id, hierarchy, parent_id, child_id, valid)
    SELECT gen_random_uuid(), 'REPORTING', r.id, t.id, tstzrange('2020-01-01', NULL) FROM region r, team t
  ), person AS (
    INSERT INTO employee (id, username, name, title, zone, office_key, status, locale, identity)
    SELECT gen_random_uuid(), 'bench-' || p.role || '-' || lpad(p.i::text, 4, '0'), 'Bench ' || p.role || p.i, NULL, 'Asia/Shanghai', 'CN', 'ACTIVE', 'en', gen_random_uuid()
    FROM (SELECT 'rep' AS role, i FROM generate_series(1, $2::int) i UNION ALL SELECT 'lead', i FROM generate_series(1, $1::int) i
      UNION ALL SELECT 'director', 1) p
    RETURNING id, username
  ), place AS (
    SELECT p.id, p.username, CASE WHEN p.username LIKE 'bench-director%' THEN (SELECT id FROM region)
      ELSE (SELECT t.id FROM team t WHERE t.code = 'BENCH-' || (1 + (right(p.username, 4)::int - 1) % $1::int)) END AS unit_id
    FROM person p
  ), member AS (
    INSERT INTO assignment (id, employee_id, unit_id, position, is_primary, valid)
    SELECT gen_random_uuid(), id, unit_id, CASE WHEN username LIKE 'bench-rep%' THEN 'MEMBER' ELSE 'HEAD' END, true, tstzrange('2020-01-01', NULL)
    FROM place
  )
  INSERT INTO role_grant (id, employee_id, role, unit_id, valid, granted_by)
  SELECT gen_random_uuid(), id, CASE WHEN username LIKE 'bench-rep%' THEN 'REP' WHEN username LIKE 'bench-lead%' THEN 'TEAM_LEAD'
    ELSE 'REGIONAL_DIRECTOR' END, unit_id, tstzrange('2020-01-01', NULL), 'system:bench' FROM place`;

/** Two thirds open, amounts of four magnitudes, close dates around now, one in twenty quiet or late. */
const DEALS = `
  WITH seller AS (
    SELECT e.id, a.unit_id, row_number() OVER (ORDER BY e.username) - 1 AS n
    FROM employee e JOIN assignment a ON a.employee_id = e.id WHERE e.username LIKE 'bench-rep%'
  ), customer AS (
    SELECT id, row_number() OVER (ORDER BY name_key) - 1 AS n FROM customer WHERE name_key LIKE 'bench customer%'
  ), deal AS (
    SELECT i, (hashint4(i)::bigint & 2147483647) AS r FROM generate_series($1::int + 1, $1::int + $2::int) i
  ), staged AS (
    SELECT d.*, d.i % (SELECT count(*) FROM seller) AS seller_no, (d.r / 3) % (SELECT count(*) FROM customer) AS customer_no,
      (ARRAY['PROSPECTING', 'QUALIFIED', 'PROPOSAL', 'QUOTED', 'NEGOTIATION', 'CONTRACTING', 'ON_HOLD', 'WON', 'LOST', 'WON'])[1 + d.r % 10] AS stage,
      (ARRAY[10, 20, 40, 60, 75, 90, 0, 100, 0, 100])[1 + d.r % 10] AS prob,
      (ARRAY['PIPELINE', 'PIPELINE', 'PIPELINE', 'BEST_CASE', 'BEST_CASE', 'COMMIT', 'OMITTED', 'CLOSED', 'OMITTED', 'CLOSED'])[1 + d.r % 10] AS forecast,
      round((10 ^ (3 + d.r % 4) * (1 + (d.r / 7) % 9))::numeric, 2) AS amount
    FROM deal d
  )
  INSERT INTO opportunity (id, number, title, customer_id, owner_id, unit_id, stage, open_stage, prob_auto, forecast_auto, amount, currency,
    worth, expected_close, engaged_on, closed_on, lost_reason, contact_at, stuck_at, slipped_at, origin, created_at)
  SELECT gen_random_uuid(), 'B-' || lpad(s.i::text, 7, '0'), 'Bench deal ' || s.i, c.id, e.id, e.unit_id, s.stage,
    CASE WHEN s.stage IN ('WON', 'LOST', 'ON_HOLD') THEN 'QUOTED' ELSE s.stage END, s.prob, s.forecast, s.amount,
    CASE WHEN s.r % 50 = 0 THEN 'USD' ELSE 'CNY' END, s.amount, current_date - 10 + (s.r % 120)::int, current_date - 200,
    CASE WHEN s.stage IN ('WON', 'LOST') THEN current_date - (s.r % 190)::int END, CASE WHEN s.stage = 'LOST' THEN 'PRICE' END,
    now() - make_interval(hours => (s.r % 600)::int), CASE WHEN s.r % 20 = 3 THEN now() END, CASE WHEN s.r % 20 = 4 THEN now() END,
    'IMPORT', now() - make_interval(secs => (s.r % 15000000)::int)
  FROM staged s JOIN seller e ON e.n = s.seller_no JOIN customer c ON c.n = s.customer_no`;
