import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { LaunchFailure } from './failure.js';

/** Where the embedded default lives and listens. The launcher alone reads these from the environment; children get theirs from it. */
export interface LaunchSettings {
  /** persists across restarts: Postgres, Temporal, secrets, logs */
  dataDirectory: string;
  /** survives the data directory: what was built or downloaded once */
  cacheDirectory: string;
  /** given from outside, then nothing is embedded */
  databaseUrl: string | null;
  temporalAddress: string | null;
  ports: Record<'api' | 'postgres' | 'temporal' | 'temporalUi' | 'metrics', number>;
  host: string;
  /** what links in messages begin with; null = where the API listens */
  publicUrl: string | null;
}

export function launchSettings(env: NodeJS.ProcessEnv = process.env): LaunchSettings {
  return {
    dataDirectory: resolve(env['SEALFLOW_DATA_DIR'] ?? '.sealflow'),
    cacheDirectory: resolve(env['SEALFLOW_CACHE'] ?? join(homedir(), '.cache', 'sealflow')),
    databaseUrl: env['DATABASE_URL'] ?? null,
    temporalAddress: env['TEMPORAL_ADDRESS'] ?? null,
    ports: {
      api: port(env, 'API_PORT', 3000),
      postgres: port(env, 'POSTGRES_PORT', 15_432),
      temporal: port(env, 'TEMPORAL_PORT', 7233),
      temporalUi: port(env, 'TEMPORAL_UI_PORT', 8233),
      metrics: port(env, 'METRICS_PORT', 9464),
    },
    host: env['API_HOST'] ?? '127.0.0.1',
    publicUrl: env['PUBLIC_URL'] || null,
  };
}

function port(env: NodeJS.ProcessEnv, name: string, byDefault: number): number {
  const text = env[name];
  if (text === undefined || text === '') return byDefault;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
  throw new LaunchFailure(`${name} is not a port`, 'set it to a number from 1 to 65535, or leave it out');
}
