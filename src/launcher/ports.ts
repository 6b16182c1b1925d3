import { createServer } from 'node:net';
import { LaunchFailure } from './failure.js';
import type { LaunchSettings } from './settings.js';

/**
 * Looks at every port before anything starts, so that a taken one costs nobody a half-started system.
 * @throws LaunchFailure when another program listens there, naming the variable that moves ours
 */
export async function mustHavePorts({ ports, databaseUrl, temporalAddress }: LaunchSettings): Promise<void> {
  await mustBeFree(ports.api, 'API and console', 'API_PORT');
  await mustBeFree(ports.metrics, 'worker metrics', 'METRICS_PORT');
  if (databaseUrl === null) await mustBeFree(ports.postgres, 'Postgres', 'POSTGRES_PORT');
  if (temporalAddress !== null) return;
  await mustBeFree(ports.temporal, 'Temporal', 'TEMPORAL_PORT');
  await mustBeFree(ports.temporalUi, 'Temporal UI', 'TEMPORAL_UI_PORT');
}

async function mustBeFree(port: number, what: string, variable: string): Promise<void> {
  const code = await tryToListen(port);
  if (code === null) return;
  if (code === 'EADDRINUSE') {
    throw new LaunchFailure(
      `port ${port} (${what}) is taken`,
      `stop the program that uses it, or start with ${variable}=<another port>`,
    );
  }
  throw new LaunchFailure(
    `port ${port} (${what}) cannot be opened (${code})`,
    `start with ${variable}=<another port>`,
  );
}

function tryToListen(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(null)));
  });
}
