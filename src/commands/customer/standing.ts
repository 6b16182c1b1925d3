import type { EntityManager } from 'typeorm';
import type { Stop } from '../../domain/customer/block.js';
import { DomainError } from '../../domain/errors.js';

/** The block that keeps everybody from dealing with the customer now. */
export async function blockInForce(
  tx: Pick<EntityManager, 'query'>,
  customerId: string | null,
): Promise<(Stop & { since: Date }) | null> {
  const [row] = await tx.query<(Stop & { since: Date })[]>(
    `SELECT id AS "blockId", cause, blocked_at AS since FROM customer_block WHERE customer_id = $1 AND lifted_at IS NULL`,
    [customerId],
  );
  return row ?? null;
}

/**
 * The customer may be dealt with, and is not blocked before the running transaction has ended.
 * @throws DomainError CUSTOMER_BLOCKED with cause and instant
 */
export async function mustNotBeBlocked(tx: EntityManager, customerId: string): Promise<void> {
  await tx.query(`SELECT 1 FROM customer WHERE id = $1 FOR KEY SHARE`, [customerId]);
  const block = await blockInForce(tx, customerId);
  if (block)
    throw new DomainError('CUSTOMER_BLOCKED', {
      customerId,
      cause: block.cause,
      since: block.since.toISOString(),
    });
}
