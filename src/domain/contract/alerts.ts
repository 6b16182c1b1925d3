import { DateTime } from 'luxon';
import type { Appointment } from '../process/timetable.js';
import type { ContractState } from './contract.js';

const DAY_MS = 86_400_000;

/** At what hour of the office's day people are told of a date. */
const HOUR = 9;

export type AlertKind = 'CONTRACT_DUE' | 'CONTRACT_LATE' | 'CONTRACT_ENDING';

export interface Alert extends Appointment {
  kind: 'ALERT_CONTRACT';
  notice: AlertKind;
  /** calendar days from the date itself: negative before it */
  days: number;
  date: string;
  what: string;
  /** who is in charge of what is due */
  ownerId: string;
  /** whether the manager of whoever is in charge hears of it as well */
  toManager: boolean;
}

/** Something with a date that is not over: a milestone, an order, the end of the contract. */
export interface DatedDuty {
  /** names it for ever, with its present date */
  key: string;
  what: 'DELIVERY' | 'ACCEPTANCE' | 'ORDER_CONFIRM' | 'ORDER_DELIVERY' | 'END';
  date: string;
  ownerId: string;
  /** an instant within the date, of what is due at an hour: said once, when it has passed. Left out: a date like any other */
  instant?: string;
}

export interface AlertRules {
  /** days from the date, e.g. −7, −1, 1; from 1 on the manager hears of it */
  milestoneDays: readonly number[];
  /** days before the end, e.g. 90, 60, 30; the last one goes to the manager as well */
  endDays: readonly number[];
  zone: string;
  /** epoch milliseconds */
  now: number;
  /** before that nothing was there to be said */
  since: number;
  said: ReadonlySet<string>;
}

/**
 * What is said of the dates of a contract in force (processes.md 3.2, After signing): some calendar days before and after
 * each. Of several that were slept through only the last is said. A date that moves begins anew, since its key has moved.
 */
export function alertsOf(duties: readonly DatedDuty[], rules: AlertRules): Alert[] {
  return duties.flatMap((duty) => {
    if (duty.instant !== undefined) return atInstant(duty, duty.instant, rules);
    const ending = duty.what === 'END';
    const days = ending ? rules.endDays.map((before) => -before) : rules.milestoneDays;
    const last = Math.max(...days);
    const all = days
      .map((day) => alertOf(duty, day, rules.zone, ending ? day === last : day > 0))
      .filter(({ at }) => at > rules.since);
    const missed = all.filter(({ at }) => at <= rules.now).sort((a, b) => b.at - a.at);
    return [...missed.slice(0, 1), ...all.filter(({ at }) => at > rules.now)].filter(
      ({ key }) => !rules.said.has(key),
    );
  });
}

function atInstant(duty: DatedDuty, instant: string, { said }: AlertRules): Alert[] {
  const key = `${duty.key}/${instant}`;
  if (said.has(key)) return [];
  const { what, date, ownerId } = duty;
  const at = Date.parse(instant);
  return [
    {
      kind: 'ALERT_CONTRACT',
      notice: 'CONTRACT_LATE',
      key,
      at,
      days: 0,
      date,
      what,
      ownerId,
      toManager: true,
    },
  ];
}

function alertOf(
  { key, what, date, ownerId }: DatedDuty,
  days: number,
  zone: string,
  toManager: boolean,
): Alert {
  return {
    kind: 'ALERT_CONTRACT',
    key: `${key}/${date}/${days}`,
    at: dayStart(date, days, zone, HOUR),
    days,
    date,
    what,
    ownerId,
    toManager,
    notice: what === 'END' ? 'CONTRACT_ENDING' : days > 0 ? 'CONTRACT_LATE' : 'CONTRACT_DUE',
  };
}

/** Epoch milliseconds of an hour some calendar days after a date, in the office's zone. */
export function dayStart(date: string, days: number, zone: string, hour = 0): number {
  return DateTime.fromISO(date, { zone }).plus({ days }).set({ hour }).toMillis();
}

/**
 * Everything time does to a contract that has taken effect. While it is suspended nobody is told of its milestones; its
 * term goes on. After the term people still hear of orders that are open: what was confirmed is to be delivered.
 */
export function lifeTimetable(life: {
  state: ContractState;
  duties: readonly DatedDuty[];
  rules: AlertRules;
  endsOn: string | null;
  /** epoch milliseconds */
  endedAt: number | null;
  archiveAfterDays: number | null;
}): Appointment[] {
  const { state, duties, rules, endsOn, endedAt, archiveAfterDays } = life;
  if (endedAt !== null) {
    const open = state === 'EXPIRED' ? duties.filter(({ what }) => what === 'ORDER_DELIVERY') : [];
    const orders = alertsOf(open, rules);
    if (state === 'ARCHIVED' || archiveAfterDays === null) return orders;
    const at = endedAt + archiveAfterDays * DAY_MS;
    return [...orders, { kind: 'ARCHIVE_CONTRACT', key: `archive/${at}`, at, days: null }];
  }
  const told = state === 'SUSPENDED' ? duties.filter(({ what }) => what === 'END') : duties;
  const end: Appointment[] = endsOn
    ? [{ kind: 'EXPIRE_CONTRACT', key: `expiry/${endsOn}`, at: dayStart(endsOn, 1, rules.zone), days: null }]
    : [];
  return [...alertsOf(told, rules), ...end];
}
