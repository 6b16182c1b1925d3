import type { DataSource } from 'typeorm';
import { Exact, formatAmount } from '../../domain/money.js';
import {
  averageDaysDelinquent,
  collectionEffectiveness,
  collectionRate,
  countbackDso,
  daysSalesOutstanding,
  overdueRate,
  type MonthlySales,
} from '../../domain/receivable/figures.js';
import { daysPastDue } from '../../domain/receivable/debt.js';
import type { Viewer } from '../org/scope.js';
import { reachOf, type AgingFilter } from './aging.js';

/** How well a period was collected, in base currency; days to 1 decimal, rates to 2; null where it is undefined. */
export interface ReceivableFigures {
  from: string;
  to: string;
  opening: string;
  sales: string;
  cash: string;
  due: string;
  closing: string;
  closingNotDue: string;
  dso: string | null;
  countbackDso: string | null;
  bestPossibleDso: string | null;
  addDays: string | null;
  cei: string | null;
  collectionRatePct: string | null;
  overdueRatePct: string | null;
}

interface Sums {
  opening: string;
  sales: string;
  cash: string;
  due: string;
  closing: string;
  notDue: string;
}

/** Months that are walked back at most. */
const MONTHS_BACK = 36;

/** @param period both days in it */
export async function receivableFigures(
  db: Pick<DataSource, 'query'>,
  viewer: Viewer,
  filter: AgingFilter,
  period: { from: string; to: string; baseCurrency: string },
): Promise<ReceivableFigures> {
  const { from, to, baseCurrency } = period;
  const scope = reachOf(viewer, 5, 'e.customer_id');
  const params = [from, to, filter.companyId ?? null, filter.customerId ?? null, ...scope.params];
  const ledger = `receivable_entry e LEFT JOIN receivable_entry r ON r.id = e.reverses
    WHERE e.value_date <= $2::date AND ($3::uuid IS NULL OR e.company_id = $3) AND ($4::uuid IS NULL OR e.customer_id = $4) AND ${scope.sql}`;
  const sum = (condition: string) => `coalesce(sum(e.base_amount) FILTER (WHERE ${condition}), 0)::text`;
  const [sums] = await db.query<[Sums]>(
    `SELECT ${sum(`e.value_date < $1::date`)} AS opening, ${sum(`e.kind = 'OPEN' AND e.value_date >= $1::date`)} AS sales,
       (-${sum(`coalesce(r.kind, e.kind) = 'PAYMENT' AND e.value_date >= $1::date`)}::numeric)::text AS cash,
       ${sum(`e.kind = 'OPEN' AND e.due_on BETWEEN $1::date AND $2::date`)} AS due,
       coalesce(sum(e.base_amount), 0)::text AS closing, ${sum(`e.due_on >= $2::date`)} AS "notDue"
     FROM ${ledger}`,
    params,
  );
  const months = await db.query<(MonthlySales & { month: string })[]>(
    `SELECT m.month, coalesce(s.sales, 0)::text AS sales,
       (least($2::date + 1, (m.month + interval '1 month')::date) - m.month::date)::int AS days
     FROM generate_series(date_trunc('month', $2::date) - make_interval(months => ${MONTHS_BACK - 1}), $2::date, '1 month') AS m(month)
     LEFT JOIN (SELECT date_trunc('month', e.value_date) AS month, sum(e.base_amount) AS sales FROM ${ledger} AND e.kind = 'OPEN'
       AND $1::date IS NOT NULL GROUP BY 1) s ON s.month = m.month
     ORDER BY m.month DESC`,
    params,
  );
  return figuresOf(sums, months, { from, to, baseCurrency });
}

function figuresOf(
  { opening, sales, cash, due, closing, notDue }: Sums,
  months: readonly MonthlySales[],
  { from, to, baseCurrency }: { from: string; to: string; baseCurrency: string },
): ReceivableFigures {
  const days = daysPastDue(from, to) + 1;
  const dso = daysSalesOutstanding(closing, sales, days);
  const best = daysSalesOutstanding(notDue, sales, days);
  const money = (amount: string) => formatAmount(amount, baseCurrency);
  const overdue = new Exact(closing).minus(notDue).toFixed();
  return {
    from,
    to,
    opening: money(opening),
    sales: money(sales),
    cash: money(cash),
    due: money(due),
    closing: money(closing),
    closingNotDue: money(notDue),
    dso: shown(dso, 1),
    countbackDso: shown(countbackDso(closing, months), 1),
    bestPossibleDso: shown(best, 1),
    addDays: shown(averageDaysDelinquent(dso, best), 1),
    cei: shown(collectionEffectiveness({ opening, sales, closing, closingNotDue: notDue }), 1),
    collectionRatePct: shown(collectionRate(cash, due), 2),
    overdueRatePct: shown(overdueRate(overdue, closing), 2),
  };
}

function shown(value: Exact | null, decimals: number): string | null {
  return value && value.toFixed(decimals);
}
