import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { levelAfterReversal } from '../../domain/receivable/debt.js';
import { DomainError } from '../../domain/errors.js';
import { tellCollection } from '../collection/tell.js';
import { appendEvents, continueAggregate } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { laterOf, postEntries } from './entries.js';
import { lockItems, setItem } from './item-store.js';
import type { PaymentChanged } from './payment.js';
import { lockPayment, readPayment } from './payment-store.js';
import { lockCredit } from '../credit/exposure.js';
import { followLedger } from './exposure.js';

export interface Reversal {
  paymentId: string;
  /** the day it bounced, `YYYY-MM-DD` */
  on: string;
  reason: string;
}

interface LiveAllocation {
  id: string;
  itemId: string;
  amount: string;
  levelBefore: number;
}

/**
 * Takes a payment back, with what was given up because of it: its items are open again at the level they had, as old as
 * their due dates make them.
 * @throws DomainError NOT_FOUND · STATE_CONFLICT it is not posted, or a bill: that is dishonoured · VALIDATION before it was paid
 */
export function reversePayment(
  db: DataSource,
  meta: CommandMeta,
  reversal: Reversal,
): Promise<Answer<PaymentChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { instrument } = await readPayment(tx, reversal.paymentId);
    if (instrument === 'BANK_BILL' || instrument === 'COMMERCIAL_BILL')
      throw new DomainError('STATE_CONFLICT', { instrument });
    return takeBack(tx, meta, reversal);
  });
}

/** The same inside another command's transaction. */
export async function takeBack(
  tx: EntityManager,
  meta: CommandMeta,
  { paymentId, on, reason }: Reversal,
): Promise<PaymentChanged> {
  const { customerId, companyId } = await readPayment(tx, paymentId);
  if (customerId !== null) await lockCredit(tx, { customerId, companyId });
  const touched = await tx.query<{ itemId: string }[]>(
    `SELECT DISTINCT item_id AS "itemId" FROM allocation WHERE payment_id = $1`,
    [paymentId],
  );
  const items = await lockItems(
    tx,
    touched.map(({ itemId }) => itemId),
  );
  const payment = await lockPayment(tx, paymentId);
  if (payment.state !== 'POSTED') throw new DomainError('STATE_CONFLICT', { state: payment.state });
  if (on < payment.valueDate)
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/on', code: 'BEFORE_PAYMENT', rule: `on ${payment.valueDate} or later` },
    ]);
  for (const allocation of await liveAllocations(tx, paymentId)) {
    const item = items.find(({ id }) => id === allocation.itemId)!;
    await undo(tx, meta, allocation, { on: laterOf(on, item.issuedOn), reason });
    item.level = levelAfterReversal(item.level, allocation.levelBefore);
    await setItem(tx, item, { state: item.isHandedOver ? 'LEGAL' : 'OPEN', level: item.level });
  }
  await tx.query(
    `UPDATE payment SET state = 'REVERSED', reversed_on = $2, reversed_by = $3, reason = $4, reason_by = $3, row_version = row_version + 1 WHERE id = $1`,
    [paymentId, on, meta.actor.id, reason],
  );
  const head = await continueAggregate(tx, 'payment', paymentId);
  const payload = { on, reason, items: items.map(({ id, level }) => ({ itemId: id, level })) };
  await appendEvents(tx, head, [{ type: 'payment.reversed', actor: meta.actor.id, payload }]);
  if (customerId !== null) {
    await followLedger(tx, meta, { customerId, companyId }, paymentId);
    await tellCollection(tx, { customerId, companyId }, meta.correlationId);
  }
  return { paymentId, state: 'REVERSED' };
}

function liveAllocations(tx: EntityManager, paymentId: string): Promise<LiveAllocation[]> {
  return tx.query<LiveAllocation[]>(
    `SELECT a.id, a.item_id AS "itemId", a.amount::text AS amount, a.level_before AS "levelBefore" FROM allocation a
     WHERE a.payment_id = $1 AND a.amount > 0 AND NOT EXISTS (SELECT 1 FROM allocation r WHERE r.reverses = a.id)
     ORDER BY a.at DESC, a.id DESC`,
    [paymentId],
  );
}

async function undo(
  tx: EntityManager,
  meta: CommandMeta,
  { id, amount, itemId, levelBefore }: LiveAllocation,
  { on, reason }: { on: string; reason: string },
): Promise<void> {
  const { paymentId } = await reversingRow(tx, { id, amount, itemId, levelBefore });
  const entries = await tx.query<
    { id: string; part: 'PRINCIPAL'; amount: string; baseAmount: string; valueDate: string }[]
  >(
    `SELECT id, part, (-amount)::text AS amount, (-base_amount)::text AS "baseAmount", value_date::text AS "valueDate"
     FROM receivable_entry WHERE ref_id = $1 ORDER BY id`,
    [id],
  );
  await postEntries(
    tx,
    meta.actor.id,
    entries.map((entry) => ({
      itemId,
      kind: 'REVERSAL' as const,
      part: entry.part,
      amount: entry.amount,
      baseAmount: entry.baseAmount,
      valueDate: laterOf(on, entry.valueDate),
      sourceKey: `reversal/${entry.id}`,
      refId: paymentId,
      reverses: entry.id,
      reason,
    })),
  );
}

async function reversingRow(tx: EntityManager, allocation: LiveAllocation): Promise<{ paymentId: string }> {
  const [row] = await tx.query<{ paymentId: string }[]>(
    `INSERT INTO allocation (id, payment_id, item_id, amount, level_before, reverses)
     SELECT $2, payment_id, item_id, -amount, level_before, id FROM allocation WHERE id = $1 RETURNING payment_id AS "paymentId"`,
    [allocation.id, uuidv7()],
  );
  return row!;
}
