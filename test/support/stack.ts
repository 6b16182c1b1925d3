import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The whole built system as `npm start` runs it, in a data directory and on ports of its own. */
export interface Stack {
  url: string;
  databaseUrl: string;
  dataDirectory: string;
  stop(): Promise<void>;
}

const START_MS = 120_000;
const PORTS = ['API_PORT', 'POSTGRES_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'METRICS_PORT'] as const;

/** Ports nobody listens on now. All are held together, so that they differ. */
async function freePorts(): Promise<Record<(typeof PORTS)[number], string>> {
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
 * Starts `dist/launcher/main.js`; needs a build. Database and Temporal of the surrounding run are not used.
 * With SEALFLOW_STACK=<data directory> the system that runs there is used as it is, for quick trials.
 */
export async function startStack(): Promise<Stack> {
  const running = process.env['SEALFLOW_STACK'];
  if (running) return { ...endpointsOf(running), dataDirectory: running, stop: () => Promise.resolve() };
  const launcher = join(process.cwd(), 'dist/launcher/main.js');
  if (!existsSync(launcher)) throw new Error('nothing is built: run npm run build first');
  const dataDirectory = mkdtempSync(join(tmpdir(), 'sealflow-stack-'));
  const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, ...inherited } = process.env;
  const child = spawn(process.execPath, [launcher], {
    env: {
      ...inherited,
      ...(await freePorts()),
      SEALFLOW_DATA_DIR: dataDirectory,
      NODE_OPTIONS: '',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(dataDirectory, { recursive: true, force: true });
  };
  try {
    await said(child, /Demo accounts/);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...endpointsOf(dataDirectory), dataDirectory, stop };
}

function endpointsOf(dataDirectory: string): { url: string; databaseUrl: string } {
  const text = readFileSync(join(dataDirectory, 'endpoints.json'), 'utf8');
  const { api, databaseUrl } = JSON.parse(text) as { api: string; databaseUrl: string };
  return { url: api, databaseUrl };
}

/** Resolves when the launcher has printed its summary. @throws what it said, when it ends or takes too long */
function said(child: ChildProcess, text: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`not up in ${START_MS} ms:\n${output}`)), START_MS);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (!text.test(output)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the launcher ended with ${code}:\n${output}`));
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
