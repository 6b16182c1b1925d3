import { isDeepStrictEqual } from 'node:util';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { mustBeWindows, type WorkCalendar, type WorkWindow } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors.js';
import { calendarChangeMessage } from '../../workflows/messages.js';
import { readCalendar } from '../calendar.js';
import { appendEvents, beginAggregate } from '../events.js';
import { tellProcess } from '../outbox.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';

export interface CalendarDay {
  /** `YYYY-MM-DD` */
  day: string;
  kind: 'WORKDAY' | 'WEEKEND' | 'HOLIDAY' | 'MAKEUP_WORKDAY';
  name: string | null;
}

export interface CalendarEdit {
  officeKey: string;
  /** left out: as before */
  workingHours?: readonly WorkWindow[];
  /** days of the office's region, added or changed; others stay */
  days?: readonly CalendarDay[];
}

/**
 * An office works at other hours, or its region on other days, from now on. What is due keeps its working minutes: a
 * process moves the rungs that are still to come (AE-SLA-5).
 * @throws DomainError NOT_FOUND · CALENDAR.INVALID_HOURS
 */
export function editCalendar(
  db: DataSource,
  meta: CommandMeta,
  edit: CalendarEdit,
): Promise<Answer<{ changed: string[] }>> {
  return runCommand(db, meta, async (tx) => {
    if (edit.workingHours) mustBeWindows(edit.workingHours);
    const offices = await lockOffices(tx, edit);
    const before = await calendarsOf(tx, offices);
    await write(tx, edit, meta.actor.id);
    const after = await calendarsOf(tx, offices);
    const changed = offices.filter((key) => !isDeepStrictEqual(before.get(key), after.get(key)));
    for (const officeKey of changed)
      await announce(tx, meta, { officeKey, before: before.get(officeKey)!, after: after.get(officeKey)! });
    return { changed };
  });
}

/** The office; with days, all of its region. One edit after the other, so that each knows what was so before it. */
async function lockOffices(tx: EntityManager, { officeKey, days = [] }: CalendarEdit): Promise<string[]> {
  const rows = await tx.query<{ key: string }[]>(
    `SELECT o.key FROM office o WHERE o.key = $1
       OR ($2::boolean AND o.region = (SELECT region FROM office WHERE key = $1)) ORDER BY o.key FOR UPDATE`,
    [officeKey, days.length > 0],
  );
  if (rows.length === 0) throw new DomainError('NOT_FOUND', { officeKey });
  return rows.map(({ key }) => key);
}

async function calendarsOf(tx: EntityManager, keys: readonly string[]): Promise<Map<string, WorkCalendar>> {
  const calendars = new Map<string, WorkCalendar>();
  for (const key of keys) calendars.set(key, await readCalendar(tx, key));
  return calendars;
}

async function write(
  tx: EntityManager,
  { officeKey, workingHours, days = [] }: CalendarEdit,
  by: string,
): Promise<void> {
  if (workingHours)
    await tx.query(`UPDATE office SET working_hours = $2 WHERE key = $1`, [
      officeKey,
      JSON.stringify(workingHours),
    ]);
  if (days.length > 0)
    await tx.query(
      `INSERT INTO calendar_day (region, day, kind, name, source)
       SELECT (SELECT region FROM office WHERE key = $1), d.day, d.kind, d.name, $3
       FROM jsonb_to_recordset($2::jsonb) AS d(day date, kind varchar, name varchar)
       ON CONFLICT (region, day) DO UPDATE SET kind = excluded.kind, name = excluded.name, source = excluded.source`,
      [officeKey, JSON.stringify(days), `edited by ${by}`],
    );
}

async function announce(
  tx: EntityManager,
  meta: CommandMeta,
  { officeKey, before, after }: { officeKey: string; before: WorkCalendar; after: WorkCalendar },
): Promise<void> {
  const id = uuidv7();
  const head = await beginAggregate(tx, 'calendar', id);
  await tx.query(
    `INSERT INTO calendar_change (id, office_key, before, after, at, changed_by) VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, officeKey, JSON.stringify(before), JSON.stringify(after), head.now, meta.actor.id],
  );
  const payload = { officeKey, hours: after.windows.map(({ from, to }) => ({ from, to })), days: after.days };
  const { seq } = await appendEvents(tx, head, [{ type: 'calendar.changed', actor: meta.actor.id, payload }]);
  await tellProcess(tx, calendarChangeMessage(id, seq), meta.correlationId);
}
