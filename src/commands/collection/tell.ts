import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { collectMessage } from '../../workflows/messages.js';
import { tellProcess } from '../outbox.js';

export interface Debtor {
  customerId: string;
  companyId: string;
}

/**
 * What a customer owes has moved: the case, opened or opened again if need be, hears of it when the transaction commits.
 * Items are locked before it.
 */
export async function tellCollection(
  tx: EntityManager,
  { customerId, companyId }: Debtor,
  correlationId: string | null,
): Promise<string> {
  await tx.query(
    `INSERT INTO collection_case (id, customer_id, company_id) VALUES ($1, $2, $3)
     ON CONFLICT ON CONSTRAINT collection_case_of DO NOTHING`,
    [uuidv7(), customerId, companyId],
  );
  const [row] = await tx.query<{ id: string }[]>(
    `SELECT id FROM collection_case WHERE customer_id = $1 AND company_id = $2`,
    [customerId, companyId],
  );
  await tx.query(
    `UPDATE collection_case SET state = 'OPEN', row_version = row_version + 1, updated_at = now()
     WHERE id = $1 AND state = 'CLOSED'`,
    [row!.id],
  );
  await tellProcess(tx, collectMessage(row!.id, 0), correlationId);
  return row!.id;
}
