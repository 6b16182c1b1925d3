import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { readRequestLog, type RequestLog } from '../commands/audit/request-log.js';
import { openDatabase, operatorDatabaseUrl } from './database.js';
import { LaunchFailure } from './failure.js';
import { requestLogIn, verifySod, type SodVerdict } from './verify-sod.js';

/**
 * `npx sealflow verify-sod <request>`: judges every approval of the request again, from the evidence stored with it and
 * the events before it alone. With `--save`, also writes what it read to a file; with `--file`, reads that instead of a
 * database. Ends with 0 only when all of it holds.
 */
const USAGE = 'npx sealflow verify-sod <request> [--save <file>] · npx sealflow verify-sod --file <file>';
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

async function given([first, option, file, ...rest]: readonly string[]): Promise<RequestLog> {
  if (first === '--file' && option !== undefined && file === undefined) return requestLogIn(option);
  const isKnown = option === undefined || (option === '--save' && file !== undefined && rest.length === 0);
  if (first === undefined || !UUID.test(first) || !isKnown)
    throw new LaunchFailure('verify-sod does not know that', USAGE);
  const db = await openDatabase(operatorDatabaseUrl(), 'sealflow-verify-sod');
  try {
    const read = await readRequestLog(db, first.toLowerCase());
    if (!read)
      throw new LaunchFailure(`there is no request ${first}`, 'its id is the end of its page’s address');
    if (file !== undefined) writeFileSync(file, `${JSON.stringify(read)}\n`);
    return read;
  } finally {
    await db.destroy();
  }
}

function textOf({ requestId }: RequestLog, { decisions, judged, bad, firstBadSeq }: SodVerdict): string {
  const counted = `${decisions} approvals of ${requestId}, ${judged} constraints judged again`;
  const chain = firstBadSeq === null ? [] : [`BAD chain: first bad seq ${firstBadSeq}`];
  const fault = bad ? [`BAD approval at seq ${bad.seq}: ${bad.why} ${bad.constraint ?? ''}`.trimEnd()] : [];
  const end = chain.length + fault.length === 0 ? 'duties were separated' : 'NOT proven';
  return [...chain, ...fault, `${counted}: ${end}`].join('\n');
}

async function run(args: readonly string[]): Promise<void> {
  const read = await given(args);
  const verdict = verifySod(read);
  process.stdout.write(`${textOf(read, verdict)}\n`);
  if (verdict.bad !== null || verdict.firstBadSeq !== null) process.exitCode = 1;
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
