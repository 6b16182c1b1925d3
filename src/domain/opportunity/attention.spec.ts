import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WorkCalendar } from '../calendar.js';
import { contactClock } from './activity.js';
import { dealTimetable, dropsAt, type OwnersDeals } from './attention.js';

const CALENDAR: WorkCalendar = {
  zone: 'Asia/Shanghai',
  windows: [
    { from: '09:00', to: '12:00' },
    { from: '13:30', to: '18:00' },
  ],
  days: { '2026-02-14': true, '2026-02-16': false, '2026-02-17': false },
  publishedYears: [2026],
};
const NOTHING: OwnersDeals = { quiet: [], closesOn: null, slipped: [], resumesOn: null, rulesChangeAt: null };
const due = (deals: Partial<OwnersDeals>, zone = 'Asia/Shanghai'): [string, string][] =>
  dealTimetable({ ...NOTHING, ...deals }, zone, CALENDAR).map(({ kind, at }) => [
    kind,
    new Date(at).toISOString(),
  ]);

describe('processes §3.2 what time says of deals', () => {
  it('a deal without contact is due after the calendar days of its pipeline', () => {
    const quietSince = Date.parse('2026-01-01T03:00:00Z');
    expect(due({ quiet: [{ quietSince, stuckDays: 14 }] })).toEqual([
      ['DEALS_QUIET', '2026-01-15T03:00:00.000Z'],
    ]);
  });

  it.each([
    ['Asia/Shanghai', '2026-03-31T16:00:00.000Z'],
    ['America/New_York', '2026-04-01T04:00:00.000Z'],
  ])('a close date has passed when its day is over in %s', (zone, at) => {
    expect(due({ closesOn: '2026-03-31' }, zone)).toEqual([['DEALS_SLIPPED', at]]);
  });

  it('it drops three work days later: a make-up Saturday counts, the holidays after it do not', () => {
    expect(due({ slipped: [{ at: '2026-02-12T16:00:00Z', slipWorkDays: 3 }] })).toEqual([
      // Fri 13 00:00 local → Sat 14 (worked) 1, Wed 18 2, Thu 19 3; moved into working hours
      ['DEALS_DROPPED', '2026-02-19T01:00:00.000Z'],
    ]);
    expect(dropsAt('2026-03-02T02:00:00Z', 3, CALENDAR)).toBe(Date.parse('2026-03-05T02:00:00Z'));
  });

  it('a deal on hold comes back to mind when its day begins', () => {
    expect(due({ resumesOn: '2026-03-31' })).toEqual([['DEALS_RESUMED', '2026-03-30T16:00:00.000Z']]);
  });
});

describe('the contact clock', () => {
  const clock = '2026-03-01T08:00:00.000Z';
  it.each([
    [
      'a call both took part in',
      { kind: 'CALL', at: '2026-03-05T08:00:00Z', twoWay: true },
      '2026-03-05T08:00:00Z',
    ],
    ['a call nobody answered', { kind: 'CALL', at: '2026-03-05T08:00:00Z', twoWay: false }, clock],
    ['a note', { kind: 'NOTE', at: '2026-03-05T08:00:00Z', twoWay: false }, clock],
    [
      'a visit entered for before the last one',
      { kind: 'VISIT', at: '2026-02-01T08:00:00Z', twoWay: true },
      clock,
    ],
  ] as const)('anti-gaming: %s', (_, done, expected) => {
    expect(contactClock(clock, done)).toBe(expected);
  });

  it('never runs backwards', () => {
    const instant = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2030-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, instant, fc.boolean(), (from, at, twoWay) => {
        const after = contactClock(from.toISOString(), { kind: 'CALL', at: at.toISOString(), twoWay });
        return Date.parse(after) >= from.getTime();
      }),
    );
  });
});
