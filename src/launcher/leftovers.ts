import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEndpoints } from './data-directory.js';

const PATIENCE_MS = 10_000;

/**
 * After a launcher that was killed: waits for its parts, which end by themselves when it is gone, and then ends the one
 * that does not, the Temporal server, known by its data file in this very directory.
 */
export async function endLeftovers(dataDirectory: string): Promise<void> {
  const { temporal, ...others } = endpointsIn(dataDirectory);
  await gone(Object.values(others));
  if (temporal === undefined || !commandOf(temporal)?.includes(dataDirectory)) return;
  process.kill(temporal, 'SIGTERM');
  await gone([temporal]);
}

async function gone(pids: readonly number[]): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (pids.some((pid) => isOurs(commandOf(pid))) && performance.now() < deadline) await sleep(50);
}

function endpointsIn(dataDirectory: string): Record<string, number> {
  try {
    return readEndpoints(dataDirectory).pids;
  } catch {
    return {}; // it was killed before it wrote them
  }
}

/** A recorded process id may long be somebody else's. */
function isOurs(command: string | null): boolean {
  return command !== null && /launcher\/postgres-host|api\/main|dist\/worker|start-dev/.test(command);
}

/** The command line of a process; null when there is none. */
function commandOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || null;
  } catch {
    if (process.platform === 'linux') return null;
  }
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
