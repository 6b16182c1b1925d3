import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { personId } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import { parseAmount, type Money } from '../../domain/money.js';
import { appendEvents, beginAggregate } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';

export interface NewOpportunity {
  customerId: string;
  productId: string | null;
  amount: Money | null;
  note: string | null;
}

/**
 * A new deal of the person who enters it, at the first stage.
 * @throws DomainError VALIDATION no such customer or product · MONEY.INVALID · MONEY.CURRENCY_UNKNOWN
 */
export function createOpportunity(
  db: DataSource,
  meta: CommandMeta,
  deal: NewOpportunity,
): Promise<Answer<{ id: string }>> {
  if (deal.amount) parseAmount(deal.amount.amount, deal.amount.currency, '/amount/amount');
  return runCommand(db, meta, async (tx) => {
    const owner = personId(meta.actor);
    if (owner === null) throw new DomainError('FORBIDDEN');
    await assertKnown(tx, 'customer', deal.customerId, '/customerId');
    if (deal.productId !== null) await assertKnown(tx, 'product', deal.productId, '/productId');
    const id = uuidv7();
    const head = await beginAggregate(tx, 'opportunity', id);
    const [row] = await tx.query<{ number: string; stage: string }[]>(INSERT, [
      id,
      deal.customerId,
      deal.productId,
      owner,
      deal.amount?.amount ?? null,
      deal.amount?.currency ?? null,
      deal.note,
    ]);
    const payload = {
      id,
      number: row!.number,
      stage: row!.stage,
      ownerId: owner,
      ...deal,
      amount: deal.amount && { ...deal.amount },
    };
    await appendEvents(tx, head, [{ type: 'opportunity.created', actor: meta.actor.id, payload }]);
    return { id };
  });
}

const INSERT = `
  INSERT INTO opportunity (id, number, customer_id, product_id, owner_id, unit_id, stage, amount, currency, engaged_on, note, origin)
  SELECT $1, 'O-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('opportunity_number_seq')::text, 6, '0'), $2, $3, e.id,
    (SELECT a.unit_id FROM assignment a WHERE a.employee_id = e.id AND a.is_primary AND a.valid @> now()),
    'PROSPECTING', $5, $6, (now() AT TIME ZONE e.zone)::date, $7, 'MANUAL'
  FROM employee e WHERE e.id = $4
  RETURNING number, stage`;

async function assertKnown(
  tx: EntityManager,
  table: 'customer' | 'product',
  id: string,
  pointer: string,
): Promise<void> {
  const rows = await tx.query<unknown[]>(`SELECT 1 FROM ${table} WHERE id = $1`, [id]);
  if (rows.length === 0)
    throw new DomainError('VALIDATION', {}, [{ pointer, code: 'NOT_FOUND', rule: `an existing ${table}` }]);
}
