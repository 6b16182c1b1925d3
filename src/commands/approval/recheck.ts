import type { DataSource } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { CommandMeta } from '../transaction.js';
import { judge } from './apply.js';
import { contextFor } from './context.js';
import { apply } from './family.js';
import { refreshAfter } from './refresh.js';
import { lockRequest } from './request-lock.js';
import { commandInTurn } from './turn.js';

const ACTOR = systemActor('separation');

/**
 * Somebody's act, and when what separates duties refuses it: whoever it keeps out by now holds the task no longer (table
 * of 4.5). When what a yes would rest on is too old, it is read again (AE-MGR-3). The refusal itself changes nothing; this is a command of its own, after it.
 * @throws whatever the act throws
 */
export async function recheckedAfter<T>(
  db: DataSource,
  meta: CommandMeta,
  requestId: string | undefined,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof DomainError) || requestId === undefined) throw error;
    const isSeparated = error.code.startsWith('SOD_');
    const isTooOld = error.code === 'STALE_SUBJECT' && error.details['snapshotId'] !== undefined;
    // what cannot be looked at now is when the next rung is due
    if (isSeparated) await recheckSeparation(db, meta, requestId).catch(refusedOnly);
    if (isTooOld) await refreshAfter(db, meta, requestId).catch(refusedOnly);
    throw error;
  }
}

function refusedOnly(error: unknown): void {
  if (!(error instanceof DomainError)) throw error;
}

async function recheckSeparation(
  db: DataSource,
  { actor, key, correlationId }: CommandMeta,
  requestId: string,
): Promise<void> {
  const meta = {
    actor: ACTOR,
    key: `${actor.id}/${key}`,
    scope: `request.recheck/${requestId}`,
    body: null,
    correlationId,
  };
  await commandInTurn(db, meta, requestId, async (tx) => {
    const held = await lockRequest(tx, requestId);
    const context = await contextFor(tx, held.before, { actor: ACTOR, now: held.head.now });
    const decided = judge(held.before, { type: 'RECHECK_SEPARATION' }, context);
    await apply(tx, held, decided, { actor: ACTOR, cause: 'RECHECK_SEPARATION', correlationId });
    return null;
  });
}
