import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { continueAggregate, type AggregateHead } from '../events.js';

/** The customer under the lock of their chain and their row: whoever deals with them waits. @throws DomainError NOT_FOUND */
export async function lockCustomer(tx: EntityManager, customerId: string): Promise<AggregateHead> {
  const found = await tx.query<unknown[]>(`SELECT 1 FROM customer WHERE id = $1 FOR UPDATE`, [customerId]);
  if (found.length === 0) throw new DomainError('NOT_FOUND', { customerId });
  return continueAggregate(tx, 'customer', customerId);
}
