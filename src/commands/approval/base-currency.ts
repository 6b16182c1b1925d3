import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { Exact, formatAmount, parseAmount, type Money } from '../../domain/money.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { transactionTime } from '../events.js';
import { activePolicy } from '../policy/policy.js';

/**
 * Limits and tables are in the base currency, at the budget rates of the pricing policy in force.
 * @returns turns an amount into the base currency; throws DomainError MONEY.INVALID · MONEY.CURRENCY_UNKNOWN
 */
export async function budgetRates(tx: EntityManager): Promise<(money: Money) => Money> {
  const { content } = await activePolicy<PricingPolicy>(tx, 'pricing', await transactionTime(tx));
  const { ratesToBase, baseCurrency } = content;
  return ({ amount, currency }) => {
    const exact = parseAmount(amount, currency, '/amount/amount');
    const rate = Object.hasOwn(ratesToBase, currency) ? ratesToBase[currency] : undefined;
    if (rate === undefined) throw new DomainError('MONEY.CURRENCY_UNKNOWN', { currency });
    return plain({ amount: formatAmount(exact.times(rate), baseCurrency), currency: baseCurrency });
  };
}

/** The shortest form of an amount: `1234.5`. */
export function plain({ amount, currency }: Money): Money {
  return { amount: new Exact(amount).toFixed(), currency };
}
