import { createHash } from 'node:crypto';
import { EntityManager, QueryFailedError, type DataSource, type QueryRunner } from 'typeorm';

/** Whoever can run one statement: a transaction of a command, or a query's DataSource. */
export type Reader = Pick<EntityManager, 'query'>;

interface Connection {
  query(statement: { name: string; text: string; values: readonly unknown[] }): Promise<{ rows: unknown[] }>;
}

const names = new Map<string, string>();

/**
 * Runs a statement that Postgres parses and plans once per connection. For the few statements on a person's path whose
 * planning costs more than their work. Name every column: a `*` breaks prepared statements when a migration adds one.
 */
export async function prepared<T>(db: Reader, sql: string, params: readonly unknown[]): Promise<T[]> {
  const runner = runnerOf(db);
  if (!runner) return db.query<T[]>(sql, [...params]);
  try {
    return await run<T>(runner.use, sql, params);
  } finally {
    if (runner.own) await runner.use.release();
  }
}

/** The running transaction's connection, or one of the pool's own for this statement. */
function runnerOf(db: Reader): { use: QueryRunner; own: boolean } | null {
  if (db instanceof EntityManager) {
    return db.queryRunner
      ? { use: db.queryRunner, own: false }
      : { use: db.dataSource.createQueryRunner(), own: true };
  }
  return 'createQueryRunner' in db ? { use: (db as DataSource).createQueryRunner(), own: true } : null;
}

async function run<T>(runner: QueryRunner, sql: string, params: readonly unknown[]): Promise<T[]> {
  const connection = (await runner.connect()) as Connection;
  try {
    const { rows } = await connection.query({ name: nameOf(sql), text: sql, values: params });
    return rows as T[];
  } catch (error) {
    throw new QueryFailedError(sql, [...params], error as Error);
  }
}

function nameOf(sql: string): string {
  const known = names.get(sql) ?? createHash('sha256').update(sql).digest('hex').slice(0, 32);
  names.set(sql, known);
  return known;
}
