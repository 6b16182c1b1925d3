import 'reflect-metadata';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { createApp } from '../api/create-app.js';
import { ApiSettings } from '../api/http/settings.js';
import { issueSession } from '../commands/auth/session.js';
import { takeDataDirectory } from '../launcher/data-directory.js';
import { openDatabase } from '../launcher/database.js';
import { startPostgres } from '../launcher/postgres.js';
import { prepareDatabase } from '../launcher/schema.js';
import { launchSettings } from '../launcher/settings.js';
import { liveSeats } from './live-seats.js';
import { percentile } from './processes.js';
import { scratchDirectory } from './system.js';

/**
 * `npm run bench:inbox [-- --seats 1000000 --holders 10000 --pages 400 --clients 1,4]`: pages of the inbox over HTTP with
 * authentication, among a million live seats in an embedded Postgres of its own. Statements are counted where they leave
 * for the server, whoever sends them. Ends with 1 when a page is slower or dearer than AE-IN-1 allows.
 */
const { values } = parseArgs({
  options: {
    seats: { type: 'string', default: '1000000' },
    holders: { type: 'string', default: '10000' },
    'per-request': { type: 'string', default: '4' },
    pages: { type: 'string', default: '400' },
    clients: { type: 'string', default: '1,4' },
    port: { type: 'string', default: '4312' },
  },
});
const MAX_P95_MS = 50;
const MAX_STATEMENTS = 3;
const READERS = 200;

const FILTERS: readonly (readonly [string, string])[] = [
  ['first page', ''],
  ['amount', 'minAmount=250000&maxAmount=900000'],
  ['kind', 'kind=CONTRACT'],
  ['due today', 'due=today'],
  ['overdue', 'due=overdue'],
  ['all three', 'minAmount=250000&kind=CONTRACT&due=week'],
];

interface Page {
  nextCursor: string | null;
  items: unknown[];
}

let statements = 0;

function out(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Counts what this process sends to Postgres, whichever library sends it. */
function countStatements(): void {
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const { query } = prototype;
  prototype.query = function counted(this: unknown, ...args: unknown[]): unknown {
    statements += 1;
    return query.apply(this, args);
  };
}

async function read(url: string, token: string, query: string): Promise<Page> {
  const answer = await fetch(`${url}/api/v1/inbox?limit=25${query === '' ? '' : `&${query}`}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`the inbox answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Page;
}

interface Measured {
  ms: number[];
  /** of one page, at most; known only while nobody else reads */
  statements: number | null;
}

async function measure(
  url: string,
  tokens: readonly string[],
  query: string,
  clients: number,
): Promise<Measured> {
  const ms: number[] = [];
  let most = 0;
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < Number(values.pages)) {
        const token = tokens[next++ % tokens.length]!;
        const [before, started] = [statements, performance.now()];
        await read(url, token, query);
        ms.push(performance.now() - started);
        most = Math.max(most, statements - before);
      }
    }),
  );
  return { ms, statements: clients === 1 ? most : null };
}

function report(name: string, clients: number, { ms, statements: most }: Measured): boolean {
  const p = (rank: number) => percentile(ms, rank).toFixed(1).padStart(7);
  out(
    `${name.padEnd(22)} ${String(clients).padStart(7)} ${p(50)} ${p(95)} ${p(99)} ${String(most ?? '-').padStart(11)}`,
  );
  return clients > 1 || (percentile(ms, 95) <= MAX_P95_MS && (most ?? 0) <= MAX_STATEMENTS);
}

process.env['LOG_LEVEL'] ??= 'silent';
countStatements();
const directory = scratchDirectory();
const settings = launchSettings({ SEALFLOW_DATA_DIR: directory.path, POSTGRES_PORT: values.port });
takeDataDirectory(directory.path);
const { url: databaseUrl, child } = await startPostgres(settings, 'bench');
let isWithin = true;
try {
  await prepareDatabase(databaseUrl, { demo: true });
  const writer = await openDatabase(databaseUrl, 'sealflow-bench', 1);
  const started = performance.now();
  const holders = await liveSeats(writer, {
    seats: Number(values.seats),
    holders: Number(values.holders),
    perRequest: Number(values['per-request']),
  });
  await writer.destroy();
  const db = await openDatabase(databaseUrl, 'sealflow-bench', 10);
  const [size] = await db.query<{ seats: string; heaviest: string; bytes: string }[]>(
    `SELECT count(*) AS seats, (SELECT count(*) FROM approval_seat WHERE holder_id = $1) AS heaviest,
       pg_size_pretty(pg_total_relation_size('approval_seat')) AS bytes FROM approval_seat WHERE state = 'OPEN'`,
    [holders[0]],
  );
  out(
    `${size!.seats} live seats, ${holders.length} holders, the heaviest with ${size!.heaviest}; seats with indexes ${size!.bytes}; ` +
      `written in ${((performance.now() - started) / 1000).toFixed(0)} s; ${availableParallelism()} cores`,
  );
  const app = await createApp(
    db,
    new ApiSettings({ secret: 'b'.repeat(32), oidc: null, webRoot: null, temporalAddress: null }),
  );
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const tokenOf = async (employeeId: string) =>
    (await issueSession(db, { employeeId, kind: 'SESSION', name: null, hours: 1 })).token;
  const step = Math.floor((holders.length - 1) / READERS) || 1;
  const readers = holders.filter((_, index) => index > 0 && index % step === 0).slice(0, READERS);
  const many = await Promise.all(readers.map(tokenOf));
  const heaviest = [await tokenOf(holders[0]!)];
  out('page                   clients     p50     p95     p99  statements');
  isWithin = report('first of each reader', 1, await measure(url, many, '', 1)) && isWithin;
  for (const clients of values.clients.split(',').map(Number))
    for (const [name, query] of FILTERS)
      isWithin = report(name, clients, await measure(url, many, query, clients)) && isWithin;
  for (const [name, query] of FILTERS)
    isWithin = report(`${name}, heaviest`, 1, await measure(url, heaviest, query, 1)) && isWithin;
  const { nextCursor } = await read(url, heaviest[0]!, '');
  isWithin =
    report('second page, heaviest', 1, await measure(url, heaviest, `cursor=${nextCursor ?? ''}`, 1)) &&
    isWithin;
  await app.close();
  await db.destroy();
} finally {
  await child?.stop(5_000);
  directory.remove();
}
out(isWithin ? 'within AE-IN-1: p95 ≤ 50 ms, ≤ 3 statements a page' : 'NOT within AE-IN-1');
process.exitCode = isWithin ? 0 : 1;
