import { createDataSource } from '../db/data-source.js';
import { seedBase } from './base-data.js';

/** Brings the database to this version's schema and base data; with `demo`, adds the demo company. Both may be repeated. */
export async function prepareDatabase(
  url: string,
  { demo }: { demo: boolean },
): Promise<{ migrations: number }> {
  const dataSource = createDataSource({ url, poolSize: 4, applicationName: 'sealflow-migrate' });
  await dataSource.initialize();
  try {
    const applied = await dataSource.runMigrations();
    await dataSource.transaction((tx) => seedBase(tx));
    if (demo) {
      const { seedDemo } = await import('./demo/seed.js');
      await seedDemo(dataSource);
    }
    return { migrations: applied.length };
  } finally {
    await dataSource.destroy();
  }
}
