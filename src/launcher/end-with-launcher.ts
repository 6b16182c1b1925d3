import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded into the parts that the launcher starts: ends the process as SIGTERM would when the launcher is gone, even by
 * SIGKILL, since then the pipe on its standard input closes. The parts themselves know nothing of it.
 */
if (isMainThread) {
  const end = (): void => void process.kill(process.pid, 'SIGTERM');
  process.stdin.once('end', end).once('error', end).resume();
  // watching must not keep a part alive that has nothing else to do
  if (process.stdin instanceof Socket) process.stdin.unref();
}
