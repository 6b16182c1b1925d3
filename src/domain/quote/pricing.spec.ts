import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Exact, sumAmounts } from '../money.js';
import type { PricingPolicy } from './policy.js';
import {
  discountPct,
  isBelowFloor,
  marginFlag,
  priceQuote,
  unitNetFor,
  type Deal,
  type LineInput,
} from './pricing.js';

const POLICY: PricingPolicy = {
  baseCurrency: 'CNY',
  ratesToBase: { CNY: '1' },
  financingRatePct: '4.5',
  marginTargetPct: '25',
  marginFloorPct: '10',
  validityDays: 30,
  maxValidityDays: 180,
  expiryReminderDays: [7, 2],
  classTermDays: {},
  nonStandardClauses: [],
};
const DEAL: Deal = { currency: 'CNY', dealDiscountPct: '0', termDays: 0 };
const LINE: LineInput = { qty: '1', list: '100', floor: '70', cost: '55', unitNet: '100', free: false };
const price = (lines: Partial<LineInput>[], deal: Partial<Deal> = {}) =>
  priceQuote(
    lines.map((line) => ({ ...LINE, ...line })),
    { ...DEAL, ...deal },
    POLICY,
  );

describe('the price of a quotation (processes 3.2)', () => {
  it('is the sum of its lines, with the discount against list', () => {
    // 3 × 95 + 2 × 40 = 365 of 3 × 100 + 2 × 50 = 400: 35 off is 8.75 %
    const priced = price([
      { qty: '3', unitNet: '95' },
      { qty: '2', list: '50', unitNet: '40', floor: '35', cost: '30' },
    ]);
    expect(priced).toMatchObject({ listTotal: '400.00', netTotal: '365.00', discountPct: '8.75' });
    expect(priced.lines.map(({ net, discountPct: pct }) => [net, pct])).toEqual([
      ['285.00', '5'],
      ['80.00', '20'],
    ]);
  });

  it('rounds each line HALF_UP to the decimals of the currency', () => {
    expect(price([{ qty: '0.5', list: '0.01', unitNet: '0.01' }]).netTotal).toBe('0.01');
    expect(price([{ qty: '0.5', list: '1', unitNet: '1' }], { currency: 'JPY' }).netTotal).toBe('1');
    expect(price([{ qty: '0.5', list: '0.001', unitNet: '0.001' }], { currency: 'KWD' }).netTotal).toBe(
      '0.001',
    );
  });

  it('3.9 cuts a deal discount over the lines by largest remainder', () => {
    // 10 % of 100.00 over three lines of 33.33, 33.33, 33.34: 10.00 = 3.33 + 3.33 + 3.34
    const priced = price(
      ['33.33', '33.33', '33.34'].map((list) => ({ list, unitNet: list })),
      { dealDiscountPct: '10' },
    );
    expect(priced.lines.map(({ net }) => net)).toEqual(['30.00', '30.00', '30.00']);
    expect(priced).toMatchObject({ netTotal: '90.00', discountPct: '10' });
  });

  it('counts what is given away at list', () => {
    // 100 paid of 200 listed
    const priced = price([{}, { unitNet: '0', free: true }]);
    expect(priced).toMatchObject({ netTotal: '100.00', discountPct: '50', belowFloor: false });
    expect(priced.lines[1]).toMatchObject({ net: '0.00', discountPct: '100', belowFloor: false });
  });

  it('takes cost and the financing of the term out of the margin, rounded down', () => {
    // 10 000 × 4.5 % × 90 / 365 = 110.9589 → 110.96; (10 000 − 5 500 − 110.96) / 10 000 = 43.8904 %
    expect(price([{ qty: '100' }], { termDays: 90 })).toMatchObject({
      costTotal: '5500.00',
      financingCost: '110.96',
      marginPct: '43.8904',
      marginFlag: 'GREEN',
    });
    // (3 − 1) / 3
    expect(price([{ unitNet: '3', cost: '1' }]).marginPct).toBe('66.666666');
    // (3 − 4) / 3 is −33.333333…: down is away from zero
    expect(price([{ unitNet: '3', cost: '4' }]).marginPct).toBe('-33.333334');
  });

  it('has no margin, and a red flag, when nothing is charged', () => {
    expect(price([{ unitNet: '0' }], { dealDiscountPct: '50' })).toMatchObject({
      netTotal: '0.00',
      discountPct: '100',
      marginPct: null,
      marginFlag: 'RED',
    });
  });

  it('is below floor only under it, after the deal discount', () => {
    expect(price([{ unitNet: '70' }]).belowFloor).toBe(false);
    expect(price([{ unitNet: '69.99' }]).belowFloor).toBe(true);
    expect(price([{ unitNet: '70' }], { dealDiscountPct: '0.02' }).belowFloor).toBe(true);
  });

  it('deducts rebates, commission and freight before the margin', () => {
    // (100 − 55 − 5 − 3 − 2) / 100
    expect(price([{ rebatePct: '5' }], { commissionPct: '3', freight: '2' })).toMatchObject({
      rebateTotal: '5.00',
      commissionTotal: '3.00',
      freightTotal: '2.00',
      marginPct: '35',
    });
    // two lines of 33.33: each pays 1.67 back (5 % of 33.33 = 1.6665); freight 1 + 2 + 0.5; (66.66 − 110 − 3.34 − 3.5) / 66.66
    const two = [
      { unitNet: '33.33', rebatePct: '5', freight: '1' },
      { unitNet: '33.33', rebatePct: '5', freight: '2' },
    ];
    expect(price(two, { freight: '0.5' })).toMatchObject({
      rebateTotal: '3.34',
      freightTotal: '3.50',
      marginPct: '-75.277528',
    });
  });

  it('takes rebates by what each line comes to, whatever stood on it before', () => {
    const lines = [
      { ...LINE, rebatePct: '9' },
      { ...LINE, unitNet: '50', rebatePct: '9' },
    ];
    const asked: (readonly string[])[] = [];
    const deal = { ...DEAL, dealDiscountPct: '10' };
    const steps = priceQuote(lines, deal, POLICY, (nets) => {
      asked.push(nets);
      return ['2', '0'];
    });
    expect(asked).toEqual([['90.00', '45.00']]);
    expect([steps.rebateTotal, steps.lines.map(({ rebatePct }) => rebatePct)]).toEqual(['1.80', ['2', '0']]);
    expect(priceQuote(lines, deal, POLICY, () => ['0', '0']).rebateTotal).toBe('0.00');
  });

  it.each([
    ['1.5', '33.33', '50.00', false],
    ['3', '33.333', '100.00', false],
    ['3', '33.333', '99.99', true],
  ])('%s at a floor of %s sold for %s is below it: %s', (qty, floor, net, below) => {
    expect(isBelowFloor({ qty, floor, net, free: false }, 'CNY')).toBe(below);
  });

  it.each([
    // 1.5 × 33.33 = 49.995: the floor of the line is 50.00
    ['1.5', '33.33', '50.00', 'CNY', false],
    ['1.5', '33.33', '49.99', 'CNY', true],
    // 1.5 × 33 = 49.5 yen, which is 50
    ['1.5', '33', '50', 'JPY', false],
    ['1.5', '33', '49', 'JPY', true],
    // 1.5 × 0.333 = 0.4995, which is 0.500
    ['1.5', '0.333', '0.500', 'KWD', false],
    ['1.5', '0.333', '0.499', 'KWD', true],
  ])('%s at a floor of %s sold for %s %s is below it: %s', (qty, floor, net, currency, below) => {
    expect(isBelowFloor({ qty, floor, net, free: false }, currency)).toBe(below);
    expect(isBelowFloor({ qty, floor, net, free: true }, currency)).toBe(false);
  });

  it.each([
    ['25', 'GREEN'],
    ['24.999999', 'AMBER'],
    ['10', 'AMBER'],
    ['9.999999', 'RED'],
    ['-5', 'RED'],
    [null, 'RED'],
  ])('shows margin %s as %s', (margin, flag) => {
    expect(marginFlag(margin, POLICY)).toBe(flag);
  });

  it.each([
    // list 1 000 000 000, net 849 999 999.99: 15.0000000010 % is above 15
    ['1000000000', '849999999.99', '15.000001'],
    ['1000000000', '850000000', '15'],
    ['3', '2', '33.333334'],
    ['0', '0', '0'],
  ])('says the discount of list %s and net %s as %s %%, rounded up', (list, net, pct) => {
    expect(discountPct(new Exact(list), new Exact(net))).toBe(pct);
  });

  it.each([
    ['4821', '12.5', 'CNY', '4218.38'],
    ['550', '0', 'CNY', '550.00'],
    ['550', '100', 'CNY', '0.00'],
    ['55', '10', 'JPY', '50'],
  ])('makes list %s less %s %% in %s a unit price of %s', (list, pct, currency, net) => {
    expect(unitNetFor(list, pct, currency)).toBe(net);
  });
});

const amount = (max: number) =>
  fc.integer({ min: 0, max }).map((units) => new Exact(units).div(100).toFixed());
const anyLine = fc
  .record({
    qty: fc.integer({ min: 1, max: 99_999_999 }).map((units) => new Exact(units).div(10_000).toFixed()),
    list: amount(99_999_999),
    floor: amount(99_999_999),
    cost: amount(99_999_999),
    share: fc.integer({ min: 0, max: 10_000 }),
    free: fc.boolean(),
  })
  .map(({ share, ...line }): LineInput => {
    const unitNet = line.free
      ? '0'
      : new Exact(line.list).times(share).div(10_000).toDecimalPlaces(2).toFixed();
    return { ...line, unitNet };
  });
const anyDeal = fc.record({
  currency: fc.constantFrom('CNY', 'JPY', 'KWD'),
  dealDiscountPct: fc
    .integer({ min: 0, max: 100_000_000 })
    .map((millionths) => new Exact(millionths).div(1_000_000).toFixed()),
  termDays: fc.integer({ min: 0, max: 365 }),
});

describe('any quotation', () => {
  it('has a header that is the sum of its lines, no line negative, and no discount understated', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 12 }), anyDeal, (lines, deal) => {
        const priced = priceQuote(lines, deal, POLICY);
        expect(sumAmounts(priced.lines.map(({ net }) => net)).toFixed()).toBe(
          new Exact(priced.netTotal).toFixed(),
        );
        expect(priced.lines.every(({ net }) => new Exact(net).gte(0))).toBe(true);
        // net ≥ list × (1 − said / 100), in whole numbers: said × list ≥ (list − net) × 100
        const said = new Exact(priced.discountPct).times(priced.listTotal);
        expect(said.gte(new Exact(priced.listTotal).minus(priced.netTotal).times(100))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
