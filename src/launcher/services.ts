import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild, type RunningChild } from './child.js';
import type { Secrets } from './data-directory.js';
import type { LaunchSettings } from './settings.js';

const READY_MS = 60_000;
/** V8 heap ceilings, megabytes: API and worker together stay below 450 MB resident. */
const HEAP_MB = { api: 160, worker: 160 };
/** Young generation: a quarter of the default costs no measurable time here and saves 40 MB resident per process. */
const SEMI_SPACE_MB = 4;

export interface Backing {
  databaseUrl: string;
  temporalAddress: string;
  temporalUi: string | null;
}

/** The API with the built console, ready when it can reach Postgres. */
export function startApi(
  settings: LaunchSettings,
  backing: Backing,
  secrets: Secrets,
): Promise<RunningChild> {
  const { api: port } = settings.ports;
  return startService('api', settings, HEAP_MB.api, `http://127.0.0.1:${port}/health/ready`, {
    ...environment(settings, backing, secrets),
    API_PORT: String(port),
    API_HOST: settings.host,
    WEB_ROOT: fileURLToPath(new URL('../web', import.meta.url)),
  });
}

/** The worker with the relay, ready when it polls. */
export function startWorker(
  settings: LaunchSettings,
  backing: Backing,
  secrets: Secrets,
): Promise<RunningChild> {
  const { metrics: port } = settings.ports;
  return startService('worker', settings, HEAP_MB.worker, `http://127.0.0.1:${port}/health/ready`, {
    ...environment(settings, backing, secrets),
    METRICS_PORT: String(port),
  });
}

function environment(
  { host, ports, publicUrl }: LaunchSettings,
  backing: Backing,
  secrets: Secrets,
): NodeJS.ProcessEnv {
  return {
    DATABASE_URL: backing.databaseUrl,
    TEMPORAL_ADDRESS: backing.temporalAddress,
    TEMPORAL_UI_URL: backing.temporalUi ?? undefined,
    SESSION_SECRET: secrets.sessionSecret,
    PUBLIC_URL: publicUrl ?? `http://${host}:${ports.api}`,
  };
}

function startService(
  name: 'api' | 'worker',
  settings: LaunchSettings,
  heapMb: number,
  readyUrl: string,
  env: NodeJS.ProcessEnv,
): Promise<RunningChild> {
  const script = name === 'api' ? '../api/main.js' : '../worker.js';
  return startChild({
    name,
    command: process.execPath,
    args: [
      `--max-old-space-size=${heapMb}`,
      `--max-semi-space-size=${SEMI_SPACE_MB}`,
      '--enable-source-maps',
      ...['--import', new URL('./end-with-launcher.js', import.meta.url).href],
      fileURLToPath(new URL(script, import.meta.url)),
    ],
    // few allocator arenas: these processes share a small machine
    env: { NODE_ENV: 'production', MALLOC_ARENA_MAX: '2', ...env },
    logFile: join(settings.dataDirectory, 'logs', `${name}.log`),
    ready: () =>
      fetch(readyUrl, { signal: AbortSignal.timeout(2_000) }).then(
        (response) => response.ok,
        () => false,
      ),
    readyTimeoutMs: READY_MS,
  });
}
