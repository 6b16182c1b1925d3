import type { DataSource } from 'typeorm';
import type { Scope, Viewer } from './scope.js';

export interface Rights {
  roles: readonly string[];
  permissions: readonly string[];
  viewer: Viewer;
  /** until when they hold if the organisation's revision stays: the next instant at which a validity begins or ends */
  untilMs: number;
}

interface Held {
  role: string;
  unit_id: string | null;
  permission: string | null;
  scope: Scope | null;
}

interface Loaded {
  held: Held[] | null;
  unit_id: string | null;
  /** unit → nearest region at or above it */
  regions: Record<string, string> | null;
  until_ms: string | null;
}

const WIDTH: Record<Scope, number> = { OWN: 0, TEAM: 1, REGION: 2, ALL: 3 };

/** Roles held now, own and delegated. A delegation lives only as long as the delegator still holds what it passes on. */
const HELD = `
  SELECT g.role, g.unit_id FROM role_grant g WHERE g.employee_id = $1 AND g.valid @> now()
  UNION
  SELECT g.role, g.unit_id
  FROM delegation d
  JOIN role_grant g ON g.employee_id = d.from_id AND g.role = d.role AND g.valid @> now()
    AND (d.unit_id IS NULL OR d.unit_id = g.unit_id)
  JOIN employee f ON f.id = d.from_id AND f.status <> 'LEFT'
  WHERE d.to_id = $1 AND d.revoked_at IS NULL AND d.valid @> now()`;

const BOUNDS = `
  SELECT g.valid AS during FROM role_grant g
  WHERE g.employee_id = $1 OR g.employee_id IN (SELECT from_id FROM delegation WHERE to_id = $1 AND revoked_at IS NULL)
  UNION ALL SELECT d.valid FROM delegation d WHERE d.to_id = $1 AND d.revoked_at IS NULL
  UNION ALL SELECT a.valid FROM assignment a WHERE a.employee_id = $1
  UNION ALL SELECT e.valid FROM org_edge e`;

const RIGHTS = `
  WITH RECURSIVE held AS (${HELD}),
  own AS (
    SELECT a.unit_id FROM assignment a WHERE a.employee_id = $1 AND a.is_primary AND a.valid @> now()
  ),
  above(root, unit_id, kind, depth) AS (
    SELECT u.id, u.id, u.kind, 0 FROM org_unit u
    WHERE u.id IN (SELECT unit_id FROM held WHERE unit_id IS NOT NULL UNION SELECT unit_id FROM own)
    UNION ALL
    SELECT v.root, u.id, u.kind, v.depth + 1 FROM above v
    JOIN org_edge e ON e.child_id = v.unit_id AND e.hierarchy = 'REPORTING' AND e.valid @> now()
    JOIN org_unit u ON u.id = e.parent_id
    WHERE v.depth < 64
  )
  SELECT
    (SELECT json_agg(json_build_object('role', h.role, 'unit_id', h.unit_id, 'permission', p.permission, 'scope', p.scope))
     FROM held h LEFT JOIN role_permission p ON p.role = h.role) AS held,
    (SELECT unit_id FROM own) AS unit_id,
    (SELECT json_object_agg(root, unit_id) FROM (
       SELECT DISTINCT ON (root) root, unit_id FROM above WHERE kind = 'REGION' ORDER BY root, depth) nearest) AS regions,
    (SELECT (extract(epoch FROM min(b)) * 1000)::bigint
     FROM (${BOUNDS}) bound, LATERAL (VALUES (lower(bound.during)), (upper(bound.during))) AS v(b) WHERE b > now()) AS until_ms`;

const BELOW = `
  WITH RECURSIVE below(root, unit_id, depth) AS (
    SELECT r, r, 0 FROM unnest($1::uuid[]) AS r
    UNION ALL
    SELECT b.root, e.child_id, b.depth + 1 FROM below b
    JOIN org_edge e ON e.parent_id = b.unit_id AND e.valid @> now()
    WHERE b.depth < 64
  ) SELECT root, array_agg(DISTINCT unit_id) AS units FROM below GROUP BY root`;

/** What a person may do and see now, read from Postgres. */
export async function loadRights(db: DataSource, personId: string): Promise<Rights> {
  const [loaded] = await db.query<Loaded[]>(RIGHTS, [personId]);
  const held = loaded?.held ?? [];
  const reach = new Map<string, { scope: Scope; roots: Set<string> }>();
  for (const right of held) widen(reach, right, loaded!);
  const roots = [...new Set([...reach.values()].flatMap((entry) => [...entry.roots]))];
  const below = roots.length === 0 ? [] : await db.query<{ root: string; units: string[] }[]>(BELOW, [roots]);
  const units = new Map(below.map((row) => [row.root, row.units]));
  const permissions = [...reach.keys()].sort();
  return {
    roles: [...new Set(held.map(({ role }) => role))].sort(),
    permissions,
    viewer: {
      personId,
      permissions: Object.fromEntries(permissions.map((name) => [name, reach.get(name)!.scope])),
      unitIds: Object.fromEntries(
        permissions.map((name) => [
          name,
          [...new Set([...reach.get(name)!.roots].flatMap((root) => units.get(root) ?? []))].sort(),
        ]),
      ),
    },
    untilMs: loaded?.until_ms ? Number(loaded.until_ms) : Number.POSITIVE_INFINITY,
  };
}

/** Two roles with one permission: the wider scope, the units of both. */
function widen(reach: Map<string, { scope: Scope; roots: Set<string> }>, right: Held, own: Loaded): void {
  if (right.permission === null || right.scope === null) return;
  const entry = reach.get(right.permission) ?? {
    scope: right.scope,
    roots: new Set<string>(),
  };
  if (WIDTH[right.scope] > WIDTH[entry.scope]) entry.scope = right.scope;
  const root = rootOf(right, own);
  if (root) entry.roots.add(root);
  reach.set(right.permission, entry);
}

function rootOf(right: Held, own: Loaded): string | null {
  switch (right.scope) {
    case 'TEAM':
      return right.unit_id ?? own.unit_id;
    case 'REGION':
      return regionOf(right.unit_id ?? own.unit_id, own);
    case 'OWN':
    case 'ALL':
    case null:
      return null;
  }
}

/** Outside every region, the unit itself. */
function regionOf(unitId: string | null, own: Loaded): string | null {
  return unitId === null ? null : (own.regions?.[unitId] ?? unitId);
}

const MAX_CACHED = 2_000;

/** Rights by person, thrown away whenever the organisation's revision moves or a validity begins or ends. */
export class RightsCache {
  private revision = '';
  private readonly byPerson = new Map<string, Promise<Rights>>();

  constructor(private readonly db: DataSource) {}

  async of(personId: string, revision: string, atMs: number): Promise<Rights> {
    if (revision !== this.revision || this.byPerson.size > MAX_CACHED) {
      this.byPerson.clear();
      this.revision = revision;
    }
    const cached = await this.byPerson.get(personId);
    if (cached && atMs < cached.untilMs) return cached;
    const loading = loadRights(this.db, personId);
    this.byPerson.set(personId, loading);
    loading.catch(() => this.byPerson.delete(personId));
    return loading;
  }
}
