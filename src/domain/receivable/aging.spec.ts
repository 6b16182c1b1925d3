import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sumAmounts } from '../money.js';
import { aging, agingBucket, NOT_DUE, provision, type AgingBucket } from './aging.js';

const BUCKETS: AgingBucket[] = [
  { key: '1-30', fromDays: 1, toDays: 30 },
  { key: '31-60', fromDays: 31, toDays: 60 },
  { key: '61-90', fromDays: 61, toDays: 90 },
  { key: '91-180', fromDays: 91, toDays: 180 },
  { key: '181-365', fromDays: 181, toDays: 365 },
  { key: '>365', fromDays: 366, toDays: null },
];

describe('aging by due date (processes 3.4, Metrics)', () => {
  it.each([
    ['2026-04-30', NOT_DUE],
    ['2026-03-31', NOT_DUE], // on the day itself
    ['2026-03-30', '1-30'],
    ['2026-03-01', '1-30'],
    ['2026-02-28', '31-60'],
    ['2026-01-30', '31-60'],
    ['2026-01-29', '61-90'],
    ['2025-12-30', '91-180'],
    ['2025-10-01', '181-365'],
    ['2025-03-31', '181-365'],
    ['2025-03-30', '>365'],
  ])('due %s is %s on 2026-03-31', (dueOn, bucket) => {
    expect(agingBucket(dueOn, '2026-03-31', BUCKETS)).toBe(bucket);
  });

  it('shows every bucket, not due first', () => {
    const items = [
      { dueOn: '2026-04-30', outstanding: '100.10' },
      { dueOn: '2026-03-20', outstanding: '20.02' },
      { dueOn: '2024-01-01', outstanding: '3.00' },
    ];
    expect(
      aging(items, '2026-03-31', BUCKETS, 'CNY').map(({ bucket, amount }) => `${bucket} ${amount}`),
    ).toEqual([
      'NOT_DUE 100.10',
      '1-30 20.02',
      '31-60 0.00',
      '61-90 0.00',
      '91-180 0.00',
      '181-365 0.00',
      '>365 3.00',
    ]);
  });

  it('Σ buckets = Σ outstanding, whatever is open and whenever it is asked', () => {
    const items = fc.array(
      fc.record({
        dueOn: fc
          .integer({ min: 0, max: 1500 })
          .map((n) => new Date(1.7e12 + n * 864e5).toISOString().slice(0, 10)),
        outstanding: fc.integer({ min: 0, max: 1e9 }).map((n) => (n / 100).toFixed(2)),
      }),
    );
    fc.assert(
      fc.property(items, fc.integer({ min: 0, max: 1500 }), (open, day) => {
        const asOf = new Date(1.7e12 + day * 864e5).toISOString().slice(0, 10);
        const aged = aging(open, asOf, BUCKETS, 'CNY').map(({ amount }) => amount);
        expect(sumAmounts(aged).equals(sumAmounts(open.map(({ outstanding }) => outstanding)))).toBe(true);
      }),
    );
  });

  it('provision matrix 1/5/10/20/50/100 %: each bucket rounded, the total their sum', () => {
    const aged = ['1000.00', '333.33', '50.05', '0.00', '70.00', '10.00', '5.55'].map((amount, i) => ({
      bucket: [NOT_DUE, ...BUCKETS.map(({ key }) => key)][i]!,
      amount,
    }));
    const rates = {
      '1-30': '1',
      '31-60': '5',
      '61-90': '10',
      '91-180': '20',
      '181-365': '50',
      '>365': '100',
    };
    const { parts, total } = provision(aged, rates, 'CNY');
    // 3.3333 → 3.33; 50.05 × 5 % = 2.5025 → 2.50; 0; 14; 5; 5.55
    expect(parts.map(({ amount }) => amount)).toEqual([
      '0.00',
      '3.33',
      '2.50',
      '0.00',
      '14.00',
      '5.00',
      '5.55',
    ]);
    expect(total).toBe('30.38');
  });
});
