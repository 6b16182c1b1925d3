import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { scopeCondition, type Viewer } from '../org/scope.js';
import { ITEM_FROM } from '../receivable/reach.js';

const OWNER_UNIT = `(SELECT a.unit_id FROM assignment a WHERE a.employee_id = c.owner_id AND a.is_primary AND a.valid @> now())`;
const OWNED = { ownerId: 'coalesce(k.owner_id, c.owner_id)', unitId: `coalesce(k.unit_id, ${OWNER_UNIT})` };

/** What somebody logs of an item must be theirs to log. @throws DomainError NOT_FOUND */
export async function mustLogOf(db: DataSource, viewer: Viewer, itemId: string): Promise<void> {
  const own = scopeCondition(viewer, 'collection:log', OWNED, 2);
  const rows = await db.query<unknown[]>(`SELECT 1 FROM ${ITEM_FROM} WHERE i.id = $1 AND ${own.sql}`, [
    itemId,
    ...own.params,
  ]);
  if (rows.length === 0) throw new DomainError('NOT_FOUND', { itemId });
}

/** @throws DomainError NOT_FOUND */
export async function mustLogPromise(db: DataSource, viewer: Viewer, promiseId: string): Promise<void> {
  const [row] = await db.query<{ itemId: string }[]>(
    `SELECT item_id AS "itemId" FROM promise WHERE id = $1`,
    [promiseId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { promiseId });
  await mustLogOf(db, viewer, row.itemId);
}
