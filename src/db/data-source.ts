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

type Class = new () => unknown;

/** Every class of a folder, imported by ourselves: TypeORM's own loading of paths does not survive a second test file. */
async function classesOf(folder: string): Promise<Class[]> {
  const here = new URL(`./${folder}/`, import.meta.url);
  if (!existsSync(here)) return [];
  const names = readdirSync(here).filter((name) => /^(?!.*\.(d|spec)\.ts$).*\.(js|ts)$/.test(name));
  const modules = await Promise.all(
    names.sort().map((name) => import(new URL(name, here).href) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) =>
    Object.values(module).filter((value): value is Class => typeof value === 'function'),
  );
}

const entities = await classesOf('entities');
const migrations = await classesOf('migrations');

/** The one way to reach Postgres. `synchronize` stays off for ever: the schema is what the migrations say. */
export function createDataSource({ url, poolSize, applicationName }: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    synchronize: false,
    entities,
    migrations,
    migrationsTransactionMode: 'each',
    applicationName,
    extra: {
      max: poolSize,
      options: `-c lock_timeout=${LOCK_TIMEOUT_MS} -c statement_timeout=30000 -c timezone=UTC`,
    },
  });
}
