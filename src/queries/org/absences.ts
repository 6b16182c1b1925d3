import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import { scopeCondition, type Viewer } from './scope.js';

interface PersonRef {
  id: string;
  name: string;
  title: string | null;
}
export interface AbsenceRow {
  id: string;
  person: PersonRef;
  delegate: PersonRef | null;
  from: string;
  to: string;
  note: string | null;
  kinds: string[] | null;
  maxAmount: { amount: string; currency: string } | null;
  mode: 'REPLACE' | 'SHARE';
  includeOpen: boolean;
  zone: string | null;
}
export interface DelegationRow {
  id: string;
  from: PersonRef;
  to: PersonRef;
  role: string;
  unit: {
    id: string;
    name: string;
    kind: 'COMPANY' | 'REGION' | 'TEAM' | 'DEPT' | 'PRODUCT_LINE';
  } | null;
  validFrom: string;
  validTo: string;
  reason: string;
}

const person = (alias: string) =>
  `json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'title', ${alias}.title)`;
const iso = (value: string) => `to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const MAIN_UNIT = `(SELECT m.unit_id FROM assignment m WHERE m.employee_id = a.employee_id AND m.is_primary AND m.valid @> now())`;
const ABSENCE = `a.id, ${person('e')} AS person, CASE WHEN d.id IS NULL THEN NULL ELSE ${person('d')} END AS delegate,
  ${iso('lower(a.during)')} AS "from", ${iso('upper(a.during)')} AS "to", a.note, a.kinds, a.zone,
  a.include_open AS "includeOpen", CASE WHEN a.share THEN 'SHARE' ELSE 'REPLACE' END AS mode,
  CASE WHEN a.max_amount IS NULL THEN NULL ELSE json_build_object('amount', trim_scale(a.max_amount)::text, 'currency', a.max_currency) END AS "maxAmount"`;
const FROM_ABSENCE = `FROM absence a JOIN employee e ON e.id = a.employee_id LEFT JOIN employee d ON d.id = a.delegate_id`;
const DELEGATION = `d.id, ${person('f')} AS "from", ${person('t')} AS "to", d.role,
  (SELECT json_build_object('id', u.id, 'name', u.name, 'kind', u.kind) FROM org_unit u WHERE u.id = d.unit_id) AS unit,
  ${iso('lower(d.valid)')} AS "validFrom", ${iso('upper(d.valid)')} AS "validTo", d.reason`;
const FROM_DELEGATION = `FROM delegation d JOIN employee f ON f.id = d.from_id JOIN employee t ON t.id = d.to_id`;

/** Present and coming absences: one's own, those one stands in for, and those of people one may see. Soonest end first. */
export async function listAbsences(
  db: DataSource,
  viewer: Viewer,
  slice: Slice,
): Promise<Sliced<AbsenceRow>> {
  const scope = scopeCondition(viewer, 'org:read', { ownerId: 'a.employee_id', unitId: MAIN_UNIT }, 5);
  const rows = await db.query<(AbsenceRow & { position: string })[]>(
    `SELECT ${ABSENCE}, upper(a.during)::text AS position ${FROM_ABSENCE}
     WHERE a.cancelled_at IS NULL AND upper(a.during) > now()
       AND (a.employee_id = $1 OR a.delegate_id = $1 OR ${scope.sql})
       AND ($2::timestamptz IS NULL OR (upper(a.during), a.id) > ($2::timestamptz, $3::uuid))
     ORDER BY upper(a.during), a.id LIMIT $4`,
    [viewer.personId, slice.after?.[0] ?? null, slice.after?.[1] ?? null, slice.limit + 1, ...scope.params],
  );
  return cutSlice(
    rows,
    slice.limit,
    ({ position: _, ...row }) => row,
    (row) => [row.position, row.id],
  );
}

/** Present and coming delegations from or to the viewer. */
export async function listDelegations(
  db: DataSource,
  viewer: Viewer,
  slice: Slice,
): Promise<Sliced<DelegationRow>> {
  const rows = await db.query<(DelegationRow & { position: string })[]>(
    `SELECT ${DELEGATION}, upper(d.valid)::text AS position ${FROM_DELEGATION}
     WHERE d.revoked_at IS NULL AND upper(d.valid) > now() AND (d.from_id = $1 OR d.to_id = $1)
       AND ($2::timestamptz IS NULL OR (upper(d.valid), d.id) > ($2::timestamptz, $3::uuid))
     ORDER BY upper(d.valid), d.id LIMIT $4`,
    [viewer.personId, slice.after?.[0] ?? null, slice.after?.[1] ?? null, slice.limit + 1],
  );
  return cutSlice(
    rows,
    slice.limit,
    ({ position: _, ...row }) => row,
    (row) => [row.position, row.id],
  );
}

/** @throws DomainError NOT_FOUND */
export async function absenceById(db: DataSource, id: string): Promise<AbsenceRow> {
  const [row] = await db.query<AbsenceRow[]>(`SELECT ${ABSENCE} ${FROM_ABSENCE} WHERE a.id = $1`, [id]);
  if (!row) throw new DomainError('NOT_FOUND');
  return row;
}

/** @throws DomainError NOT_FOUND */
export async function delegationById(db: DataSource, id: string): Promise<DelegationRow> {
  const [row] = await db.query<DelegationRow[]>(`SELECT ${DELEGATION} ${FROM_DELEGATION} WHERE d.id = $1`, [
    id,
  ]);
  if (!row) throw new DomainError('NOT_FOUND');
  return row;
}
