import type { DataSource } from 'typeorm';
import { moneyOf } from '../customer/customers.js';
import type { Viewer } from '../org/scope.js';
import { filterDeals, type DealFilter } from './filter.js';
import { visibleDeals } from './visible.js';

/** What stands in one column, per currency; weighted by each deal's own probability. */
export interface ColumnSum {
  amount: { amount: string; currency: string };
  weighted: { amount: string; currency: string };
}

export interface ColumnTotals {
  stage: string;
  count: number;
  sums: ColumnSum[];
}

export type BoardFilter = Omit<DealFilter, 'stage' | 'closedSince' | 'open'>;

const TOTALS = `o.stage, o.currency, count(*)::int AS n, coalesce(sum(o.amount), 0)::text AS amount,
  coalesce(round(sum(o.amount * o.prob / 100), 4), 0)::text AS weighted FROM opportunity o`;

interface Row {
  stage: string;
  currency: string | null;
  n: number;
  amount: string;
  weighted: string;
}

/**
 * Count and sums per stage of a pipeline. Open deals are summed over an index that holds all that is needed; of closed ones
 * only those that closed on `closedSince` or later count.
 */
export async function boardTotals(
  db: DataSource,
  viewer: Viewer,
  filter: BoardFilter & { pipeline: string },
  { stages, closedSince }: { stages: readonly string[]; closedSince: string },
): Promise<ColumnTotals[]> {
  const open = filterDeals(await visibleDeals(db, viewer, 'opportunity:read'), filter, viewer);
  const closed = filterDeals(
    await visibleDeals(db, viewer, 'opportunity:read'),
    { ...filter, closedSince },
    viewer,
  );
  open.and(`o.stage = ANY(?::varchar[])`, stages);
  closed.and(`o.stage IN ('WON', 'LOST')`);
  const [ofOpen, ofClosed] = await Promise.all([
    db.query<Row[]>(
      `SELECT ${TOTALS} WHERE ${open.sql} GROUP BY o.stage, o.currency ORDER BY o.currency`,
      open.params,
    ),
    db.query<Row[]>(
      `SELECT ${TOTALS} WHERE ${closed.sql} GROUP BY o.stage, o.currency ORDER BY o.currency`,
      closed.params,
    ),
  ]);
  const rows = [...ofOpen, ...ofClosed];
  return [...stages, 'WON', 'LOST'].map((stage) =>
    totalsOf(
      stage,
      rows.filter((row) => row.stage === stage),
    ),
  );
}

function totalsOf(stage: string, rows: readonly Row[]): ColumnTotals {
  return {
    stage,
    count: rows.reduce((sum, { n }) => sum + n, 0),
    sums: rows.flatMap(({ currency, amount, weighted }) => {
      const [whole, part] = [moneyOf(amount, currency), moneyOf(weighted, currency)];
      return whole && part ? [{ amount: whole, weighted: part }] : [];
    }),
  };
}
