import { DateTime } from 'luxon';
import type { Duration } from './duration.js';
import { DomainError } from './errors.js';

/** Working hours of one part of the day in the office's local time, e.g. 09:00–12:00; `24:00` is midnight. */
export interface WorkWindow {
  from: string;
  to: string;
}

/** When an office works. Rows win over Mon–Fri; make-up workdays are rows. */
export interface WorkCalendar {
  /** IANA zone of the office */
  zone: string;
  /** in order, not overlapping */
  windows: readonly WorkWindow[];
  /** `YYYY-MM-DD` → does the office work, for the days that have a row */
  days: Readonly<Record<string, boolean>>;
  /** years whose holidays are published; deadlines that pass through others are provisional */
  publishedYears: readonly number[];
}

export interface DueTime {
  /** ISO instant, UTC */
  at: string;
  /** the way there leads through a year without published holidays: to be recomputed when they are */
  provisional: boolean;
}

/** Ten years without enough working time is a calendar with a mistake, not a deadline. */
const MAX_DAYS = 3_660;
const MINUTE_MS = 60_000;

/** Explicit row, else Mon–Fri (processes §3.0). @param date `YYYY-MM-DD` in the office's zone */
export function isWorkingDay(calendar: WorkCalendar, date: string): boolean {
  return calendar.days[date] ?? DateTime.fromISO(date, { zone: 'utc' }).weekday <= 5;
}

/**
 * The instant a duration after another. Working minutes run only inside working hours of working days and may end at
 * the last minute of a window; a working day is the n-th working day after, at the same time of day moved into working
 * hours; calendar days keep the local time of day. Daylight saving outside working hours changes nothing (AE-SLA-1).
 * @param fromIso ISO instant
 * @param duration `n` a whole number, not negative; 0 is the instant itself
 * @throws DomainError CALENDAR.INVALID_DURATION · CALENDAR.NO_WORKING_TIME nothing to work in for ten years
 */
export function addDuration(calendar: WorkCalendar, fromIso: string, duration: Duration): DueTime {
  if (!Number.isSafeInteger(duration.n) || duration.n < 0)
    throw new DomainError('CALENDAR.INVALID_DURATION', {
      unit: duration.unit,
      n: duration.n,
    });
  const from = DateTime.fromISO(fromIso, { zone: calendar.zone });
  if (duration.n === 0) return due(calendar, from, from, false);
  switch (duration.unit) {
    case 'workMinutes':
      return addWorkMinutes(calendar, from, duration.n);
    case 'workDays':
      return addWorkDays(calendar, from, duration.n);
    case 'calendarDays':
      return due(calendar, from, from.plus({ days: duration.n }), false);
  }
}

/**
 * Whole working minutes from one instant to another, rounded down; negative when `bIso` is before `aIso`.
 * The inverse of adding work minutes.
 */
export function workMinutesBetween(calendar: WorkCalendar, aIso: string, bIso: string): number {
  const a = DateTime.fromISO(aIso, { zone: calendar.zone });
  const b = DateTime.fromISO(bIso, { zone: calendar.zone });
  if (b < a) return -workMinutesBetween(calendar, bIso, aIso);
  let worked = 0;
  for (let day = a.startOf('day'); day <= b; day = day.plus({ days: 1 })) {
    for (const [start, end] of windowsOf(calendar, day))
      worked += Math.max(0, Math.min(end, b.toMillis()) - Math.max(start, a.toMillis()));
  }
  return Math.floor(worked / MINUTE_MS);
}

function addWorkMinutes(calendar: WorkCalendar, from: DateTime, minutes: number): DueTime {
  let left = minutes * MINUTE_MS;
  let day = from.startOf('day');
  for (let passed = 0; passed < MAX_DAYS; passed += 1, day = day.plus({ days: 1 })) {
    for (const [start, end] of windowsOf(calendar, day)) {
      const begin = Math.max(start, from.toMillis());
      if (begin >= end) continue;
      if (left <= end - begin)
        return due(calendar, from, DateTime.fromMillis(begin + left, { zone: calendar.zone }), true);
      left -= end - begin;
    }
  }
  throw new DomainError('CALENDAR.NO_WORKING_TIME', { zone: calendar.zone });
}

function addWorkDays(calendar: WorkCalendar, from: DateTime, days: number): DueTime {
  let left = days;
  let day = from;
  for (let passed = 0; passed < MAX_DAYS; passed += 1) {
    day = day.plus({ days: 1 });
    if (isWorkingDay(calendar, day.toISODate()!)) left -= 1;
    if (left === 0) return due(calendar, from, intoWorkingHours(calendar, day), true);
  }
  throw new DomainError('CALENDAR.NO_WORKING_TIME', { zone: calendar.zone });
}

/** Not before work begins, not after it ends; a lunch break is kept, nobody is late for half an hour. */
function intoWorkingHours(calendar: WorkCalendar, moment: DateTime): DateTime {
  const windows = windowsOf(calendar, moment.startOf('day'));
  const first = windows[0]?.[0] ?? moment.toMillis();
  const last = windows.at(-1)?.[1] ?? moment.toMillis();
  return DateTime.fromMillis(Math.min(Math.max(moment.toMillis(), first), last), { zone: calendar.zone });
}

/** [start, end) in epoch milliseconds of a working day's windows. */
function windowsOf(calendar: WorkCalendar, day: DateTime): [number, number][] {
  const date = day.toISODate()!;
  if (!isWorkingDay(calendar, date)) return [];
  return calendar.windows.map(({ from, to }) => [at(calendar, date, from), at(calendar, date, to)]);
}

function at(calendar: WorkCalendar, date: string, time: string): number {
  return DateTime.fromISO(`${date}T${time}`, {
    zone: calendar.zone,
  }).toMillis();
}

function due(calendar: WorkCalendar, from: DateTime, to: DateTime, needsHolidays: boolean): DueTime {
  const years = Array.from({ length: to.year - from.year + 1 }, (_, index) => from.year + index);
  return {
    at: to.toUTC().toISO()!,
    provisional: needsHolidays && years.some((year) => !calendar.publishedYears.includes(year)),
  };
}
