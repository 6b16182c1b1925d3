import 'reflect-metadata';
import { createDataSource } from '../db/data-source.js';

/**
 * `node dist/launcher/migrate.js [--seed]`: brings the database of DATABASE_URL to this version's schema and, when
 * asked, adds the demo company. Both may be repeated. The migrate job of docker-compose.yml.
 */
const url = process.env['DATABASE_URL'];
if (!url) throw new Error('DATABASE_URL is not set');
const dataSource = createDataSource({ url, poolSize: 4, applicationName: 'sealflow-migrate' });
await dataSource.initialize();
const applied = await dataSource.runMigrations();
process.stdout.write(`${applied.length} migration(s) applied\n`);
if (process.argv.includes('--seed')) {
  const { seedDemo } = await import('./demo/seed.js');
  await seedDemo(dataSource);
}
await dataSource.destroy();
