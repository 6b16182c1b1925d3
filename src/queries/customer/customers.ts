import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { currencyExponent } from '../../domain/money.js';
import { scopeCondition, type Viewer } from '../org/scope.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';

export interface CustomerRow {
  id: string;
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
}

type Stored = Omit<CustomerRow, 'creditLimit'> & { limitAmount: string | null; limitCurrency: string | null };

const CUSTOMER = `c.id, c.name, c.sector, c.country, c.zone, c.credit_class AS "creditClass", c.tier, c.region,
  c.credit_limit AS "limitAmount", c.credit_currency AS "limitCurrency",
  (SELECT json_build_object('id', p.id, 'name', p.name) FROM customer p WHERE p.id = c.parent_id) AS parent`;
/** Customers nobody owns yet are everybody's who may read customers. */
const OWNER_UNIT = `(SELECT a.unit_id FROM assignment a WHERE a.employee_id = c.owner_id AND a.is_primary AND a.valid @> now())`;

function visible(viewer: Viewer, firstParam: number): { sql: string; params: unknown[] } {
  const scope = scopeCondition(
    viewer,
    'customer:read',
    { ownerId: 'c.owner_id', unitId: OWNER_UNIT },
    firstParam,
  );
  const may = viewer.permissions['customer:read'] !== undefined;
  return { sql: may ? `(c.owner_id IS NULL OR ${scope.sql})` : scope.sql, params: scope.params };
}

/** Customers by name. */
export async function listCustomers(
  db: DataSource,
  viewer: Viewer,
  filter: { search?: string },
  slice: Slice,
): Promise<Sliced<CustomerRow>> {
  const scope = visible(viewer, 5);
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
  const scope = visible(viewer, 2);
  const [row] = await db.query<Stored[]>(
    `SELECT ${CUSTOMER} FROM customer c WHERE c.id = $1 AND ${scope.sql}`,
    [id, ...scope.params],
  );
  if (!row) throw new DomainError('NOT_FOUND');
  return customerRow(row);
}

function customerRow({ limitAmount, limitCurrency, ...row }: Stored): CustomerRow {
  return { ...row, creditLimit: moneyOf(limitAmount, limitCurrency) };
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

/** `ILIKE` pattern for "contains this text", its own wildcards taken literally. */
export function contains(text: string | undefined): string | null {
  return text ? `%${text.replaceAll(/[\\%_]/g, '\\$&')}%` : null;
}
