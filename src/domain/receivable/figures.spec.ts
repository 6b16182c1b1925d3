import { describe, expect, it } from '@jest/globals';
import {
  averageDaysDelinquent,
  collectionEffectiveness,
  collectionRate,
  countbackDso,
  daysSalesOutstanding,
  overdueRate,
} from './figures.js';

describe('§3.9 DSO', () => {
  it('AR 1.2 M of 2.7 M sold in 90 days is 40.0 days', () => {
    expect(daysSalesOutstanding('1200000', '2700000', 90)!.toFixed(1)).toBe('40.0');
  });

  it('countback over 0.8 M (31 d) and 0.7 M (28 d): 31 + 0.4/0.7 × 28 = 47.0 days', () => {
    const months = [
      { sales: '800000', days: 31 },
      { sales: '700000', days: 28 },
    ];
    expect(countbackDso('1200000', months)!.toFixed(1)).toBe('47.0');
    expect(countbackDso('1500000', months)!.toFixed(1)).toBe('59.0');
    expect(countbackDso('1500000.01', months)).toBeNull();
    expect(countbackDso('0', months)!.toFixed()).toBe('0');
  });

  it('a month without sales counts with all its days', () => {
    const months = [
      { sales: '0', days: 30 },
      { sales: '100', days: 31 },
    ];
    expect(countbackDso('50', months)!.toFixed(1)).toBe('45.5');
  });

  it('best possible with what is not due, and the average delinquency between', () => {
    const dso = daysSalesOutstanding('1200000', '2700000', 90);
    const best = daysSalesOutstanding('900000', '2700000', 90);
    expect(best!.toFixed(1)).toBe('30.0');
    expect(averageDaysDelinquent(dso, best)!.toFixed(1)).toBe('10.0');
  });

  it('without sales it is undefined, not zero', () => {
    expect(daysSalesOutstanding('1', '0', 90)).toBeNull();
    expect(averageDaysDelinquent(null, null)).toBeNull();
  });
});

describe('§3.9 CEI', () => {
  it('(1.1 + 0.9 − 1.2) / (1.1 + 0.9 − 0.7) is 61.5', () => {
    const of = { opening: '1.1', sales: '0.9', closing: '1.2', closingNotDue: '0.7' };
    expect(collectionEffectiveness(of)!.toFixed(1)).toBe('61.5');
  });

  it('nothing to collect: undefined', () => {
    expect(
      collectionEffectiveness({ opening: '0', sales: '5', closing: '5', closingNotDue: '5' }),
    ).toBeNull();
  });
});

describe('rates', () => {
  it('回款率 and 逾期率', () => {
    expect(collectionRate('90', '120')!.toFixed(2)).toBe('75.00');
    expect(overdueRate('30', '120')!.toFixed(2)).toBe('25.00');
    expect(collectionRate('90', '0')).toBeNull();
  });
});
