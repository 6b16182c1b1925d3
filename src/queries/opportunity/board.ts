import type { DataSource } from 'typeorm';
import { moneyOf } from '../customer/customers.js';
import type { Viewer } from '../org/scope.js';
import { cutSlice, type Sliced } from '../page.js';
import { filterDeals, ORDERS, type DealFilter } from './filter.js';
import { NAMES, opportunityRow, ROW, type OpportunityRow, type StoredRow } from './opportunities.js';
import { visibleDeals, type Where } from './visible.js';

/** What stands in one column, per currency; weighted by each deal's own probability. */
export interface ColumnSum {
  amount: { amount: string; currency: string };
  weighted: { amount: string; currency: string };
}

export interface BoardColumn {
  stage: string;
  count: number;
  sums: ColumnSum[];
  /** the most valuable first */
  cards: Sliced<OpportunityRow>;
}

export interface BoardShape {
  /** the columns of open deals, in their order; WON and LOST follow */
  stages: readonly string[];
  /** ISO date: of closed deals only those that closed since then */
  closedSince: string;
  /** cards per column */
  limit: number;
}

const CLOSED = ['WON', 'LOST'];

/**
 * Every column of a pipeline with its sums and its first cards. Sums are read from indexes that hold all that is summed,
 * cards from the head of each column's own order.
 */
export async function pipelineBoard(
  db: DataSource,
  viewer: Viewer,
  filter: DealFilter & { pipeline: string },
  { stages, closedSince, limit }: BoardShape,
): Promise<BoardColumn[]> {
  const ofOpen = await visibleDeals(db, viewer, 'opportunity:read');
  const [ofClosed, ofCards] = [ofOpen.copy(), ofOpen.copy()];
  filterDeals(ofOpen, filter, viewer).and(`o.stage = ANY(?::varchar[])`, stages);
  filterDeals(ofClosed, { ...filter, closedSince }, viewer).and(`o.stage IN ('WON', 'LOST')`);
  const [open, closed, cards] = await Promise.all([
    totals(db, ofOpen),
    totals(db, ofClosed),
    firstCards(db, filterDeals(ofCards, filter, viewer), { stages, closedSince, limit }),
  ]);
  const sums = [...open, ...closed];
  return [...stages, ...CLOSED].map((stage) => ({
    stage,
    ...totalsOf(sums.filter((row) => row.stage === stage)),
    cards: cutSlice(
      cards.filter((row) => row.stage === stage),
      limit,
      opportunityRow,
      (row) => [row.position, row.id],
    ),
  }));
}

interface SumRow {
  stage: string;
  currency: string | null;
  n: number;
  amount: string;
  weighted: string;
}

function totals(db: DataSource, where: Where): Promise<SumRow[]> {
  return db.query<SumRow[]>(
    `SELECT o.stage, o.currency, count(*)::int AS n, coalesce(sum(o.amount), 0)::text AS amount,
       coalesce(sum(o.weighted), 0)::text AS weighted
     FROM opportunity o WHERE ${where.sql} GROUP BY o.stage, o.currency ORDER BY o.currency`,
    where.params,
  );
}

function totalsOf(rows: readonly SumRow[]): { count: number; sums: ColumnSum[] } {
  return {
    count: rows.reduce((sum, { n }) => sum + n, 0),
    sums: rows.flatMap(({ currency, amount, weighted }) => {
      const [whole, part] = [moneyOf(amount, currency), moneyOf(weighted, currency)];
      return whole && part ? [{ amount: whole, weighted: part }] : [];
    }),
  };
}

function firstCards(
  db: DataSource,
  where: Where,
  { stages, closedSince, limit }: BoardShape,
): Promise<StoredRow[]> {
  const { by, position } = ORDERS.worth;
  const [columns, since, most] = [
    where.param([...stages, ...CLOSED]),
    where.param(closedSince),
    where.param(limit + 1),
  ];
  return db.query<StoredRow[]>(
    `WITH page AS MATERIALIZED (
       SELECT o.* FROM unnest(${columns}::varchar[]) AS s(stage) CROSS JOIN LATERAL (
         SELECT o.*, ${position} AS position FROM opportunity o
         WHERE ${where.sql} AND o.stage = s.stage
           AND (s.stage NOT IN ('WON', 'LOST') OR o.closed_on >= ${since}::date)
         ORDER BY ${by} LIMIT ${most}) o)
     SELECT ${ROW}, o.position FROM page o ${NAMES} ORDER BY ${by}`,
    where.params,
  );
}
