import type { EntityManager } from 'typeorm';
import type { Away, DirectoryPerson, DirectorySnapshot, RoleGrant } from '../../domain/org/directory.js';
import { leadersOf, managerOf, unitsAbove, type Line } from '../../domain/org/line.js';

/** Everybody at one instant, and between which instants nothing of it changes by itself. */
export interface Organisation {
  snapshot: DirectorySnapshot;
  fromMs: number;
  untilMs: number;
}

interface Loaded {
  revision: string;
  units: { id: string; name: string }[] | null;
  edges: { parent: string; child: string }[] | null;
  people:
    | {
        id: string;
        name: string;
        title: string | null;
        status: string;
        identity: string;
        office: string;
        successor: string | null;
        last_manager: string | null;
      }[]
    | null;
  posts:
    | {
        person: string;
        unit: string;
        position: 'HEAD' | 'DEPUTY' | 'MEMBER';
        primary: boolean;
      }[]
    | null;
  grants: (RoleGrant & { person: string })[] | null;
  away:
    | {
        person: string;
        id: string;
        until: string;
        delegate: string | null;
        kinds: string[] | null;
        amount: string | null;
        currency: string | null;
        share: boolean;
      }[]
    | null;
  from_ms: string | null;
  until_ms: string | null;
}

const BOUNDS = [
  'org_edge.valid',
  'assignment.valid',
  'role_grant.valid',
  'delegation.valid',
  'absence.during',
]
  .map((column) => {
    const [table, range] = column.split('.');
    return `SELECT lower(${range}) AS b FROM ${table} UNION ALL SELECT upper(${range}) FROM ${table}`;
  })
  .join(' UNION ALL ');

const UTC = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/** One statement, so one state of the organisation. Amounts leave as text. A delegation names who stands in when an absence does not. */
const ORGANISATION = `
  SELECT
    (SELECT revision FROM org_revision) AS revision,
    (SELECT json_agg(json_build_object('id', id, 'name', name)) FROM org_unit) AS units,
    (SELECT json_agg(json_build_object('parent', parent_id, 'child', child_id)) FROM org_edge
     WHERE hierarchy = 'REPORTING' AND valid @> $1::timestamptz) AS edges,
    (SELECT json_agg(json_build_object('id', e.id, 'name', e.name, 'title', e.title, 'status', e.status, 'identity', e.identity, 'office', e.office_key,
       'successor', l.successor_id, 'last_manager', l.manager_id))
     FROM employee e LEFT JOIN staff_change l ON l.employee_id = e.id AND l.kind = 'LEFT') AS people,
    (SELECT json_agg(json_build_object('person', employee_id, 'unit', unit_id, 'position', position, 'primary', is_primary))
     FROM assignment WHERE valid @> $1::timestamptz) AS posts,
    (SELECT json_agg(json_build_object('person', employee_id, 'role', role, 'unitId', unit_id,
       'limit', trim_scale(money_limit)::text, 'currency', currency)
       ORDER BY employee_id, role, unit_id NULLS LAST, currency)
     FROM role_grant WHERE valid @> $1::timestamptz) AS grants,
    (SELECT json_agg(json_build_object('person', a.employee_id, 'id', a.id, 'kinds', a.kinds, 'share', a.share,
       'amount', trim_scale(a.max_amount)::text, 'currency', a.max_currency,
       'until', to_char(upper(a.during) AT TIME ZONE 'UTC', ${UTC}),
       'delegate', coalesce(a.delegate_id, (
         SELECT d.to_id FROM delegation d
         WHERE d.from_id = a.employee_id AND d.revoked_at IS NULL AND d.valid @> $1::timestamptz
         ORDER BY d.created_at, d.id LIMIT 1))) ORDER BY lower(a.during), a.id)
     FROM absence a WHERE a.cancelled_at IS NULL AND a.during @> $1::timestamptz) AS away,
    (SELECT (extract(epoch FROM max(b)) * 1000)::bigint FROM (${BOUNDS}) bound WHERE b <= $1::timestamptz) AS from_ms,
    (SELECT (extract(epoch FROM min(b)) * 1000)::bigint FROM (${BOUNDS}) bound WHERE b > $1::timestamptz) AS until_ms`;

export async function loadOrganisation(tx: EntityManager, at: string): Promise<Organisation> {
  const [loaded] = await tx.query<Loaded[]>(ORGANISATION, [at]);
  return {
    snapshot: snapshotOf(loaded!, at),
    fromMs: loaded!.from_ms === null ? Number.NEGATIVE_INFINITY : Number(loaded!.from_ms),
    untilMs: loaded!.until_ms === null ? Number.POSITIVE_INFINITY : Number(loaded!.until_ms),
  };
}

function snapshotOf(loaded: Loaded, at: string): DirectorySnapshot {
  const posts = loaded.posts ?? [];
  const line: Line = {
    parentOf: new Map((loaded.edges ?? []).map(({ parent, child }) => [child, parent])),
    headOf: new Map(
      posts.filter(({ position }) => position === 'HEAD').map(({ unit, person }) => [unit, person]),
    ),
    deputyOf: new Map(
      posts.filter(({ position }) => position === 'DEPUTY').map(({ unit, person }) => [unit, person]),
    ),
  };
  const unitOf = new Map(posts.filter(({ primary }) => primary).map(({ person, unit }) => [person, unit]));
  const away = awayByPerson(loaded.away ?? []);
  const grants = grantsByPerson(loaded.grants ?? []);
  const people = (loaded.people ?? []).map((person): DirectoryPerson => {
    const unitIds = unitsAbove(unitOf.get(person.id) ?? null, line);
    return {
      id: person.id,
      name: person.name,
      title: person.title,
      active: person.status === 'ACTIVE',
      // the posts of somebody who has left are over; whom they reported to is not
      managerId: managerOf(person.id, unitIds, line) ?? person.last_manager,
      unitIds,
      grants: grants.get(person.id) ?? [],
      identity: person.identity,
      officeKey: person.office,
      ...(person.successor === null ? {} : { successorId: person.successor }),
      ...awayOf(away.get(person.id) ?? []),
    };
  });
  return {
    revision: String(loaded.revision),
    at,
    people: Object.fromEntries(people.map((person) => [person.id, person])),
    units: Object.fromEntries((loaded.units ?? []).map(({ id, name }) => [id, name])),
    heads: Object.fromEntries((loaded.units ?? []).map(({ id }) => [id, leadersOf(id, line)])),
  };
}

function awayByPerson(rows: NonNullable<Loaded['away']>): Map<string, Away[]> {
  const away = new Map<string, Away[]>();
  for (const { person, id, until, delegate, kinds, amount, currency, share } of rows) {
    const rule: Away = {
      until,
      delegateId: delegate,
      absenceId: id,
      ...(kinds === null ? {} : { kinds }),
      ...(amount === null || currency === null ? {} : { maxAmount: { amount, currency } }),
      ...(share ? { share } : {}),
    };
    away.set(person, [...(away.get(person) ?? []), rule]);
  }
  return away;
}

function awayOf(rules: readonly Away[]): Pick<DirectoryPerson, 'away' | 'alsoAway'> {
  const [away, ...alsoAway] = rules;
  if (!away) return { away: null };
  return alsoAway.length === 0 ? { away } : { away, alsoAway };
}

function grantsByPerson(rows: readonly (RoleGrant & { person: string })[]): Map<string, RoleGrant[]> {
  const grants = new Map<string, RoleGrant[]>();
  for (const { person, ...grant } of rows) grants.set(person, [...(grants.get(person) ?? []), grant]);
  return grants;
}
