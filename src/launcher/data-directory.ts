import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LaunchFailure } from './failure.js';

export interface Secrets {
  postgresPassword: string;
  sessionSecret: string;
}

/**
 * Takes the data directory for this launcher alone.
 * @returns a function that gives it back, and whether the last owner died without doing so
 * @throws LaunchFailure no write permission, closed to the user Postgres runs as, or another launcher has it
 */
export function takeDataDirectory(directory: string): { giveBack: () => void; abandoned: boolean } {
  const lock = join(directory, 'launcher.pid');
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, '.writable'), '');
    rmSync(join(directory, '.writable'));
    if (process.getuid?.() === 0) chmodSync(directory, statSync(directory).mode | 0o011);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new LaunchFailure(
      `the data directory ${directory} cannot be written (${code ?? 'error'})`,
      'give this user write permission there, or start with SEALFLOW_DATA_DIR=<another directory>',
    );
  }
  if (process.getuid?.() === 0) [directory, import.meta.dirname].forEach(mustBePassable);
  const abandoned = claim(lock, directory);
  return { giveBack: () => rmSync(lock, { force: true }), abandoned };
}

/** Postgres refuses to run as root and becomes another user, who has to reach its program and its data. */
function mustBePassable(directory: string): void {
  for (let folder = directory; folder !== dirname(folder); folder = dirname(folder)) {
    if (statSync(folder).mode & 0o001) continue;
    throw new LaunchFailure(
      `Postgres does not run as root, and no other user may pass through ${folder}`,
      'start as another user, or have the program and SEALFLOW_DATA_DIR in folders that others may pass through',
    );
  }
}

function claim(lock: string, directory: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const owner = Number(readFileSync(lock, 'utf8'));
    if (isRunning(owner)) {
      throw new LaunchFailure(
        `the data directory ${directory} is in use by process ${owner}`,
        'stop that one first, or start with SEALFLOW_DATA_DIR=<another directory> and other ports',
      );
    }
    writeFileSync(lock, String(process.pid));
    return true;
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Made at the first start, kept for this user's eyes only. */
export function secretsOf(directory: string): Secrets {
  const file = join(directory, 'secrets.json');
  if (!existsSync(file)) {
    const fresh: Secrets = { postgresPassword: secret(), sessionSecret: secret() };
    writeFileSync(file, JSON.stringify(fresh), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
}

function secret(): string {
  return randomBytes(32).toString('hex');
}

/** Where the running system answers, for the command-line tools. */
export interface Endpoints {
  api: string;
  databaseUrl: string;
  temporalAddress: string;
  temporalUi: string | null;
  pids: Record<string, number>;
}

export function writeEndpoints(directory: string, endpoints: Endpoints): void {
  writeFileSync(join(directory, 'endpoints.json'), JSON.stringify(endpoints, null, 2), { mode: 0o600 });
}

/** @throws LaunchFailure nothing is running there */
export function readEndpoints(directory: string): Endpoints {
  try {
    return JSON.parse(readFileSync(join(directory, 'endpoints.json'), 'utf8')) as Endpoints;
  } catch {
    throw new LaunchFailure(`no running system is known in ${directory}`, 'start it with npm start');
  }
}
