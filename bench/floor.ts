import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** Tables a cycle writes, with the column that names the request or its aggregate. */
const TABLES: readonly [string, string][] = [
  ['event_head', 'aggregate_id'],
  ['event', 'aggregate_id'],
  ['approval_request', 'id'],
  ['approval_round', 'request_id'],
  ['approval_stage', 'request_id'],
  ['approval_seat', 'request_id'],
  ['approval_decision', 'request_id'],
];
const KEYS_PER_CYCLE = 3;
const MESSAGES_PER_CYCLE = 3;

interface Sample {
  table: string;
  rows: Record<string, unknown>[];
}

/**
 * How many cycles per second plain SQL writes: the very rows of one finished cycle, copied under new ids into tables of
 * the same shape and indexes, in three transactions (submit, decide, decide), with the updates a cycle makes.
 */
export async function floorCyclesPerSecond(
  databaseUrl: string,
  connections: number,
  seconds: number,
): Promise<number> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections });
  try {
    const samples = await prepare(pool);
    const until = performance.now() + seconds * 1_000;
    const counts = await Promise.all(
      Array.from({ length: connections }, async () => {
        let done = 0;
        for (; performance.now() < until; done += 1) await writeCycle(pool, samples);
        return done;
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0) / seconds;
  } finally {
    await pool.query('DROP SCHEMA IF EXISTS floor CASCADE');
    await pool.end();
  }
}

async function prepare(pool: pg.Pool): Promise<Sample[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM approval_request WHERE kind = 'GENERAL' AND state = 'APPROVED' ORDER BY submitted_at DESC LIMIT 1`,
  );
  const requestId = rows[0]?.id;
  if (!requestId) throw new Error('no finished cycle to copy');
  await pool.query('DROP SCHEMA IF EXISTS floor CASCADE; CREATE SCHEMA floor');
  const samples: Sample[] = [];
  for (const [table, column] of TABLES) {
    await pool.query(`CREATE TABLE floor.${table} (LIKE public.${table} INCLUDING ALL)`);
    const found = await pool.query<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(t) AS row FROM ${table} t WHERE ${column} = $1`,
      [requestId],
    );
    samples.push({ table, rows: found.rows.map(({ row }) => row) });
  }
  for (const [table, n] of [
    ['command_key', KEYS_PER_CYCLE],
    ['outbox', MESSAGES_PER_CYCLE],
  ] as const) {
    await pool.query(`CREATE TABLE floor.${table} (LIKE public.${table} INCLUDING ALL)`);
    const found = await pool.query<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(t) AS row FROM ${table} t LIMIT $1`,
      [n],
    );
    samples.push({ table, rows: found.rows.map(({ row }) => row) });
  }
  return samples;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** A third of the rows in each of three transactions; what a cycle updates is updated. */
async function writeCycle(pool: pg.Pool, samples: readonly Sample[]): Promise<void> {
  const fresh = new Map<string, string>();
  const renew = (row: Record<string, unknown>) =>
    JSON.parse(
      JSON.stringify(row).replace(UUID, (id) => {
        const known = fresh.get(id) ?? randomUUID();
        fresh.set(id, known);
        return known;
      }),
    ) as Record<string, unknown>;
  for (const part of [0, 1, 2]) {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      for (const { table, rows } of samples) {
        const own = rows.filter((_, index) => index % 3 === part).map(renew);
        if (table === 'command_key') for (const row of own) row['key'] = randomUUID();
        if (own.length > 0) {
          await client.query(
            `INSERT INTO floor.${table} SELECT * FROM jsonb_populate_recordset(NULL::floor.${table}, $1)`,
            [JSON.stringify(own)],
          );
        }
      }
      const request = fresh.get(samples[2]!.rows[0]!['id'] as string);
      if (part > 0 && request) {
        await client.query(`UPDATE floor.event_head SET seq = seq + 1 WHERE aggregate_id = $1`, [request]);
        await client.query(`UPDATE floor.approval_request SET seq = seq + 1 WHERE id = $1`, [request]);
        await client.query(`UPDATE floor.approval_seat SET version = version + 1 WHERE request_id = $1`, [
          request,
        ]);
        await client.query(`UPDATE floor.approval_stage SET visit = visit + 1 WHERE request_id = $1`, [
          request,
        ]);
      }
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }
}
