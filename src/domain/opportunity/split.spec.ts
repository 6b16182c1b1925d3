import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../errors.js';
import { Exact, sumAmounts } from '../money.js';
import {
  affectedBy,
  checkSplit,
  creditedAmounts,
  isSameSplit,
  ownersSplit,
  splitOn,
  type Split,
} from './split.js';

const TODAY = '2026-03-10';
const split = (revenue: Record<string, string>, overlay: Record<string, string> = {}): Split => ({
  revenue: Object.entries(revenue).map(([personId, percent]) => ({ personId, percent })),
  overlay: Object.entries(overlay).map(([personId, percent]) => ({ personId, percent })),
  channel: null,
});
function refusalOf(given: Split, validFrom = TODAY): string[] {
  try {
    checkSplit(given, validFrom, TODAY);
    return [];
  } catch (error) {
    return (error as DomainError).fields.map(({ pointer, code }) => `${pointer} ${code}`);
  }
}

describe('§3.2 split credit: revenue sums to 100 % exactly', () => {
  it.each<[string, Split, string[]]>([
    ['the owner alone', ownersSplit('a'), []],
    ['halves', split({ a: '50', b: '50.00' }), []],
    ['thirds that add up', split({ a: '33.33', b: '33.33', c: '33.34' }), []],
    ['thirds that do not', split({ a: '33.33', b: '33.33', c: '33.33' }), ['/revenue SUM']],
    ['a ten-thousandth too much', split({ a: '50.0001', b: '50' }), ['/revenue SUM']],
    ['nobody', split({}), ['/revenue SUM']],
    ['a share of zero', split({ a: '100', b: '0' }), ['/revenue/1/percent TOO_SMALL']],
    [
      'a negative share',
      split({ a: '110', b: '-10' }),
      ['/revenue/0/percent TOO_LARGE', '/revenue/1/percent NEGATIVE'],
    ],
    [
      'five decimals',
      split({ a: '99.99999', b: '0.00001' }),
      ['/revenue/0/percent TOO_PRECISE', '/revenue/1/percent TOO_SMALL'],
    ],
    ['no number', split({ a: '1e2' }), ['/revenue/0/percent NOT_A_DECIMAL']],
    ['overlay of 180 % beside it', split({ a: '100' }, { b: '100', c: '80' }), []],
    ['overlay over 100 for one', split({ a: '100' }, { b: '100.5' }), ['/overlay/0/percent TOO_LARGE']],
    ['a partner of 15 %', { ...ownersSplit('a'), channel: { partner: 'Acme', percent: '15' } }, []],
    [
      'a partner of 101 %',
      { ...ownersSplit('a'), channel: { partner: 'Acme', percent: '101' } },
      ['/channel/percent TOO_LARGE'],
    ],
  ])('%s', (_, given, expected) => {
    expect(refusalOf(given)).toEqual(expected);
  });

  it('names a person once in a list, but may name one in both', () => {
    const twice = { ...split({}), revenue: [0, 1].map(() => ({ personId: 'a', percent: '50' })) };
    expect(refusalOf(twice)).toEqual(['/revenue/1/personId DUPLICATE']);
    expect(refusalOf(split({ a: '100' }, { a: '10' }))).toEqual([]);
  });

  it.each([
    ['2026-03-09', ['/validFrom PAST']],
    ['2026-03-10', []],
    ['2026-04-01', []],
  ])('from %s on', (validFrom, expected) => {
    expect(refusalOf(ownersSplit('a'), validFrom)).toEqual(expected);
  });
});

describe('§3.2 split credit is effective-dated', () => {
  const SPLITS = [
    { no: 1, validFrom: '2026-01-01' },
    { no: 2, validFrom: '2026-06-01' },
    { no: 3, validFrom: '2026-03-01' },
    { no: 4, validFrom: '2026-03-01' },
  ];
  it.each([
    ['2025-12-31', undefined],
    ['2026-01-01', 1],
    ['2026-02-28', 1],
    ['2026-03-01', 4],
    ['2026-05-31', 4],
    ['2026-06-01', 2],
  ])('on %s split %s holds', (day, no) => {
    expect(splitOn(SPLITS, day)?.no).toBe(no);
  });
});

describe('§3.2 who is affected by a change', () => {
  it.each<[string, Split, Split, string[]]>([
    ['the same in other digits', split({ a: '50', b: '50' }), split({ b: '50.0', a: '50.00' }), []],
    ['somebody new', split({ a: '100' }), split({ a: '60', b: '40' }), ['a', 'b']],
    [
      'one of three stays',
      split({ a: '50', b: '30', c: '20' }),
      split({ a: '50', b: '20', c: '30' }),
      ['b', 'c'],
    ],
    ['an overlay alone', split({ a: '100' }, { s: '10' }), split({ a: '100' }, { s: '20' }), ['s']],
    ['from overlay to revenue', split({ a: '100' }, { s: '10' }), split({ a: '90', s: '10' }), ['a', 's']],
  ])('%s', (_, before, after, expected) => {
    expect(affectedBy(before, after)).toEqual(expected);
    expect(isSameSplit(before, after)).toBe(expected.length === 0);
  });

  it('a partner’s share is nobody’s, but a change', () => {
    const withPartner = { ...ownersSplit('a'), channel: { partner: 'Acme', percent: '10' } };
    expect(affectedBy(ownersSplit('a'), withPartner)).toEqual([]);
    expect(isSameSplit(ownersSplit('a'), withPartner)).toBe(false);
  });
});

describe('§3.2 amounts per person', () => {
  it.each<[string, Split, string, string[], string[]]>([
    // 33.333333, 33.333333, 33.343334: the cent that is left goes to the largest remainder
    [
      'thirds of 100.01',
      split({ a: '33.33', b: '33.33', c: '33.34' }),
      '100.01',
      ['33.33', '33.33', '33.35'],
      [],
    ],
    ['halves of a cent', split({ a: '50', b: '50' }), '0.01', ['0.01', '0.00'], []],
    [
      '60 / 40 and 10 beside',
      split({ a: '60', b: '40' }, { s: '10' }),
      '100000.05',
      ['60000.03', '40000.02'],
      ['10000.01'],
    ],
  ])('%s', (_, given, amount, revenue, overlay) => {
    expect(creditedAmounts(given, { amount, currency: 'CNY' })).toEqual({ revenue, overlay, channel: null });
  });

  it('a partner’s part is apart: 12.5 % of 999.99 is 125.00 (124.99875), the owner keeps all', () => {
    const given = { ...ownersSplit('a'), channel: { partner: 'Acme', percent: '12.5' } };
    expect(creditedAmounts(given, { amount: '999.99', currency: 'CNY' })).toEqual({
      revenue: ['999.99'],
      overlay: [],
      channel: '125.00',
    });
  });

  it('whatever the shares, revenue sums to the amount to the cent and no part is a cent off', () => {
    const shares = fc.array(fc.integer({ min: 1, max: 300_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(shares, fc.bigInt({ min: 0n, max: 10n ** 14n }), (parts, cents) => {
        const rest = 1_000_000 - parts.slice(0, -1).reduce((sum, part) => sum + part, 0);
        fc.pre(rest > 0);
        const percents = [...parts.slice(0, -1), rest].map((part) => new Exact(part).div(10_000).toFixed());
        const given = split(Object.fromEntries(percents.map((percent, index) => [`p${index}`, percent])));
        expect(refusalOf(given)).toEqual([]);
        const amount = new Exact(cents.toString()).div(100);
        const { revenue } = creditedAmounts(given, { amount: amount.toFixed(2), currency: 'CNY' });
        expect(sumAmounts(revenue).eq(amount)).toBe(true);
        for (const [index, part] of revenue.entries())
          expect(amount.times(percents[index]!).div(100).minus(part).abs().lt('0.01')).toBe(true);
      }),
    );
  });
});
