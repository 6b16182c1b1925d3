import pRetry, { AbortError } from 'p-retry';
import type { DataSource, EntityManager } from 'typeorm';
import type { Actor } from '../domain/actor.js';
import { prepared } from '../db/prepared.js';
import { DomainError } from '../domain/errors.js';
import type { Json } from '../domain/json.js';
import { appendEvents, continueAggregate } from './events.js';
import { digest } from './hash.js';

export interface CommandMeta {
  actor: Actor;
  /** the caller's Idempotency-Key, or `<workflow id>/<step>` for the system */
  key: string;
  /** what the key is unique within, besides the actor: the command's name and target, e.g. `seat.decide/<seat id>` */
  scope: string;
  /** the request as received; a repeat of the key with another body is refused */
  body: Json;
  correlationId: string | null;
}

export interface Answer<T> {
  value: T;
  /** true when the key had been used and this is the first answer again */
  replayed: boolean;
}

const SERIALIZATION = new Set(['40001', '40P01']);
const BUSY = new Set(['55P03']);

/**
 * One command = one Postgres transaction. A 2xx upstream means committed. A repeat of (actor, scope, key) returns the
 * first answer (AE-CMD-2); deadlocks and serialisation failures are retried here with the same key (AE-CMD-6).
 * @throws DomainError KEY_REUSED same key, other body · COMMAND_BUSY the aggregate stayed locked · whatever `work` refuses
 */
export async function runCommand<T extends Json>(
  db: DataSource,
  meta: CommandMeta,
  work: (tx: EntityManager) => Promise<T>,
): Promise<Answer<T>> {
  const bodyHash = digest(meta.body);
  try {
    return await pRetry(() => db.transaction((tx) => onceForKey(tx, meta, bodyHash, work)).catch(retryable), {
      retries: 3,
      minTimeout: 10,
      maxTimeout: 100,
      randomize: true,
    });
  } catch (error) {
    if (error instanceof DomainError) await logRefusal(db, meta, error);
    throw error;
  }
}

async function onceForKey<T extends Json>(
  tx: EntityManager,
  meta: CommandMeta,
  bodyHash: Buffer,
  work: (tx: EntityManager) => Promise<T>,
): Promise<Answer<T>> {
  const params = [meta.actor.id, meta.scope, meta.key];
  const taken = await prepared<unknown>(
    tx,
    `INSERT INTO command_key (actor, scope, key, body_hash) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1`,
    [...params, bodyHash],
  );
  if (taken.length === 0) {
    const [row] = await tx.query<{ body_hash: Buffer; answer: T }[]>(
      `SELECT body_hash, answer FROM command_key WHERE actor = $1 AND scope = $2 AND key = $3`,
      params,
    );
    if (!row!.body_hash.equals(bodyHash)) throw new DomainError('KEY_REUSED', { key: meta.key });
    return { value: row!.answer, replayed: true };
  }
  const value = await work(tx);
  await prepared(tx, `UPDATE command_key SET answer = $4 WHERE actor = $1 AND scope = $2 AND key = $3`, [
    ...params,
    JSON.stringify(value),
  ]);
  return { value, replayed: false };
}

/** Postgres' own "try again" goes back to p-retry; everything else ends the attempt. */
function retryable(error: unknown): never {
  const code = sqlState(error);
  if (code && SERIALIZATION.has(code)) throw error;
  if (code && BUSY.has(code)) throw new AbortError(new DomainError('COMMAND_BUSY', { retryAfterSeconds: 1 }));
  throw new AbortError(error instanceof Error ? error : new Error(String(error)));
}

/** The SQLSTATE of a failed query, if it is one. */
export function sqlState(error: unknown): string | undefined {
  const driverError = (error as { driverError?: { code?: unknown } } | null)?.driverError;
  return typeof driverError?.code === 'string' ? driverError.code : undefined;
}

/** AE-CMD-4, AE-AUD-1: a refusal changes nothing but is itself recorded, on the actor's own attempt chain. */
async function logRefusal(db: DataSource, meta: CommandMeta, error: DomainError): Promise<void> {
  if (meta.actor.kind !== 'PERSON') return;
  const id = meta.actor.id;
  await db.transaction(async (tx) => {
    const head = await continueAggregate(tx, 'attempt', id);
    await appendEvents(tx, head, [
      {
        type: 'command.refused',
        actor: id,
        cause: meta.scope.slice(0, 200),
        payload: { code: error.code, scope: meta.scope, key: meta.key, correlationId: meta.correlationId },
      },
    ]);
  });
}
