import type { DataSource } from 'typeorm';
import { createGeneralRequest } from '../commands/approval/general.js';
import { generalSubject } from '../commands/approval/general.subject.js';
import { registerSubjects } from '../commands/approval/subjects.js';

export interface Load {
  /** open seats in all */
  seats: number;
  /** people who hold them, evenly but for the first, who holds one of every fifty */
  holders: number;
  /** open seats of one request */
  perRequest: number;
}

const BATCH = 50_000;

/**
 * Live seats in the shape the product itself gives them: one request is submitted through the product's own command, its
 * rows are copied under new ids with other holders, kinds, amounts and due times.
 */
export async function liveSeats(db: DataSource, { seats, holders, perRequest }: Load): Promise<string[]> {
  registerSubjects({ GENERAL: generalSubject });
  const template = await pendingRequest(db);
  await db.query(
    `CREATE TABLE bench_holder AS SELECT n, gen_random_uuid() AS id FROM generate_series(0, $1::int - 1) n`,
    [holders],
  );
  await db.query(
    `INSERT INTO employee (id, username, name, office_key, zone, identity)
     SELECT id, 'holder.' || n, 'Holder ' || n, 'CN', 'Asia/Shanghai', id FROM bench_holder`,
  );
  await db.query(`INSERT INTO account (employee_id, password_hash) SELECT id, 'none' FROM bench_holder`);
  await db.query(
    `INSERT INTO role_grant (id, employee_id, role, valid, granted_by)
     SELECT gen_random_uuid(), id, 'FINANCE', tstzrange(now(), NULL), 'bench' FROM bench_holder`,
  );
  await db.query(`CREATE UNIQUE INDEX ON bench_holder (n)`);
  await db.query(`ANALYZE bench_holder`);
  // the index over titles is built once, at the end
  const [search] = await db.query<{ definition: string }[]>(
    `SELECT indexdef AS definition FROM pg_indexes WHERE indexname = 'approval_request_search'`,
  );
  await db.query(`DROP INDEX approval_request_search`);
  const requests = Math.ceil(seats / perRequest);
  for (let from = 0; from < requests; from += BATCH)
    await copyRequests(db, { template, from, to: Math.min(requests, from + BATCH), holders, perRequest });
  await db.query(search!.definition);
  await db.query(
    `VACUUM (ANALYZE) approval_request, approval_round, approval_stage, approval_seat, employee`,
  );
  const rows = await db.query<{ id: string }[]>(`SELECT id FROM bench_holder ORDER BY n`);
  return rows.map(({ id }) => id);
}

async function pendingRequest(db: DataSource): Promise<string> {
  const [rep] = await db.query<{ id: string }[]>(`SELECT id FROM employee WHERE username = 'moses.frase'`);
  const meta = {
    actor: { kind: 'PERSON' as const, id: rep!.id, permissions: [] },
    key: 'template',
    scope: 'bench',
    body: null,
    correlationId: null,
  };
  const { value } = await createGeneralRequest(db, meta, {
    title: 'Special price for a framework contract 框架协议特价',
    amount: { amount: '120000.00', currency: 'CNY' },
    facts: { category: 'special-price', levels: '2' },
    content: { reason: 'benchmark 特价申请' },
    approverIds: [],
  });
  return value.requestId;
}

interface Copy {
  template: string;
  /** numbers of the requests to write, `to` exclusive */
  from: number;
  to: number;
  holders: number;
  perRequest: number;
}

/** Kinds, amounts and due times are scattered by hashing the request's number: every run writes the same load. */
const NUMBERED = `
  CREATE TABLE bench_copy AS
  SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS stage_id,
    (ARRAY['QUOTE', 'CONTRACT', 'GENERAL'])[1 + abs(hashint4(n)) % 3] AS kind,
    1000 + abs(hashint4(n + 7))::numeric % 2000000 AS amount,
    now() + make_interval(mins => abs(hashint4(n + 13)) % 20160 - 2880) AS due_at
  FROM generate_series($1::int, $2::int - 1) n`;

/** What of each table's row differs in a copy `c`; everything else is the template's. */
const DIFFERS: Readonly<Record<string, { columns: Record<string, string>; from: string }>> = {
  approval_request: {
    columns: {
      id: 'c.id',
      subject_id: 'gen_random_uuid()',
      kind: 'c.kind',
      number: `'B-' || c.n`,
      title: `t.title || ' ' || c.n`,
      amount: 'c.amount',
      exposure: 'c.amount',
      due_at: 'c.due_at',
    },
    from: 'approval_request t, bench_copy c WHERE t.id = $1',
  },
  approval_round: {
    columns: { request_id: 'c.id' },
    from: 'approval_round t, bench_copy c WHERE t.request_id = $1',
  },
  approval_stage: {
    columns: { id: 'c.stage_id', request_id: 'c.id' },
    from: `approval_stage t, bench_copy c WHERE t.request_id = $1 AND t.state = 'ACTIVE'`,
  },
  approval_seat: {
    columns: {
      id: 'gen_random_uuid()',
      request_id: 'c.id',
      stage_id: 'c.stage_id',
      holder_id: 'h.id',
      owner_id: 'h.id',
      kind: 'c.kind',
      exposure: 'c.amount',
      due_at: 'c.due_at',
    },
    from: `approval_seat t, generate_series(0, $2::int - 1) k, bench_copy c, bench_holder h
      WHERE t.request_id = $1 AND t.state = 'OPEN'
        AND h.n = CASE WHEN (c.n * $2::int + k) % 50 = 0 THEN 0 ELSE (c.n * $2::int + k) % $3::int END`,
  },
};

async function copyRequests(
  db: DataSource,
  { template, from, to, holders, perRequest }: Copy,
): Promise<void> {
  // what is copied held already: neither its references nor the ban on changing it need to be looked at again
  await db.query(`SET session_replication_role = replica`);
  await db.query(`SET statement_timeout = 0`);
  await db.query(`DROP TABLE IF EXISTS bench_copy`);
  await db.query(NUMBERED, [from, to]);
  for (const [table, { columns, from: source }] of Object.entries(DIFFERS)) {
    const rows = await db.query<{ name: string }[]>(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      [table],
    );
    const names = rows.map(({ name }) => name);
    const params = source.includes('$3') ? [template, perRequest, holders] : [template];
    await db.query(
      `INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.map((name) => columns[name] ?? `t.${name}`).join(', ')} FROM ${source}`,
      params,
    );
  }
}
