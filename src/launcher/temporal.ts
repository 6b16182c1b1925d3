import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { startChild, type RunningChild } from './child.js';
import type { LaunchSettings } from './settings.js';
import { temporalBinary } from './temporal-binary.js';

const START_MS = 30_000;

export interface TemporalAt {
  address: string;
  /** null: unknown, since the server was given from outside */
  uiUrl: string | null;
  child: RunningChild | null;
}

/** Temporal from TEMPORAL_ADDRESS, else a dev server whose data persist; on loopback only, since it has no login. */
export async function startTemporal(
  settings: LaunchSettings,
  say: (line: string) => void,
): Promise<TemporalAt> {
  if (settings.temporalAddress) return { address: settings.temporalAddress, uiUrl: null, child: null };
  const { temporal: port, temporalUi } = settings.ports;
  const address = `127.0.0.1:${port}`;
  const child = await startChild({
    name: 'temporal',
    command: await temporalBinary(settings.cacheDirectory, say),
    args: [
      ...[
        'server',
        'start-dev',
        '--ip',
        '127.0.0.1',
        '--port',
        String(port),
        '--ui-port',
        String(temporalUi),
      ],
      ...['--db-filename', join(settings.dataDirectory, 'temporal.db'), '--log-level', 'warn'],
    ],
    logFile: join(settings.dataDirectory, 'logs', 'temporal.log'),
    ready: () => serves(address),
    readyTimeoutMs: START_MS,
  });
  return { address, uiUrl: `http://127.0.0.1:${temporalUi}`, child };
}

async function serves(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 });
    try {
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}
