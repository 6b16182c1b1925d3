import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { takeDataDirectory } from '../launcher/data-directory.js';
import { openDatabase } from '../launcher/database.js';
import { startPostgres } from '../launcher/postgres.js';
import { prepareDatabase } from '../launcher/schema.js';
import { launchSettings } from '../launcher/settings.js';
import { copyChains, realChains } from './chains.js';
import { scratchDirectory } from './system.js';

/**
 * `npm run bench:audit [-- --events 400000 --rounds 3]`: how many events per second `npx sealflow verify-audit` verifies,
 * on an embedded Postgres of its own. The events are those of real two-approver requests, copied under new ids.
 */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '400000' },
    rounds: { type: 'string', default: '3' },
    port: { type: 'string', default: '4311' },
  },
});
const SAMPLES = 20;

function out(line: string): void {
  process.stdout.write(`${line}\n`);
}

const directory = scratchDirectory();
const settings = launchSettings({ SEALFLOW_DATA_DIR: directory.path, POSTGRES_PORT: values.port });
takeDataDirectory(directory.path);
const { url, child } = await startPostgres(settings, 'bench');
try {
  await prepareDatabase(url, { demo: true });
  const db = await openDatabase(url, 'sealflow-bench');
  await copyChains(db, await realChains(db, SAMPLES), Number(values.events));
  const [size] = await db.query<{ events: string; bytes: string; payload: string }[]>(
    `SELECT count(*) AS events, pg_size_pretty(pg_table_size('event')) AS bytes,
       round(avg(length(payload::text))) AS payload FROM event`,
  );
  await db.destroy();
  out(
    `${size!.events} events, ${size!.bytes}, payload ${size!.payload} bytes on average; ${availableParallelism()} cores`,
  );
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['bin/sealflow.mjs', 'verify-audit'], {
      env: { ...process.env, DATABASE_URL: url },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`verify-audit ended with ${status}: ${stdout}${stderr}`);
    out(`round ${round}: ${stdout.trim()}`);
  }
} finally {
  await child?.stop(5_000);
  directory.remove();
}
