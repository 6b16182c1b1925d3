import type { Reader } from '../../db/prepared.js';
import { percentile } from '../../domain/approval/figures.js';
import { workMinutesBetween, type WorkCalendar } from '../../domain/calendar.js';

/** Handling time of one stage or one person: business minutes from OPEN to the decision (AE-STAT-1). */
export interface Handling {
  stage: string;
  actor: string | null;
  decided: number;
  /** still open: shown, never dropped */
  running: number;
  p50Minutes: number | null;
  p90Minutes: number | null;
  /** of those still running, the longest so far */
  longestRunningMinutes: number | null;
}

interface Row {
  stage: string;
  actor: string | null;
  opened_at: Date;
  decided_at: Date | null;
  now: Date;
}

const MAX_ROWS = 20_000;

/**
 * Handling times of decisions since an instant, and of everything still open; by stage, or by stage and actor.
 * Seats that ended without a decision of their own took nobody's time and are not counted.
 */
export async function handlingTimes(
  db: Reader,
  calendar: WorkCalendar,
  { since, byActor }: { since: string; byActor: boolean },
): Promise<Handling[]> {
  const rows = await db.query<Row[]>(
    `(SELECT t.title AS stage, d.actor, s.opened_at, d.at AS decided_at, now() AS now
      FROM approval_decision d
      JOIN approval_seat s ON s.id = d.seat_id AND s.retractions = d.retractions AND s.closed_at >= $1 AND s.opened_at IS NOT NULL
      JOIN approval_stage t ON t.id = s.stage_id
      WHERE d.at >= $1 ORDER BY d.at DESC LIMIT ${MAX_ROWS})
     UNION ALL
     (SELECT t.title, s.holder_id::text, s.opened_at, NULL, now()
      FROM approval_seat s JOIN approval_stage t ON t.id = s.stage_id
      WHERE s.state = 'OPEN' ORDER BY s.opened_at LIMIT ${MAX_ROWS})`,
    [since],
  );
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = byActor ? `${row.stage}\n${row.actor}` : row.stage;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((group) => handlingOf(group, calendar, byActor));
}

function handlingOf(rows: readonly Row[], calendar: WorkCalendar, byActor: boolean): Handling {
  const minutes = (row: Row) =>
    workMinutesBetween(calendar, row.opened_at.toISOString(), (row.decided_at ?? row.now).toISOString());
  const decided = rows
    .filter((row) => row.decided_at)
    .map(minutes)
    .sort((a, b) => a - b);
  const running = rows.filter((row) => !row.decided_at).map(minutes);
  return {
    stage: rows[0]!.stage,
    actor: byActor ? rows[0]!.actor : null,
    decided: decided.length,
    running: running.length,
    p50Minutes: percentile(decided, 50),
    p90Minutes: percentile(decided, 90),
    longestRunningMinutes: running.length > 0 ? Math.max(...running) : null,
  };
}
