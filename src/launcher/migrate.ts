import 'reflect-metadata';
import { prepareDatabase } from './schema.js';
import { registerSearchAttributes } from './search-attributes.js';

/**
 * `node dist/launcher/migrate.js [--seed]`: schema and base data into DATABASE_URL, search attributes into TEMPORAL_ADDRESS
 * when given; the migrate job of docker-compose.yml. `--seed` adds the demo company.
 */
const url = process.env['DATABASE_URL'];
if (!url) throw new Error('DATABASE_URL is not set');
const { migrations } = await prepareDatabase(url, { demo: process.argv.includes('--seed') });
process.stdout.write(`${migrations} migration(s) applied\n`);
const temporal = process.env['TEMPORAL_ADDRESS'];
if (temporal) await registerSearchAttributes(temporal, process.env['TEMPORAL_NAMESPACE'] ?? 'default');
