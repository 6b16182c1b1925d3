import { describe, expect, it } from '@jest/globals';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import {
  allocate,
  amountProblem,
  currencyExponent,
  formatAmount,
  parseAmount,
  roundAmount,
  sumAmounts,
} from './money.js';

describe('rounding', () => {
  it.each([
    ['1.005', 'CNY', '1.01'],
    ['1.0049', 'CNY', '1.00'],
    ['-1.005', 'CNY', '-1.01'],
    ['0.5', 'JPY', '1'],
    ['0.4999', 'JPY', '0'],
    ['1.0005', 'KWD', '1.001'],
    ['99999999999999.9999', 'CNY', '100000000000000.00'],
    ['0', 'CNY', '0.00'],
  ])('%s %s is %s', (value, currency, expected) => {
    expect(formatAmount(value, currency)).toBe(expected);
  });

  it('keeps every digit of a product of large numbers', () => {
    expect(roundAmount(new Decimal('123456789012345.12'), 'CNY').toFixed()).toBe('123456789012345.12');
  });
});

describe('an amount from outside', () => {
  it.each([
    ['12.345', 'CNY', 'TOO_PRECISE'],
    ['12.5', 'JPY', 'TOO_PRECISE'],
    ['-0.01', 'CNY', 'NEGATIVE'],
    ['1e3', 'CNY', 'NOT_A_DECIMAL'],
    ['', 'CNY', 'NOT_A_DECIMAL'],
    ['1,000', 'CNY', 'NOT_A_DECIMAL'],
    ['NaN', 'CNY', 'NOT_A_DECIMAL'],
    ['1000000000000000', 'CNY', 'TOO_LARGE'],
  ])('%s %s is refused with %s', (value, currency, code) => {
    expect(amountProblem(value, currency, '/lines/0/unitNet')).toMatchObject({
      pointer: '/lines/0/unitNet',
      code,
    });
  });

  it.each([
    ['12.340', 'CNY'],
    ['12.3400', 'CNY'],
    ['0', 'JPY'],
    ['1.234', 'KWD'],
  ])('%s %s is taken', (value, currency) => {
    expect(amountProblem(value, currency, '/x')).toBeNull();
  });

  it('is refused with the code MONEY.INVALID', () => {
    expect(() => parseAmount('-5', 'CNY', '/x')).toThrow(expect.objectContaining({ code: 'MONEY.INVALID' }));
  });

  it.each(['XXX', 'cny', '', 'toString'])('currency "%s" is unknown', (currency) => {
    expect(() => currencyExponent(currency)).toThrow(
      expect.objectContaining({ code: 'MONEY.CURRENCY_UNKNOWN' }),
    );
  });
});

describe('allocation by largest remainder', () => {
  it.each([
    ['100.00', ['1', '1', '1'], 'CNY', ['33.34', '33.33', '33.33']],
    ['100', ['1', '1', '1'], 'JPY', ['34', '33', '33']],
    ['0.05', ['1', '1', '1'], 'CNY', ['0.02', '0.02', '0.01']],
    ['0.00', ['3', '1'], 'CNY', ['0.00', '0.00']],
    ['10.00', ['0', '1'], 'CNY', ['0.00', '10.00']],
    ['-100.00', ['1', '1', '1'], 'CNY', ['-33.34', '-33.33', '-33.33']],
    ['1000.000', ['30', '40', '30'], 'KWD', ['300.000', '400.000', '300.000']],
    ['0.01', ['0.0001', '0.9999'], 'CNY', ['0.00', '0.01']],
    ['999999999999999.99', ['1', '2'], 'CNY', ['333333333333333.33', '666666666666666.66']],
  ])('%s over %j in %s is %j', (whole, weights, currency, expected) => {
    expect(allocate(whole, weights, currency)).toEqual(expected);
  });

  it.each([[[]], [['0', '0']], [['1', '-1']]])('weights %j are refused', (weights: string[]) => {
    expect(() => allocate('1.00', weights, 'CNY')).toThrow(
      expect.objectContaining({ code: 'MONEY.ALLOCATION' }),
    );
  });

  it('a whole finer than the currency is refused', () => {
    expect(() => allocate('1.001', ['1'], 'CNY')).toThrow(expect.objectContaining({ code: 'MONEY.INVALID' }));
  });

  const weightLists = fc
    .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 })
    .filter((w) => w.some((x) => x > 0));
  const cents = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });

  it('parts always sum to the whole, and none is a full unit from its exact share', () => {
    fc.assert(
      fc.property(cents, weightLists, (amount, weights) => {
        const whole = new Decimal(amount.toString()).div(100).toFixed(2);
        const parts = allocate(whole, weights, 'CNY');
        expect(sumAmounts(parts).toFixed(2)).toBe(sumAmounts([whole]).toFixed(2));
        const total = weights.reduce((a, b) => a + b, 0);
        parts.forEach((part, i) => {
          // |part × total − whole × weight| < 0.01 × total, in integers of the minor unit
          const partUnits = BigInt(new Decimal(part).times(100).toFixed(0));
          const distance = partUnits * BigInt(total) - amount * BigInt(weights[i]!);
          expect(distance < 0n ? -distance < BigInt(total) : distance < BigInt(total)).toBe(true);
        });
      }),
    );
  });
});
