import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';

/** @throws DomainError NOT_FOUND */
export async function mustBeCustomer(tx: EntityManager, customerId: string): Promise<void> {
  const rows = await tx.query<unknown[]>(`SELECT 1 FROM customer WHERE id = $1`, [customerId]);
  if (rows.length === 0) throw new DomainError('NOT_FOUND', { customerId });
}
