import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '../log.js';

const CHANNEL = 'sealflow_outbox';
const RECONNECT_MS = 1_000;

export interface Listener {
  stop: () => Promise<void>;
}

/** LISTEN on a connection of its own, for as long as it takes: a dropped one is opened again. */
export function listen(databaseUrl: string, onNotice: () => void, log: Logger): Listener {
  let stopped = false;
  let client: pg.Client | null = null;

  async function session(): Promise<void> {
    client = new pg.Client({ connectionString: databaseUrl, application_name: 'sealflow-relay-listen' });
    const ended = new Promise<void>((resolve) => client!.once('end', resolve));
    client.on('error', (error) => log.warn({ err: error }, 'outbox listener lost its connection'));
    client.on('notification', onNotice);
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    onNotice(); // whatever was said while nobody listened
    await ended;
  }

  const running = (async () => {
    while (!stopped) {
      await session().catch((error: unknown) =>
        log.warn({ err: error }, 'outbox listener could not connect'),
      );
      if (!stopped) await sleep(RECONNECT_MS);
    }
  })();

  return {
    stop: async () => {
      stopped = true;
      await client?.end().catch(() => undefined);
      await running;
    },
  };
}
