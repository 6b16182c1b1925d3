import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDuration,
  isWorkingDay,
  mustBeWindows,
  workMinutesBetween,
  type WorkCalendar,
} from './calendar.js';
import type { Duration } from './duration.js';

const CHINA: WorkCalendar = {
  zone: 'Asia/Shanghai',
  windows: [
    { from: '09:00', to: '12:00' },
    { from: '13:30', to: '18:00' },
  ],
  days: {
    '2026-01-01': false,
    '2026-01-02': false,
    '2026-01-03': false,
    '2026-01-04': true,
    '2026-02-14': true,
    '2026-02-15': false,
    '2026-02-16': false,
    '2026-02-17': false,
    '2026-02-18': false,
    '2026-02-19': false,
    '2026-02-20': false,
    '2026-02-21': false,
    '2026-02-22': false,
    '2026-02-23': false,
    '2026-02-28': true,
    '2026-04-04': false,
    '2026-04-05': false,
    '2026-04-06': false,
  },
  publishedYears: [2025, 2026],
};
const BERLIN: WorkCalendar = {
  zone: 'Europe/Berlin',
  windows: [{ from: '09:00', to: '17:00' }],
  days: {},
  publishedYears: [2026],
};
const minutes = (n: number): Duration => ({ unit: 'workMinutes', n });
const workDays = (n: number): Duration => ({ unit: 'workDays', n });

describe('working days', () => {
  it.each([
    ['2026-02-13', true, 'an ordinary Friday'],
    ['2026-02-14', true, 'a make-up Saturday'],
    ['2026-02-16', false, 'a holiday Monday'],
    ['2026-03-01', false, 'an ordinary Sunday'],
    ['2027-02-15', true, 'a Monday of a year nobody has published'],
  ])('%s works: %s (%s)', (date, expected) => {
    expect(isWorkingDay(CHINA, date)).toBe(expected);
  });
});

describe('adding work minutes', () => {
  it.each([
    // specification 3.9: Friday 17:30 + 4 working hours, make-up Saturday
    ['2026-02-13T17:30:00+08:00', 240, '2026-02-14T06:00:00.000Z'],
    ['2026-02-14T18:00:00+08:00', 60, '2026-02-24T02:00:00.000Z'],
    ['2026-03-02T12:30:00+08:00', 1, '2026-03-02T05:31:00.000Z'],
    ['2026-03-02T09:00:00+08:00', 180, '2026-03-02T04:00:00.000Z'],
    ['2026-03-02T09:00:00+08:00', 181, '2026-03-02T05:31:00.000Z'],
    ['2026-03-02T09:00:00+08:00', 450, '2026-03-02T10:00:00.000Z'],
    ['2026-03-06T20:00:00+08:00', 450, '2026-03-09T10:00:00.000Z'],
  ])('%s + %i min is %s', (from, n, expected) => {
    expect(addDuration(CHINA, from, minutes(n))).toEqual({
      at: expected,
      provisional: false,
    });
  });

  it('AE-SLA-1: Friday 16:00 + 8 business hours of 9-17 is Monday 16:00', () => {
    expect(addDuration(BERLIN, '2026-06-05T16:00:00+02:00', minutes(480)).at).toBe(
      '2026-06-08T14:00:00.000Z',
    );
  });

  it.each([
    ['spring', '2026-03-27T16:00:00+01:00', '2026-03-30T14:00:00.000Z'],
    ['autumn', '2026-10-23T16:00:00+02:00', '2026-10-26T15:00:00.000Z'],
  ])('AE-SLA-1: the clock change in %s adds and removes no business minute', (_season, from, expected) => {
    expect(addDuration(BERLIN, from, minutes(480)).at).toBe(expected);
  });

  // an office that works from midnight to eight, also on the two Sundays on which New York changes its clocks
  const NIGHT: WorkCalendar = {
    zone: 'America/New_York',
    windows: [{ from: '00:00', to: '08:00' }],
    days: { '2026-03-08': true, '2026-11-01': true },
    publishedYears: [2026],
  };
  it.each([
    ['in the shift that loses an hour', '2026-03-08T00:00:00-05:00', 480, '2026-03-08T12:00:00.000Z'],
    ['in the shift that gains one', '2026-11-01T00:00:00-04:00', 480, '2026-11-01T13:00:00.000Z'],
    ['over the lost hour', '2026-03-08T01:30:00-05:00', 120, '2026-03-08T07:30:00.000Z'],
    ['from the shift before', '2026-03-06T07:00:00-05:00', 120, '2026-03-08T06:00:00.000Z'],
    ['into the shift after', '2026-03-08T07:00:00-04:00', 120, '2026-03-09T05:00:00.000Z'],
  ])('AE-SLA-1: %s, %s + %i min is %s', (_what, from, n, expected) => {
    expect(addDuration(NIGHT, from, minutes(n)).at).toBe(expected);
    expect(workMinutesBetween(NIGHT, from, expected)).toBe(n);
  });

  it.each([
    ['New York', 'America/New_York', '2026-03-06T16:00:00-05:00', '2026-03-09T20:00:00.000Z'],
    ['New York', 'America/New_York', '2026-10-30T16:00:00-04:00', '2026-11-02T21:00:00.000Z'],
    ['Sydney', 'Australia/Sydney', '2026-04-03T16:00:00+11:00', '2026-04-06T06:00:00.000Z'],
    ['Sydney', 'Australia/Sydney', '2026-10-02T16:00:00+10:00', '2026-10-05T05:00:00.000Z'],
    [
      'Lord Howe, half an hour',
      'Australia/Lord_Howe',
      '2026-04-03T16:00:00+11:00',
      '2026-04-06T05:30:00.000Z',
    ],
    ['Shanghai, which has none', 'Asia/Shanghai', '2026-03-06T16:00:00+08:00', '2026-03-09T08:00:00.000Z'],
  ])(
    'AE-SLA-1: in %s Friday 16:00 + 8 h over a clock change is Monday 16:00',
    (_office, zone, from, expected) => {
      expect(addDuration({ ...BERLIN, zone }, from, minutes(480)).at).toBe(expected);
    },
  );

  it('is provisional where a year has no published holidays', () => {
    expect(addDuration(CHINA, '2026-12-31T17:00:00+08:00', minutes(120))).toEqual({
      at: '2027-01-01T02:00:00.000Z',
      provisional: true,
    });
    expect(addDuration(CHINA, '2027-05-03T09:00:00+08:00', minutes(60)).provisional).toBe(true);
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s minutes', (n) => {
    expect(() => addDuration(CHINA, '2026-03-02T09:00:00Z', minutes(n))).toThrow('CALENDAR.INVALID_DURATION');
  });

  it('refuses a calendar without working time instead of running for ever', () => {
    expect(() => addDuration({ ...CHINA, windows: [] }, '2026-03-02T09:00:00Z', minutes(1))).toThrow(
      'CALENDAR.NO_WORKING_TIME',
    );
  });
});

describe('working hours', () => {
  it.each([
    ['a window that ends as it begins', [{ from: '09:00', to: '09:00' }], 0],
    ['a window that ends before it begins', [{ from: '22:00', to: '06:00' }], 0],
    [
      'windows that overlap',
      [
        { from: '09:00', to: '12:00' },
        { from: '11:59', to: '18:00' },
      ],
      1,
    ],
    [
      'windows out of order',
      [
        { from: '13:00', to: '18:00' },
        { from: '09:00', to: '12:00' },
      ],
      1,
    ],
    ['no window', [], 0],
  ])('%s is refused', (_what, windows, window) => {
    expect(() => mustBeWindows(windows)).toThrow(
      expect.objectContaining({ code: 'CALENDAR.INVALID_HOURS', details: { window } }),
    );
  });

  it('windows that touch, and one that ends at midnight, are fine', () => {
    expect(() =>
      mustBeWindows([
        { from: '09:00', to: '12:00' },
        { from: '12:00', to: '24:00' },
      ]),
    ).not.toThrow();
  });
});

describe('adding days', () => {
  it.each([
    // specification 3.9: promise by Friday, held until 2 work days after, over the Qingming holiday
    ['2026-04-03T10:00:00+08:00', 2, '2026-04-08T02:00:00.000Z'],
    ['2026-04-03T20:00:00+08:00', 1, '2026-04-07T10:00:00.000Z'],
    ['2026-04-03T06:00:00+08:00', 1, '2026-04-07T01:00:00.000Z'],
    ['2026-03-07T12:30:00+08:00', 1, '2026-03-09T04:30:00.000Z'],
  ])('%s + %i work days is %s', (from, n, expected) => {
    expect(addDuration(CHINA, from, workDays(n)).at).toBe(expected);
  });

  it('calendar days keep the local time of day over a clock change and are never provisional', () => {
    expect(
      addDuration(BERLIN, '2026-03-28T12:00:00+01:00', {
        unit: 'calendarDays',
        n: 1,
      }),
    ).toEqual({
      at: '2026-03-29T10:00:00.000Z',
      provisional: false,
    });
    expect(
      addDuration(CHINA, '2026-12-31T12:00:00+08:00', {
        unit: 'calendarDays',
        n: 400,
      }).provisional,
    ).toBe(false);
  });
});

describe('work minutes between', () => {
  it.each([
    ['2026-02-13T17:30:00+08:00', '2026-02-14T14:00:00+08:00', 240],
    ['2026-02-15T00:00:00+08:00', '2026-02-24T00:00:00+08:00', 0],
    ['2026-03-02T11:59:30+08:00', '2026-03-02T13:30:29+08:00', 0],
    ['2026-03-02T18:00:00+08:00', '2026-03-02T09:00:00+08:00', -450],
  ])('from %s to %s is %i', (a, b, expected) => {
    expect(workMinutesBetween(CHINA, a, b)).toBe(expected);
  });

  const instant = fc.date({
    min: new Date('2026-01-01T00:00:00Z'),
    max: new Date('2026-11-30T00:00:00Z'),
    noInvalidDate: true,
  });

  it.each([
    ['China', CHINA],
    ['Berlin', BERLIN],
  ])('is what was added, in %s', (_name, calendar) => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 6_000 }), (date, n) => {
        const from = date.toISOString();
        expect(workMinutesBetween(calendar, from, addDuration(calendar, from, minutes(n)).at)).toBe(n);
      }),
      { numRuns: 150 },
    );
  });

  it('later or longer is never due earlier', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 0, max: 3_000 }),
        fc.integer({ min: 0, max: 3_000 }),
        (date, n, more) => {
          const from = date.toISOString();
          const sooner = addDuration(CHINA, from, minutes(n)).at;
          expect(addDuration(CHINA, from, minutes(n + more)).at >= sooner).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
