import type { Reader } from '../../db/prepared.js';
import type { ApprovalEvent } from '../../domain/approval/events.js';
import {
  figuresOf,
  type LoggedEvent,
  type Period,
  type RequestFigures,
} from '../../domain/approval/figures.js';
import type { WorkCalendar } from '../../domain/calendar.js';
import { scopeCondition, type Viewer } from '../org/scope.js';

export interface FigureFilter extends Period {
  kind?: string | undefined;
  /** requests of this unit and the units below it */
  unitId?: string | undefined;
}

/** One request with what figures are made of. */
export interface Case extends RequestFigures {
  id: string;
  number: string;
  title: string;
  state: string;
  returns: number;
  closedAt: string | null;
  /** decides a stage of another request: not counted as a request of its own */
  isPart: boolean;
}

export interface Cases {
  items: readonly Case[];
  /** there were more requests than are read at once: figures are of the latest */
  truncated: boolean;
  asOf: string;
}

type Row = Omit<Case, 'tasks' | 'lost' | 'closedAt'> & { closed_at: Date | null };

/** Requests read at once. Their logs are replayed, so that figures rest on what happened and on nothing derived. */
const MAX_CASES = 2_000;

/** Every request that was open in the period and that the viewer may see figures of (AE-STAT-1). */
export async function loadCases(
  db: Reader,
  viewer: Viewer,
  calendar: WorkCalendar,
  filter: FigureFilter,
): Promise<Cases> {
  const scope = scopeCondition(viewer, 'figures:read', { ownerId: 'r.initiator_id', unitId: 'r.unit_id' }, 6);
  const rows = await db.query<Row[]>(
    `WITH RECURSIVE below(unit_id, depth) AS (
       SELECT $4::uuid, 0
       UNION SELECT e.child_id, b.depth + 1 FROM below b
       JOIN org_edge e ON e.parent_id = b.unit_id AND e.hierarchy = 'REPORTING' AND e.valid @> now() WHERE b.depth < 64)
     SELECT r.id, r.number, r.title, r.state, r.returns, r.closed_at, r.parent_request_id IS NOT NULL AS "isPart"
     FROM approval_request r
     WHERE r.submitted_at < $2 AND (r.closed_at IS NULL OR r.closed_at >= $1)
       AND ($3::varchar IS NULL OR r.kind = $3)
       AND ($4::uuid IS NULL OR r.unit_id IN (SELECT unit_id FROM below))
       AND ${scope.sql}
     ORDER BY r.submitted_at DESC, r.id DESC LIMIT $5`,
    [filter.from, filter.to, filter.kind ?? null, filter.unitId ?? null, MAX_CASES + 1, ...scope.params],
  );
  const kept = rows.slice(0, MAX_CASES);
  const [clock] = await db.query<{ now: Date }[]>(`SELECT date_trunc('milliseconds', now()) AS now`);
  const asOf = clock!.now.toISOString();
  const logs = await logsOf(
    db,
    kept.map(({ id }) => id),
  );
  return {
    items: kept.map(({ closed_at, ...row }) => ({
      ...row,
      closedAt: closed_at?.toISOString() ?? null,
      ...figuresOf(logs.get(row.id) ?? [], calendar, filter, asOf),
    })),
    truncated: rows.length > MAX_CASES,
    asOf,
  };
}

async function logsOf(db: Reader, ids: readonly string[]): Promise<Map<string, LoggedEvent[]>> {
  const rows = await db.query<{ id: string; payload: ApprovalEvent; at: Date }[]>(
    `SELECT aggregate_id AS id, payload, at FROM event
     WHERE aggregate_kind = 'request' AND aggregate_id = ANY($1::uuid[]) ORDER BY aggregate_id, seq`,
    [ids],
  );
  const logs = new Map<string, LoggedEvent[]>();
  for (const { id, payload: event, at } of rows) {
    const entry = { event, at: at.toISOString() };
    const log = logs.get(id);
    if (log) log.push(entry);
    else logs.set(id, [entry]);
  }
  return logs;
}
