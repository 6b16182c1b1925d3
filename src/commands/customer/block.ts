import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { BlockCause } from '../../domain/customer/block.js';
import { DomainError } from '../../domain/errors.js';
import { appendEvents, type AggregateHead } from '../events.js';
import { tellSigningsOf } from '../contract/signing-store.js';
import { notify } from '../notification/notify.js';
import { tellOfChange } from '../product/price-change.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockCustomer } from './lock.js';
import { blockInForce, mustNotBeBlocked } from './standing.js';

export type CustomerBlocked = { customerId: string; blockId: string };

/**
 * From now on nothing is submitted, approved, sent, accepted, sealed or signed for the customer; processes stop what is in
 * approval or with its signers.
 * @throws DomainError NOT_FOUND · CUSTOMER_BLOCKED already
 */
export function blockCustomer(
  db: DataSource,
  meta: CommandMeta,
  { customerId, cause, note }: { customerId: string; cause: BlockCause; note: string },
): Promise<Answer<CustomerBlocked>> {
  return runCommand(db, meta, async (tx) => {
    const { head } = await lockCustomer(tx, customerId);
    await mustNotBeBlocked(tx, customerId);
    const blockId = uuidv7();
    await tx.query(
      `INSERT INTO customer_block (id, customer_id, cause, note, blocked_by, blocked_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [blockId, customerId, cause, note, meta.actor.id, head.now],
    );
    await appendEvents(tx, head, [
      { type: 'customer.blocked', actor: meta.actor.id, payload: { blockId, cause, note } },
    ]);
    const { now: at } = head;
    const change = { kind: 'BLOCK' as const, refId: blockId, text: cause, customerId, at, by: meta.actor.id };
    await tellOfChange(tx, change, meta.correlationId);
    await tellSigningsOf(tx, customerId, meta.correlationId);
    return { customerId, blockId };
  });
}

/**
 * The customer may be dealt with again; whoever's request the block had stopped hears that it waits for them.
 * @throws DomainError NOT_FOUND · CUSTOMER_NOT_BLOCKED
 */
export function liftBlock(
  db: DataSource,
  meta: CommandMeta,
  { customerId, note }: { customerId: string; note: string },
): Promise<Answer<CustomerBlocked>> {
  return runCommand(db, meta, async (tx) => {
    const { head } = await lockCustomer(tx, customerId);
    const block = await blockInForce(tx, customerId);
    if (!block) throw new DomainError('CUSTOMER_NOT_BLOCKED', { customerId });
    const { blockId } = block;
    await tx.query(
      `UPDATE customer_block SET lift_note = $2, lifted_by = $3, lifted_at = greatest(blocked_at, $4) WHERE id = $1`,
      [blockId, note, meta.actor.id, head.now],
    );
    await appendEvents(tx, head, [
      { type: 'customer.unblocked', actor: meta.actor.id, payload: { blockId, note } },
    ]);
    await tellOfLift(tx, head, blockId, meta);
    return { customerId, blockId };
  });
}

/** Whose turn it is on what the block had stopped and nobody has submitted or taken back since. */
async function tellOfLift(
  tx: EntityManager,
  { id: customerId, now }: AggregateHead,
  blockId: string,
  { correlationId }: CommandMeta,
): Promise<void> {
  const stopped = await tx.query<{ id: string; initiatorId: string }[]>(
    `SELECT r.id, r.initiator_id AS "initiatorId" FROM approval_request r
     LEFT JOIN quote q ON r.kind = 'QUOTE' AND q.id = r.subject_id
     LEFT JOIN contract k ON r.kind = 'CONTRACT' AND k.id = r.subject_id
     WHERE r.state = 'RETURNED' AND r.kind IN ('QUOTE', 'CONTRACT') AND coalesce(q.customer_id, k.customer_id) = $1
       AND EXISTS (SELECT 1 FROM event e WHERE e.aggregate_kind = 'request' AND e.aggregate_id = r.id
         AND e.type = 'request.returned' AND e.payload->'stop'->>'blockId' = $2)
     ORDER BY r.id`,
    [customerId, blockId],
  );
  for (const { id, initiatorId } of stopped)
    await notify(tx, {
      requestId: id,
      notices: [
        {
          personId: initiatorId,
          kind: 'RETURNED_REMINDER',
          seatId: null,
          key: `RETURNED_REMINDER/${id}/unblocked/${blockId}`,
          params: { code: 'CUSTOMER_UNBLOCKED' },
        },
      ],
      events: [],
      at: now,
      correlationId,
    });
}
