import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { deliverMessage } from '../../workflows/messages.js';
import { appendEvents, continueAggregate } from '../events.js';
import { tellProcess } from '../outbox.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';

/**
 * Sends a finished message again, under its own id: a receiver that has it can tell. What has become untrue since is
 * skipped again. @throws DomainError NOT_FOUND · STATE_CONFLICT it is still being sent
 */
export function replayDelivery(
  db: DataSource,
  meta: CommandMeta,
  id: string,
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const [found] = await tx.query<{ state: string; replays: number }[]>(
      `SELECT state, replays FROM delivery WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (!found) throw new DomainError('NOT_FOUND');
    if (found.state === 'PENDING' || found.state === 'RETRYING')
      throw new DomainError('STATE_CONFLICT', { state: found.state });
    const replays = found.replays + 1;
    await tx.query(
      `UPDATE delivery SET state = 'PENDING', code = NULL, error = NULL, replays = $2, updated_at = now() WHERE id = $1`,
      [id, replays],
    );
    await tellProcess(tx, deliverMessage(id, replays), meta.correlationId);
    const head = await continueAggregate(tx, 'operation', id);
    await appendEvents(tx, head, [
      { type: 'delivery.replayed', actor: meta.actor.id, payload: { deliveryId: id } },
    ]);
    return { id };
  });
}
