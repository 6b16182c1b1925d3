import type { DataSource } from 'typeorm';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import { scopeCondition, type Viewer } from './scope.js';

export interface PersonRef {
  id: string;
  name: string;
  title: string | null;
}
interface UnitRef {
  id: string;
  name: string;
  kind: 'COMPANY' | 'REGION' | 'TEAM' | 'DEPT' | 'PRODUCT_LINE';
}
export interface PersonRow extends PersonRef {
  active: boolean;
  unit: UnitRef | null;
  manager: PersonRef | null;
  roles: {
    role: string;
    unit: UnitRef | null;
    limit: { amount: string; currency: string } | null;
  }[];
}

const UNIT = `json_build_object('id', u.id, 'name', u.name, 'kind', u.kind)`;
const MAIN_UNIT = `(SELECT a.unit_id FROM assignment a WHERE a.employee_id = e.id AND a.is_primary AND a.valid @> now())`;

/** Manager as `managerOf` finds it: nearest unit whose lead is somebody else, the head before the deputy. */
const DETAILS = `
  path(person, unit_id, depth) AS (
    SELECT id, unit_id, 0 FROM page WHERE unit_id IS NOT NULL
    UNION ALL
    SELECT p.person, g.parent_id, p.depth + 1 FROM path p
    JOIN org_edge g ON g.child_id = p.unit_id AND g.hierarchy = 'REPORTING' AND g.valid @> now()
    WHERE p.depth < 64
  ),
  lead AS (
    SELECT DISTINCT ON (p.person) p.person, l.employee_id
    FROM path p
    JOIN assignment l ON l.unit_id = p.unit_id AND l.valid @> now() AND l.position IN ('HEAD', 'DEPUTY') AND l.employee_id <> p.person
    WHERE NOT EXISTS (SELECT 1 FROM assignment h WHERE h.unit_id = p.unit_id AND h.valid @> now()
                      AND h.position = 'HEAD' AND h.employee_id = p.person)
    ORDER BY p.person, p.depth, (l.position = 'HEAD') DESC
  )
  SELECT page.id, page.name, page.title, page.active,
    (SELECT ${UNIT} FROM org_unit u WHERE u.id = page.unit_id) AS unit,
    (SELECT json_build_object('id', m.id, 'name', m.name, 'title', m.title)
     FROM lead JOIN employee m ON m.id = lead.employee_id WHERE lead.person = page.id) AS manager,
    (SELECT coalesce(json_agg(json_build_object('role', g.role,
        'unit', (SELECT ${UNIT} FROM org_unit u WHERE u.id = g.unit_id),
        'limit', CASE WHEN g.money_limit IS NULL THEN NULL
          ELSE json_build_object('amount', trim_scale(g.money_limit)::text, 'currency', g.currency) END)
        ORDER BY g.role, g.id), '[]')
     FROM role_grant g WHERE g.employee_id = page.id AND g.valid @> now()) AS roles
  FROM page ORDER BY page.name, page.id`;

/** What a name is searched by: text, not a pattern. */
export function namePattern(search: string | undefined): string | null {
  return search ? `%${search.replaceAll(/[\\%_]/g, '\\$&')}%` : null;
}

/** People the viewer may see, by name; those who left are not listed. */
export async function listPeople(
  db: DataSource,
  viewer: Viewer,
  filter: { search?: string },
  slice: Slice,
): Promise<Sliced<PersonRow>> {
  const scope = scopeCondition(viewer, 'org:read', { ownerId: 'e.id', unitId: MAIN_UNIT }, 5);
  const rows = await db.query<PersonRow[]>(
    `WITH RECURSIVE page AS (
       SELECT e.id, e.name, e.title, e.status = 'ACTIVE' AS active, ${MAIN_UNIT} AS unit_id
       FROM employee e
       WHERE e.status <> 'LEFT'
         AND ($1::text IS NULL OR e.name ILIKE $1 OR e.username ILIKE $1)
         AND ($2::text IS NULL OR (e.name, e.id) > ($2::text, $3::uuid))
         AND ${scope.sql}
       ORDER BY e.name, e.id LIMIT $4
     ), ${DETAILS}`,
    [
      namePattern(filter.search),
      slice.after?.[0] ?? null,
      slice.after?.[1] ?? null,
      slice.limit + 1,
      ...scope.params,
    ],
  );
  return cutSlice(
    rows,
    slice.limit,
    (row) => row,
    (row) => [row.name, row.id],
  );
}

/** Does a permission of the viewer reach this person? */
export async function reachesPerson(
  db: DataSource,
  viewer: Viewer,
  permission: string,
  personId: string,
): Promise<boolean> {
  const scope = scopeCondition(viewer, permission, { ownerId: 'e.id', unitId: MAIN_UNIT }, 2);
  const rows = await db.query<unknown[]>(`SELECT 1 FROM employee e WHERE e.id = $1 AND ${scope.sql}`, [
    personId,
    ...scope.params,
  ]);
  return rows.length > 0;
}
