import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal } from 'decimal.js';
import { actsIn, afterAct, isSettled, type ContractAct, type ContractState } from './contract.js';
import { paymentPlan, type PlanBasis } from './plan.js';
import { standardClauses } from './clause-library.js';
import { normaliseText, renderContract, type ContractTerms } from './text.js';

const BASIS: PlanBasis = {
  total: '100.00',
  currency: 'CNY',
  termDays: 30,
  effectiveOn: '2026-03-01',
  deliveryOn: '2026-03-31',
};

describe('the life of a contract', () => {
  it.each<[ContractState, ContractAct, ContractState]>([
    ['DRAFT', 'SUBMIT', 'IN_REVIEW'],
    ['IN_REVIEW', 'APPROVE', 'APPROVED'],
    ['IN_REVIEW', 'RETURN', 'RETURNED'],
    ['RETURNED', 'SUBMIT', 'IN_REVIEW'],
    ['APPROVED', 'SEAL', 'SEALED'],
    ['SEALED', 'COUNTER_SIGN', 'EFFECTIVE'],
    ['SEALED', 'REVIEW_AGAIN', 'DRAFT'],
    ['SEALED', 'LAPSE', 'LAPSED'],
  ])('%s, %s: %s', (state, act, expected) => {
    expect(afterAct(state, act)).toBe(expected);
  });

  it.each<[ContractState, ContractAct, string]>([
    ['IN_REVIEW', 'EDIT', 'LOCKED_BY_APPROVAL'],
    ['DRAFT', 'SEAL', 'CONTRACT_STATE'],
    ['APPROVED', 'EDIT', 'CONTRACT_STATE'],
    ['APPROVED', 'COUNTER_SIGN', 'CONTRACT_STATE'],
    ['EFFECTIVE', 'CANCEL', 'CONTRACT_STATE'],
    ['LAPSED', 'COUNTER_SIGN', 'CONTRACT_STATE'],
  ])('%s refuses %s with %s', (state, act, code) => {
    expect(() => afterAct(state, act)).toThrow(code);
  });

  it('ends where nothing may follow', () => {
    expect((['EFFECTIVE', 'REJECTED', 'LAPSED', 'CANCELLED'] as const).every(isSettled)).toBe(true);
    expect(actsIn('APPROVED')).toEqual(['SEAL', 'REVOKE', 'CANCEL']);
  });
});

describe('the payment plan', () => {
  it('§3.9 splits 100.00 in thirds by largest remainder', () => {
    const thirds = ['33.3334', '33.3333', '33.3333'].map((pct) => ({
      trigger: 'SIGNING' as const,
      pct,
      days: 0,
    }));
    expect(paymentPlan(thirds, BASIS).map(({ amount }) => amount)).toEqual(['33.34', '33.33', '33.33']);
  });

  it('dates each instalment from its trigger, in calendar days; acceptance is not dated before it happens', () => {
    const rows = paymentPlan(
      [
        { trigger: 'SIGNING', pct: '30', days: 7 },
        { trigger: 'DELIVERY', pct: '60', days: 30 },
        { trigger: 'ACCEPTANCE', pct: '10', days: 365 },
      ],
      BASIS,
    );
    expect(rows.map(({ seq, amount, dueOn }) => [seq, amount, dueOn])).toEqual([
      [1, '30.00', '2026-03-08'],
      [2, '60.00', '2026-04-30'],
      [3, '10.00', null],
    ]);
  });

  it('is one payment after delivery when nothing was agreed', () => {
    expect(paymentPlan([], BASIS)).toEqual([
      { seq: 1, trigger: 'DELIVERY', pct: '100', amount: '100.00', dueOn: '2026-04-30' },
    ]);
  });

  it('refuses percents that are not the whole', () => {
    expect(() => paymentPlan([{ trigger: 'SIGNING', pct: '99.9999', days: 0 }], BASIS)).toThrow(
      'PLAN_NOT_WHOLE',
    );
  });

  it('adds up to the total for any split', () => {
    const split = fc
      .array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 12 })
      .map((weights) => {
        const sum = weights.reduce((a, b) => a + b, 0);
        const units = weights.map((weight) => Math.floor((weight / sum) * 1_000_000));
        units[0] = units[0]! + 1_000_000 - units.reduce((a, b) => a + b, 0);
        return units.map((unit) => ({
          trigger: 'SIGNING' as const,
          pct: new Decimal(unit).div(10_000).toFixed(),
          days: 0,
        }));
      });
    fc.assert(
      fc.property(split, fc.integer({ min: 1, max: 10_000_000_00 }), (instalments, cents) => {
        const total = new Decimal(cents).div(100).toFixed(2);
        const rows = paymentPlan(instalments, { ...BASIS, total });
        expect(rows.reduce((sum, { amount }) => sum.plus(amount), new Decimal(0)).toFixed(2)).toBe(total);
      }),
    );
  });
});

describe('the text', () => {
  const terms: ContractTerms = {
    number: 'C-2026-000001',
    version: 1,
    seller: 'Sealflow Demo',
    buyer: '华东机械',
    currency: 'CNY',
    total: '5400.00',
    termDays: 30,
    deliveryDays: 45,
    warrantyMonths: null,
    lines: [{ no: 1, name: 'GTX Pro', qty: '2', unitNet: '2700.00', net: '5400.00' }],
    instalments: [],
  };
  const library = [
    {
      key: 'delivery',
      title: '交付 Delivery',
      text: 'Within {deliveryDays} days; warranty {warrantyMonths} months.',
    },
  ];

  it('is the same bytes for the same terms', () => {
    const clauses = standardClauses(library, '2026-03-01');
    expect(renderContract(terms, clauses)).toBe(
      '销售合同 SALES CONTRACT C-2026-000001 v1\n\n卖方 Seller: Sealflow Demo\n买方 Buyer: 华东机械\n\n标的 Goods\n' +
        '1. GTX Pro × 2 @ 2700.00 = 5400.00\n\n总价 Total: 5400.00 CNY\n\n付款 Payment (30 days)\n\n' +
        '1. 交付 Delivery\nWithin 45 days; warranty 12 months.\n',
    );
  });

  it('is the same whatever line ends, byte order mark or trailing blanks it comes back with', () => {
    expect(normaliseText('\uFEFFa  \r\nb\rc\n\n')).toBe('a\nb\nc\n');
    expect(normaliseText('e\u0301')).toBe('é\n');
  });
});
