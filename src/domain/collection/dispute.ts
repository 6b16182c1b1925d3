import type { WorkCalendar } from '../calendar.js';
import type { FieldError } from '../errors.js';
import { Exact, formatAmount, sumAmounts } from '../money.js';
import { dayAfter, workingDayAfter } from './dates.js';
import type { DisputeRules } from './policy.js';

export const RECEIVABLE_DISPUTE_REASONS = [
  'PRICE',
  'QUANTITY',
  'QUALITY',
  'DELIVERY',
  'INVOICE_ERROR',
  'SERVICE',
  'OTHER',
] as const;
export type ReceivableDisputeReason = (typeof RECEIVABLE_DISPUTE_REASONS)[number];

export const RECEIVABLE_DISPUTE_STATES = [
  'OPEN',
  'INVESTIGATING',
  'ACCEPTED',
  'PARTIAL',
  'REJECTED',
  'WITHDRAWN',
] as const;
export type ReceivableDisputeState = (typeof RECEIVABLE_DISPUTE_STATES)[number];

/** A dispute on an item as far as sums go. */
export interface DisputedPart {
  amount: string;
  state: ReceivableDisputeState;
}

/** What is held of an item: what open disputes are about, never more than is open. */
export function disputedAmount(parts: readonly DisputedPart[], outstanding: string): Exact {
  const open = parts.filter(({ state }) => state === 'OPEN' || state === 'INVESTIGATING');
  return Exact.min(sumAmounts(open.map(({ amount }) => amount)), outstanding);
}

/** What is wrong with the amount of a new dispute: at most what is open and not disputed already. */
export function disputeProblems(
  amount: string,
  item: { outstanding: string; currency: string; parts: readonly DisputedPart[] },
): FieldError[] {
  const free = new Exact(item.outstanding).minus(disputedAmount(item.parts, item.outstanding));
  if (new Exact(amount).lte(0)) return [{ pointer: '/amount', code: 'TOO_SMALL', rule: 'above zero' }];
  if (new Exact(amount).lte(free)) return [];
  const rule = `at most ${formatAmount(free, item.currency)}, what is open and not in dispute`;
  return [{ pointer: '/amount', code: 'BEYOND_OUTSTANDING', rule }];
}

/** Days by which a dispute is acknowledged, resolved, and otherwise escalated. */
export function disputeDeadlines(openedOn: string, calendar: WorkCalendar, rules: DisputeRules) {
  return {
    acknowledgeBy: workingDayAfter(calendar, openedOn, rules.ackWorkDays),
    resolveBy: workingDayAfter(calendar, openedOn, rules.resolveWorkDays),
    escalateOn: workingDayAfter(calendar, openedOn, rules.escalateWorkDays),
  };
}

/** What a resolution credits the customer. ACCEPTED all, PARTIAL the named part (above zero, below all), else nothing. */
export function creditedByDispute(
  outcome: 'ACCEPTED' | 'PARTIAL' | 'REJECTED' | 'WITHDRAWN',
  amount: string,
  accepted: string | null,
): Exact | null {
  if (outcome === 'ACCEPTED') return new Exact(amount);
  if (outcome !== 'PARTIAL') return new Exact(0);
  const part = new Exact(accepted ?? 0);
  return part.gt(0) && part.lt(amount) ? part : null;
}

/** Whether the same reason comes up so often that quality or delivery is to look at it. @param openedOn of all for the reason */
export function isRepeated(
  openedOn: readonly string[],
  today: string,
  { repeatCount, repeatDays }: DisputeRules,
): boolean {
  const from = dayAfter(today, -repeatDays);
  return openedOn.filter((day) => day > from && day <= today).length >= repeatCount;
}
