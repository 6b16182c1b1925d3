import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Reader } from '../../db/prepared.js';
import { workMinutesBetween, type WorkCalendar } from '../../domain/calendar.js';
import { percentile } from '../../domain/approval/figures.js';

/** Measured handling time of one stage: working minutes from OPEN to the answer. */
export interface StageTime {
  stageKey: string;
  decided: number;
  p50Minutes: number | null;
}

interface Row {
  key: string;
  opened_at: Date;
  decided_at: Date;
}

const MAX_ROWS = 5_000;
/** Rows between two looks of the event loop at whoever else waits. */
const AT_A_TIME = 50;

/**
 * p50 of the answers people gave in a period, by stage, on requests of one kind of policy; of very many the newest 5,000.
 * @param between ISO instants
 */
export async function stageTimes(
  db: Reader,
  calendar: WorkCalendar,
  policyKind: string,
  between: { from: string; to: string },
): Promise<StageTime[]> {
  const rows = await db.query<Row[]>(
    `SELECT t.key, s.opened_at, d.at AS decided_at
     FROM approval_decision d
     JOIN approval_request r ON r.id = d.request_id AND r.policy_kind = $1
     JOIN approval_seat s ON s.id = d.seat_id AND s.retractions = d.retractions AND s.opened_at IS NOT NULL
     JOIN approval_stage t ON t.id = s.stage_id
     WHERE d.at >= $2 AND d.at < $3 AND d.actor NOT LIKE 'system:%' AND d.action <> 'OPINION'
     ORDER BY d.at DESC LIMIT ${MAX_ROWS}`,
    [policyKind, between.from, between.to],
  );
  const byStage = new Map<string, number[]>();
  for (const [index, { key, opened_at, decided_at }] of rows.entries()) {
    if (index % AT_A_TIME === 0) await nextTurn();
    const minutes = workMinutesBetween(calendar, opened_at.toISOString(), decided_at.toISOString());
    const ofStage = byStage.get(key);
    if (ofStage) ofStage.push(minutes);
    else byStage.set(key, [minutes]);
  }
  return [...byStage].map(([stageKey, minutes]) => ({
    stageKey,
    decided: minutes.length,
    p50Minutes: percentile(
      minutes.sort((a, b) => a - b),
      50,
    ),
  }));
}
