import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { formatAmount, type Money } from '../../domain/money.js';
import type { Viewer } from '../org/scope.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import { customersWithin } from './reach.js';

export interface PaymentView {
  id: string;
  companyId: string;
  customer: { id: string; name: string } | null;
  payerName: string;
  payerAccount: string | null;
  amount: Money;
  unapplied: Money;
  instrument: string;
  reference: string;
  valueDate: string;
  sourceId: string;
  state: string;
  recordedAt: string;
  reversedOn: string | null;
  reason: string | null;
  rowVersion: number;
  statementId: string | null;
  /** how a line of a statement was matched; null: recorded by hand */
  matchedBy: string | null;
}

export interface AllocationView {
  itemId: string;
  invoiceNo: string;
  amount: Money;
  at: string;
}

export interface PaymentFilter {
  state?: string;
  customerId?: string;
  statementId?: string;
}

interface Row extends Omit<PaymentView, 'amount' | 'unapplied'> {
  amount: string;
  left: string;
  currency: string;
  position: string;
}

const UTC = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const PAYMENT = `p.id, p.company_id AS "companyId", CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'name', c.name) END AS customer,
  p.payer_name AS "payerName", p.payer_account AS "payerAccount", p.amount::text AS amount, p.currency,
  CASE WHEN p.state = 'POSTED' THEN p.amount - coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.payment_id = p.id), 0) ELSE 0 END::text AS left,
  p.instrument, p.reference, p.value_date::text AS "valueDate", p.source_id AS "sourceId", p.state, p.recorded_at::text AS position,
  to_char(p.recorded_at AT TIME ZONE 'UTC', ${UTC}) AS "recordedAt", p.reversed_on::text AS "reversedOn", p.reason, p.row_version AS "rowVersion",
  p.statement_id AS "statementId", p.matched_by AS "matchedBy"`;
const FROM = `payment p LEFT JOIN customer c ON c.id = p.customer_id`;

/** Money of an unknown payer is seen by whoever sees all. */
function within(viewer: Viewer, firstParam: number): { sql: string; params: unknown[] } {
  if (viewer.permissions['receivable:read'] === 'ALL') return { sql: 'TRUE', params: [] };
  const seen = customersWithin(viewer, firstParam);
  return { sql: `(c.id IS NOT NULL AND ${seen.sql})`, params: seen.params };
}

/** Payments, the newest first. */
export async function listPayments(
  db: DataSource,
  viewer: Viewer,
  filter: PaymentFilter,
  slice: Slice,
): Promise<Sliced<PaymentView>> {
  const seen = within(viewer, 7);
  const rows = await db.query<Row[]>(
    `SELECT ${PAYMENT} FROM ${FROM}
     WHERE ($1::timestamptz IS NULL OR (p.recorded_at, p.id) < ($1::timestamptz, $2::uuid))
       AND ($4::varchar IS NULL OR p.state = $4) AND ($5::uuid IS NULL OR p.customer_id = $5)
       AND ($6::uuid IS NULL OR p.statement_id = $6) AND ${seen.sql}
     ORDER BY p.recorded_at DESC, p.id DESC LIMIT $3`,
    [
      slice.after?.[0] ?? null,
      slice.after?.[1] ?? null,
      slice.limit + 1,
      filter.state ?? null,
      filter.customerId ?? null,
      filter.statementId ?? null,
      ...seen.params,
    ],
  );
  return cutSlice(rows, slice.limit, viewOf, (row) => [row.position, row.id]);
}

function viewOf({ amount, left, currency, position: _position, ...row }: Row): PaymentView {
  const money = (value: string): Money => ({ amount: formatAmount(value, currency), currency });
  return { ...row, amount: money(amount), unapplied: money(left) };
}

/** One payment with what it settled. @throws DomainError NOT_FOUND, also for what the viewer may not see */
export async function findPayment(
  db: DataSource,
  viewer: Viewer,
  id: string,
): Promise<PaymentView & { allocations: AllocationView[] }> {
  const seen = within(viewer, 2);
  const [row] = await db.query<Row[]>(`SELECT ${PAYMENT} FROM ${FROM} WHERE p.id = $1 AND ${seen.sql}`, [
    id,
    ...seen.params,
  ]);
  if (!row) throw new DomainError('NOT_FOUND', { paymentId: id });
  const allocations = await db.query<(Omit<AllocationView, 'amount'> & { amount: string })[]>(
    `SELECT a.item_id AS "itemId", i.invoice_no AS "invoiceNo", a.amount::text AS amount, to_char(a.at AT TIME ZONE 'UTC', ${UTC}) AS at
     FROM allocation a JOIN receivable_item i ON i.id = a.item_id WHERE a.payment_id = $1 ORDER BY a.at, a.id`,
    [id],
  );
  return {
    ...viewOf(row),
    allocations: allocations.map((one) => ({
      ...one,
      amount: { amount: formatAmount(one.amount, row.currency), currency: row.currency },
    })),
  };
}
