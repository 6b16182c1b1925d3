import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';

/** What one unit of a currency is worth in base currency. */
export interface Rate {
  rate: string;
  /** the day it was quoted for; null: a budget rate of the policy */
  asOf: string | null;
}

/**
 * The rate at an instant: what finance has entered, else the budget rate of the policy.
 * @throws DomainError RATE_MISSING
 */
export async function rateAt(
  tx: EntityManager,
  currency: string,
  policy: Pick<PricingPolicy, 'ratesToBase' | 'baseCurrency'>,
  now: string,
): Promise<Rate> {
  if (currency === policy.baseCurrency) return { rate: '1', asOf: null };
  const [row] = await tx.query<Rate[]>(
    `SELECT trim_scale(rate)::text AS rate, as_of::text AS "asOf" FROM fx_rate
     WHERE currency = $1 AND valid @> $2::timestamptz`,
    [currency, now],
  );
  if (row) return row;
  const budget = Object.hasOwn(policy.ratesToBase, currency) ? policy.ratesToBase[currency] : undefined;
  if (budget === undefined) throw new DomainError('RATE_MISSING', { currency });
  return { rate: budget, asOf: null };
}
