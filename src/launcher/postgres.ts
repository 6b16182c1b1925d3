import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startChild, type RunningChild } from './child.js';
import type { LaunchSettings } from './settings.js';

const DATABASE = 'sealflow';
const FIRST_START_MS = 60_000;

export interface PostgresAt {
  url: string;
  /** null: given from outside, not ours to stop */
  child: RunningChild | null;
}

/** Postgres from DATABASE_URL, else the embedded one on its persistent directory (design §9). */
export async function startPostgres(settings: LaunchSettings, password: string): Promise<PostgresAt> {
  if (settings.databaseUrl) return { url: settings.databaseUrl, child: null };
  const { postgres: port } = settings.ports;
  const server = `postgres://sealflow:${password}@127.0.0.1:${port}`;
  const child = await startChild({
    name: 'postgres',
    command: process.execPath,
    args: [
      fileURLToPath(new URL('./postgres-host.js', import.meta.url)),
      join(settings.dataDirectory, 'postgres'),
      String(port),
      password,
    ],
    logFile: join(settings.dataDirectory, 'logs', 'postgres.log'),
    ready: () => answers(`${server}/postgres`),
    readyTimeoutMs: FIRST_START_MS,
  });
  await createDatabase(`${server}/postgres`);
  return { url: `${server}/${DATABASE}`, child };
}

async function answers(url: string): Promise<boolean> {
  return withClient(url, (client) => client.query('SELECT 1')).then(
    () => true,
    () => false,
  );
}

async function createDatabase(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
