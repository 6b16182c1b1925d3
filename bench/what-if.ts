import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDataSource } from '../src/db/data-source.js';
import { ApiClient } from './client.js';
import { percentile, processTree, residentMb } from './processes.js';
import { storeRequests } from './stored-requests.js';
import { scratchDirectory, startSystem } from './system.js';

/**
 * `npm run bench:whatif [-- --requests 100000 --seed 1]`: a stricter and a laxer edit of the quotation policy over so many
 * stored requests, asked over HTTP of a running system, while somebody else asks it for a small thing every 100 ms.
 */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '4310' },
  },
});

interface Policy {
  id: string;
  state: string;
  content: object;
}

interface Found {
  judged: number;
  changed: number;
  before: { touches: number; minutes: number; automatic: number };
  after: { touches: number; minutes: number; automatic: number };
  unguarded: { requests: number; amounts: { amount: string; currency: string }[] };
  unjudged: { code: string; count: number }[];
}

function out(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Cells in the table exchanged: every `from` becomes `to`. */
function edited(content: object, from: string, to: string): object {
  return JSON.parse(JSON.stringify(content).replaceAll(from, to)) as object;
}

/** How long an unrelated small request takes meanwhile, in milliseconds. */
async function watch(client: ApiClient, until: () => boolean): Promise<number[]> {
  const waits: number[] = [];
  while (!until()) {
    const asked = performance.now();
    await client.get('/inbox/count');
    waits.push(performance.now() - asked);
    await sleep(100);
  }
  return waits;
}

const directory = scratchDirectory();
try {
  const system = await startSystem(directory.path, Number(values.port));
  const db = createDataSource({
    url: system.endpoints.databaseUrl,
    poolSize: 2,
    applicationName: 'bench-whatif',
  });
  await db.initialize();
  const [count, seed] = [Number(values.requests), Number(values.seed)];
  const until = new Date();
  const generating = performance.now();
  const made = await storeRequests(db, { count, seed, until });
  await db.destroy();
  out(
    `generated ${made.requests} quotation requests of one year, seed ${seed}: ${made.rounds} rounds, ${made.snapshots} snapshots, ${made.decisions} answers, in ${((performance.now() - generating) / 1_000).toFixed(1)} s`,
  );
  const [cfo, other] = await Promise.all([
    ApiClient.login(system.endpoints.api, 'cfo'),
    ApiClient.login(system.endpoints.api, 'finance'),
  ]);
  const [policy] = await cfo.get<Policy[]>('/policies?kind=approval.quote');
  const period = {
    from: new Date(until.getTime() - 370 * 86_400_000).toISOString(),
    to: until.toISOString(),
  };
  for (const [name, content] of [
    ['the policy in force', policy!.content],
    ['amounts to 1,000,000 by the team lead', edited(policy!.content, '100000"', '1000000"')],
    ['every discount asks the team lead', edited(policy!.content, '> 5"', '> 0"')],
  ] as const) {
    let done = false;
    const watched = watch(other, () => done);
    const asked = performance.now();
    const found = await cfo.post<Found>('/policies/what-if', {
      kind: 'approval.quote',
      content,
      ...period,
      limit: count,
      shown: 100,
    });
    const seconds = (performance.now() - asked) / 1_000;
    done = true;
    const waits = await watched;
    const { judged, changed, before, after, unguarded, unjudged } = found;
    out(
      `${name}: ${judged} judged in ${seconds.toFixed(1)} s (${(judged / seconds).toFixed(0)}/s), ${changed} changed, answers ${before.touches} → ${after.touches}, minutes ${before.minutes} → ${after.minutes}, automatic ${before.automatic} → ${after.automatic}, unguarded ${unguarded.requests} requests ${JSON.stringify(unguarded.amounts)}, not judged ${unjudged.map(({ code, count: n }) => `${n} ${code}`).join(', ') || 'none'}`,
    );
    out(
      `  meanwhile GET /inbox/count p50/95/max ${[50, 95, 100].map((p) => percentile(waits, p).toFixed(0)).join(' / ')} ms over ${waits.length}`,
    );
  }
  out(`resident: api ${residentMb(processTree(system.pid), 'api/main.js')} MB`);
  await system.stop();
} finally {
  directory.remove();
}
