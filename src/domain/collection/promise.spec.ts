import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COLLECTION_POLICY } from '../../policy/seed/collection-policy.js';
import type { WorkCalendar } from '../calendar.js';
import {
  creditedByDispute,
  disputeDeadlines,
  disputedAmount,
  disputeProblems,
  isRepeated,
  type DisputedPart,
} from './dispute.js';
import {
  afterBroken,
  judgePromise,
  promiseHold,
  promiseLevel,
  promiseProblems,
  promiseResume,
} from './promise.js';

const { promise: RULES, dispute: DISPUTE } = COLLECTION_POLICY;
const CHINA: WorkCalendar = {
  zone: 'Asia/Shanghai',
  windows: [{ from: '09:00', to: '18:00' }],
  days: { '2026-04-04': false, '2026-04-05': false, '2026-04-06': false },
  publishedYears: [2026],
};
const TERMS = { amount: '50000', holdUntil: '2026-04-08' };
const judge = (amount: string | null, valueDate: string, today: string) =>
  judgePromise(TERMS, amount === null ? [] : [{ amount, valueDate }], today, RULES);

describe('a promise to pay (processes.md 3.4, §3.9 Promise)', () => {
  it('§3.9: promised for Fri 2026-04-03 the ladder waits to Wed 2026-04-08; broken, the next step is within one working day', () => {
    expect(promiseHold('2026-04-03', CHINA, RULES)).toBe('2026-04-08');
    expect(promiseResume('2026-04-03', CHINA, RULES)).toBe('2026-04-09');
  });

  it.each([
    ['§3.9: 49,500 received on 4/8 = 99 %', '49500', '2026-04-08', '2026-04-08', 'KEPT'],
    ['98 % exactly', '49000', '2026-04-08', '2026-04-09', 'KEPT'],
    [
      'a cent less is partial once the hold is over',
      '48999.99',
      '2026-04-08',
      '2026-04-09',
      'PARTIALLY_KEPT',
    ],
    ['the same while it lasts', '48999.99', '2026-04-08', '2026-04-08', 'ACTIVE'],
    ['§3.9: nothing by 4/8', null, '', '2026-04-09', 'BROKEN'],
    ['nothing on the last day', null, '', '2026-04-08', 'ACTIVE'],
    ['all of it, value-dated a day late', '50000', '2026-04-09', '2026-04-09', 'BROKEN'],
    ['booked late, value-dated in time', '50000', '2026-04-07', '2026-04-20', 'KEPT'],
  ])('%s → %s', (_case, amount, valueDate, today, expected) => {
    expect(judge(amount, valueDate, today)).toBe(expected);
  });

  it('money taken back does not keep it', () => {
    const money = [
      { amount: '50000', valueDate: '2026-04-03' },
      { amount: '-50000', valueDate: '2026-04-07' },
    ];
    expect(judgePromise(TERMS, money, '2026-04-09', RULES)).toBe('BROKEN');
  });

  it.each([
    ['beyond what is open', { amount: '50000.01', dueOn: '2026-04-03' }, [['/amount', 'BEYOND_OUTSTANDING']]],
    ['nothing', { amount: '0', dueOn: '2026-04-03' }, [['/amount', 'TOO_SMALL']]],
    ['yesterday', { amount: '1', dueOn: '2026-03-26' }, [['/dueOn', 'PAST']]],
    ['31 days ahead', { amount: '1', dueOn: '2026-04-27' }, [['/dueOn', 'TOO_LATE']]],
    ['30 days ahead', { amount: '50000', dueOn: '2026-04-26' }, []],
  ])('of %s', (_case, terms, expected) => {
    const problems = promiseProblems(terms, { outstanding: '50000', currency: 'CNY' }, '2026-03-27', RULES);
    expect(problems.map(({ pointer, code }) => [pointer, code])).toEqual(expected);
  });

  it('the level counts what was not kept; the third raises to L3 and is a credit event', () => {
    expect(promiseLevel(['KEPT', 'BROKEN', 'SUPERSEDED', 'PARTIALLY_KEPT', 'ACTIVE', 'WITHDRAWN'])).toBe(2);
    expect(afterBroken(2, 2, RULES)).toEqual({ level: 2, escalated: false });
    expect(afterBroken(2, 3, RULES)).toEqual({ level: 3, escalated: true });
    expect(afterBroken(4, 3, RULES)).toEqual({ level: 4, escalated: true });
  });

  it('is decided for good after its hold, and more money never makes it worse', () => {
    const RANK = ['BROKEN', 'PARTIALLY_KEPT', 'KEPT'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 0, max: 5_000 }), (amount, more) => {
        const less = judge(String(amount), '2026-04-07', '2026-04-09');
        const rather = judge(String(amount + more), '2026-04-07', '2026-04-09');
        return RANK.indexOf(less) >= 0 && RANK.indexOf(rather) >= RANK.indexOf(less);
      }),
    );
  });
});

describe('a dispute (processes.md 3.4, §3.9 Dispute)', () => {
  const open: DisputedPart = { amount: '30000', state: 'OPEN' };

  it('§3.9: of 100,000 with 30,000 disputed 70,000 go on; rejected, all of it', () => {
    expect(disputedAmount([open], '100000').toFixed()).toBe('30000');
    expect(disputedAmount([{ ...open, state: 'REJECTED' }], '100000').toFixed()).toBe('0');
  });

  it('holds no more than is open', () => {
    expect(disputedAmount([open], '12000').toFixed()).toBe('12000');
  });

  it.each([
    ['what is left', '70000', []],
    ['a cent more', '70000.01', ['BEYOND_OUTSTANDING']],
    ['nothing', '0', ['TOO_SMALL']],
  ])('a second one of %s', (_case, amount, codes) => {
    const problems = disputeProblems(amount, { outstanding: '100000', currency: 'CNY', parts: [open] });
    expect(problems.map(({ code }) => code)).toEqual(codes);
  });

  it('acknowledged in 1, resolved in 10, escalated after 15 working days, around Qingming', () => {
    expect(disputeDeadlines('2026-04-03', CHINA, DISPUTE)).toEqual({
      acknowledgeBy: '2026-04-07',
      resolveBy: '2026-04-20',
      escalateOn: '2026-04-27',
    });
  });

  it.each([
    ['ACCEPTED', null, '30000'],
    ['PARTIAL', '10000', '10000'],
    ['REJECTED', null, '0'],
    ['WITHDRAWN', null, '0'],
  ] as const)('%s credits', (outcome, accepted, credited) => {
    expect(creditedByDispute(outcome, '30000', accepted)?.toFixed()).toBe(credited);
  });

  it.each([null, '0', '30000', '30001'])('PARTIAL of %s is refused', (accepted) => {
    expect(creditedByDispute('PARTIAL', '30000', accepted)).toBeNull();
  });

  it('three for the same reason in a year are an alert', () => {
    const days = ['2025-06-01', '2026-01-10', '2026-04-01'];
    expect(isRepeated(days, '2026-04-03', DISPUTE)).toBe(true);
    expect(isRepeated(days, '2026-06-02', DISPUTE)).toBe(false);
  });
});
