import { DateTime } from 'luxon';
import { isWorkingDay, type WorkCalendar } from '../calendar.js';

/** A calendar day so many days after another, `YYYY-MM-DD`; negative before it. */
export function dayAfter(day: string, days: number): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toISODate()!;
}

/** The day itself when it is a working day, else the next one. */
export function onWorkingDay(calendar: WorkCalendar, day: string): string {
  let on = day;
  while (!isWorkingDay(calendar, on)) on = dayAfter(on, 1);
  return on;
}

/** The n-th working day after a day; 0 is the day itself. */
export function workingDayAfter(calendar: WorkCalendar, day: string, n: number): string {
  let on = day;
  for (let left = n; left > 0; left -= 1) on = onWorkingDay(calendar, dayAfter(on, 1));
  return on;
}
