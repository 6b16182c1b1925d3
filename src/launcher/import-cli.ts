import { IMPORT_KINDS } from '../domain/import/row.js';
import { readEndpoints } from './data-directory.js';
import { LaunchFailure } from './failure.js';
import { HttpSession, readAll } from './http-session.js';
import { importFile, importSentence } from './import-file.js';
import { launchSettings } from './settings.js';

/**
 * `npm run import -- <kind> <file>`: sends a CSV to the running system and reports each flaw of it.
 * SEALFLOW_URL names another system, SEALFLOW_USER and SEALFLOW_PASSWORD another account than the demo's back office.
 */
interface Flaw {
  row: number;
  column: string;
  value: string;
  rule: string;
  severity: string;
  message: string;
}

const SHOWN = 20;

async function run([kind, file]: readonly string[]): Promise<boolean> {
  if (kind === undefined || file === undefined || !IMPORT_KINDS.some((name) => name === kind))
    throw new LaunchFailure(
      'npm run import needs a kind and a file',
      `npm run import -- <${IMPORT_KINDS.join('|')}> <file.csv>`,
    );
  const base = process.env['SEALFLOW_URL'] ?? readEndpoints(launchSettings().dataDirectory).api;
  const session = await HttpSession.login(
    base,
    process.env['SEALFLOW_USER'] ?? 'backoffice',
    process.env['SEALFLOW_PASSWORD'] ?? 'sealflow',
  );
  const started = performance.now();
  const job = await importFile(session, kind, file, ({ rowsRead }) =>
    process.stdout.write(`\r${rowsRead} rows`),
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`\r${importSentence(job)} in ${seconds} s\n`);
  const flaws = await readAll<Flaw>(session, `/imports/${job.id}/errors`, SHOWN);
  for (const { row, column, value, rule, severity, message } of flaws.slice(0, SHOWN))
    process.stdout.write(`  row ${row} ${column} "${value}" ${severity} ${rule}: ${message}\n`);
  if (job.invalid + job.warnings > 0)
    process.stdout.write(`  all of them: ${base}/api/v1/imports/${job.id}/errors.csv\n`);
  if (job.failure !== null) process.stdout.write(`  ${job.failure}\n`);
  return job.state === 'DONE' && job.invalid === 0;
}

run(process.argv.slice(2)).then(
  (isClean) => {
    process.exitCode = isClean ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
