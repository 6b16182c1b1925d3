import type { DataSource } from 'typeorm';
import { maskedPhone } from '../../domain/customer/contact.js';
import { DomainError } from '../../domain/errors.js';
import { contains } from '../customer/customers.js';
import { iso } from '../opportunity/opportunities.js';
import { Where } from '../opportunity/visible.js';
import { scopeCondition, type Viewer } from '../org/scope.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';

export interface ContactRow {
  id: string;
  customer: { id: string; name: string };
  name: string;
  title: string | null;
  /** masked for whoever may not change it, and once consent was withdrawn */
  phone: string | null;
  email: string | null;
  consent: string;
  consentAt: string | null;
  erasedAt: string | null;
  rowVersion: number;
}

/**
 * People at customers the viewer deals with: an own customer or one with a deal within reach, and whoever they entered
 * themselves. Personal data is nobody else's business (X2).
 */
function reachable(viewer: Viewer, permission: string, where: Where): Where {
  const scope = viewer.permissions[permission];
  if (scope === undefined) return where.and('FALSE');
  if (scope === 'ALL') return where;
  const deals = scopeCondition(
    viewer,
    permission,
    { ownerId: 'o.owner_id', unitId: 'o.unit_id' },
    where.params.length + 1,
  );
  where.params.push(...deals.params);
  return where.and(
    `k.created_by = ? OR c.owner_id = ? OR EXISTS (SELECT 1 FROM opportunity o WHERE o.customer_id = k.customer_id AND ${deals.sql})`,
    viewer.personId,
    viewer.personId,
  );
}

const CONTACT = `k.id, json_build_object('id', c.id, 'name', c.name) AS customer, k.name, k.title, k.phone, k.email, k.consent,
  ${iso('k.consent_at')} AS "consentAt", ${iso('k.erased_at')} AS "erasedAt", k.row_version AS "rowVersion"
  FROM contact k JOIN customer c ON c.id = k.customer_id`;

export async function listContacts(
  db: DataSource,
  viewer: Viewer,
  filter: { customerId?: string; search?: string },
  slice: Slice,
): Promise<Sliced<ContactRow>> {
  const where = reachable(viewer, 'contact:read', new Where());
  if (filter.customerId !== undefined) where.and(`k.customer_id = ?`, filter.customerId);
  const text = contains(filter.search);
  if (text !== null) where.and(`k.name ILIKE ?`, text);
  if (slice.after) where.and(`(k.name, k.id) > (?, ?::uuid)`, slice.after[0], slice.after[1]);
  const limit = where.param(slice.limit + 1);
  const rows = await db.query<ContactRow[]>(
    `SELECT ${CONTACT} WHERE ${where.sql} ORDER BY k.name, k.id LIMIT ${limit}`,
    where.params,
  );
  const mayCall = viewer.permissions['contact:write'] !== undefined;
  return cutSlice(
    rows,
    slice.limit,
    (row) => shown(row, mayCall),
    (row) => [row.name, row.id],
  );
}

/** @throws DomainError NOT_FOUND, also for whom the viewer may not see */
export async function findContact(
  db: DataSource,
  viewer: Viewer,
  id: string,
  permission: 'contact:read' | 'contact:write' = 'contact:read',
): Promise<ContactRow> {
  const where = reachable(viewer, permission, new Where().and(`k.id = ?`, id));
  const [row] = await db.query<ContactRow[]>(`SELECT ${CONTACT} WHERE ${where.sql}`, where.params);
  if (!row) throw new DomainError('NOT_FOUND');
  return shown(row, viewer.permissions['contact:write'] !== undefined);
}

function shown(row: ContactRow, mayCall: boolean): ContactRow {
  if (mayCall && row.consent !== 'WITHDRAWN') return row;
  return { ...row, phone: row.phone && maskedPhone(row.phone), email: null };
}
