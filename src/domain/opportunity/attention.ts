import { DateTime } from 'luxon';
import { addDuration, type WorkCalendar } from '../calendar.js';
import type { Appointment } from '../process/timetable.js';

const DAY_MS = 86_400_000;

/** What is so with the deals of one person that time may speak of; each the earliest of its kind. */
export interface OwnersDeals {
  /** per pipeline: since when the quietest deal is quiet that nobody has been told of, epoch milliseconds, and the pipeline's days */
  quiet: readonly { quietSince: number; stuckDays: number }[];
  /** the earliest close date nobody was reminded of, ISO date */
  closesOn: string | null;
  /** per pipeline: the earliest reminder of a passed close date that did not help yet, ISO instant, and its days */
  slipped: readonly { at: string; slipWorkDays: number }[];
  /** the earliest day a deal on hold is looked at again, ISO date */
  resumesOn: string | null;
  /** when another version of a pipeline begins, epoch milliseconds */
  rulesChangeAt: number | null;
}

export type DealStep = 'DEALS_QUIET' | 'DEALS_SLIPPED' | 'DEALS_DROPPED' | 'DEALS_RESUMED' | 'DEALS_RULES';

/**
 * What time does next with somebody's deals (processes §3.2): a deal without contact for `stuckDays` is told to the manager,
 * a passed close date to the owner, and `slipWorkDays` later the deal drops; a deal on hold comes back to mind on its day.
 * @param zone the owner's
 */
export function dealTimetable(deals: OwnersDeals, zone: string, calendar: WorkCalendar): Appointment[] {
  const { quiet, closesOn, slipped, resumesOn, rulesChangeAt } = deals;
  return [
    ...quiet.map(({ quietSince, stuckDays }) => at('DEALS_QUIET', quietSince + stuckDays * DAY_MS)),
    ...(closesOn === null ? [] : [at('DEALS_SLIPPED', endOfDay(closesOn, zone))]),
    ...slipped.map((deal) => at('DEALS_DROPPED', dropsAt(deal.at, deal.slipWorkDays, calendar))),
    ...(resumesOn === null ? [] : [at('DEALS_RESUMED', startOfDay(resumesOn, zone))]),
    ...(rulesChangeAt === null ? [] : [at('DEALS_RULES', rulesChangeAt)]),
  ];
}

/** When a deal drops whose owner was reminded at that instant. @returns epoch milliseconds */
export function dropsAt(remindedAt: string, slipWorkDays: number, calendar: WorkCalendar): number {
  return Date.parse(addDuration(calendar, remindedAt, { unit: 'workDays', n: slipWorkDays }).at);
}

function at(kind: DealStep, instant: number): Appointment {
  return { kind, key: `${kind}/${instant}`, at: instant, days: null };
}

function startOfDay(date: string, zone: string): number {
  return DateTime.fromISO(date, { zone }).toMillis();
}

function endOfDay(date: string, zone: string): number {
  return DateTime.fromISO(date, { zone }).plus({ days: 1 }).toMillis();
}
