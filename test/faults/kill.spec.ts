import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import fc from 'fast-check';
import pg from 'pg';
import { FaultySystem, type Part } from './system.js';
import { oneCase, PatientClient, type Cast } from './workload.js';

const KILLS = Number(process.env['SEALFLOW_KILLS'] ?? 20);
const CLIENTS = 4;
/** There is always a case under way, and the machine has time for what starts again. */
const BETWEEN_MS = 500;
/** A signal that Temporal lost with its crash is made up for by the reconciler, which runs every minute. */
const QUIET_MS = 150_000;

let system: FaultySystem;
let database: pg.Client;
beforeAll(async () => {
  system = await FaultySystem.start();
  database = new pg.Client({ connectionString: system.databaseUrl });
  await database.connect();
}, 120_000);
afterAll(async () => {
  await database?.end();
  await system?.stop();
}, 60_000);

async function one<T>(sql: string, params: unknown[] = []): Promise<T> {
  const { rows } = await database.query(sql, params);
  return rows[0] as T;
}

/** Kills a part at a random moment, leaves it dead for a random while, starts it again; the seed is printed by fast-check's sample. */
async function killAtRandom(seed: number): Promise<void> {
  const plan = fc.sample(
    fc.record({
      part: fc.constantFrom<Part>('api', 'worker', 'temporal'),
      afterMs: fc.integer({ min: 50, max: 1_200 }),
      deadMs: fc.integer({ min: 0, max: 1_000 }),
    }),
    { numRuns: KILLS, seed },
  );
  for (const { part, afterMs, deadMs } of plan) {
    await sleep(afterMs);
    await system.kill(part);
    await sleep(deadMs);
    await system.startPart(part);
  }
}

async function untilQuiet(): Promise<void> {
  const deadline = Date.now() + QUIET_MS;
  const connection = await Connection.connect({ address: system.temporalAddress });
  try {
    for (;;) {
      const { n } = await one<{ n: string }>(`SELECT count(*) AS n FROM outbox WHERE state <> 'SENT'`);
      const running = await new Client({ connection }).workflow.count(
        `WorkflowType = "generalApproval" AND ExecutionStatus = "Running"`,
      );
      if (n === '0' && running.count === 0) return;
      if (Date.now() > deadline) throw new Error(`not quiet: ${n} messages, ${running.count} workflows`);
      await sleep(200);
    }
  } finally {
    await connection.close();
  }
}

describe('SIGKILL of API, worker and Temporal under load', () => {
  it(`loses nothing and does nothing twice, ${KILLS} times at random points`, async () => {
    const seed = Number(process.env['SEALFLOW_SEED'] ?? Date.now() % 1_000_000);
    const people = await Promise.all(
      ['moses.frase', 'dustin.brinkmann', 'director.central'].map((name) =>
        new PatientClient(system.url, name).login(),
      ),
    );
    const cast: Cast = { rep: people[0]!, lead: people[1]!, director: people[2]! };
    let killing = true;
    const answered: string[] = [];
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      for (let n = 0; killing || n === 0; n += 1) {
        answered.push(await oneCase(cast, `fault ${seed}-${client}-${n}`));
        await sleep(BETWEEN_MS);
      }
    });
    await killAtRandom(seed);
    killing = false;
    await Promise.all(clients);
    await untilQuiet();

    const mine = [`fault ${seed}-%`];
    const requests = await one<{ n: string; ids: string[] }>(
      `SELECT count(*) AS n, array_agg(id::text) AS ids FROM approval_request WHERE title LIKE $1 AND state = 'APPROVED'`,
      mine,
    );
    expect([...requests.ids].sort()).toEqual([...answered].sort());
    expect(await one(`SELECT count(*)::int AS n FROM approval_request WHERE title LIKE $1`, mine)).toEqual({
      n: answered.length,
    });
    const decisions = await one<{ n: number; most: number }>(
      `SELECT sum(n)::int AS n, max(n)::int AS most FROM (SELECT count(*) AS n FROM approval_decision d
           JOIN approval_request r ON r.id = d.request_id WHERE r.title LIKE $1 GROUP BY r.id) per_request`,
      mine,
    );
    expect(decisions).toEqual({ n: 2 * answered.length, most: 2 });
    const orphans = await one<{ n: number }>(
      `SELECT count(*)::int AS n FROM approval_request r WHERE r.state = 'PENDING' AND NOT EXISTS (
           SELECT 1 FROM approval_seat s WHERE s.request_id = r.id AND s.state IN ('OPEN', 'WAITING', 'PARKED'))`,
    );
    expect(orphans).toEqual({ n: 0 });
    const gaps = await one<{ n: number }>(
      `SELECT count(*)::int AS n FROM event_head h WHERE h.seq <> (SELECT count(*) FROM event e
           WHERE e.aggregate_kind = h.aggregate_kind AND e.aggregate_id = h.aggregate_id)`,
    );
    expect(gaps).toEqual({ n: 0 });
  }, 600_000);
});
