import type { DataSource } from 'typeorm';
import type { BlockCause } from '../../domain/customer/block.js';
import { DomainError } from '../../domain/errors.js';
import { currencyExponent } from '../../domain/money.js';
import { scopeCondition, type Viewer } from '../org/scope.js';
import type { PersonRef } from '../request/person-ref.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';

export interface CustomerRow {
  id: string;
  rowVersion: number;
  name: string;
  sector: string | null;
  country: string | null;
  zone: string;
  creditClass: string | null;
  /** whose price list is theirs */
  tier: string | null;
  region: string | null;
  /** null = no limit was granted, which is not the same as unlimited */
  creditLimit: { amount: string; currency: string } | null;
  parent: { id: string; name: string } | null;
  /** what their whole group may owe, where they head one */
  groupLimit: { amount: string; currency: string } | null;
  /** nobody may deal with them now */
  block: Pick<BlockRow, 'cause' | 'blockedBy' | 'blockedAt'> | null;
}

/** One time when nobody could deal with a customer; notes only for whoever may block. */
export interface BlockRow {
  id: string;
  cause: BlockCause;
  note: string | null;
  blockedBy: PersonRef;
  blockedAt: string;
  liftNote: string | null;
  liftedBy: PersonRef | null;
  liftedAt: string | null;
}

type Stored = Omit<CustomerRow, 'creditLimit' | 'groupLimit'> & {
  limitAmount: string | null;
  limitCurrency: string | null;
  groupAmount: string | null;
  groupCurrency: string | null;
};

const person = (alias: string) =>
  `json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'title', ${alias}.title)`;
const CUSTOMER = `c.id, c.row_version AS "rowVersion", c.name, c.sector, c.country, c.zone, c.credit_class AS "creditClass", c.tier, c.region,
  c.credit_limit AS "limitAmount", c.credit_currency AS "limitCurrency", c.group_limit AS "groupAmount", c.group_currency AS "groupCurrency",
  (SELECT json_build_object('id', p.id, 'name', p.name) FROM customer p WHERE p.id = c.parent_id) AS parent,
  (SELECT json_build_object('cause', b.cause, 'blockedAt', b.blocked_at, 'blockedBy', ${person('e')})
   FROM customer_block b JOIN employee e ON e.id = b.blocked_by WHERE b.customer_id = c.id AND b.lifted_at IS NULL) AS block`;
const OWNER_UNIT = `(SELECT a.unit_id FROM assignment a WHERE a.employee_id = c.owner_id AND a.is_primary AND a.valid @> now())`;

/** Customers nobody owns yet are everybody's who has the permission. */
function within(viewer: Viewer, permission: string, firstParam: number): { sql: string; params: unknown[] } {
  const scope = scopeCondition(viewer, permission, { ownerId: 'c.owner_id', unitId: OWNER_UNIT }, firstParam);
  const may = viewer.permissions[permission] !== undefined;
  return { sql: may ? `(c.owner_id IS NULL OR ${scope.sql})` : scope.sql, params: scope.params };
}

/** Customers by name. */
export async function listCustomers(
  db: DataSource,
  viewer: Viewer,
  filter: { search?: string },
  slice: Slice,
): Promise<Sliced<CustomerRow>> {
  const scope = within(viewer, 'customer:read', 5);
  const rows = await db.query<Stored[]>(
    `SELECT ${CUSTOMER} FROM customer c
     WHERE ($1::text IS NULL OR c.name ILIKE $1) AND ($2::text IS NULL OR (c.name, c.id) > ($2::text, $3::uuid))
       AND ${scope.sql}
     ORDER BY c.name, c.id LIMIT $4`,
    [
      contains(filter.search),
      slice.after?.[0] ?? null,
      slice.after?.[1] ?? null,
      slice.limit + 1,
      ...scope.params,
    ],
  );
  return cutSlice(rows, slice.limit, customerRow, (row) => [row.name, row.id]);
}

/** @throws DomainError NOT_FOUND, also for what the viewer may not see */
export async function findCustomer(db: DataSource, viewer: Viewer, id: string): Promise<CustomerRow> {
  const scope = within(viewer, 'customer:read', 2);
  const [row] = await db.query<Stored[]>(
    `SELECT ${CUSTOMER} FROM customer c WHERE c.id = $1 AND ${scope.sql}`,
    [id, ...scope.params],
  );
  if (!row) throw new DomainError('NOT_FOUND');
  return customerRow(row);
}

/** @throws DomainError NOT_FOUND, also for what the viewer may not reach under the permission */
export async function mustReachCustomer(
  db: DataSource,
  viewer: Viewer,
  permission: string,
  id: string,
): Promise<void> {
  const reach = within(viewer, permission, 2);
  const rows = await db.query<unknown[]>(`SELECT 1 FROM customer c WHERE c.id = $1 AND ${reach.sql}`, [
    id,
    ...reach.params,
  ]);
  if (rows.length === 0) throw new DomainError('NOT_FOUND');
}

function customerRow({
  limitAmount,
  limitCurrency,
  groupAmount,
  groupCurrency,
  block,
  ...row
}: Stored): CustomerRow {
  return {
    ...row,
    creditLimit: moneyOf(limitAmount, limitCurrency),
    groupLimit: moneyOf(groupAmount, groupCurrency),
    block: block && { ...block, blockedAt: new Date(block.blockedAt).toISOString() },
  };
}

/** When nobody could deal with the customer, latest first. @throws DomainError NOT_FOUND */
export async function blocksOf(db: DataSource, viewer: Viewer, customerId: string): Promise<BlockRow[]> {
  await findCustomer(db, viewer, customerId);
  const sees = viewer.permissions['customer:block'] !== undefined;
  const rows = await db.query<(BlockRow & { blockedAt: Date; liftedAt: Date | null })[]>(
    `SELECT b.id, b.cause, CASE WHEN $2 THEN b.note END AS note, ${person('e')} AS "blockedBy", b.blocked_at AS "blockedAt",
       CASE WHEN $2 THEN b.lift_note END AS "liftNote", b.lifted_at AS "liftedAt",
       CASE WHEN l.id IS NOT NULL THEN ${person('l')} END AS "liftedBy"
     FROM customer_block b JOIN employee e ON e.id = b.blocked_by LEFT JOIN employee l ON l.id = b.lifted_by
     WHERE b.customer_id = $1 ORDER BY b.blocked_at DESC, b.id DESC LIMIT 50`,
    [customerId, sees],
  );
  return rows.map((row) => ({
    ...row,
    blockedAt: row.blockedAt.toISOString(),
    liftedAt: row.liftedAt?.toISOString() ?? null,
  }));
}

/** A stored amount as it is shown; null without one. */
export function moneyOf(
  amount: string | null,
  currency: string | null,
): { amount: string; currency: string } | null {
  if (amount === null || currency === null) return null;
  const [whole = '0', decimals = ''] = amount.split('.');
  const shown = decimals.slice(0, currencyExponent(currency)).padEnd(currencyExponent(currency), '0');
  return { amount: shown === '' ? whole : `${whole}.${shown}`, currency };
}

/** `ILIKE` pattern for "contains this text", its own wildcards taken literally; blanks around it, or alone, ask for nothing. */
export function contains(search: string | undefined): string | null {
  const text = search?.trim();
  return text ? `%${text.replaceAll(/[\\%_]/g, '\\$&')}%` : null;
}
