import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { iso, type Named, type Person } from '../opportunity/opportunities.js';
import { Where } from '../opportunity/visible.js';
import { scopeCondition, type Viewer } from '../org/scope.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';

export interface ActivityRow {
  id: string;
  kind: string;
  state: string;
  subject: string;
  note: string | null;
  plannedOn: string | null;
  doneAt: string | null;
  twoWay: boolean;
  owner: Person;
  opportunity: { id: string; number: string } | null;
  customer: Named | null;
  contact: Named | null;
  rowVersion: number;
}

export interface ActivityFilter {
  opportunityId?: string;
  customerId?: string;
  contactId?: string;
  state?: string;
  owner?: 'me' | 'all';
}

const AT = `coalesce(a.done_at, a.created_at)`;
const ACTIVITY = `a.id, a.kind, a.state, a.subject, a.note, a.planned_on::text AS "plannedOn", ${iso('a.done_at')} AS "doneAt",
  a.two_way AS "twoWay", a.row_version AS "rowVersion", ${AT}::text AS position,
  json_build_object('id', e.id, 'name', e.name, 'title', e.title) AS owner,
  CASE WHEN d.id IS NULL THEN NULL ELSE json_build_object('id', d.id, 'number', d.number) END AS opportunity,
  CASE WHEN c.id IS NULL THEN NULL ELSE json_build_object('id', c.id, 'name', c.name) END AS customer,
  CASE WHEN k.id IS NULL THEN NULL ELSE json_build_object('id', k.id, 'name', k.name) END AS contact
  FROM activity a JOIN employee e ON e.id = a.owner_id LEFT JOIN opportunity d ON d.id = a.opportunity_id
  LEFT JOIN customer c ON c.id = a.customer_id LEFT JOIN contact k ON k.id = a.contact_id`;

/** Their own, and those of deals within reach; what others plan with a deal shared with them is seen, not changed. */
function reachable(viewer: Viewer, permission: string, where: Where): Where {
  const own = scopeCondition(
    viewer,
    permission,
    { ownerId: 'a.owner_id', unitId: 'a.unit_id' },
    where.params.length + 1,
  );
  where.params.push(...own.params);
  if (viewer.permissions[permission] === undefined) return where.and('FALSE');
  const deals = scopeCondition(
    viewer,
    permission,
    { ownerId: 'o.owner_id', unitId: 'o.unit_id' },
    where.params.length + 1,
  );
  where.params.push(...deals.params);
  const within = `${own.sql} OR EXISTS (SELECT 1 FROM opportunity o WHERE o.id = a.opportunity_id AND ${deals.sql})`;
  if (permission !== 'opportunity:read') return where.and(within);
  return where.and(
    `${within} OR EXISTS (SELECT 1 FROM opportunity_collaborator x WHERE x.opportunity_id = a.opportunity_id AND x.employee_id = ?)`,
    viewer.personId,
  );
}

/** What was done and what is planned, newest first. */
export async function listActivities(
  db: DataSource,
  viewer: Viewer,
  filter: ActivityFilter,
  slice: Slice,
): Promise<Sliced<ActivityRow>> {
  const where = reachable(viewer, 'opportunity:read', new Where());
  if (filter.opportunityId !== undefined) where.and(`a.opportunity_id = ?`, filter.opportunityId);
  if (filter.customerId !== undefined) where.and(`a.customer_id = ?`, filter.customerId);
  if (filter.contactId !== undefined) where.and(`a.contact_id = ?`, filter.contactId);
  if (filter.state !== undefined) where.and(`a.state = ?`, filter.state);
  if (filter.owner === 'me') where.and(`a.owner_id = ?`, viewer.personId);
  if (slice.after) where.and(`(${AT}, a.id) < (?::timestamptz, ?::uuid)`, slice.after[0], slice.after[1]);
  const limit = where.param(slice.limit + 1);
  const rows = await db.query<(ActivityRow & { position: string })[]>(
    `SELECT ${ACTIVITY} WHERE ${where.sql} ORDER BY ${AT} DESC, a.id DESC LIMIT ${limit}`,
    where.params,
  );
  return cutSlice(
    rows,
    slice.limit,
    (row) => activityRow(row, viewer),
    (row) => [row.position, row.id],
  );
}

/** @throws DomainError NOT_FOUND, also for what the viewer may not see or change */
export async function findActivity(
  db: DataSource,
  viewer: Viewer,
  id: string,
  permission: 'opportunity:read' | 'opportunity:write' = 'opportunity:read',
): Promise<ActivityRow> {
  const where = reachable(viewer, permission, new Where().and(`a.id = ?`, id));
  const [row] = await db.query<(ActivityRow & { position: string })[]>(
    `SELECT ${ACTIVITY} WHERE ${where.sql}`,
    where.params,
  );
  if (!row) throw new DomainError('NOT_FOUND');
  return activityRow(row, viewer);
}

/** Whom somebody spoke to is told to those who may see contacts. */
function activityRow(
  { position: _, contact, ...row }: ActivityRow & { position: string },
  viewer: Viewer,
): ActivityRow {
  return { ...row, contact: viewer.permissions['contact:read'] === undefined ? null : contact };
}
