import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 40_000;

/** Waits for something that another process or task brings about; what fails meanwhile is asked again. @throws Error saying what never came true */
export async function until<T>(what: () => T | Promise<T | null | undefined | false>): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await Promise.resolve()
      .then(what)
      .catch(() => null);
    if (found) return found;
    if (performance.now() > end) throw new Error(`never came true: ${what.toString()}`);
    await pause(20);
  }
}
