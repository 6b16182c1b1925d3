import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Exact } from '../money.js';
import { hasMoved, movePct } from './fx.js';
import { tierFor } from './price-tier.js';
import { rebatePcts, type RebateRule } from './rebate.js';
import { rollingOf } from './rolling.js';

describe('the price of a quantity', () => {
  const TIERS = [
    { minQty: '0', list: '100' },
    { minQty: '50', list: '90' },
    { minQty: '10', list: '95' },
  ];
  it.each([
    ['0.5', '100'],
    ['9.9999', '100'],
    ['10', '95'],
    ['49', '95'],
    ['50', '90'],
    ['100000', '90'],
  ])('%s units cost %s each', (qty, list) => {
    expect(tierFor(TIERS, qty)?.list).toBe(list);
  });

  it('a quantity below every step has none', () => {
    expect(tierFor([{ minQty: '10' }], '9')).toBeUndefined();
  });
});

describe('rebates', () => {
  const rule = (over: Partial<RebateRule>): RebateRule => ({
    customerId: 'c',
    productId: null,
    fromAmount: '0',
    pct: '2',
    ...over,
  });
  const LINES = [
    { productId: 'a', net: '600' },
    { productId: 'b', net: '400' },
  ];
  it.each<[string, RebateRule[], string[]]>([
    ['none', [], ['0', '0']],
    ['of the customer on every line', [rule({})], ['2', '2']],
    ['of a product on its lines', [rule({ customerId: null, productId: 'b', pct: '3' })], ['0', '3']],
    ['of both add up', [rule({}), rule({ productId: 'a', pct: '1.5' })], ['3.5', '2']],
    ['the highest step reached', [rule({}), rule({ fromAmount: '1000', pct: '4' })], ['4', '4']],
    ['a step a cent away is not reached', [rule({}), rule({ fromAmount: '1000.01', pct: '4' })], ['2', '2']],
    [
      'a product’s step looks at the product alone',
      [rule({ productId: 'b', fromAmount: '500' })],
      ['0', '0'],
    ],
    ['never more than all', [rule({ pct: '70' }), rule({ productId: 'a', pct: '60' })], ['100', '70']],
  ])('%s', (_, rules, expected) => {
    expect(rebatePcts(rules, LINES)).toEqual(expected);
  });
});

describe('FX move > 2 % (processes 3.2)', () => {
  it.each([
    ['7.1', '7.1', '0', false],
    // 7.242 / 7.1 is exactly 2 % more
    ['7.1', '7.242', '2', false],
    ['7.1', '7.2421', '2.001409', true],
    ['7.1', '6.958', '2', false],
    ['7.1', '6.95799', '2.000141', true],
  ])('from %s to %s is %s %%: moved %s', (frozen, now, pct, moved) => {
    expect(movePct(frozen, now)).toBe(pct);
    expect(hasMoved(frozen, now, '2')).toBe(moved);
  });

  it('a policy without a tolerance asks nobody', () => {
    expect(hasMoved('7', '70', undefined)).toBe(false);
  });
});

describe('anti-splitting: deals of 30 days count together (processes 3.2)', () => {
  it('says which ones', () => {
    expect(
      rollingOf('480000', [
        { name: 'quotation Q-2026-000009', amount: '1.5' },
        { name: 'contract C-2026-000001', amount: '60000' },
      ]),
    ).toEqual({
      rollingAmountBase: '540001.5',
      rollingDeals: ['480000', '60000 on contract C-2026-000001', '1.5 on quotation Q-2026-000009'],
    });
    expect(rollingOf('480000', [])).toEqual({ rollingAmountBase: '480000', rollingDeals: [] });
  });

  it('cutting a deal in two never lowers what is compared', () => {
    const cents = fc.integer({ min: 1, max: 1_000_000_000 }).map((n) => new Exact(n).div(100).toFixed());
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        const whole = new Exact(a).plus(b).toFixed();
        expect(rollingOf(b, [{ name: 'x', amount: a }]).rollingAmountBase).toBe(whole);
      }),
    );
  });
});
