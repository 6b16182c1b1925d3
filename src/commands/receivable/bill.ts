import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { afterBillAct, type BillAct, type BillState } from '../../domain/receivable/bill.js';
import { appendEvents, continueAggregate } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { insertPayment, type IncomingMoney, type PaymentChanged } from './payment.js';
import { lockPayment, readPayment } from './payment-store.js';
import { takeBack } from './reverse-payment.js';
import { lockCredit } from '../credit/exposure.js';
import { followLedger } from './exposure.js';

export type BillChanged = { paymentId: string; billState: BillState };

export interface NewBill extends Omit<IncomingMoney, 'instrument' | 'sourceId' | 'customerId'> {
  customerId: string;
  billNo: string;
  drawer: string;
  acceptor: string;
  /** who stands behind it: a bank, or a company */
  accepted: 'BANK' | 'COMMERCIAL';
  /** `YYYY-MM-DD` */
  maturesOn: string;
}

/**
 * Takes a bill in payment: what it pays is settled from the day it was received, on condition that it is honoured.
 * @throws DomainError as recordPayment; ALREADY_EXISTS the bill is booked · VALIDATION it matures before it was received
 */
export function receiveBill(
  db: DataSource,
  meta: CommandMeta,
  bill: NewBill,
): Promise<Answer<PaymentChanged>> {
  const { billNo, drawer, acceptor, accepted, maturesOn, ...money } = bill;
  if (maturesOn < money.valueDate)
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/maturesOn', code: 'TOO_EARLY', rule: `on ${money.valueDate} or later` },
    ]);
  return runCommand(db, meta, async (tx) => {
    const instrument = accepted === 'BANK' ? ('BANK_BILL' as const) : ('COMMERCIAL_BILL' as const);
    const changed = await insertPayment(
      tx,
      meta,
      { ...money, instrument, sourceId: `bill:${billNo}` },
      false,
    );
    await tx.query(
      `INSERT INTO bill (payment_id, bill_no, drawer, acceptor, matures_on) VALUES ($1, $2, $3, $4, $5)`,
      [changed.paymentId, billNo, drawer, acceptor, maturesOn],
    );
    await followBill(tx, meta, changed.paymentId);
    return changed;
  });
}

export interface BillStep {
  paymentId: string;
  act: BillAct;
  on: string;
  /** whom it was endorsed to, which bank discounted it, why it was dishonoured */
  note: string;
}

/**
 * Passes a bill on, discounts it, says that it was paid, or that it was not: then what it had paid is owed again, as old as its
 * due date makes it.
 * @throws DomainError NOT_FOUND · STATE_CONFLICT, also while the payment waits for a second person · VALIDATION
 */
export function actOnBill(
  db: DataSource,
  meta: CommandMeta,
  { paymentId, act, on, note }: BillStep,
): Promise<Answer<BillChanged>> {
  return runCommand(db, meta, async (tx) => {
    const seen = await readBill(tx, paymentId);
    const { customerId, companyId } = await readPayment(tx, paymentId);
    await lockCredit(tx, { customerId: customerId!, companyId });
    if (act === 'DISHONOUR') {
      afterBillAct(seen, act, on);
      await takeBack(tx, meta, { paymentId, on, reason: note });
    }
    const { state } = await lockPayment(tx, paymentId);
    if (act !== 'DISHONOUR' && state !== 'POSTED') throw new DomainError('STATE_CONFLICT', { state });
    const next = afterBillAct(await readBill(tx, paymentId), act, on);
    const passedTo = next === 'ENDORSED' || next === 'DISCOUNTED' ? note : null;
    await tx.query(
      `UPDATE bill SET state = $2, changed_on = $3, passed_to = coalesce($4, passed_to) WHERE payment_id = $1`,
      [paymentId, next, on, passedTo],
    );
    const head = await continueAggregate(tx, 'payment', paymentId);
    const type = `bill.${next.toLowerCase()}`;
    await appendEvents(tx, head, [{ type, actor: meta.actor.id, payload: { on, note } }]);
    await followBill(tx, meta, paymentId);
    return { paymentId, billState: next };
  });
}

/** Who gave the bill is exposed with it until it has matured. */
async function followBill(tx: EntityManager, meta: CommandMeta, paymentId: string): Promise<void> {
  const { customerId, companyId } = await readPayment(tx, paymentId);
  if (customerId !== null) await followLedger(tx, meta, { customerId, companyId }, paymentId);
}

async function readBill(
  tx: EntityManager,
  paymentId: string,
): Promise<{ state: BillState; receivedOn: string; maturesOn: string }> {
  const [row] = await tx.query<{ state: BillState; receivedOn: string; maturesOn: string }[]>(
    `SELECT b.state, p.value_date::text AS "receivedOn", b.matures_on::text AS "maturesOn"
     FROM bill b JOIN payment p ON p.id = b.payment_id WHERE b.payment_id = $1`,
    [paymentId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { paymentId });
  return row;
}
