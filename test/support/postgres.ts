import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/db/data-source.js';

export interface TestDatabase {
  url: string;
  dataSource: DataSource;
  close: () => Promise<void>;
}

/** A database of one's own, copied from the migrated template (`seeded`: with the demo company) of this run's server. */
export async function testDatabase({ seeded = false, poolSize = 10 } = {}): Promise<TestDatabase> {
  const { url, drop } = await databaseCopy({ seeded });
  const dataSource = createDataSource({ url, poolSize, applicationName: 'test' });
  await dataSource.initialize();
  return {
    url,
    dataSource,
    close: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
      await drop();
    },
  };
}

/** The same for processes of its own that connect by its URL. */
export async function databaseCopy({
  seeded,
}: {
  seeded: boolean;
}): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${seeded ? 'template_seeded' : 'template_migrated'}`);
  return { url: `${serverUrl()}/${name}`, drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

function serverUrl(): string {
  const url = process.env['SEALFLOW_TEST_POSTGRES'];
  if (!url) throw new Error('no test server: run the tests through Jest, its global setup starts one');
  return url;
}

async function onServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: `${serverUrl()}/postgres` });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
