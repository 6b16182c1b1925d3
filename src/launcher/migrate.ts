import 'reflect-metadata';
import { prepareDatabase } from './schema.js';

/** `node dist/launcher/migrate.js [--seed]` on DATABASE_URL: the migrate job of docker-compose.yml. */
const url = process.env['DATABASE_URL'];
if (!url) throw new Error('DATABASE_URL is not set');
const { migrations } = await prepareDatabase(url, { demo: process.argv.includes('--seed') });
process.stdout.write(`${migrations} migration(s) applied\n`);
