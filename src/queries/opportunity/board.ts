import type { DataSource } from 'typeorm';
import { END_STAGES } from '../../domain/opportunity/pipeline.js';
import { moneyOf } from '../customer/customers.js';
import type { Viewer } from '../org/scope.js';
import { cutSlice, type Sliced } from '../page.js';
import { filterDeals, isTotalled, ORDERS, type DealFilter } from './filter.js';
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
  /** the stages of the pipeline in their order; ON_HOLD, WON and LOST follow */
  stages: readonly string[];
  /** ISO date: of closed deals only those that closed since then */
  closedSince: string;
  /** cards per column */
  limit: number;
}

/**
 * Every column of a pipeline with its sums and its first cards. Sums are kept as deals change, or read from indexes that
 * hold all that is summed where single deals are left out; cards are read from the head of each column's own order. Deals that stand at a stage the pipeline no longer has keep a column of
 * it, before those on hold.
 */
export async function pipelineBoard(
  db: DataSource,
  viewer: Viewer,
  filter: DealFilter & { pipeline: string },
  { stages, closedSince, limit }: BoardShape,
): Promise<BoardColumn[]> {
  const [ofOpen, used] = await Promise.all([
    visibleDeals(db, viewer, 'opportunity:read'),
    stagesInUse(db, filter.pipeline),
  ]);
  const removed = used.filter((stage) => ![...stages, ...END_STAGES].includes(stage));
  const standing = [...stages, ...removed, 'ON_HOLD'];
  const [ofClosed, ofCards] = [ofOpen.copy(), ofOpen.copy()];
  filterDeals(ofOpen, filter, viewer).and(`o.stage = ANY(?::varchar[])`, standing);
  filterDeals(ofClosed, { ...filter, closedSince }, viewer).and(`o.stage IN ('WON', 'LOST')`);
  const columns = [...standing, 'WON', 'LOST'];
  const [open, closed, cards] = await Promise.all([
    isTotalled(filter) && !ofOpen.namesDeals ? keptTotals(db, ofOpen) : totals(db, ofOpen),
    totals(db, ofClosed),
    firstCards(db, filterDeals(ofCards, filter, viewer), { columns, closedSince, limit }),
  ]);
  const sums = [...open, ...closed];
  return columns
    .map((stage) => ({
      stage,
      ...totalsOf(sums.filter((row) => row.stage === stage)),
      cards: cutSlice(
        cards.filter((row) => row.stage === stage),
        limit,
        (row) => opportunityRow(row, viewer),
        (row) => [row.position, row.id],
      ),
    }))
    .filter(({ stage, count }) => count > 0 || !removed.includes(stage));
}

/** From one to the next in the index, since a pipeline has few stages and many deals. */
async function stagesInUse(db: DataSource, pipeline: string): Promise<string[]> {
  const rows = await db.query<{ stage: string }[]>(
    `WITH RECURSIVE used(stage) AS (
       (SELECT stage FROM opportunity WHERE pipeline = $1 ORDER BY stage LIMIT 1)
       UNION ALL
       SELECT (SELECT o.stage FROM opportunity o WHERE o.pipeline = $1 AND o.stage > u.stage ORDER BY o.stage LIMIT 1)
       FROM used u WHERE u.stage IS NOT NULL)
     SELECT stage FROM used WHERE stage IS NOT NULL`,
    [pipeline],
  );
  return rows.map(({ stage }) => stage);
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

/** The same of what is neither won nor lost, as it is kept by seller and unit. */
function keptTotals(db: DataSource, where: Where): Promise<SumRow[]> {
  return db.query<SumRow[]>(
    `SELECT o.stage, o.currency, sum(o.n)::int AS n, sum(o.amount)::text AS amount, sum(o.weighted)::text AS weighted
     FROM opportunity_total o WHERE ${where.sql} GROUP BY o.stage, o.currency HAVING sum(o.n) > 0 ORDER BY o.currency`,
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

/** Picked within the index of the columns' order; only what is shown is read. */
function firstCards(
  db: DataSource,
  where: Where,
  { columns, closedSince, limit }: Omit<BoardShape, 'stages'> & { columns: readonly string[] },
): Promise<StoredRow[]> {
  const { by, position } = ORDERS.worth;
  const [stages, since, most] = [where.param(columns), where.param(closedSince), where.param(limit + 1)];
  return db.query<StoredRow[]>(
    `WITH page AS MATERIALIZED (
       SELECT o.id FROM unnest(${stages}::varchar[]) AS s(stage) CROSS JOIN LATERAL (
         SELECT o.id FROM opportunity o
         WHERE ${where.sql} AND o.stage = s.stage
           AND (s.stage NOT IN ('WON', 'LOST') OR o.closed_on >= ${since}::date)
         ORDER BY ${by} LIMIT ${most}) o)
     SELECT ${ROW}, ${position} AS position FROM page JOIN opportunity o USING (id) ${NAMES} ORDER BY ${by}`,
    where.params,
  );
}
