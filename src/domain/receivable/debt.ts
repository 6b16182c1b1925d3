import { DateTime } from 'luxon';
import { Exact } from '../money.js';

/**
 * What becomes of interest and costs of a late debt. NONE: none is charged. MEMO: it is told to the debtor and never
 * booked, so a payment goes to the principal. BOOKED: it is part of the debt, so a payment covers it before the principal.
 */
export const INTEREST_MODES = ['NONE', 'MEMO', 'BOOKED'] as const;
export type InterestMode = (typeof INTEREST_MODES)[number];

/** A debt as payments see it: what is open of it, part by part, in one currency. Amounts are decimal strings ≥ 0. */
export interface OpenDebt {
  id: string;
  /** `YYYY-MM-DD` */
  dueOn: string;
  costs: string;
  interest: string;
  principal: string;
  /** principal when the debt arose: what "90 % paid" is measured against */
  original: string;
  interestMode: InterestMode;
  /** dunning level 0–4 */
  level: number;
  /** how much of it security covers; the least secured is paid first */
  secured: string;
  /** yearly interest percent it costs the debtor; the heaviest is paid first */
  burdenPct: string;
}

/** What a payment can settle of the debt: only booked interest and costs belong to it. */
export function claimOf({ interestMode, costs, interest, principal }: OpenDebt): Exact {
  return interestMode === 'BOOKED' ? Exact.sum(costs, interest, principal) : new Exact(principal);
}

/** Whole calendar days past the due date; negative before it, 0 on it. */
export function daysPastDue(dueOn: string, asOf: string): number {
  return DateTime.fromISO(asOf, { zone: 'utc' }).diff(DateTime.fromISO(dueOn, { zone: 'utc' }), 'days').days;
}

/**
 * The dunning level after money came in: settled falls to 0; the payment with which the paid share reaches the
 * threshold lowers it by one; anything else keeps it (processes.md 3.4, Payment application).
 * @param paid share of the original principal, percent, before and after the payment
 */
export function levelAfterPayment(
  level: number,
  paid: { beforePct: Exact; afterPct: Exact; settled: boolean },
  levelDropPct: string,
): number {
  if (paid.settled) return 0;
  const reached = paid.afterPct.gte(levelDropPct) && paid.beforePct.lt(levelDropPct);
  return reached ? Math.max(level - 1, 0) : level;
}

/** The level after a payment was taken back: what the ladder has raised it to meanwhile, at least what it was before. */
export function levelAfterReversal(level: number, before: number): number {
  return Math.max(level, before);
}
