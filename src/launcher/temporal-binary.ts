import { execFile } from 'node:child_process';
import {
  accessSync,
  constants,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LaunchFailure } from './failure.js';

const run = promisify(execFile);
const VERSION = '1.5.1';
const PACKAGE = 'github.com/temporalio/cli/cmd/temporal';

/**
 * The `temporal` command: on PATH, else cached, else the SDK's own download, else built once from the pinned Go tool
 * module in tools/temporal (minutes, then cached outside the repository). Design §9.
 * @throws LaunchFailure when none of these works
 */
export async function temporalBinary(cacheDirectory: string, say: (line: string) => void): Promise<string> {
  const cached = join(cacheDirectory, `temporal-${VERSION}`);
  const found = onPath('temporal') ?? (isExecutable(cached) ? cached : undefined);
  if (found) return found;
  mkdirSync(cacheDirectory, { recursive: true });
  say('no temporal command found; trying the SDK download');
  if (await downloaded(cacheDirectory, cached)) return cached;
  if (!onPath('go')) {
    throw new LaunchFailure(
      'no Temporal server could be obtained',
      'install the temporal command (or Go 1.25+, to build it here), or set TEMPORAL_ADDRESS to a running one',
    );
  }
  say('building the Temporal server from its pinned Go module; about three minutes, once');
  await built(cached);
  return cached;
}

export function onPath(command: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The SDK downloads only while starting a server, so one is started and stopped at once. */
async function downloaded(cacheDirectory: string, target: string): Promise<boolean> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const folder = mkdtempSync(join(cacheDirectory, 'download-'));
  try {
    const server = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'cached-download', downloadDir: folder, version: `v${VERSION}` } },
    });
    await server.teardown();
    const [file] = readdirSync(folder);
    if (!file) return false;
    renameSync(join(folder, file), target);
    return true;
  } catch {
    return false; // refused or offline: the Go module is next
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function built(target: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sealflow-temporal-'));
  try {
    cpSync(fileURLToPath(new URL('../../tools/temporal', import.meta.url)), folder, { recursive: true });
    const scratch = `${target}.${process.pid}`;
    await run('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', scratch, PACKAGE], {
      cwd: folder,
      maxBuffer: 1 << 24,
    });
    renameSync(scratch, target);
  } catch (error) {
    throw new LaunchFailure('the Temporal server could not be built', `${String(error).slice(0, 400)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
