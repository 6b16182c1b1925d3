import { Exact, formatAmount } from '../money.js';
import { daysPastDue } from '../receivable/debt.js';
import { dayAfter } from './dates.js';
import type { InterestRules } from './policy.js';

/** What a rate of interest is for. YEAR: percent a year over `yearDays`; DAY: percent a day. */
export interface InterestRate {
  pct: string;
  per: 'YEAR' | 'DAY';
  /** where it comes from */
  source: 'CONTRACT' | 'LPR' | 'SME';
}

/** A change of the principal: − is paid, + came back. */
export interface BalanceChange {
  on: string;
  amount: string;
}

/** Frozen at signing: what the law makes depend on who the parties are (保障中小企业款项支付条例). */
export interface InterestParties {
  /** percent a year the contract agrees; null: none */
  agreedPct: string | null;
  signedOn: string;
  sellerIsSme: boolean;
  /** a large enterprise or a public body */
  buyerIsLarge: boolean;
}

/**
 * The rate of late interest: as agreed, to an SME from a large buyer at least the one-year LPR at signing; none agreed:
 * the SME's daily rate, else the LPR at the breach with its markup.
 * @returns null when there was no LPR yet
 */
export function interestRate(
  parties: InterestParties,
  dueOn: string,
  rules: InterestRules,
): InterestRate | null {
  const isProtected = parties.sellerIsSme && parties.buyerIsLarge;
  if (parties.agreedPct !== null) {
    const least = isProtected ? (lprOn(parties.signedOn, rules) ?? '0') : '0';
    return { pct: Exact.max(parties.agreedPct, least).toFixed(), per: 'YEAR', source: 'CONTRACT' };
  }
  if (isProtected) return { pct: rules.smeDailyPct, per: 'DAY', source: 'SME' };
  const lpr = lprOn(dayAfter(dueOn, 1), rules);
  if (lpr === null) return null;
  const pct = new Exact(lpr).times(new Exact(rules.markupPct).plus(100)).div(100);
  return { pct: pct.toFixed(), per: 'YEAR', source: 'LPR' };
}

/** The one-year LPR on a day; null before the first. */
export function lprOn(day: string, { lpr }: Pick<InterestRules, 'lpr'>): string | null {
  return lpr.filter(({ from }) => from <= day).at(-1)?.pct ?? null;
}

/**
 * Simple interest on what was open, piecewise from the due date to a day, rounded once. Paid in full within the grace
 * there is none; once missed the grace does not shift the start.
 * @param principal what was open on the due date, without parts credited back to it (accepted disputes)
 * @see docs/formulas.md#collection
 */
export function lateInterest(
  { principal, currency, dueOn }: { principal: string; currency: string; dueOn: string },
  changes: readonly BalanceChange[],
  asOf: string,
  rate: InterestRate,
  { graceDays, yearDays }: { graceDays: number; yearDays: number },
): string {
  const balanceOn = (day: string) =>
    changes.filter(({ on }) => on <= day).reduce((sum, { amount }) => sum.plus(amount), new Exact(principal));
  const graceEnd = dayAfter(dueOn, graceDays);
  if (asOf <= dueOn || balanceOn(graceEnd < asOf ? graceEnd : asOf).lte(0)) return formatAmount(0, currency);
  const cuts = [...new Set(changes.map(({ on }) => on))].filter((on) => on > dueOn && on < asOf).sort();
  const ends = [...cuts, asOf];
  const amountDays = ends.reduce((sum, end, index) => {
    const from = cuts[index - 1] ?? dueOn;
    return sum.plus(Exact.max(balanceOn(from), 0).times(daysPastDue(from, end)));
  }, new Exact(0));
  const perDay = new Exact(rate.pct).div(100).div(rate.per === 'DAY' ? 1 : yearDays);
  return formatAmount(amountDays.times(perDay), currency);
}
