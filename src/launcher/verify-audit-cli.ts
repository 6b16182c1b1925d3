import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import type { AuditRoot } from '../commands/audit/root.js';
import { operatorDatabaseUrl } from './database.js';
import { LaunchFailure } from './failure.js';
import { verifyAudit, type AuditVerdict } from './verify-audit.js';

/**
 * `npx sealflow verify-audit [--roots <file>]`: walks every audit chain of DATABASE_URL, else of a running `npm start`,
 * and names the first event of each that is not what was written. With `--roots`, the lines that AUDIT_ANCHOR_FILE or
 * AUDIT_ANCHOR_URL received: finds also what the database's owner could hide. Ends with 0 only when all of it holds.
 */
const USAGE = 'npx sealflow verify-audit [--roots <file>]';

function publishedRoots([option, file, ...rest]: readonly string[]): AuditRoot[] {
  if (option === undefined) return [];
  if (option !== '--roots' || file === undefined || rest.length > 0)
    throw new LaunchFailure('verify-audit does not know that', USAGE);
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line, index) => {
    const root = parsed(line);
    if (!root) throw new LaunchFailure(`line ${index + 1} of ${file} is no published root`, USAGE);
    return root;
  });
}

function parsed(line: string): AuditRoot | null {
  try {
    const { at, chains, events, root } = JSON.parse(line) as Partial<AuditRoot>;
    const sound =
      typeof at === 'string' &&
      !Number.isNaN(Date.parse(at)) &&
      typeof chains === 'number' &&
      typeof events === 'number' &&
      typeof root === 'string';
    return sound ? { at, chains, events, root } : null;
  } catch {
    return null;
  }
}

function linesOf(verdict: AuditVerdict, roots: number): string[] {
  const { aggregates, events, bad, badAnchors, seconds } = verdict;
  const rate = Math.round(events / seconds);
  return [
    ...bad.map(({ kind, id, firstBadSeq }) => `BAD ${kind}/${id}: first bad seq ${firstBadSeq}`),
    ...badAnchors.map(({ id, at }) => `BAD anchor ${id} of ${at}: events before it were changed or cut`),
    ...verdict.brokenRoots.map(
      ({ published, found }) =>
        `BAD root of ${published.at}: published ${published.events} events in ${published.chains} chains (${published.root}), now ${found.events} in ${found.chains} (${found.root})`,
    ),
    `${events} events in ${aggregates} chains and ${roots} published roots read in ${seconds.toFixed(1)} s (${rate} events/s): ${isSound(verdict) ? 'all is what was written' : 'NOT what was written'}`,
  ];
}

function isSound({ bad, badAnchors, brokenRoots }: AuditVerdict): boolean {
  return bad.length + badAnchors.length + brokenRoots.length === 0;
}

async function run(args: readonly string[]): Promise<void> {
  const roots = publishedRoots(args);
  const verdict = await verifyAudit(operatorDatabaseUrl(), roots);
  process.stdout.write(`${linesOf(verdict, roots.length).join('\n')}\n`);
  if (!isSound(verdict)) process.exitCode = 1;
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
