import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { takeDataDirectory } from '../launcher/data-directory.js';
import { openDatabase } from '../launcher/database.js';
import { startPostgres } from '../launcher/postgres.js';
import { prepareDatabase } from '../launcher/schema.js';
import { launchSettings } from '../launcher/settings.js';
import { COLLECTION_POLICY } from '../policy/seed/collection-policy.js';
import { agingAsOf } from '../queries/receivable/aging.js';
import type { Viewer } from '../queries/org/scope.js';
import { manyReceivables } from './many-receivables.js';
import { percentile } from './processes.js';
import { scratchDirectory } from './system.js';

/**
 * `npm run bench:aging [-- --items 1000000 --days 30 --port 4323]`: what is open by age as of days spread over three years, in an
 * embedded Postgres of its own. Each time Σ buckets is compared with the outstanding. Ends with 1 when it takes longer than allowed.
 */
const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '1000000' },
    days: { type: 'string', default: '30' },
    port: { type: 'string', default: '4323' },
  },
});
const MAX_MS = 2_000;
const EVERYTHING: Viewer = { personId: '', permissions: { 'receivable:read': 'ALL' }, unitIds: {} };

function out(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.env['LOG_LEVEL'] ??= 'silent';
const directory = scratchDirectory();
const settings = launchSettings({ SEALFLOW_DATA_DIR: directory.path, POSTGRES_PORT: values.port });
takeDataDirectory(directory.path);
const { url, child } = await startPostgres(settings, 'bench');
let isWithin: boolean;
try {
  await prepareDatabase(url, { demo: false });
  const db = await openDatabase(url, 'sealflow-bench', 4);
  const begun = performance.now();
  await manyReceivables(db, Number(values.items));
  const [size] = await db.query<{ items: string; entries: string; bytes: string }[]>(
    `SELECT (SELECT count(*) FROM receivable_item) AS items, count(*) AS entries,
       pg_size_pretty(pg_total_relation_size('receivable_entry')) AS bytes FROM receivable_entry`,
  );
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  out(
    `${size!.items} items, ${size!.entries} entries (${size!.bytes}), written in ${seconds} s; ${availableParallelism()} cores`,
  );
  const ms: number[] = [];
  for (let n = 0; n < Number(values.days); n += 1) {
    const asOf = new Date(Date.UTC(2023, 1, 1) + ((n * 37) % 1300) * 86_400_000).toISOString().slice(0, 10);
    const asked = performance.now();
    const [aged] = await agingAsOf(db, EVERYTHING, {}, { asOf, ...COLLECTION_POLICY });
    ms.push(performance.now() - asked);
    const [open] = await db.query<{ sum: string }[]>(
      `SELECT coalesce(sum(amount), 0)::numeric(19, 2)::text AS sum FROM receivable_entry WHERE value_date <= $1`,
      [asOf],
    );
    if ((aged?.outstanding ?? '0.00') !== open!.sum)
      throw new Error(`${asOf}: ${aged?.outstanding} is not ${open!.sum}`);
  }
  const worst = Math.max(...ms);
  out(
    `aged as of ${ms.length} days: p50 ${percentile(ms, 50).toFixed(0)} ms, p95 ${percentile(ms, 95).toFixed(0)} ms, worst ${worst.toFixed(0)} ms`,
  );
  isWithin = worst <= MAX_MS;
  await db.destroy();
} finally {
  await child?.stop(5_000);
  directory.remove();
}
out(isWithin ? `within: ≤ ${MAX_MS} ms` : `NOT within ≤ ${MAX_MS} ms`);
process.exitCode = isWithin ? 0 : 1;
