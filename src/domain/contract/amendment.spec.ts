import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sumAmounts } from '../money.js';
import {
  afterVersionAct,
  changedTerms,
  regeneratedPlan,
  termDifferences,
  type VersionAct,
  type VersionState,
} from './amendment.js';
import type { Instalment, PlanBasis } from './plan.js';
import type { ContractTerms } from './text.js';

const TERMS: ContractTerms = {
  number: 'C-2026-000001',
  version: 1,
  seller: 'S',
  buyer: 'B',
  currency: 'CNY',
  total: '900000.00',
  termDays: 30,
  deliveryDays: 30,
  warrantyMonths: 12,
  lines: [{ no: 1, name: 'Pump', qty: '9', unitNet: '100000', net: '900000.00' }],
  instalments: [],
};
const BASIS: PlanBasis = {
  total: '1200.00',
  currency: 'CNY',
  termDays: 30,
  effectiveOn: '2026-03-01',
  deliveryOn: '2026-03-31',
};
const THIRDS: Instalment[] = ['30', '30', '40'].map((pct, index) => ({
  trigger: 'DATE',
  pct,
  days: 30 * index,
}));

describe('a version beside the one in force (processes 3.2)', () => {
  it.each<[VersionState, VersionAct, VersionState]>([
    ['DRAFT', 'SUBMIT', 'IN_REVIEW'],
    ['DRAFT', 'APPROVE', 'APPROVED'],
    ['IN_REVIEW', 'RETURN', 'RETURNED'],
    ['RETURNED', 'SUBMIT', 'IN_REVIEW'],
    ['APPROVED', 'SEAL', 'SEALED'],
    ['SEALED', 'TAKE_FORCE', 'IN_FORCE'],
    ['SEALED', 'REVIEW_AGAIN', 'DRAFT'],
    ['IN_FORCE', 'SUPERSEDE', 'SUPERSEDED'],
  ])('%s, %s: %s', (state, act, expected) => expect(afterVersionAct(state, act)).toBe(expected));

  it.each<[VersionState, VersionAct, string]>([
    ['IN_REVIEW', 'EDIT', 'LOCKED_BY_APPROVAL'],
    ['APPROVED', 'EDIT', 'CHANGE_STATE'],
    ['DRAFT', 'SEAL', 'CHANGE_STATE'],
    ['REFUSED', 'SUBMIT', 'CHANGE_STATE'],
    ['IN_FORCE', 'DROP', 'CHANGE_STATE'],
  ])('%s refuses %s with %s', (state, act, code) => expect(() => afterVersionAct(state, act)).toThrow(code));
});

describe('what a change makes of the terms', () => {
  it('counts the new whole, to the cent by line (erpnext#32671)', () => {
    const lines = [
      { name: 'Pump', qty: '9', unitNet: '100000' },
      { name: 'Valve', qty: '3', unitNet: '66666.67' },
    ];
    const next = changedTerms(TERMS, { lines });
    expect([next.version, next.total]).toEqual([2, '1100000.01']);
    expect(termDifferences(TERMS, next)).toEqual([
      { field: 'total', before: '900000.00 CNY', after: '1100000.01 CNY' },
      { field: 'line 2', before: null, after: 'Valve × 3 @ 66666.67 = 200000.01' },
    ]);
  });

  it('leaves what it does not say', () => {
    expect(changedTerms(TERMS, { termDays: 60 })).toEqual({ ...TERMS, version: 2, termDays: 60 });
  });

  it.each<[string, Instalment[], { pointer: string; code: string }]>([
    ['less than the whole', THIRDS.slice(1), { pointer: '/instalments', code: 'SUM' }],
    [
      'a hair too much',
      [...THIRDS, { ...THIRDS[0]!, pct: '0.000001' }],
      { pointer: '/instalments', code: 'SUM' },
    ],
    [
      'one of nothing',
      [...THIRDS, { ...THIRDS[0]!, pct: '0' }],
      { pointer: '/instalments/3/pct', code: 'INVALID' },
    ],
  ])('refuses instalments that are no whole plan: %s', (_, instalments, field) => {
    let refused: unknown;
    try {
      changedTerms(TERMS, { instalments });
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ code: 'VALIDATION', fields: [field] });
  });

  it('takes instalments that are exactly the whole, or none', () => {
    expect(changedTerms(TERMS, { instalments: THIRDS }).instalments).toEqual(THIRDS);
    expect(changedTerms({ ...TERMS, instalments: THIRDS }, { instalments: [] }).instalments).toEqual([]);
  });

  it('refuses what is no quantity or price, by field', () => {
    expect(() => changedTerms(TERMS, { lines: [{ name: 'x', qty: '0', unitNet: '1' }] })).toThrow(
      'VALIDATION',
    );
    expect(() => changedTerms(TERMS, { lines: [{ name: 'x', qty: '1', unitNet: '-1' }] })).toThrow(
      'VALIDATION',
    );
  });
});

describe('the plan after a change', () => {
  it('1000 → 1200 with 300 paid: 900 over the others as 30 : 40', () => {
    const rows = regeneratedPlan(THIRDS, BASIS, [{ seq: 1, pct: '30', amount: '300.00' }]);
    expect(rows.map(({ seq, pct, amount }) => [seq, pct, amount])).toEqual([
      [2, '30', '385.71'],
      [3, '40', '514.29'],
    ]);
  });

  it('nothing settled: as agreed; all settled and more to pay: one row more; less than is settled: refused', () => {
    expect(regeneratedPlan(THIRDS, BASIS, []).map(({ amount }) => amount)).toEqual([
      '360.00',
      '360.00',
      '480.00',
    ]);
    const all = [
      { seq: 1, pct: '30', amount: '300' },
      { seq: 2, pct: '30', amount: '300' },
      { seq: 3, pct: '40', amount: '400' },
    ];
    expect(regeneratedPlan(THIRDS, BASIS, all)).toMatchObject([{ seq: 4, amount: '200.00', pct: '0' }]);
    expect(regeneratedPlan(THIRDS, { ...BASIS, total: '1000.00' }, all)).toEqual([]);
    expect(() => regeneratedPlan(THIRDS, { ...BASIS, total: '999.99' }, all)).toThrow('PLAN_BELOW_SETTLED');
  });

  it('whatever is settled, settled + open = new total to the cent', () => {
    const cents = fc.integer({ min: 0, max: 100_000 }).map((n) => (n / 100).toFixed(2));
    fc.assert(
      fc.property(
        fc.subarray([1, 2, 3]),
        fc.array(cents, { minLength: 3, maxLength: 3 }),
        cents,
        (seqs, paid, more) => {
          const settled = seqs.map((seq) => ({ seq, pct: '10', amount: paid[seq - 1]! }));
          const sum = sumAmounts(settled.map(({ amount }) => amount));
          const total = sum.plus(more).toFixed(2);
          const open = regeneratedPlan(THIRDS, { ...BASIS, total }, settled);
          expect(
            sumAmounts(open.map(({ amount }) => amount))
              .plus(sum)
              .toFixed(2),
          ).toBe(total);
          expect(open.some(({ seq }) => seqs.includes(seq))).toBe(false);
        },
      ),
    );
  });
});
