import { createServer } from 'node:net';
import { LaunchFailure } from './failure.js';

/** @throws LaunchFailure when another program listens there, naming the variable that moves ours */
export async function mustBeFree(port: number, what: string, variable: string): Promise<void> {
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
