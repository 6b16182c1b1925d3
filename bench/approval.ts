import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { runCycle, type Cast, type CycleTimes } from './approval-cycle.js';
import { ApiClient } from './client.js';
import { floorCyclesPerSecond } from './floor.js';
import { cpuSeconds, percentile, processTree, residentMb } from './processes.js';
import { scratchDirectory, startSystem, type RunningSystem } from './system.js';

/**
 * `npm run bench:approval [-- --seconds 20 --clients 1,8,32]`: the two-approver cycle over HTTP with authentication, on a
 * system of its own; completed cycles count until the last workflow is closed and the outbox is empty. In the same run
 * the floor: the same rows by plain SQL.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    clients: { type: 'string', default: '1,8,32' },
    port: { type: 'string', default: '4300' },
  },
});
const seconds = Number(values.seconds);

interface Round {
  clients: number;
  completed: number;
  cyclesPerSecond: number;
  decisionMs: number[];
  nextVisibleMs: number[];
  cpuPerThousand: number;
}

function out(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function castOf(url: string): Promise<Cast> {
  const [rep, lead, director] = await Promise.all(
    ['moses.frase', 'dustin.brinkmann', 'director.central'].map((name) => ApiClient.login(url, name)),
  );
  return { rep: rep!, approvers: [lead!, director!] };
}

async function runRound(system: RunningSystem, cast: Cast, clients: number): Promise<Round> {
  const cpuBefore = cpuSeconds(processTree(system.pid));
  const started = performance.now();
  const until = started + seconds * 1_000;
  const times: CycleTimes[] = [];
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let n = 0; performance.now() < until; n += 1)
        times.push(await runCycle(cast, `bench ${clients}-${client}-${n}-${started}`));
    }),
  );
  await untilQuiet(system);
  const elapsed = (performance.now() - started) / 1_000;
  return {
    clients,
    completed: times.length,
    cyclesPerSecond: times.length / elapsed,
    decisionMs: times.flatMap(({ decisionMs }) => decisionMs),
    nextVisibleMs: times.flatMap(({ nextVisibleMs }) => nextVisibleMs),
    cpuPerThousand: ((cpuSeconds(processTree(system.pid)) - cpuBefore) / times.length) * 1_000,
  };
}

/** Until the outbox is empty and no approval workflow runs: work that is only promised does not count. */
async function untilQuiet({ endpoints }: RunningSystem): Promise<void> {
  const database = new pg.Client({ connectionString: endpoints.databaseUrl });
  const connection = await Connection.connect({ address: endpoints.temporalAddress });
  const { workflow } = new Client({ connection });
  await database.connect();
  try {
    for (;;) {
      const { rows } = await database.query<{ n: string }>(
        `SELECT count(*) AS n FROM outbox WHERE state = 'PENDING'`,
      );
      const open = await workflow.count(`WorkflowType = "generalApproval" AND ExecutionStatus = "Running"`);
      if (rows[0]!.n === '0' && open.count === 0) return;
      await sleep(50);
    }
  } finally {
    await database.end();
    await connection.close();
  }
}

function report(round: Round, floor: number): void {
  const p = (samples: number[]) =>
    `${percentile(samples, 50).toFixed(1)} / ${percentile(samples, 95).toFixed(1)}`;
  out(
    [
      `${String(round.clients).padStart(7)}`,
      `${round.cyclesPerSecond.toFixed(1).padStart(8)}`,
      `${p(round.decisionMs).padStart(15)}`,
      `${p(round.nextVisibleMs).padStart(15)}`,
      `${round.cpuPerThousand.toFixed(1).padStart(9)}`,
      `${((100 * round.cyclesPerSecond) / floor).toFixed(1).padStart(7)} %`,
    ].join('  '),
  );
}

const directory = scratchDirectory();
const port = Number(values.port);
try {
  const cold = await startSystem(directory.path, port);
  await cold.stop();
  const system = await startSystem(directory.path, port);
  out(
    `start: ${cold.startSeconds.toFixed(1)} s with an empty data directory, ${system.startSeconds.toFixed(1)} s again`,
  );
  const cast = await castOf(system.endpoints.api);
  for (let n = 0; n < 50; n += 1) await runCycle(cast, `warm-up ${n}`);
  const floor = await floorCyclesPerSecond(system.endpoints.databaseUrl, 8, Math.min(seconds, 10));
  out(`floor: ${floor.toFixed(0)} cycles/s, the same rows by plain SQL, 8 connections`);
  out('clients  cycles/s  decision p50/95  next task 50/95  CPU s/1k  of floor');
  for (const clients of values.clients.split(',').map(Number))
    report(await runRound(system, cast, clients), floor);
  const tree = processTree(system.pid);
  out(`resident: api ${residentMb(tree, 'api/main.js')} MB, worker ${residentMb(tree, 'worker.js')} MB`);
  await system.stop();
} finally {
  directory.remove();
}
