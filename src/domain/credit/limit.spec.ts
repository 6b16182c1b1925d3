import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CREDIT_POLICY as POLICY } from '../../policy/seed/credit-policy.js';
import { Exact } from '../money.js';
import { proposeLimit, type LimitFacts } from './limit.js';
import { CREDIT_CLASSES } from './policy.js';
import { tierOf } from './tier.js';

/** processes.md 3.9: 3,600,000 in 10 months with shipments: M = 360,000. */
const FACTS: LimitFacts = {
  invoiced: '3600000',
  shippingMonths: 10,
  newCustomer: null,
  netAssets: null,
  groupRoom: null,
  ourReceivables: null,
  secured: '0',
};

describe('the limit (processes.md 3.3)', () => {
  it('§3.9: class B, M 360,000 × T 1.5 × k 1.0 = 540,000', () => {
    expect(proposeLimit(FACTS, 'B', POLICY)).toEqual({
      limit: '540000',
      monthlySales: '360000.00',
      termMonths: '1.5',
      k: '1',
      formula: '540000',
      caps: [],
      boundBy: null,
      securedPart: '0',
      // A: 360,000 × 2 × 1.5
      counterfactual: { withoutCap: null, nextClass: { creditClass: 'A', limit: '1080000' } },
    });
  });

  it.each([
    ['A', '1080000'],
    ['B', '540000'],
    ['C', '216000'], // 360,000 × 1 × 0.6
    ['D', '0'],
    ['E', '0'],
  ] as const)('of class %s is %s', (creditClass, expected) => {
    expect(proposeLimit(FACTS, creditClass, POLICY).limit).toBe(expected);
  });

  it.each([
    // 1,000,000 ÷ 7 × 1.5 = 214,285.71…
    ['rounded down to 1,000', { invoiced: '1000000', shippingMonths: 7 }, '214000', null],
    // 666 × 1.5 = 999
    ['nothing below the step', { invoiced: '666', shippingMonths: 1 }, '0', null],
    // 2,000 ÷ 3 × 1.5 is 1,000 exactly: no third is lost
    ['exact where thirds cancel', { invoiced: '2000', shippingMonths: 3 }, '1000', null],
    ['nothing without shipments', { invoiced: '0', shippingMonths: 0 }, '0', null],
    ['10 % of net assets', { netAssets: '5000000' }, '500000', 'NET_ASSETS'],
    ['a cap rounded down, too', { netAssets: '4567890' }, '456000', 'NET_ASSETS'],
    ['no limit for negative net assets', { netAssets: '-1' }, '0', 'NET_ASSETS'],
    ['a cap above the formula', { netAssets: '6000000' }, '540000', null],
    ['a cap at the formula', { netAssets: '5400000' }, '540000', null],
    ['what the group leaves', { groupRoom: '300000' }, '300000', 'GROUP'],
    ['nothing where the group is over its limit', { groupRoom: '-20000' }, '0', 'GROUP'],
    ['15 % of our receivables', { ourReceivables: '2000000' }, '300000', 'CONCENTRATION'],
    [
      'the lowest cap',
      { netAssets: '4000000', groupRoom: '410000', ourReceivables: '9000000' },
      '400000',
      'NET_ASSETS',
    ],
    // 540,000 + 0.8 × 100,000
    ['security on top', { secured: '100000' }, '620000', null],
    // 300,000 + 80,000: security is not capped
    ['security on top of a cap', { groupRoom: '300000', secured: '100000' }, '380000', 'GROUP'],
  ] as const)('is %s', (_case, more, limit, boundBy) => {
    expect(proposeLimit({ ...FACTS, ...more }, 'B', POLICY)).toMatchObject({ limit, boundBy });
  });

  it.each([
    // 200,000 × 0.5 × 1.5 = 150,000, then × 1.2 with every two cycles
    [0, '150000'],
    [1, '150000'],
    [2, '180000'],
    [3, '180000'],
    [4, '216000'],
  ])('of a new customer after %s cycles paid on time is %s', (onTimeCycles, expected) => {
    const newCustomer = { expectedMonthly: '200000', onTimeCycles };
    const proposed = proposeLimit({ ...FACTS, newCustomer }, 'B', POLICY);
    expect(proposed).toMatchObject({ limit: expected, monthlySales: '100000.00' });
    expect(proposed.counterfactual.nextClass).toBeNull();
  });

  it('of class D is what is secured, of class E nothing', () => {
    expect(proposeLimit({ ...FACTS, secured: '100000' }, 'D', POLICY).limit).toBe('80000');
    expect(proposeLimit({ ...FACTS, secured: '100000' }, 'E', POLICY).limit).toBe('0');
  });

  it('says what it would be without the cap that bit', () => {
    const { counterfactual } = proposeLimit(
      { ...FACTS, groupRoom: '300000', secured: '100000' },
      'B',
      POLICY,
    );
    expect(counterfactual).toEqual({
      withoutCap: '620000',
      nextClass: { creditClass: 'A', limit: '380000' },
    });
  });

  const amount = fc.integer({ min: 0, max: 100_000_000 }).map(String);
  const any: fc.Arbitrary<LimitFacts> = fc.record({
    invoiced: amount,
    shippingMonths: fc.integer({ min: 0, max: 12 }),
    newCustomer: fc.option(
      fc.record({ expectedMonthly: amount, onTimeCycles: fc.integer({ min: 0, max: 12 }) }),
    ),
    netAssets: fc.option(amount),
    groupRoom: fc.option(amount),
    ourReceivables: fc.option(amount),
    secured: fc.constant('0'),
  });

  it('is whole steps, above neither the formula nor any cap', () => {
    fc.assert(
      fc.property(any, fc.constantFrom(...CREDIT_CLASSES), (facts, creditClass) => {
        const { limit, formula, caps } = proposeLimit(facts, creditClass, POLICY);
        const of = new Exact(limit);
        return of.mod(1000).isZero() && of.lte(formula) && caps.every((cap) => of.lte(cap.amount));
      }),
    );
  });

  it('is never larger for a worse class', () => {
    fc.assert(
      fc.property(any, (facts) => {
        const limits = CREDIT_CLASSES.map((key) => new Exact(proposeLimit(facts, key, POLICY).limit));
        return limits.every((limit, index) => index === 0 || limit.lte(limits[index - 1]!));
      }),
    );
  });
});

describe('who decides a limit (processes.md 3.3, 3.8)', () => {
  it.each([
    ['500000', '500000', ['CREDIT'], 1],
    ['500000.01', '600000', ['CFO'], 1],
    ['2000000', '2000000', ['CFO'], 1],
    ['2000001', '3000000', ['CREDIT', 'CFO', 'GENERAL_MANAGER'], 2],
    ['100001', '100000', ['CREDIT', 'CFO', 'GENERAL_MANAGER'], 2],
  ])('%s with a formula of %s: %s, %s of them', (proposed, formula, roles, quorum) => {
    expect(tierOf({ proposed, formula }, POLICY)).toMatchObject({ roles, quorum });
  });
});
