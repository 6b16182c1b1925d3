import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CREDIT_POLICY } from '../../policy/seed/credit-policy.js';
import { type CreditStanding } from './check.js';
import { reservedFor } from './exposure.js';

const worth = (base: string) => ({ amount: base, base });
const limit = (of: string, used = '0'): CreditStanding => ({
  lines: [{ of: 'OWN', limit: of, used }],
  facts: {
    creditClass: 'B',
    oldestOverdueDays: 0,
    overdueSharePct: '0',
    dunningLevel: 0,
    brokenPromises: 0,
    isKnown: true,
  },
  checks: CREDIT_POLICY.checks,
});
const asked = (base: string, held = '0') => ({ wanted: worth(base), binding: null, held });

describe('§3.3 check-and-reserve', () => {
  it('§3.9 available 100,000: A takes 80,000; B asks for 60,000 and sees 20,000', () => {
    expect(reservedFor(asked('80000'), limit('100000'))).toEqual(worth('80000'));
    expect(reservedFor(asked('60000'), limit('100000', '80000'))).toBeNull();
    expect(reservedFor(asked('20000'), limit('100000', '80000'))).toEqual(worth('20000'));
  });

  it('what is held stays when the limit is cut, and shrinks with the deal; more is checked anew, in whole', () => {
    expect(reservedFor(asked('80000', '80000'), limit('10'))).toEqual(worth('80000'));
    expect(reservedFor(asked('70000', '80000'), limit('10'))).toEqual(worth('70000'));
    expect(reservedFor(asked('80000.01', '80000'), limit('80000'))).toBeNull();
  });

  it('what is approved counts whether it fits or not; a later version only on top where it fits', () => {
    const binding = worth('50');
    expect(reservedFor({ wanted: binding, binding, held: '0' }, limit('0'))).toBe(binding);
    const more = { wanted: worth('90'), binding, held: '50' };
    expect(reservedFor(more, limit('90'))).toEqual(worth('90'));
    expect(reservedFor(more, limit('89.99'))).toBe(binding);
    expect(reservedFor({ wanted: null, binding: null, held: '50' }, limit('100'))).toBeNull();
  });

  it('two deals that each fit but not together: exactly one passes, whichever order, 1,000 times', () => {
    const deals = fc
      .record({ available: fc.integer({ min: 2, max: 10 ** 9 }), a: fc.double(), isSwapped: fc.boolean() })
      .chain(({ available, isSwapped }) =>
        fc.tuple(fc.integer({ min: 1, max: available }), fc.constant(available), fc.constant(isSwapped)),
      )
      .chain(([a, available, isSwapped]) =>
        fc.tuple(
          fc.constant(a),
          fc.integer({ min: available - a + 1, max: available }),
          fc.constant(available),
          fc.constant(isSwapped),
        ),
      );
    fc.assert(
      fc.property(deals, ([a, b, available, isSwapped]) => {
        let used = 0;
        const passed = (isSwapped ? [b, a] : [a, b]).filter((amount) => {
          const got = reservedFor(asked(String(amount)), limit(String(available), String(used)));
          used += got ? amount : 0;
          return got !== null;
        });
        expect(passed).toHaveLength(1);
        expect(used).toBeLessThanOrEqual(available);
      }),
      { numRuns: 1_000 },
    );
  });
});
