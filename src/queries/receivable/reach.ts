import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { scopeCondition, type ScopeCondition, type Viewer } from '../org/scope.js';

/** `i` item, `k` its contract if it has one, `c` customer. */
export const ITEM_FROM = `receivable_item i JOIN customer c ON c.id = i.customer_id LEFT JOIN contract k ON k.id = i.contract_id`;
const OWNER_UNIT = `(SELECT a.unit_id FROM assignment a WHERE a.employee_id = c.owner_id AND a.is_primary AND a.valid @> now())`;

/** An item is its contract's owner's, else its customer's. */
export function itemsWithin(viewer: Viewer, firstParam: number): ScopeCondition {
  const columns = {
    ownerId: 'coalesce(k.owner_id, c.owner_id)',
    unitId: `coalesce(k.unit_id, ${OWNER_UNIT})`,
  };
  return scopeCondition(viewer, 'receivable:read', columns, firstParam);
}

/** A customer with all they owe: whoever owns them, or one of their contracts. */
export function customersWithin(viewer: Viewer, firstParam: number): ScopeCondition {
  const own = scopeCondition(
    viewer,
    'receivable:read',
    { ownerId: 'c.owner_id', unitId: OWNER_UNIT },
    firstParam,
  );
  const next = firstParam + own.params.length;
  const contract = scopeCondition(
    viewer,
    'receivable:read',
    { ownerId: 'k.owner_id', unitId: 'k.unit_id' },
    next,
  );
  return {
    sql: `(${own.sql} OR EXISTS (SELECT 1 FROM contract k WHERE k.customer_id = c.id AND ${contract.sql}))`,
    params: [...own.params, ...contract.params],
  };
}

/** @throws DomainError NOT_FOUND, also for what the viewer may not see */
export async function mustSeeCustomer(
  db: DataSource,
  viewer: Viewer,
  customerId: string,
): Promise<{ name: string }> {
  const seen = customersWithin(viewer, 2);
  const [row] = await db.query<{ name: string }[]>(
    `SELECT c.name FROM customer c WHERE c.id = $1 AND ${seen.sql}`,
    [customerId, ...seen.params],
  );
  if (!row) throw new DomainError('NOT_FOUND', { customerId });
  return row;
}
