import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { continueAggregate, type AggregateHead } from '../events.js';

/** The customer under the lock of their chain and their row: whoever deals with them waits. @throws DomainError NOT_FOUND */
export async function lockCustomer(
  tx: EntityManager,
  customerId: string,
): Promise<{ head: AggregateHead; rowVersion: number }> {
  const [row] = await tx.query<{ rowVersion: number }[]>(
    `SELECT row_version AS "rowVersion" FROM customer WHERE id = $1 FOR UPDATE`,
    [customerId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { customerId });
  return { head: await continueAggregate(tx, 'customer', customerId), rowVersion: row.rowVersion };
}
