import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COLLECTION_POLICY } from '../../policy/seed/collection-policy.js';
import { Exact } from '../money.js';
import { dayAfter } from './dates.js';
import { interestRate, lateInterest, lprOn, type BalanceChange, type InterestRate } from './interest.js';
import { cautiousClock, limitationClock } from './limitation.js';
import { worklist, worklistScore, type WorklistCase } from './worklist.js';

const { interest: RULES, limitation, worklist: WORKLIST, graceDays } = COLLECTION_POLICY;
const MEASURE = { graceDays, yearDays: 365 };
const DEBT = { principal: '100000', currency: 'CNY', dueOn: '2026-03-31' };
const LPR: InterestRate = { pct: '4.5', per: 'YEAR', source: 'LPR' };
const SME: InterestRate = { pct: '0.05', per: 'DAY', source: 'SME' };
const PAID: BalanceChange[] = [{ on: '2026-04-20', amount: '-40000' }];

describe('interest on late payment (processes.md 3.4, §3.9 Interest)', () => {
  it.each([
    ['§3.9: 20 d of 100,000 and 25 d of 60,000 at 4.5 %', PAID, '2026-05-15', LPR, '431.51'],
    ['§3.9: the same at the SME 0.05 % a day', PAID, '2026-05-15', SME, '1750.00'],
    ['not due', [], '2026-03-31', LPR, '0.00'],
    ['paid in full within the grace', [{ on: '2026-04-03', amount: '-100000' }], '2026-05-15', LPR, '0.00'],
    [
      'the grace missed by a day: from the due date, 4 d',
      [{ on: '2026-04-04', amount: '-100000' }],
      '2026-05-15',
      LPR,
      '49.32',
    ],
    ['paid before it was due in part', [{ on: '2026-03-01', amount: '-50000' }], '2026-04-10', LPR, '61.64'],
    [
      'a payment that bounced: 20 d of 100,000, 10 d of 60,000, 15 d of 100,000',
      [...PAID, { on: '2026-04-30', amount: '40000' }],
      '2026-05-15',
      LPR,
      '505.48',
    ],
  ] as [string, BalanceChange[], string, InterestRate, string][])(
    '%s',
    (_case, changes, asOf, rate, expected) => {
      expect(lateInterest(DEBT, changes, asOf, rate, MEASURE)).toBe(expected);
    },
  );

  it('§3.9 Dispute: accepted, no interest on the 30,000 credited: 45 d of 70,000', () => {
    expect(lateInterest({ ...DEBT, principal: '70000' }, [], '2026-05-15', LPR, MEASURE)).toBe('388.36');
  });

  it.each([
    ['nothing agreed: LPR at the breach 3.0 % × 1.5', { agreedPct: null }, ['4.5', 'YEAR', 'LPR']],
    ['as agreed', { agreedPct: '6' }, ['6', 'YEAR', 'CONTRACT']],
    [
      'an SME from a large buyer, nothing agreed',
      { agreedPct: null, sellerIsSme: true, buyerIsLarge: true },
      ['0.05', 'DAY', 'SME'],
    ],
    [
      'an SME from a large buyer, below the LPR at signing 3.10 %',
      { agreedPct: '1', sellerIsSme: true, buyerIsLarge: true },
      ['3.1', 'YEAR', 'CONTRACT'],
    ],
    [
      'an SME from a small buyer, agreed low',
      { agreedPct: '1', sellerIsSme: true },
      ['1', 'YEAR', 'CONTRACT'],
    ],
  ])('rate: %s', (_case, over, [pct, per, source]) => {
    const parties = {
      signedOn: '2025-01-10',
      sellerIsSme: false,
      buyerIsLarge: false,
      ...over,
    };
    expect(interestRate(parties, '2026-03-31', RULES)).toEqual({ pct, per, source });
  });

  it('LPR by its day', () => {
    expect(lprOn('2019-08-19', RULES)).toBeNull();
    expect(lprOn('2025-05-19', RULES)).toBe('3.10');
    expect(lprOn('2025-05-20', RULES)).toBe('3.00');
  });

  it('grows with days, is simple (no interest on interest), and less is open means no more of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 400 }), fc.integer({ min: 0, max: 100_000 }), (days, paid) => {
        const asOf = dayAfter(DEBT.dueOn, days);
        const of = (changes: BalanceChange[], until = asOf) =>
          new Exact(lateInterest(DEBT, changes, until, LPR, MEASURE));
        const part = of([{ on: dayAfter(DEBT.dueOn, 4), amount: String(-paid) }]);
        const twice = of([], dayAfter(DEBT.dueOn, days * 2));
        expect(part.lte(of([]))).toBe(true);
        expect(twice.minus(of([]).times(2)).abs().lte('0.02')).toBe(true);
      }),
    );
  });
});

describe('limitation of a claim (civil code 188, 189, 195; processes.md 3.4)', () => {
  const DUE = ['2024-01-31', '2024-06-30', '2024-03-31'];

  it('three years from the LAST instalment, warned at 24, 30 and 35 months', () => {
    expect(limitationClock(DUE, [], '2026-07-01', limitation)).toEqual({
      startsOn: '2024-06-30',
      expiresOn: '2027-06-30',
      expired: false,
      warnings: [
        { on: '2026-06-30', months: 24, given: true },
        { on: '2026-12-30', months: 30, given: false },
        { on: '2027-05-30', months: 35, given: false },
      ],
    });
  });

  it.each([
    [
      'a demand with proof begins it anew',
      [{ kind: 'DEMAND' as const, on: '2026-05-04', proof: 'receipt 7' }],
      '2029-05-04',
    ],
    [
      'one without proof does not',
      [{ kind: 'DEMAND' as const, on: '2026-05-04', proof: null }],
      '2027-06-30',
    ],
    [
      'one before the last instalment changes nothing',
      [{ kind: 'ADMISSION' as const, on: '2024-02-01', proof: 'x' }],
      '2027-06-30',
    ],
    [
      'each in time begins it anew',
      [
        { kind: 'SUIT' as const, on: '2029-05-04', proof: 'case 1' },
        { kind: 'PART_PAYMENT' as const, on: '2026-06-01', proof: 'slip' },
      ],
      '2032-05-04',
    ],
    [
      'one after it has run out is too late',
      [{ kind: 'DEMAND' as const, on: '2027-07-01', proof: 'x' }],
      '2027-06-30',
    ],
  ])('%s', (_case, interruptions, expiresOn) => {
    expect(limitationClock(DUE, interruptions, '2030-01-01', limitation).expiresOn).toBe(expiresOn);
  });

  it('29 February ends on the 28th; the last day still counts', () => {
    const clock = (today: string) => limitationClock(['2024-02-29'], [], today, limitation);
    expect(clock('2027-02-28')).toMatchObject({ expiresOn: '2027-02-28', expired: false });
    expect(clock('2027-03-01').expired).toBe(true);
  });

  it('cautiously: from the first instalment', () => {
    expect(cautiousClock(DUE, [], '2026-01-01', limitation).expiresOn).toBe('2027-01-31');
  });
});

describe('the worklist (processes.md 3.4)', () => {
  const base: WorklistCase = {
    id: 'a',
    collectorId: 'chen',
    overdue: '999',
    days: 45,
    creditClass: 'C',
    broken: 1,
    legalOn: null,
    contactedOn: null,
  };

  it('scores 30·log amount + 25·days + 15·class + 15·broken + 15·legal date', () => {
    // log10(1000) / log10(1000001) = 0.5 (to 6 digits) · 45/90 · C = 0.5 · 1/3 · none
    expect(worklistScore(base, '2026-04-01', WORKLIST)).toEqual({
      total: '40.00',
      parts: { amount: '15.00', days: '12.50', classRisk: '7.50', broken: '5.00', limitation: '0.00' },
    });
  });

  it('is 100 at its fullest', () => {
    const full = {
      ...base,
      overdue: '5000000',
      days: 400,
      creditClass: 'E',
      broken: 9,
      legalOn: '2026-03-01',
    };
    expect(worklistScore(full, '2026-04-01', WORKLIST).total).toBe('100.00');
  });

  it('gives each collector at most 40, the highest first, and leaves alone whom somebody spoke to 2 days ago', () => {
    const many = Array.from({ length: 50 }, (_, n) => ({
      ...base,
      id: `c${String(n).padStart(2, '0')}`,
      days: n,
    }));
    const other = { ...base, id: 'li', collectorId: 'li' };
    const rested = { ...base, id: 'rested', days: 90, contactedOn: '2026-03-30' };
    const fresh = { ...base, id: 'again', days: 90, contactedOn: '2026-03-29' };
    const list = worklist([...many, other, rested, fresh], '2026-04-01', WORKLIST);
    expect(list.filter(({ collectorId }) => collectorId === 'chen')).toHaveLength(40);
    expect(list.slice(0, 2).map(({ id }) => id)).toEqual(['again', 'c49']);
    expect(list.map(({ id }) => id)).not.toContain('rested');
    expect(list.map(({ id }) => id)).toContain('li');
  });

  it('a larger debt, an older one, a worse class never scores less', () => {
    const amounts = fc.integer({ min: 0, max: 2_000_000 });
    fc.assert(
      fc.property(amounts, amounts, fc.integer({ min: 0, max: 200 }), (a, b, days) => {
        const score = (overdue: number) =>
          new Exact(worklistScore({ ...base, overdue: String(overdue), days }, '2026-04-01', WORKLIST).total);
        return score(Math.max(a, b)).gte(score(Math.min(a, b)));
      }),
    );
  });
});
