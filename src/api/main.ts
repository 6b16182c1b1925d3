import { loadEnv } from '../config/env.js';
import { createDataSource } from '../db/data-source.js';
import { createLogger } from '../log.js';
import { createApp } from './create-app.js';
import { PATIENCE } from './http/patience.js';
import { settingsOf } from './settings-of-env.js';

const env = loadEnv();
const log = createLogger('api');
const dataSource = createDataSource({
  url: env.DATABASE_URL,
  poolSize: env.DB_POOL_SIZE,
  applicationName: 'sealflow-api',
});
await dataSource.initialize();
const app = await createApp(dataSource, settingsOf(env));
Object.assign(app.getHttpServer(), PATIENCE);
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
