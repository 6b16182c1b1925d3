import type { DataSource, EntityManager } from 'typeorm';
import { LOCK_TIMEOUT_MS } from '../../db/data-source.js';
import { DomainError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';

/** Connections one request may hold in this process while its commands queue on its lock. */
const MAX_AT_ONCE = 3;

interface Line {
  running: number;
  waiting: (() => void)[];
}

const lines = new Map<string, Line>();

/** runCommand for a command on one request, when its turn comes. */
export function commandInTurn<T extends Json>(
  db: DataSource,
  meta: CommandMeta,
  requestId: string,
  work: (tx: EntityManager) => Promise<T>,
): Promise<Answer<T>> {
  return inTurn(requestId, () => runCommand(db, meta, work));
}

/**
 * Commands on one request wait for each other here before they take a connection, so that a crowd on one request, or
 * one stuck lock, never holds up the others (AE-CMD-6). Order and exclusion are still the row lock's.
 * @throws DomainError COMMAND_BUSY after as long as the lock itself would have been waited for
 */
export async function inTurn<T>(requestId: string, work: () => Promise<T>): Promise<T> {
  const line = lines.get(requestId) ?? { running: 0, waiting: [] };
  lines.set(requestId, line);
  if (line.running >= MAX_AT_ONCE) await place(line);
  else line.running += 1;
  try {
    return await work();
  } finally {
    leave(requestId, line);
  }
}

/** Whoever leaves hands its place to the first in line. */
function leave(requestId: string, line: Line): void {
  const next = line.waiting.shift();
  if (next) return next();
  line.running -= 1;
  if (line.running === 0) lines.delete(requestId);
}

function place(line: Line): Promise<void> {
  return new Promise((resolve, reject) => {
    const enter = () => {
      clearTimeout(patience);
      resolve();
    };
    const patience = setTimeout(() => {
      line.waiting = line.waiting.filter((other) => other !== enter);
      reject(new DomainError('COMMAND_BUSY', { retryAfterSeconds: 1 }));
    }, LOCK_TIMEOUT_MS);
    line.waiting.push(enter);
  });
}
