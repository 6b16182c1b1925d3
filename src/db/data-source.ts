import { existsSync, readdirSync } from 'node:fs';
import { DataSource } from 'typeorm';

export interface DatabaseOptions {
  url: string;
  /** connections kept by this process; activities and requests above it wait their turn */
  poolSize: number;
  /** shown in pg_stat_activity */
  applicationName: string;
}

/** AE-CMD-6: how long a command waits for another one on the same aggregate, milliseconds. */
export const LOCK_TIMEOUT_MS = 5_000;

function filesOf(folder: string): string[] {
  const here = new URL(`./${folder}/`, import.meta.url);
  if (!existsSync(here)) return [];
  return readdirSync(here)
    .filter((name) => /^(?!.*\.(d|spec)\.ts$).*\.(js|ts)$/.test(name))
    .sort()
    .map((name) => new URL(name, here).pathname);
}

/** The one way to reach Postgres. `synchronize` stays off for ever: the schema is what the migrations say. */
export function createDataSource({ url, poolSize, applicationName }: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    synchronize: false,
    entities: filesOf('entities'),
    migrations: filesOf('migrations'),
    migrationsTransactionMode: 'each',
    applicationName,
    extra: {
      max: poolSize,
      options: `-c lock_timeout=${LOCK_TIMEOUT_MS} -c statement_timeout=30000 -c timezone=UTC`,
    },
  });
}
