import 'reflect-metadata';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { createApp } from '../api/create-app.js';
import { ApiSettings } from '../api/http/settings.js';
import { issueSession } from '../commands/auth/session.js';
import { takeDataDirectory } from '../launcher/data-directory.js';
import { openDatabase } from '../launcher/database.js';
import { startPostgres } from '../launcher/postgres.js';
import { prepareDatabase } from '../launcher/schema.js';
import { launchSettings } from '../launcher/settings.js';
import { manyDeals } from './many-deals.js';
import { percentile } from './processes.js';
import { scratchDirectory } from './system.js';

/**
 * `npm run bench:deals [-- --deals 100000 --sellers 500 --teams 50 --pages 200 --port 4313]`: the board and pages of the list of
 * deals over HTTP with authentication, as a seller, a lead, a director and a manager see them, in an embedded Postgres of
 * its own. Ends with 1 when one of them takes longer than allowed.
 */
const { values } = parseArgs({
  options: {
    deals: { type: 'string', default: '100000' },
    sellers: { type: 'string', default: '500' },
    teams: { type: 'string', default: '50' },
    pages: { type: 'string', default: '200' },
    port: { type: 'string', default: '4313' },
  },
});
const MAX_P95_MS = 80;
const READERS = 50;
const MARGIN = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

const PAGES: readonly (readonly [string, string])[] = [
  ['board', 'opportunities/board?pipeline=standard'],
  ['board, close range', `opportunities/board?pipeline=standard&closeTo=${MARGIN}`],
  ['board, text', 'opportunities/board?pipeline=standard&search=customer%20123'],
  ['list, newest', 'opportunities?limit=25'],
  ['list, worth', 'opportunities?limit=25&sort=worth&open=true'],
  ['list, to close', 'opportunities?limit=25&sort=close'],
  ['list, quiet', 'opportunities?limit=25&sort=contact'],
  ['list, stuck', 'opportunities?limit=25&stuck=true&sort=contact'],
  ['list, slipped', 'opportunities?limit=25&slipped=true&sort=close'],
  ['list, stage', 'opportunities?limit=25&stage=QUOTED&sort=worth'],
  ['list, commit', 'opportunities?limit=25&forecast=COMMIT&sort=close'],
  ['list, text', 'opportunities?limit=25&search=0012345'],
];

function out(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function read(url: string, token: string, path: string): Promise<{ nextCursor?: string | null }> {
  const answer = await fetch(`${url}/api/v1/${path}`, { headers: { Authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as { nextCursor?: string | null };
}

async function measure(url: string, tokens: readonly string[], path: string): Promise<number[]> {
  const ms: number[] = [];
  for (let page = 0; page < Number(values.pages); page += 1) {
    const started = performance.now();
    await read(url, tokens[page % tokens.length]!, path);
    ms.push(performance.now() - started);
  }
  return ms;
}

function report(who: string, name: string, ms: number[]): boolean {
  const p = (rank: number) => percentile(ms, rank).toFixed(1).padStart(7);
  const isWithin = percentile(ms, 95) <= MAX_P95_MS;
  out(`${who.padEnd(10)} ${name.padEnd(22)} ${p(50)} ${p(95)} ${p(99)}${isWithin ? '' : '  TOO SLOW'}`);
  return isWithin;
}

process.env['LOG_LEVEL'] ??= 'silent';
const directory = scratchDirectory();
const settings = launchSettings({ SEALFLOW_DATA_DIR: directory.path, POSTGRES_PORT: values.port });
takeDataDirectory(directory.path);
const { url: databaseUrl, child } = await startPostgres(settings, 'bench');
let isWithin = true;
try {
  await prepareDatabase(databaseUrl, { demo: true });
  const db = await openDatabase(databaseUrl, 'sealflow-bench', 10);
  const started = performance.now();
  const people = await manyDeals(db, {
    deals: Number(values.deals),
    sellers: Number(values.sellers),
    teams: Number(values.teams),
  });
  const [size] = await db.query<{ n: string; open: string; bytes: string }[]>(
    `SELECT count(*) AS n, count(*) FILTER (WHERE stage NOT IN ('WON', 'LOST', 'ON_HOLD')) AS open,
       pg_size_pretty(pg_total_relation_size('opportunity')) AS bytes FROM opportunity`,
  );
  out(
    `${size!.n} deals, ${size!.open} of them open, ${people.sellers.length} sellers in ${people.leads.length} teams; with indexes ` +
      `${size!.bytes}; written in ${((performance.now() - started) / 1000).toFixed(0)} s; ${availableParallelism()} cores`,
  );
  const app = await createApp(
    db,
    new ApiSettings({ secret: 'b'.repeat(32), oidc: null, webRoot: null, temporalAddress: null }),
  );
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const tokens = (ids: readonly string[]) =>
    Promise.all(
      ids
        .slice(0, READERS)
        .map(
          async (employeeId) =>
            (await issueSession(db, { employeeId, kind: 'SESSION', name: null, hours: 1 })).token,
        ),
    );
  const [manager] = await db.query<{ id: string }[]>(`SELECT id FROM employee WHERE username = 'manager'`);
  const readers = [
    ['seller', await tokens(people.sellers)],
    ['lead', await tokens(people.leads)],
    ['director', await tokens([people.director])],
    ['manager', await tokens([manager!.id])],
  ] as const;
  out('who        page                       p50     p95     p99');
  for (const [who, keys] of readers)
    for (const [name, path] of PAGES) {
      await measure(url, keys.slice(0, 3), path); // Postgres and the pool are warm when it counts
      isWithin = report(who, name, await measure(url, keys, path)) && isWithin;
    }
  const [, keys] = readers[3];
  for (const sort of ['newest', 'worth', 'close', 'contact']) {
    const { nextCursor } = await read(url, keys[0]!, `opportunities?limit=100&sort=${sort}`);
    const path = `opportunities?limit=100&sort=${sort}&cursor=${nextCursor ?? ''}`;
    isWithin = report('manager', `second 100, ${sort}`, await measure(url, keys, path)) && isWithin;
  }
  await app.close();
  await db.destroy();
} finally {
  await child?.stop(5_000);
  directory.remove();
}
out(isWithin ? `within: p95 ≤ ${MAX_P95_MS} ms` : `NOT within p95 ≤ ${MAX_P95_MS} ms`);
process.exitCode = isWithin ? 0 : 1;
