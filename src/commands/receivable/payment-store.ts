import type { EntityManager } from 'typeorm';
import type { Designation } from '../../domain/receivable/application.js';
import { DomainError } from '../../domain/errors.js';

export const INSTRUMENTS = ['BANK', 'CASH', 'BANK_BILL', 'COMMERCIAL_BILL'] as const;
export type Instrument = (typeof INSTRUMENTS)[number];
/** PROPOSED waits for a second person, SUSPENSE for a payer. */
export const PAYMENT_STATES = ['PROPOSED', 'SUSPENSE', 'POSTED', 'REVERSED', 'REJECTED'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

export interface PaymentRow {
  id: string;
  companyId: string;
  customerId: string | null;
  amount: string;
  currency: string;
  fxRate: string;
  instrument: Instrument;
  valueDate: string;
  sourceId: string;
  state: PaymentState;
  designation: Designation[];
  recordedBy: string;
  rowVersion: number;
}

const PAYMENT = `SELECT p.id, p.company_id AS "companyId", p.customer_id AS "customerId", trim_scale(p.amount)::text AS amount, p.currency,
  trim_scale(p.fx_rate)::text AS "fxRate", p.instrument, p.value_date::text AS "valueDate", p.source_id AS "sourceId", p.state,
  p.designation, p.recorded_by AS "recordedBy", p.row_version AS "rowVersion" FROM payment p WHERE p.id = $1`;

/** As it stands, without a lock: to learn which items to lock before it. @throws DomainError NOT_FOUND */
export async function readPayment(tx: EntityManager, id: string): Promise<PaymentRow> {
  return mustBe(await tx.query<PaymentRow[]>(PAYMENT, [id]), id);
}

/** Under its lock, after the items it touches. @throws DomainError NOT_FOUND */
export async function lockPayment(tx: EntityManager, id: string): Promise<PaymentRow> {
  return mustBe(await tx.query<PaymentRow[]>(`${PAYMENT} FOR UPDATE`, [id]), id);
}

function mustBe([row]: PaymentRow[], paymentId: string): PaymentRow {
  if (!row) throw new DomainError('NOT_FOUND', { paymentId });
  return row;
}

/** What is not applied of it. */
export async function unappliedOf(tx: EntityManager, id: string): Promise<string> {
  const [row] = await tx.query<{ left: string }[]>(
    `SELECT trim_scale(p.amount - coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.payment_id = p.id), 0))::text AS left
     FROM payment p WHERE p.id = $1`,
    [id],
  );
  return row!.left;
}
