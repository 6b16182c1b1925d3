import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Exact } from '../money.js';
import { CREDIT_POLICY } from '../../policy/seed/credit-policy.js';
import { creditChecks, creditCovers, type CreditFacts, type CreditStanding } from './check.js';

const GOOD: CreditFacts = {
  creditClass: 'B',
  oldestOverdueDays: 0,
  overdueSharePct: '0',
  dunningLevel: 0,
  brokenPromises: 0,
  isKnown: true,
};
const of = (limit: string, used = '0', facts: Partial<CreditFacts> = {}): CreditStanding => ({
  lines: [{ of: 'OWN', limit, used }],
  facts: { ...GOOD, ...facts },
  checks: CREDIT_POLICY.checks,
});
const found = (standing: CreditStanding, amount: string) =>
  creditChecks(standing, amount)
    .filter(({ reaction }) => reaction !== 'NONE')
    .map(({ check, value, reaction, lessBy }) => [check, value, reaction, lessBy]);

describe('§3.3 what is covered', () => {
  it.each([
    ['to the cent', of('540000', '530000'), '10000', true],
    ['a cent more', of('540000', '530000'), '10000.01', false],
    ['no limit is not unlimited', { ...of('0'), lines: [] }, '0.01', false],
    [
      'the group’s limit as well',
      { ...of('0'), lines: [...of('500').lines, ...of('1000', '950').lines] },
      '100',
      false,
    ],
    ['prepaid: what is negative can be used', of('0', '-100'), '100', true],
    ['but no more', of('0', '-100'), '100.01', false],
  ])('%s', (_what, standing, amount, covered) => {
    expect(creditCovers(standing, amount)).toBe(covered);
  });
});

describe('§3.3 checks, each with its reaction', () => {
  it('§3.9: 530,000 of 540,000 is 98 %: WARN; 30,000 more block, 20,000 less would pass', () => {
    expect(found(of('540000', '530000'), '0')).toEqual([['UTILISATION_PCT', '98.15', 'WARN', null]]);
    expect(found(of('540000', '530000'), '30000')).toEqual([['UTILISATION_PCT', '103.71', 'BLOCK', '20000']]);
    expect(found(of('540000', '480000'), '30000')).toEqual([['UTILISATION_PCT', '94.45', 'WARN', null]]);
  });

  it.each<[string, string, unknown[]]>([
    ['a cent below 80 %', '431999.99', []],
    ['80 %', '432000', [['UTILISATION_PCT', '80', 'WARN', null]]],
    ['100 %', '540000', [['UTILISATION_PCT', '100', 'WARN', null]]],
    ['100.01 %', '540054', [['UTILISATION_PCT', '100.01', 'BLOCK', '54']]],
  ])('§3.3 use of the limit at its steps: %s', (_case, amount, expected) => {
    expect(found(of('540000'), amount)).toEqual(expected);
  });

  it.each<[string, Partial<CreditFacts>, unknown[]]>([
    ['30 days overdue', { oldestOverdueDays: 30 }, []],
    ['31 days', { oldestOverdueDays: 31 }, [['OLDEST_OVERDUE_DAYS', '31', 'BLOCK', null]]],
    ['45 days in class A', { oldestOverdueDays: 45, creditClass: 'A' }, []],
    [
      '46 days in class A',
      { oldestOverdueDays: 46, creditClass: 'A' },
      [['OLDEST_OVERDUE_DAYS', '46', 'BLOCK', null]],
    ],
    [
      '16 days in class C',
      { oldestOverdueDays: 16, creditClass: 'C' },
      [['OLDEST_OVERDUE_DAYS', '16', 'BLOCK', null]],
    ],
    ['a fifth overdue', { overdueSharePct: '20' }, []],
    ['a little more', { overdueSharePct: '20.01' }, [['OVERDUE_SHARE_PCT', '20.01', 'WARN', null]]],
    ['more than two fifths', { overdueSharePct: '40.5' }, [['OVERDUE_SHARE_PCT', '40.5', 'BLOCK', null]]],
    ['dunning level 2', { dunningLevel: 2 }, []],
    ['dunning level 3', { dunningLevel: 3 }, [['DUNNING_LEVEL', '3', 'BLOCK', null]]],
    ['one broken promise', { brokenPromises: 1 }, []],
    ['two', { brokenPromises: 2 }, [['BROKEN_PROMISES', '2', 'BLOCK', null]]],
    ['50,000 of an unknown customer', { isKnown: false, creditClass: null }, []],
  ])('%s', (_case, facts, expected) => {
    const standing = of('540000', '0', facts);
    expect(found(standing, '50000')).toEqual(expected);
    expect(creditCovers(standing, '50000')).toBe(!expected.flat().includes('BLOCK'));
  });

  it('a first document above the cap, with what is too much of it', () => {
    const standing = of('540000', '0', { isKnown: false, creditClass: null });
    expect(found(standing, '50000.5')).toEqual([['NEW_CUSTOMER_DOCUMENT', '50000.5', 'BLOCK', '0.5']]);
  });

  it('with so much less as it says, a deal passes; with a cent more than that, it does not', () => {
    const cents = fc.integer({ min: 0, max: 10 ** 9 }).map((n) => (n / 100).toFixed(2));
    fc.assert(
      fc.property(cents, cents, cents, (limit, used, amount) => {
        const standing = of(limit, used);
        const blocked = creditChecks(standing, amount).find(({ reaction }) => reaction === 'BLOCK');
        if (!blocked?.lessBy) return;
        const at = (more: string) => new Exact(amount).minus(blocked.lessBy!).plus(more).toFixed();
        expect(creditCovers(standing, at('0'))).toBe(true);
        expect(creditCovers(standing, at('0.01'))).toBe(false);
      }),
    );
  });

  it('whatever covers a deal covers a smaller one, of any limits', () => {
    const cents = fc.integer({ min: 0, max: 10 ** 6 }).map((n) => (n / 100).toFixed(2));
    const line = fc.record({
      of: fc.constantFrom('OWN' as const, 'GROUP' as const),
      limit: cents,
      used: cents,
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 2 }), cents, cents, (lines, one, other) => {
        const standing = { ...of('0'), lines };
        const [less, more] = new Exact(one).lte(other) ? [one, other] : [other, one];
        expect([creditCovers(standing, less), creditCovers(standing, more)]).not.toEqual([false, true]);
      }),
    );
  });
});
