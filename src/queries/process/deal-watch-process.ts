import type { EntityManager } from 'typeorm';
import { quietSince } from '../../db/quiet-since.js';
import type { WorkCalendar } from '../../domain/calendar.js';
import { dealTimetable, type OwnersDeals } from '../../domain/opportunity/attention.js';
import { plainText } from '../../domain/process/sentence.js';
import { firstStep } from '../../domain/process/timetable.js';
import type { ProcessView } from '../../domain/process/view.js';
import { orgPathSql } from './approval-wait.js';

interface Row {
  seq: string;
  username: string;
  name: string;
  zone: string;
  org_path: string[] | null;
  open: number;
  stuck: number;
  slipped: number;
  quiet: { quietSince: string; stuckDays: number }[] | null;
  closes_on: string | null;
  late: { at: string; slipWorkDays: number }[] | null;
  resumes_on: string | null;
  rules_change_at: string | null;
  now: string;
}

const ACTIVE = `stage NOT IN ('WON', 'LOST', 'ON_HOLD')`;
const MS = (instant: string) => `(extract(epoch FROM ${instant}) * 1000)::bigint`;

/** The rules in force of each pipeline somebody sells by, each minimum found among their own deals. */
const READ = `
  WITH sold AS (
    SELECT k.pipeline, (v.content->>'stuckDays')::int AS stuck_days, (v.content->>'slipWorkDays')::int AS slip_days
    FROM (SELECT DISTINCT substr(kind, 10) AS pipeline FROM policy_version WHERE kind LIKE 'pipeline.%') k
    JOIN policy_version v ON v.kind = 'pipeline.' || k.pipeline AND v.valid @> now())
  SELECT w.seq, e.username, e.name, e.zone,
    ${orgPathSql(`(SELECT a.unit_id FROM assignment a WHERE a.employee_id = e.id AND a.is_primary ORDER BY lower(a.valid) DESC LIMIT 1)`)} AS org_path,
    (SELECT count(*)::int FROM opportunity o WHERE o.owner_id = e.id AND ${ACTIVE}) AS open,
    (SELECT count(*)::int FROM opportunity o WHERE o.owner_id = e.id AND ${ACTIVE} AND stuck_at IS NOT NULL) AS stuck,
    (SELECT count(*)::int FROM opportunity o WHERE o.owner_id = e.id AND ${ACTIVE} AND slipped_at IS NOT NULL) AS slipped,
    (SELECT json_agg(json_build_object('quietSince', ${MS('q.since')}, 'stuckDays', s.stuck_days))
     FROM sold s CROSS JOIN LATERAL (SELECT min(${quietSince('o')}) AS since FROM opportunity o WHERE o.owner_id = e.id
       AND o.pipeline = s.pipeline AND stuck_at IS NULL AND ${ACTIVE}) q WHERE q.since IS NOT NULL) AS quiet,
    (SELECT min(expected_close)::text FROM opportunity o WHERE o.owner_id = e.id AND slipped_at IS NULL AND ${ACTIVE}) AS closes_on,
    (SELECT json_agg(json_build_object('at', to_char(q.slipped_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'slipWorkDays', s.slip_days))
     FROM sold s CROSS JOIN LATERAL (SELECT slipped_at FROM opportunity o WHERE o.owner_id = e.id AND o.pipeline = s.pipeline
       AND slipped_at IS NOT NULL AND slip_dropped_at IS NULL AND ${ACTIVE} ORDER BY slipped_at LIMIT 1) q) AS late,
    (SELECT min(resume_on)::text FROM opportunity o WHERE o.owner_id = e.id AND resume_told_at IS NULL AND stage = 'ON_HOLD') AS resumes_on,
    (SELECT min(${MS('lower(valid)')}) FROM policy_version WHERE kind LIKE 'pipeline.%' AND NOT isempty(valid)
       AND lower(valid) > clock_timestamp()) AS rules_change_at,
    ${MS('clock_timestamp()')} AS now
  FROM deal_watch w JOIN employee e ON e.id = w.owner_id WHERE w.owner_id = $1`;

/** Somebody's deals as the process that watches over them sees them. It never ends: the next deal may come any day. */
export async function dealWatchProcess(
  db: Pick<EntityManager, 'query'>,
  ownerId: string,
  calendar: WorkCalendar,
): Promise<ProcessView | null> {
  const [row] = await db.query<Row[]>(READ, [ownerId]);
  if (!row) return null;
  const now = Number(row.now);
  const next = firstStep(dealTimetable(dealsOf(row), row.zone, calendar), now, ownerId);
  return {
    seq: Number(row.seq),
    stage: next?.kind ?? 'NO_DEALS',
    waitingOn: [row.username],
    dueAt: next?.at ?? null,
    next,
    sentence: `${row.open} open deals of ${plainText(row.name)}: ${row.stuck} without contact, ${row.slipped} past their close date`,
    owner: row.username,
    orgPath: row.org_path ?? [],
    amountBase: null,
    stuck: null,
    outcome: null,
  };
}

function dealsOf({ quiet, closes_on, late, resumes_on, rules_change_at }: Row): OwnersDeals {
  return {
    quiet: (quiet ?? []).map(({ quietSince: since, stuckDays }) => ({
      quietSince: Number(since),
      stuckDays,
    })),
    closesOn: closes_on,
    slipped: late ?? [],
    resumesOn: resumes_on,
    rulesChangeAt: rules_change_at === null ? null : Number(rules_change_at),
  };
}
