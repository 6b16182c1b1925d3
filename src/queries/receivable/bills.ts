import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { formatAmount, type Money } from '../../domain/money.js';
import { billActs, type BillState } from '../../domain/receivable/bill.js';
import type { Viewer } from '../org/scope.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import { customersWithin } from './reach.js';

export interface BillView {
  /** of the payment it is */
  id: string;
  billNo: string;
  customer: { id: string; name: string };
  amount: Money;
  instrument: string;
  drawer: string;
  acceptor: string;
  receivedOn: string;
  maturesOn: string;
  state: BillState;
  paymentState: string;
  passedTo: string | null;
  changedOn: string | null;
  actions: string[];
}

interface Row extends Omit<BillView, 'amount' | 'actions'> {
  amount: string;
  currency: string;
}

const BILL = `p.id, b.bill_no AS "billNo", json_build_object('id', c.id, 'name', c.name) AS customer, p.amount::text AS amount, p.currency,
  p.instrument, b.drawer, b.acceptor, p.value_date::text AS "receivedOn", b.matures_on::text AS "maturesOn", b.state,
  p.state AS "paymentState", b.passed_to AS "passedTo", b.changed_on::text AS "changedOn"`;
const FROM = `bill b JOIN payment p ON p.id = b.payment_id JOIN customer c ON c.id = p.customer_id`;

/** Bills, the next to mature first. */
export async function listBills(
  db: DataSource,
  viewer: Viewer,
  filter: { state?: string },
  slice: Slice,
): Promise<Sliced<BillView>> {
  const seen = customersWithin(viewer, 5);
  const rows = await db.query<Row[]>(
    `SELECT ${BILL} FROM ${FROM}
     WHERE ($1::date IS NULL OR (b.matures_on, p.id) > ($1::date, $2::uuid)) AND ($4::varchar IS NULL OR b.state = $4) AND ${seen.sql}
     ORDER BY b.matures_on, p.id LIMIT $3`,
    [
      slice.after?.[0] ?? null,
      slice.after?.[1] ?? null,
      slice.limit + 1,
      filter.state ?? null,
      ...seen.params,
    ],
  );
  return cutSlice(
    rows,
    slice.limit,
    (row) => viewOf(row, viewer),
    (row) => [row.maturesOn, row.id],
  );
}

/** @throws DomainError NOT_FOUND, also for what the viewer may not see */
export async function readBill(db: DataSource, viewer: Viewer, id: string): Promise<BillView> {
  const seen = customersWithin(viewer, 2);
  const [row] = await db.query<Row[]>(`SELECT ${BILL} FROM ${FROM} WHERE p.id = $1 AND ${seen.sql}`, [
    id,
    ...seen.params,
  ]);
  if (!row) throw new DomainError('NOT_FOUND', { billId: id });
  return viewOf(row, viewer);
}

function viewOf({ amount, currency, ...row }: Row, { permissions }: Viewer): BillView {
  const may = permissions['receivable:post'] !== undefined && row.paymentState === 'POSTED';
  return {
    ...row,
    amount: { amount: formatAmount(amount, currency), currency },
    actions: may ? billActs(row.state) : [],
  };
}
