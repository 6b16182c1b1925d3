import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { databaseCopy } from './postgres.js';

/** The whole built system as `npm start` runs it, in a data directory, on ports and with a database of its own. */
export interface Stack {
  url: string;
  databaseUrl: string;
  dataDirectory: string;
  stop(): Promise<void>;
}

const START_MS = 120_000;
const SUMMARY = /Demo accounts/;
const PORTS = ['API_PORT', 'POSTGRES_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'METRICS_PORT'] as const;

/** Ports nobody listens on now. All are held together, so that they differ. */
export async function freePorts(): Promise<Record<(typeof PORTS)[number], string>> {
  const servers = await Promise.all(
    PORTS.map(async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => String((server.address() as AddressInfo).port));
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return Object.fromEntries(PORTS.map((name, index) => [name, ports[index]])) as Record<
    (typeof PORTS)[number],
    string
  >;
}

/**
 * Starts `dist/launcher/main.js`; needs a build.
 * With SEALFLOW_STACK=<data directory> the system that runs there is used as it is, for quick trials.
 */
export async function startStack(): Promise<Stack> {
  const running = process.env['SEALFLOW_STACK'];
  if (running) {
    const { api, databaseUrl } = endpointsOf(running);
    return { url: api, databaseUrl, dataDirectory: running, stop: () => Promise.resolve() };
  }
  const dataDirectory = mkdtempSync(join(tmpdir(), 'sealflow-stack-'));
  const database = await databaseCopy({ seeded: true });
  const launch = launchOn(dataDirectory, { ...(await freePorts()), DATABASE_URL: database.url });
  const stop = async (): Promise<void> => {
    await launch.stop('SIGTERM');
    await database.drop();
    rmSync(dataDirectory, { recursive: true, force: true });
  };
  try {
    await launch.up();
  } catch (error) {
    await stop();
    throw error;
  }
  const { api, databaseUrl } = endpointsOf(dataDirectory);
  return { url: api, databaseUrl, dataDirectory, stop };
}

export interface Launch {
  pid: number;
  /** Resolves when the summary is printed. @throws with what was said, when it ends or takes too long */
  up(): Promise<void>;
  /** Exit code and all that was said, once it ended by itself or by a signal. */
  ended: Promise<{ code: number | null; output: string }>;
  stop(signal: NodeJS.Signals): Promise<{ code: number | null; output: string }>;
}

/** One run of the launcher. Database and Temporal of the surrounding run are not used. */
export function launchOn(dataDirectory: string, env: NodeJS.ProcessEnv, command?: readonly string[]): Launch {
  const launcher = join(process.cwd(), 'dist/launcher/main.js');
  if (!existsSync(launcher)) throw new Error('nothing is built: run npm run build first');
  const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, ...inherited } = process.env;
  const [program, ...args] = command ?? [process.execPath, launcher];
  const child = spawn(program!, args, {
    env: { ...inherited, SEALFLOW_DATA_DIR: dataDirectory, NODE_OPTIONS: '', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  return {
    pid: child.pid!,
    ended,
    async up() {
      const deadline = performance.now() + START_MS;
      while (!SUMMARY.test(output)) {
        if (child.exitCode !== null) throw new Error(`the launcher ended with ${child.exitCode}:\n${output}`);
        if (performance.now() > deadline) throw new Error(`not up in ${START_MS} ms:\n${output}`);
        await pause(50);
      }
    },
    stop(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Where a running system answers and which processes it consists of. */
export function endpointsOf(dataDirectory: string): {
  api: string;
  databaseUrl: string;
  temporalUi: string;
  pids: Record<string, number>;
} {
  return JSON.parse(readFileSync(join(dataDirectory, 'endpoints.json'), 'utf8')) as ReturnType<
    typeof endpointsOf
  >;
}
