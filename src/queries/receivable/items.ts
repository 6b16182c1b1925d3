import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { formatAmount, type Money } from '../../domain/money.js';
import { agingBucket, type AgingBucket } from '../../domain/receivable/aging.js';
import { daysPastDue } from '../../domain/receivable/debt.js';
import type { Viewer } from '../org/scope.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import { ITEM_FROM, itemsWithin } from './reach.js';

export interface ItemView {
  id: string;
  customer: { id: string; name: string };
  companyId: string;
  contract: { id: string; number: string } | null;
  planSeq: number | null;
  invoiceNo: string;
  instalment: number;
  original: Money;
  /** as of the day asked */
  outstanding: Money;
  issuedOn: string;
  dueOn: string;
  daysPastDue: number;
  bucket: string;
  level: number;
  interestMode: string;
  state: string;
  rowVersion: number;
}

export interface EntryView {
  id: string;
  kind: string;
  part: string;
  amount: Money;
  valueDate: string;
  bookedAt: string;
  refId: string | null;
  reason: string | null;
}

/** What is asked of the list; `asOf` is a date. */
export interface ItemFilter {
  customerId?: string;
  companyId?: string;
  contractId?: string;
  currency?: string;
  invoiceNo?: string;
  /** only what is past due on the day */
  overdue?: boolean;
  level?: number;
  /** also what was settled by the day */
  settled?: boolean;
}

interface Row extends Omit<ItemView, 'original' | 'outstanding' | 'daysPastDue' | 'bucket'> {
  originalAmount: string;
  open: string;
  currency: string;
}

const OPEN_ON = (asOf: string) =>
  `coalesce((SELECT sum(e.amount) FROM receivable_entry e WHERE e.item_id = i.id AND e.value_date <= ${asOf}), 0)`;
const ITEM = `i.id, json_build_object('id', c.id, 'name', c.name) AS customer, i.company_id AS "companyId",
  CASE WHEN k.id IS NOT NULL THEN json_build_object('id', k.id, 'number', k.number) END AS contract, i.plan_seq AS "planSeq",
  i.invoice_no AS "invoiceNo", i.instalment, i.original::text AS "originalAmount", i.currency, i.issued_on::text AS "issuedOn",
  i.due_on::text AS "dueOn", i.level, i.interest_mode AS "interestMode", i.state, i.row_version AS "rowVersion", o.open::text AS open`;

/** Items by due date, oldest first, as they stood on a day. */
export async function listItems(
  db: DataSource,
  viewer: Viewer,
  filter: ItemFilter,
  at: { asOf: string; buckets: readonly AgingBucket[] },
  slice: Slice,
): Promise<Sliced<ItemView>> {
  const seen = itemsWithin(viewer, 13);
  const rows = await db.query<Row[]>(
    `SELECT ${ITEM} FROM ${ITEM_FROM} CROSS JOIN LATERAL (SELECT ${OPEN_ON('$1::date')} AS open) o
     WHERE i.issued_on <= $1::date AND ($2::date IS NULL OR (i.due_on, i.id) > ($2::date, $3::uuid))
       AND ($5::uuid IS NULL OR i.customer_id = $5) AND ($6::uuid IS NULL OR i.company_id = $6)
       AND ($7::uuid IS NULL OR i.contract_id = $7) AND ($8::char(3) IS NULL OR i.currency = $8)
       AND ($9::varchar IS NULL OR i.invoice_no = $9) AND (NOT $10::boolean OR i.due_on < $1::date)
       AND ($11::int IS NULL OR i.level = $11) AND ($12::boolean OR o.open > 0) AND ${seen.sql}
     ORDER BY i.due_on, i.id LIMIT $4`,
    [
      at.asOf,
      slice.after?.[0] ?? null,
      slice.after?.[1] ?? null,
      slice.limit + 1,
      filter.customerId ?? null,
      filter.companyId ?? null,
      filter.contractId ?? null,
      filter.currency ?? null,
      filter.invoiceNo ?? null,
      filter.overdue ?? false,
      filter.level ?? null,
      filter.settled ?? false,
      ...seen.params,
    ],
  );
  return cutSlice(
    rows,
    slice.limit,
    (row) => viewOf(row, at),
    (row) => [row.dueOn, row.id],
  );
}

function viewOf(
  { originalAmount, open, currency, ...row }: Row,
  { asOf, buckets }: { asOf: string; buckets: readonly AgingBucket[] },
): ItemView {
  return {
    ...row,
    original: { amount: formatAmount(originalAmount, currency), currency },
    outstanding: { amount: formatAmount(open, currency), currency },
    daysPastDue: daysPastDue(row.dueOn, asOf),
    bucket: agingBucket(row.dueOn, asOf, buckets),
  };
}

/** One item with everything that was booked on it. @throws DomainError NOT_FOUND, also for what the viewer may not see */
export async function readItem(
  db: DataSource,
  viewer: Viewer,
  id: string,
  at: { asOf: string; buckets: readonly AgingBucket[] },
): Promise<ItemView & { entries: EntryView[] }> {
  const seen = itemsWithin(viewer, 3);
  const [row] = await db.query<Row[]>(
    `SELECT ${ITEM} FROM ${ITEM_FROM} CROSS JOIN LATERAL (SELECT ${OPEN_ON('$2::date')} AS open) o WHERE i.id = $1 AND ${seen.sql}`,
    [id, at.asOf, ...seen.params],
  );
  if (!row) throw new DomainError('NOT_FOUND', { itemId: id });
  const entries = await db.query<(Omit<EntryView, 'amount'> & { amount: string })[]>(
    `SELECT id, kind, part, amount::text AS amount, value_date::text AS "valueDate",
       to_char(booked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "bookedAt", ref_id AS "refId", reason
     FROM receivable_entry WHERE item_id = $1 ORDER BY booked_at, id`,
    [id],
  );
  const money = (amount: string): Money => ({
    amount: formatAmount(amount, row.currency),
    currency: row.currency,
  });
  return {
    ...viewOf(row, at),
    entries: entries.map((entry) => ({ ...entry, amount: money(entry.amount) })),
  };
}
