import { Exact } from '../money.js';

/** Credit sales of one month. */
export interface MonthlySales {
  sales: string;
  /** calendar days of the month */
  days: number;
}

/**
 * Days sales outstanding: receivables ÷ credit sales × days of the period. With the receivables that are not due it is
 * the best possible DSO.
 * @returns days, unrounded; null when nothing was sold (undefined, not zero)
 */
export function daysSalesOutstanding(receivables: string, creditSales: string, days: number): Exact | null {
  const sales = new Exact(creditSales);
  return sales.lte(0) ? null : new Exact(receivables).div(sales).times(days);
}

/**
 * Countback DSO: walks back from the newest month, each takes off its sales; the last counts by the share that is needed.
 * @param months newest first
 * @returns days, unrounded; null when the months known do not cover the receivables
 */
export function countbackDso(receivables: string, months: readonly MonthlySales[]): Exact | null {
  let left = new Exact(receivables);
  let days = new Exact(0);
  for (const month of months) {
    if (left.lte(0)) return days;
    if (left.lt(month.sales)) return days.plus(left.div(month.sales).times(month.days));
    days = days.plus(month.days);
    left = left.minus(month.sales);
  }
  return left.lte(0) ? days : null;
}

/** Average days delinquent: DSO above the best possible; null when either is undefined. */
export function averageDaysDelinquent(dso: Exact | null, bestPossible: Exact | null): Exact | null {
  return dso && bestPossible && dso.minus(bestPossible);
}

/**
 * Collection effectiveness index, percent: what was collected of what could be: (opening + sales − closing) ÷
 * (opening + sales − closing not due) × 100.
 * @returns null when nothing could be collected
 */
export function collectionEffectiveness(of: {
  opening: string;
  sales: string;
  closing: string;
  closingNotDue: string;
}): Exact | null {
  const available = new Exact(of.opening).plus(of.sales);
  const collectable = available.minus(of.closingNotDue);
  return collectable.lte(0) ? null : available.minus(of.closing).div(collectable).times(100);
}

/** 回款率: cash of the period ÷ what fell due in it, percent; null when nothing fell due. */
export function collectionRate(cash: string, due: string): Exact | null {
  return percentOf(cash, due);
}

/** 逾期率: overdue ÷ outstanding, percent; null when nothing is open. */
export function overdueRate(overdue: string, outstanding: string): Exact | null {
  return percentOf(overdue, outstanding);
}

function percentOf(part: string, whole: string): Exact | null {
  return new Exact(whole).lte(0) ? null : new Exact(part).div(whole).times(100);
}
