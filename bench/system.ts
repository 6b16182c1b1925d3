import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Endpoints {
  api: string;
  databaseUrl: string;
  temporalAddress: string;
}

export interface RunningSystem {
  endpoints: Endpoints;
  pid: number;
  /** seconds from spawn to the first healthy answer */
  startSeconds: number;
  stop: () => Promise<void>;
}

/** A data directory that goes away with the benchmark. */
export function scratchDirectory(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'sealflow-bench-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts the whole product as `npm start` does, on its own data directory and free ports. */
export async function startSystem(dataDirectory: string, basePort: number): Promise<RunningSystem> {
  const started = performance.now();
  const file = join(dataDirectory, 'endpoints.json');
  rmSync(file, { force: true });
  const child = spawn(process.execPath, ['dist/launcher/main.js'], {
    env: {
      ...process.env,
      SEALFLOW_DATA_DIR: dataDirectory,
      API_PORT: String(basePort),
      POSTGRES_PORT: String(basePort + 1),
      TEMPORAL_PORT: String(basePort + 2),
      TEMPORAL_UI_PORT: String(basePort + 3),
      METRICS_PORT: String(basePort + 4),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const endpoints = await ready(child, file);
  return {
    endpoints,
    pid: child.pid!,
    startSeconds: (performance.now() - started) / 1000,
    stop: () => stop(child),
  };
}

async function ready(child: ChildProcess, file: string): Promise<Endpoints> {
  while (child.exitCode === null) {
    if (existsSync(file)) {
      const endpoints = JSON.parse(readFileSync(file, 'utf8')) as Endpoints;
      const healthy = await fetch(`${endpoints.api}/health/ready`).then(
        (response) => response.ok,
        () => false,
      );
      if (healthy) return endpoints;
    }
    await sleep(50);
  }
  throw new Error(`the system ended with code ${child.exitCode} before it was ready`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
