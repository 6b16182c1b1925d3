import { Exact, formatAmount, roundAmount, sumAmounts } from '../money.js';
import { daysPastDue } from './debt.js';

export const NOT_DUE = 'NOT_DUE';

/** A span of days past due, both ends in it; the last one has no end. */
export interface AgingBucket {
  key: string;
  fromDays: number;
  toDays: number | null;
}

/** What is open of an item on a day. */
export interface AgedItem {
  dueOn: string;
  outstanding: string;
}

export interface AgedAmount {
  bucket: string;
  amount: string;
}

/** The bucket an item falls into on a day; NOT_DUE up to and on its due date. */
export function agingBucket(dueOn: string, asOf: string, buckets: readonly AgingBucket[]): string {
  const days = daysPastDue(dueOn, asOf);
  if (days <= 0) return NOT_DUE;
  const found = buckets.find(
    ({ fromDays, toDays }) => days >= fromDays && (toDays === null || days <= toDays),
  );
  if (!found) throw new RangeError(`no aging bucket holds ${days} days`);
  return found.key;
}

/**
 * Open amounts by age of the due date, NOT_DUE first; every bucket is there, also an empty one, so that Σ buckets =
 * Σ outstanding. Items of one currency.
 * @see docs/formulas.md#receivables
 */
export function aging(
  items: readonly AgedItem[],
  asOf: string,
  buckets: readonly AgingBucket[],
  currency: string,
): AgedAmount[] {
  const sums = new Map<string, Exact>(
    [NOT_DUE, ...buckets.map(({ key }) => key)].map((key) => [key, new Exact(0)]),
  );
  for (const { dueOn, outstanding } of items) {
    const key = agingBucket(dueOn, asOf, buckets);
    sums.set(key, sums.get(key)!.plus(outstanding));
  }
  return [...sums].map(([bucket, amount]) => ({ bucket, amount: formatAmount(amount, currency) }));
}

/** Bad-debt provision: each bucket's amount × its rate, rounded per bucket. A bucket without a rate: none. */
export function provision(
  aged: readonly AgedAmount[],
  ratesPct: Readonly<Record<string, string>>,
  currency: string,
): { parts: AgedAmount[]; total: string } {
  const parts = aged.map(({ bucket, amount }) => {
    const rate = Object.hasOwn(ratesPct, bucket) ? ratesPct[bucket]! : '0';
    const part = roundAmount(new Exact(amount).times(rate).div(100), currency);
    return { bucket, amount: formatAmount(part, currency) };
  });
  return { parts, total: formatAmount(sumAmounts(parts.map(({ amount }) => amount)), currency) };
}
