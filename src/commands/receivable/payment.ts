import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Designation } from '../../domain/receivable/application.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { parseAmount } from '../../domain/money.js';
import { tellCollection } from '../collection/tell.js';
import { appendEvents, continueAggregate } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { applyMoney, type Applied } from './apply.js';
import { inBase, rateOfDay, type DayRate } from './entries.js';
import { lockOpenItems } from './item-store.js';
import { companyOf } from '../company.js';
import { mustBeCustomer } from './party.js';
import {
  lockPayment,
  readPayment,
  unappliedOf,
  type Instrument,
  type PaymentRow,
  type PaymentState,
} from './payment-store.js';
import { ledgerRules } from './rules.js';
import { lockCredit, type Party } from '../credit/exposure.js';
import { followLedger } from './exposure.js';

/** for finance to say what it is */
const WAITING: readonly PaymentState[] = ['PROPOSED', 'SUSPENSE'];

export type PaymentChanged = { paymentId: string; state: PaymentState };

/** Money that came in, as the bank or the cash desk says. */
export interface IncomingMoney {
  /** left out: the default company */
  companyId: string | null;
  /** null: nobody knows yet who paid */
  customerId: string | null;
  payerName: string;
  payerAccount: string | null;
  amount: string;
  currency: string;
  instrument: Instrument;
  reference: string;
  /** `YYYY-MM-DD` */
  valueDate: string;
  /** the bank's own id: the same money is booked once */
  sourceId: string;
  /** what the payer names; empty: by law */
  designation: Designation[];
}

/**
 * Records money and applies it. Above the limit of the policy it waits for a second person; without a payer it waits in suspense.
 * @throws DomainError ALREADY_EXISTS the source id is booked · NOT_FOUND · VALIDATION · RATE_MISSING
 */
export function recordPayment(
  db: DataSource,
  meta: CommandMeta,
  money: IncomingMoney,
): Promise<Answer<PaymentChanged>> {
  return runCommand(db, meta, (tx) => insertPayment(tx, meta, money, false));
}

/** @param suggested it waits for finance whatever its amount */
export async function insertPayment(
  tx: EntityManager,
  meta: CommandMeta,
  money: IncomingMoney,
  suggested: boolean,
): Promise<PaymentChanged> {
  const amount = parseAmount(money.amount, money.currency, '/amount/amount');
  if (amount.isZero())
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/amount/amount', code: 'TOO_SMALL', rule: 'more than 0' },
    ]);
  if (money.customerId) await mustBeCustomer(tx, money.customerId);
  const companyId = await companyOf(tx, money.companyId);
  const day = await rateOfDay(tx, money.currency, money.valueDate);
  const paymentId = uuidv7();
  const head = await continueAggregate(tx, 'payment', paymentId);
  const { fourEyesAbove } = await ledgerRules(tx);
  const held = suggested || inBase(amount, day).gt(fourEyesAbove.amount);
  const state = money.customerId === null ? 'SUSPENSE' : 'PROPOSED';
  const taken = await tx.query<unknown[]>(
    `INSERT INTO payment (id, company_id, customer_id, payer_name, payer_account, amount, currency, fx_rate, instrument, reference,
       value_date, source_id, state, designation, recorded_by, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     ON CONFLICT ON CONSTRAINT payment_source DO NOTHING RETURNING 1`,
    [
      paymentId,
      companyId,
      money.customerId,
      money.payerName,
      money.payerAccount,
      money.amount,
      money.currency,
      day.rate,
      money.instrument,
      money.reference,
      money.valueDate,
      money.sourceId,
      state,
      JSON.stringify(money.designation),
      meta.actor.id,
      head.now,
    ],
  );
  if (taken.length === 0) throw sourceTaken('a payment that is not booked yet');
  const payload = {
    sourceId: money.sourceId,
    customerId: money.customerId,
    amount: money.amount,
    currency: money.currency,
    valueDate: money.valueDate,
    state,
  };
  await appendEvents(tx, head, [{ type: 'payment.recorded', actor: meta.actor.id, payload }]);
  if (state === 'SUSPENSE' || held) return { paymentId, state };
  await post(tx, meta, paymentId, { designation: money.designation, confirms: false });
  return { paymentId, state: 'POSTED' };
}

export function sourceTaken(rule: string): DomainError {
  return new DomainError('ALREADY_EXISTS', {}, [{ pointer: '/sourceId', code: 'TAKEN', rule }]);
}

/** What finance says to a payment that waits. */
export interface Confirmation {
  paymentId: string;
  /** who paid, of money in suspense or suggested for somebody else; null: as recorded */
  customerId: string | null;
  /** replaces what was designated; left out: as recorded */
  designation: Designation[] | null;
}

/**
 * A second person says that it is so; then it is applied.
 * @throws DomainError NOT_FOUND · STATE_CONFLICT · SOD_VIOLATION whoever recorded it · VALIDATION
 */
export function confirmPayment(
  db: DataSource,
  meta: CommandMeta,
  { paymentId, customerId, designation }: Confirmation,
): Promise<Answer<PaymentChanged>> {
  return runCommand(db, meta, async (tx) => {
    const seen = await readPayment(tx, paymentId);
    const payer = customerId ?? seen.customerId;
    if (payer === null)
      throw new DomainError('VALIDATION', {}, [
        { pointer: '/customerId', code: 'REQUIRED', rule: 'who paid' },
      ]);
    if (!WAITING.includes(seen.state)) throw new DomainError('STATE_CONFLICT', { state: seen.state });
    await mustBeCustomer(tx, payer);
    if (payer !== seen.customerId)
      await tx.query(
        `UPDATE payment SET customer_id = $2 WHERE id = $1 AND state IN ('PROPOSED', 'SUSPENSE')`,
        [paymentId, payer],
      );
    const recorded = payer === seen.customerId ? seen.designation : [];
    await post(tx, meta, paymentId, { designation: designation ?? recorded, confirms: true });
    return { paymentId, state: 'POSTED' };
  });
}

/** @throws DomainError NOT_FOUND · STATE_CONFLICT */
export function rejectPayment(
  db: DataSource,
  meta: CommandMeta,
  { paymentId, reason }: { paymentId: string; reason: string },
): Promise<Answer<PaymentChanged>> {
  return runCommand(db, meta, async (tx) => {
    const payment = await lockPayment(tx, paymentId);
    if (payment.state !== 'PROPOSED' && payment.state !== 'SUSPENSE')
      throw new DomainError('STATE_CONFLICT', { state: payment.state });
    await tx.query(
      `UPDATE payment SET state = 'REJECTED', reason = $2, reason_by = $3, row_version = row_version + 1 WHERE id = $1`,
      [paymentId, reason, meta.actor.id],
    );
    await note(tx, meta, paymentId, 'payment.rejected', { reason });
    return { paymentId, state: 'REJECTED' };
  });
}

/**
 * Money on account goes to what is open: as designated, else by law.
 * @throws DomainError NOT_FOUND · STATE_CONFLICT · VALIDATION
 */
export function allocatePayment(
  db: DataSource,
  meta: CommandMeta,
  { paymentId, designation }: { paymentId: string; designation: Designation[] },
): Promise<Answer<PaymentChanged>> {
  return runCommand(db, meta, async (tx) => {
    const seen = await readPayment(tx, paymentId);
    if (seen.state !== 'POSTED') throw new DomainError('STATE_CONFLICT', { state: seen.state });
    await apply(tx, meta, paymentId, designation);
    await followLedger(tx, meta, await debtorOf(tx, paymentId), paymentId);
    return { paymentId, state: 'POSTED' };
  });
}

/** Locks items, then the payment; writes that it is posted, and applies it. */
async function post(
  tx: EntityManager,
  meta: CommandMeta,
  paymentId: string,
  { designation, confirms }: { designation: Designation[]; confirms: boolean },
): Promise<void> {
  const { fourEyesAbove } = await ledgerRules(tx);
  const before = await apply(tx, meta, paymentId, designation, (payment, day) => {
    if (!WAITING.includes(payment.state)) throw new DomainError('STATE_CONFLICT', { state: payment.state });
    if (payment.recordedBy === meta.actor.id && inBase(payment.amount, day).gt(fourEyesAbove.amount))
      throw new DomainError('SOD_VIOLATION', { duties: ['record payment', 'confirm payment'] });
  });
  await tx.query(
    `UPDATE payment SET state = 'POSTED', row_version = row_version + 1,
       confirmed_by = CASE WHEN $2 THEN $3::varchar END, confirmed_at = CASE WHEN $2 THEN now() END WHERE id = $1`,
    [before.id, confirms, meta.actor.id],
  );
  await followLedger(tx, meta, await debtorOf(tx, paymentId), paymentId);
}

async function apply(
  tx: EntityManager,
  meta: CommandMeta,
  paymentId: string,
  designated: Designation[],
  mayPost: (payment: PaymentRow, day: DayRate) => void = () => undefined,
): Promise<PaymentRow> {
  const { customerId, companyId, currency } = await readPayment(tx, paymentId);
  await lockCredit(tx, { customerId: customerId!, companyId });
  const items = await lockOpenItems(tx, { customerId: customerId!, companyId, currency });
  const payment = await lockPayment(tx, paymentId);
  const { baseCurrency } = await rateOfDay(tx, currency, payment.valueDate);
  mayPost(payment, { rate: payment.fxRate, baseCurrency });
  const amount = await unappliedOf(tx, paymentId);
  const applied = await applyMoney(tx, { payment, amount, items, designated, byId: meta.actor.id });
  await note(tx, meta, paymentId, 'payment.applied', asPayload(applied));
  await tellCollection(tx, { customerId: customerId!, companyId }, meta.correlationId);
  return payment;
}

function asPayload({ parts, unapplied }: Applied): JsonObject {
  return { parts: parts.map((part) => ({ ...part })), unapplied };
}

async function debtorOf(tx: EntityManager, paymentId: string): Promise<Party> {
  const { customerId, companyId } = await readPayment(tx, paymentId);
  return { customerId: customerId!, companyId };
}

async function note(
  tx: EntityManager,
  meta: CommandMeta,
  paymentId: string,
  type: string,
  payload: JsonObject,
): Promise<void> {
  const head = await continueAggregate(tx, 'payment', paymentId);
  await appendEvents(tx, head, [{ type, actor: meta.actor.id, payload }]);
}
