import { Decimal } from 'decimal.js';
import { DomainError, type FieldError } from './errors.js';

/** Exact enough for numeric(19,4) times a rate times days; every rounding below is asked for by name. */
export const Exact = Decimal.clone({
  precision: 60,
  rounding: Decimal.ROUND_HALF_UP,
  toExpPos: 60,
  toExpNeg: -60,
});
export type Exact = Decimal;

/** An amount with its ISO 4217 currency. `amount` is a decimal string with at most the currency's own decimals. */
export interface Money {
  amount: string;
  currency: string;
}

/** Decimals of the minor unit by ISO 4217. A currency that is not listed is refused, not guessed. */
const EXPONENTS: Readonly<Record<string, number>> = {
  AUD: 2,
  BHD: 3,
  BRL: 2,
  CAD: 2,
  CHF: 2,
  CNY: 2,
  EUR: 2,
  GBP: 2,
  HKD: 2,
  INR: 2,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  SGD: 2,
  THB: 2,
  TWD: 2,
  USD: 2,
  VND: 0,
};

/** Largest amount `numeric(19,4)` holds. */
export const MAX_AMOUNT = new Exact('999999999999999.9999');
const PLAIN_DECIMAL = /^-?\d{1,20}(\.\d{1,12})?$/;

/**
 * Number of decimals of a currency: CNY 2, JPY 0, KWD 3.
 * @throws DomainError MONEY.CURRENCY_UNKNOWN
 */
export function currencyExponent(currency: string): number {
  const exponent = Object.hasOwn(EXPONENTS, currency) ? EXPONENTS[currency] : undefined;
  if (exponent === undefined) throw new DomainError('MONEY.CURRENCY_UNKNOWN', { currency });
  return exponent;
}

/** What is wrong with a decimal string as an amount of the currency; null when nothing is. */
export function amountProblem(value: string, currency: string, pointer: string): FieldError | null {
  return decimalProblem(
    value,
    { maxScale: currencyExponent(currency), min: '0', max: MAX_AMOUNT.toFixed() },
    pointer,
  );
}

/** What is wrong with a decimal string within bounds (inclusive); null when nothing is. */
export function decimalProblem(
  value: string,
  bounds: { maxScale: number; min: string; max: string },
  pointer: string,
): FieldError | null {
  if (!PLAIN_DECIMAL.test(value))
    return { pointer, code: 'NOT_A_DECIMAL', rule: 'a plain decimal string such as 1234.50' };
  const decimal = new Exact(value);
  if (decimal.isNegative() && !decimal.isZero() && new Exact(bounds.min).gte(0))
    return { pointer, code: 'NEGATIVE', rule: 'must not be negative' };
  if (decimal.lt(bounds.min)) return { pointer, code: 'TOO_SMALL', rule: `at least ${bounds.min}` };
  if (decimal.gt(bounds.max)) return { pointer, code: 'TOO_LARGE', rule: `at most ${bounds.max}` };
  if (decimal.decimalPlaces() > bounds.maxScale)
    return { pointer, code: 'TOO_PRECISE', rule: `at most ${bounds.maxScale} decimals` };
  return null;
}

/**
 * An amount as it came from outside.
 * @throws DomainError MONEY.INVALID negative, more decimals than the currency has, not a plain decimal · MONEY.CURRENCY_UNKNOWN
 */
export function parseAmount(value: string, currency: string, pointer: string): Exact {
  const problem = amountProblem(value, currency, pointer);
  if (problem) throw new DomainError('MONEY.INVALID', { currency }, [problem]);
  return new Exact(value);
}

/** Rounds HALF_UP (away from zero at the half) to the currency's decimals: 1.005 CNY → 1.01, 0.5 JPY → 1. */
export function roundAmount(value: Decimal.Value, currency: string): Exact {
  const exact = value instanceof Decimal && value.constructor === Exact ? value : new Exact(value);
  return exact.toDecimalPlaces(currencyExponent(currency), Decimal.ROUND_HALF_UP);
}

/** The wire form: exactly the currency's decimals, `1234.50`. Rounds HALF_UP when the value has more. */
export function formatAmount(value: Decimal.Value, currency: string): string {
  return roundAmount(value, currency).toFixed(currencyExponent(currency));
}

/** Sum of amounts of one currency, exact; zero for none. */
export function sumAmounts(amounts: readonly Decimal.Value[]): Exact {
  return amounts.reduce<Exact>((total, amount) => total.plus(amount), new Exact(0));
}

/**
 * Cuts a whole into parts in proportion to weights so that the parts sum to the whole exactly: each share is rounded
 * down to the minor unit, the units left over go to the largest remainders, ties to the earlier part.
 * 100.00 CNY over three equal weights → 33.34, 33.33, 33.33. A negative whole is cut like its mirror image.
 * @param whole amount with at most the currency's decimals
 * @param weights decimals ≥ 0, not all zero; a weight of zero receives nothing
 * @throws DomainError MONEY.ALLOCATION no weights, a negative one, or all zero · MONEY.INVALID whole more precise than the currency
 * @see processes.md 3.0 (largest remainder), 3.9 (worked example)
 */
export function allocate(
  whole: Decimal.Value,
  weights: readonly Decimal.Value[],
  currency: string,
): string[] {
  const exponent = currencyExponent(currency);
  const shares = weights.map((weight) => new Exact(weight));
  const total = sumAmounts(shares);
  if (shares.some((share) => share.isNegative() && !share.isZero()) || total.isZero())
    throw new DomainError('MONEY.ALLOCATION', { weights: weights.map(String) });
  const exact = new Exact(whole);
  if (exact.decimalPlaces() > exponent)
    throw new DomainError('MONEY.INVALID', { amount: exact.toFixed(), currency });
  const unit = new Exact(10).pow(exponent);
  const minor = new Exact(10).pow(-exponent);
  const units = exact.abs().times(unit);
  // integer arithmetic throughout: floor and remainder of units × weight ÷ total, no division that could round
  const parts = shares.map((share, index) => {
    const dividend = units.times(share);
    const quotient = dividend.divToInt(total);
    return { index, quotient, remainder: dividend.minus(quotient.times(total)) };
  });
  const left = units.minus(sumAmounts(parts.map(({ quotient }) => quotient))).toNumber();
  const winners = new Set(
    [...parts]
      .sort((a, b) => b.remainder.comparedTo(a.remainder) || a.index - b.index)
      .slice(0, left)
      .map(({ index }) => index),
  );
  return parts.map(({ index, quotient }) => {
    const part = quotient.plus(winners.has(index) ? 1 : 0).times(minor);
    return (exact.isNegative() ? part.negated() : part).toFixed(exponent).replace(/^-(0(\.0+)?)$/, '$1');
  });
}
