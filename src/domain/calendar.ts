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
const DAY_MS = 86_400_000;

/**
 * Working hours that a calendar can be made of: at least one window, each with a beginning before its end, in order.
 * @throws DomainError CALENDAR.INVALID_HOURS with the first window that is not so
 */
export function mustBeWindows(windows: readonly WorkWindow[]): void {
  if (windows.length === 0) throw new DomainError('CALENDAR.INVALID_HOURS', { window: 0 });
  let ended = 0;
  windows.forEach(({ from, to }, window) => {
    if (timeOfDay(from) < ended || timeOfDay(to) <= timeOfDay(from))
      throw new DomainError('CALENDAR.INVALID_HOURS', { window });
    ended = timeOfDay(to);
  });
}

/** Explicit row, else Mon–Fri (processes §3.0). @param date `YYYY-MM-DD` in the office's zone */
export function isWorkingDay(calendar: WorkCalendar, date: string): boolean {
  return calendar.days[date] ?? DateTime.fromISO(date, { zone: 'utc' }).weekday <= 5;
}

/**
 * The instant a duration after another. Working minutes run only inside working hours of working days and may end at
 * the last minute of a window; a working day is the n-th working day after, at the same time of day moved into working
 * hours; calendar days keep the local time of day. Minutes are those of the office's clock on the wall, so that a working
 * window has as many on the day of a clock change as on any other (AE-SLA-1).
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
    const from = day.hasSame(a, 'day') ? onTheWall(a) : 0;
    const to = day.hasSame(b, 'day') ? onTheWall(b) : DAY_MS;
    for (const [start, end] of windowsOf(calendar, day))
      worked += Math.max(0, Math.min(end, to) - Math.max(start, from));
  }
  return Math.floor(worked / MINUTE_MS);
}

function addWorkMinutes(calendar: WorkCalendar, from: DateTime, minutes: number): DueTime {
  let left = minutes * MINUTE_MS;
  let day = from.startOf('day');
  for (let passed = 0; passed < MAX_DAYS; passed += 1, day = day.plus({ days: 1 })) {
    for (const [start, end] of windowsOf(calendar, day)) {
      const begin = passed === 0 ? Math.max(start, onTheWall(from)) : start;
      if (begin >= end) continue;
      if (left <= end - begin) return due(calendar, from, instantAt(day, begin + left), true);
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
  const windows = windowsOf(calendar, moment);
  const time = onTheWall(moment);
  const first = windows[0]?.[0] ?? time;
  const last = windows.at(-1)?.[1] ?? time;
  return instantAt(moment, Math.min(Math.max(time, first), last));
}

/** [start, end) of a working day's windows, in milliseconds of the office's clock since midnight. */
function windowsOf(calendar: WorkCalendar, day: DateTime): [number, number][] {
  if (!isWorkingDay(calendar, day.toISODate()!)) return [];
  return calendar.windows.map(({ from, to }) => [timeOfDay(from), timeOfDay(to)]);
}

function timeOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE_MS;
}

/** What the clock on the wall says, in milliseconds since midnight. */
function onTheWall({ hour, minute, second, millisecond }: DateTime): number {
  return (hour * 60 + minute) * MINUTE_MS + second * 1_000 + millisecond;
}

/** When the clock of the office says so on that day. */
function instantAt(day: DateTime, wallMs: number): DateTime {
  const midnight = day.startOf('day');
  if (wallMs === DAY_MS) return midnight.plus({ days: 1 });
  const minutes = Math.floor(wallMs / MINUTE_MS);
  return midnight.set({
    hour: Math.floor(minutes / 60),
    minute: minutes % 60,
    second: Math.floor((wallMs % MINUTE_MS) / 1_000),
    millisecond: wallMs % 1_000,
  });
}

function due(calendar: WorkCalendar, from: DateTime, to: DateTime, needsHolidays: boolean): DueTime {
  const years = Array.from({ length: to.year - from.year + 1 }, (_, index) => from.year + index);
  return {
    at: to.toUTC().toISO()!,
    provisional: needsHolidays && years.some((year) => !calendar.publishedYears.includes(year)),
  };
}
