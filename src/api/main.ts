import { loadEnv } from '../config/env.js';
import { createDataSource } from '../db/data-source.js';
import { createLogger } from '../log.js';
import { createApp } from './create-app.js';
import { settingsOf } from './settings-of-env.js';

/** a client that dribbles its headers is dropped (V13.31) */
const HEADERS_TIMEOUT_MS = 15_000;
/** longest upload */
const REQUEST_TIMEOUT_MS = 120_000;

const env = loadEnv();
const log = createLogger('api');
const dataSource = createDataSource({
  url: env.DATABASE_URL,
  poolSize: env.DB_POOL_SIZE,
  applicationName: 'sealflow-api',
});
await dataSource.initialize();
const app = await createApp(dataSource, settingsOf(env));
const server = app.getHttpServer();
server.headersTimeout = HEADERS_TIMEOUT_MS;
server.requestTimeout = REQUEST_TIMEOUT_MS;
await app.listen(env.API_PORT, env.API_HOST);
log.info({ url: await app.getUrl() }, 'api listening');

let stopping = false;

/** Answers what is under way, then lets go of Postgres. */
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'api stopping');
  await app.close();
  await dataSource.destroy();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stop(signal).catch((error: unknown) => {
      log.error({ err: error }, 'api did not stop cleanly');
      process.exitCode = 1;
    });
  });
}
