import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { moneyOf } from '../customer/customers.js';
import { isInReach, type Viewer } from '../org/scope.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import { afterRow, filterDeals, ORDERS, type DealFilter, type DealSort } from './filter.js';
import { visibleDeals, Where } from './visible.js';

export interface Named {
  id: string;
  name: string;
}
export interface Person extends Named {
  title: string | null;
}
export interface NextActivityRow {
  id: string;
  kind: string;
  plannedOn: string;
  subject: string;
}

export interface OpportunityRow {
  id: string;
  number: string;
  title: string | null;
  /** null while an open deal has no account */
  customer: Named | null;
  product: Named | null;
  owner: Person;
  pipeline: string;
  stage: string;
  amount: { amount: string; currency: string } | null;
  probabilityPct: string;
  forecast: string;
  expectedClose: string | null;
  engagedOn: string | null;
  closedOn: string | null;
  next: NextActivityRow | null;
  /** instants since when, null while it is not so */
  contactAt: string;
  stuckAt: string | null;
  slippedAt: string | null;
  droppedAt: string | null;
  stageSince: string;
  rowVersion: number;
  /** whether the viewer may change it */
  mayWrite: boolean;
}

export type StoredRow = Omit<OpportunityRow, 'amount' | 'mayWrite'> & {
  unitId: string | null;
  value: string | null;
  currency: string | null;
  position: string;
};

export const iso = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export const ROW = `o.id, o.number, o.title, o.pipeline, o.stage, o.amount AS value, o.currency,
  trim_scale(o.prob)::text AS "probabilityPct", o.forecast, o.expected_close::text AS "expectedClose",
  o.engaged_on::text AS "engagedOn", o.closed_on::text AS "closedOn", ${iso('o.contact_at')} AS "contactAt",
  ${iso('o.stuck_at')} AS "stuckAt", ${iso('o.slipped_at')} AS "slippedAt", ${iso('o.slip_dropped_at')} AS "droppedAt",
  ${iso('o.stage_since')} AS "stageSince", o.row_version AS "rowVersion", o.unit_id AS "unitId",
  CASE WHEN c.id IS NULL THEN NULL ELSE json_build_object('id', c.id, 'name', c.name) END AS customer,
  CASE WHEN p.id IS NULL THEN NULL ELSE json_build_object('id', p.id, 'name', p.name) END AS product,
  json_build_object('id', e.id, 'name', e.name, 'title', e.title) AS owner, n.next`;
/** Names and the next activity of the rows of a page, which is cut before. */
export const NAMES = `JOIN employee e ON e.id = o.owner_id
  LEFT JOIN customer c ON c.id = o.customer_id LEFT JOIN product p ON p.id = o.product_id
  LEFT JOIN LATERAL (SELECT json_build_object('id', a.id, 'kind', a.kind, 'plannedOn', a.planned_on, 'subject', a.subject) AS next
    FROM activity a WHERE a.opportunity_id = o.id AND a.state = 'PLANNED' ORDER BY a.planned_on, a.id LIMIT 1) n ON true`;

/** Deals the viewer may see, in the order asked for. */
export async function listOpportunities(
  db: DataSource,
  viewer: Viewer,
  { sort = 'newest', ...filter }: DealFilter & { sort?: DealSort },
  slice: Slice,
): Promise<Sliced<OpportunityRow>> {
  const where = filterDeals(await visibleDeals(db, viewer, 'opportunity:read'), filter, viewer);
  const { by, position, only } = ORDERS[sort];
  if (only !== null) where.and(only);
  if (slice.after) afterRow(where, sort, slice.after);
  const limit = where.param(slice.limit + 1);
  const rows = await db.query<StoredRow[]>(
    `WITH page AS MATERIALIZED (
       SELECT o.*, ${position} AS position FROM opportunity o WHERE ${where.sql} ORDER BY ${by} LIMIT ${limit})
     SELECT ${ROW}, o.position FROM page o ${NAMES} ORDER BY ${by}`,
    where.params,
  );
  return cutSlice(
    rows,
    slice.limit,
    (row) => opportunityRow(row, viewer),
    (row) => [row.position, row.id],
  );
}

/** @throws DomainError NOT_FOUND, also for what the viewer may not see */
export async function findOpportunity(
  db: DataSource,
  viewer: Viewer,
  id: string,
  permission = 'opportunity:read',
): Promise<OpportunityRow> {
  const where = await visibleDeals(db, viewer, permission, new Where().and(`o.id = ?`, id));
  const [row] = await db.query<StoredRow[]>(
    `SELECT ${ROW}, '' AS position FROM opportunity o ${NAMES} WHERE ${where.sql}`,
    where.params,
  );
  if (!row) throw new DomainError('NOT_FOUND');
  return opportunityRow(row, viewer);
}

export function opportunityRow(
  { value, currency, unitId, position: _, ...row }: StoredRow,
  viewer: Viewer,
): OpportunityRow {
  const mayWrite = isInReach(viewer, 'opportunity:write', { ownerId: row.owner.id, unitId });
  return { ...row, amount: moneyOf(value, currency), mayWrite };
}
