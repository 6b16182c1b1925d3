import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { contains, moneyOf } from '../customer/customers.js';
import { scopeCondition, type Viewer } from '../org/scope.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';

export interface OpportunityRow {
  id: string;
  number: string;
  /** null while an open deal has no account */
  customer: { id: string; name: string } | null;
  product: { id: string; name: string } | null;
  owner: { id: string; name: string; title: string | null };
  stage: string;
  amount: { amount: string; currency: string } | null;
  engagedOn: string | null;
  closedOn: string | null;
}

type Stored = Omit<OpportunityRow, 'amount'> & {
  value: string | null;
  currency: string | null;
  position: string;
};

const OPPORTUNITY = `o.id, o.number, o.stage, o.amount AS value, o.currency, o.engaged_on::text AS "engagedOn",
  o.closed_on::text AS "closedOn", o.created_at::text AS position,
  CASE WHEN c.id IS NULL THEN NULL ELSE json_build_object('id', c.id, 'name', c.name) END AS customer,
  CASE WHEN p.id IS NULL THEN NULL ELSE json_build_object('id', p.id, 'name', p.name) END AS product,
  json_build_object('id', e.id, 'name', e.name, 'title', e.title) AS owner`;
const FROM = `opportunity o JOIN employee e ON e.id = o.owner_id
  LEFT JOIN customer c ON c.id = o.customer_id LEFT JOIN product p ON p.id = o.product_id`;
const COLUMNS = { ownerId: 'o.owner_id', unitId: 'o.unit_id' };

export interface OpportunityFilter {
  stage?: string;
  search?: string;
  owner?: 'me' | 'all';
}

/** Deals the viewer may see, newest first. */
export async function listOpportunities(
  db: DataSource,
  viewer: Viewer,
  filter: OpportunityFilter,
  slice: Slice,
): Promise<Sliced<OpportunityRow>> {
  const scope = scopeCondition(viewer, 'opportunity:read', COLUMNS, 7);
  const rows = await db.query<Stored[]>(
    `SELECT ${OPPORTUNITY} FROM ${FROM}
     WHERE ($1::text IS NULL OR o.stage = $1) AND ($2::text IS NULL OR o.number ILIKE $2 OR c.name ILIKE $2)
       AND ($3::uuid IS NULL OR o.owner_id = $3)
       AND ($4::timestamptz IS NULL OR (o.created_at, o.id) < ($4::timestamptz, $5::uuid))
       AND ${scope.sql}
     ORDER BY o.created_at DESC, o.id DESC LIMIT $6`,
    [
      filter.stage ?? null,
      contains(filter.search),
      filter.owner === 'me' ? viewer.personId : null,
      slice.after?.[0] ?? null,
      slice.after?.[1] ?? null,
      slice.limit + 1,
      ...scope.params,
    ],
  );
  return cutSlice(rows, slice.limit, opportunityRow, (row) => [row.position, row.id]);
}

/** @throws DomainError NOT_FOUND, also for what the viewer may not see */
export async function findOpportunity(
  db: DataSource,
  viewer: Viewer,
  id: string,
  permission = 'opportunity:read',
): Promise<OpportunityRow> {
  const scope = scopeCondition(viewer, permission, COLUMNS, 2);
  const [row] = await db.query<Stored[]>(
    `SELECT ${OPPORTUNITY} FROM ${FROM} WHERE o.id = $1 AND ${scope.sql}`,
    [id, ...scope.params],
  );
  if (!row) throw new DomainError('NOT_FOUND');
  return opportunityRow(row);
}

function opportunityRow({ value, currency, position: _, ...row }: Stored): OpportunityRow {
  return { ...row, amount: moneyOf(value, currency) };
}
