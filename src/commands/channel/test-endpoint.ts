import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { deliverMessage } from '../../workflows/messages.js';
import { appendEvents, continueAggregate, transactionTime } from '../events.js';
import { tellProcess } from '../outbox.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';

/** Kind of the delivery that only shows whether an endpoint works. */
export const TEST_MESSAGE = 'TEST';

const MOST_A_MINUTE = 3;
const A_MINUTE_SECONDS = 60;

/**
 * Queues a message that says nothing but that it is a test; mail goes to whoever asks. Its delivery tells what the other side
 * answered. @throws DomainError NOT_FOUND · STATE_CONFLICT it is turned off · NO_ADDRESS of the person asking ·
 *   TOO_MANY_REQUESTS more than three a minute
 */
export function testEndpoint(db: DataSource, meta: CommandMeta, id: string): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const [endpoint] = await tx.query<{ channel: string; state: string }[]>(
      `SELECT channel, state FROM channel_endpoint WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (!endpoint) throw new DomainError('NOT_FOUND');
    if (endpoint.state !== 'ACTIVE') throw new DomainError('STATE_CONFLICT', { state: endpoint.state });
    const [asker] = await tx.query<{ email: string | null }[]>(`SELECT email FROM employee WHERE id = $1`, [
      meta.actor.id,
    ]);
    if (endpoint.channel === 'MAIL' && !asker?.email) throw new DomainError('NO_ADDRESS');
    const [tests] = await tx.query<{ lately: number }[]>(
      `SELECT count(*)::int AS lately FROM delivery
       WHERE endpoint_id = $1 AND kind = $2 AND created_at > now() - make_interval(secs => $3)`,
      [id, TEST_MESSAGE, A_MINUTE_SECONDS],
    );
    if (tests!.lately >= MOST_A_MINUTE)
      throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: A_MINUTE_SECONDS });
    const deliveryId = uuidv7();
    await tx.query(
      `INSERT INTO delivery (id, endpoint_id, person_id, kind, payload) VALUES ($1, $2, $3, $4, $5)`,
      [deliveryId, id, asker ? meta.actor.id : null, TEST_MESSAGE, { at: await transactionTime(tx) }],
    );
    await tellProcess(tx, deliverMessage(deliveryId, 0), meta.correlationId);
    const head = await continueAggregate(tx, 'operation', id);
    await appendEvents(tx, head, [
      { type: 'endpoint.tested', actor: meta.actor.id, payload: { endpointId: id, deliveryId } },
    ]);
    return { id: deliveryId };
  });
}
