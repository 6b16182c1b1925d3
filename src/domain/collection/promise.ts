import type { WorkCalendar } from '../calendar.js';
import type { FieldError } from '../errors.js';
import { Exact, formatAmount, sumAmounts } from '../money.js';
import { dayAfter, workingDayAfter } from './dates.js';
import type { PromiseRules } from './policy.js';

export const PROMISE_STATES = [
  'ACTIVE',
  'KEPT',
  'PARTIALLY_KEPT',
  'BROKEN',
  'WITHDRAWN',
  'SUPERSEDED',
] as const;
export type PromiseState = (typeof PROMISE_STATES)[number];

export interface PromiseTerms {
  amount: string;
  /** `YYYY-MM-DD` */
  dueOn: string;
}

/** Money that came for the promised item; negative when it was taken back. */
export interface Received {
  amount: string;
  valueDate: string;
}

/** What is wrong with a promise as somebody logs it. */
export function promiseProblems(
  { amount, dueOn }: PromiseTerms,
  item: { outstanding: string; currency: string },
  today: string,
  { maxDays }: PromiseRules,
): FieldError[] {
  const last = dayAfter(today, maxDays);
  const most = formatAmount(item.outstanding, item.currency);
  return [
    ...(new Exact(amount).gt(0) ? [] : [{ pointer: '/amount', code: 'TOO_SMALL', rule: 'above zero' }]),
    ...(new Exact(amount).lte(item.outstanding)
      ? []
      : [
          {
            pointer: '/amount',
            code: 'BEYOND_OUTSTANDING',
            rule: `at most ${most}, what is open of the item`,
          },
        ]),
    ...(dueOn >= today ? [] : [{ pointer: '/dueOn', code: 'PAST', rule: `not before ${today}` }]),
    ...(dueOn <= last
      ? []
      : [{ pointer: '/dueOn', code: 'TOO_LATE', rule: `by ${last}; a longer one is an instalment plan` }]),
  ];
}

/** Last day on which money keeps it, and to which the ladder waits. */
export function promiseHold(dueOn: string, calendar: WorkCalendar, { graceWorkDays }: PromiseRules): string {
  return workingDayAfter(calendar, dueOn, graceWorkDays);
}

/** The day by which the next step of a broken promise is taken. */
export function promiseResume(dueOn: string, calendar: WorkCalendar, rules: PromiseRules): string {
  return workingDayAfter(calendar, promiseHold(dueOn, calendar, rules), rules.resumeWorkDays);
}

/**
 * What has become of a promise on a day: KEPT as soon as enough has come value-dated up to the end of its hold; after
 * that day PARTIALLY_KEPT with some, BROKEN with none.
 */
export function judgePromise(
  { amount, holdUntil }: { amount: string; holdUntil: string },
  received: readonly Received[],
  today: string,
  { keptPct }: PromiseRules,
): 'ACTIVE' | 'KEPT' | 'PARTIALLY_KEPT' | 'BROKEN' {
  const inTime = sumAmounts(
    received.filter(({ valueDate }) => valueDate <= holdUntil).map((money) => money.amount),
  );
  if (inTime.gte(new Exact(amount).times(keptPct).div(100))) return 'KEPT';
  if (today <= holdUntil) return 'ACTIVE';
  return inTime.gt(0) ? 'PARTIALLY_KEPT' : 'BROKEN';
}

/** The promise level of an item: how many on it were not kept. */
export function promiseLevel(states: readonly PromiseState[]): number {
  return states.filter((state) => state === 'BROKEN' || state === 'PARTIALLY_KEPT').length;
}

/** The dunning level after a promise was not kept; at the limit the item rises and the credit department hears. */
export function afterBroken(
  level: number,
  notKept: number,
  { escalateAfter, escalateToLevel }: PromiseRules,
): { level: number; escalated: boolean } {
  return notKept >= escalateAfter
    ? { level: Math.max(level, escalateToLevel), escalated: true }
    : { level, escalated: false };
}
