import { describe, expect, it } from '@jest/globals';
import { dateIn, endOfValidity, isCalendarDate, nextReminder, validityDate } from './validity.js';

const SHANGHAI = 'Asia/Shanghai';
const NEW_YORK = 'America/New_York';

describe('the validity of a quotation (processes 3.0, time zones)', () => {
  it.each([
    // +08:00 all year
    ['2026-03-31', SHANGHAI, '2026-03-31T15:59:59.000Z'],
    // EST −05:00 until 2026-03-08 02:00, then EDT −04:00 until 2026-11-01 02:00
    ['2026-03-07', NEW_YORK, '2026-03-08T04:59:59.000Z'],
    ['2026-03-08', NEW_YORK, '2026-03-09T03:59:59.000Z'],
    ['2026-10-31', NEW_YORK, '2026-11-01T03:59:59.000Z'],
    ['2026-11-01', NEW_YORK, '2026-11-02T04:59:59.000Z'],
  ])('of %s in %s ends at 23:59:59 there, %s', (date, zone, end) => {
    expect(endOfValidity(date, zone)).toBe(end);
  });

  it.each([
    ['2026-03-31T15:59:59.000Z', SHANGHAI, '2026-03-31'],
    ['2026-03-31T16:00:00.000Z', SHANGHAI, '2026-04-01'],
    ['2026-03-31T16:00:00.000Z', NEW_YORK, '2026-03-31'],
    ['2026-03-09T03:59:59.000Z', NEW_YORK, '2026-03-08'],
    ['2026-03-09T04:00:00.000Z', NEW_YORK, '2026-03-09'],
  ])('takes the date of %s in %s as %s', (instant, zone, date) => {
    expect(dateIn(zone, instant)).toBe(date);
  });

  it.each([
    // Shanghai is already on 1 April
    ['2026-03-31T16:30:00.000Z', SHANGHAI, 30, '2026-05-01'],
    ['2026-03-31T16:30:00.000Z', NEW_YORK, 30, '2026-04-30'],
    // 23:30 on 6 February, EST; thirty calendar days later the clocks are forward
    ['2026-02-07T04:30:00.000Z', NEW_YORK, 30, '2026-03-08'],
    ['2028-01-30T04:00:00.000Z', SHANGHAI, 30, '2028-02-29'],
  ])('counts calendar days from %s in %s: %i later is %s', (instant, zone, days, date) => {
    expect(validityDate(zone, instant, days)).toBe(date);
  });
});

describe('a day of the calendar', () => {
  it.each([
    ['2028-02-29', true],
    ['2027-02-29', false],
    ['2027-02-30', false],
    ['2027-04-31', false],
    ['2027-12-31', true],
  ])('%s exists: %s', (date, exists) => {
    expect(isCalendarDate(date)).toBe(exists);
  });
});

describe('reminders before the end of validity', () => {
  const end = '2026-03-31T15:59:59.000Z';
  it('come 7 and then 2 days before, each once, whatever order the policy names them in', () => {
    expect(nextReminder(end, SHANGHAI, [7, 2], [])).toEqual({ day: 7, at: '2026-03-24T15:59:59.000Z' });
    expect(nextReminder(end, SHANGHAI, [2, 7], [7])).toEqual({ day: 2, at: '2026-03-29T15:59:59.000Z' });
    expect(nextReminder(end, SHANGHAI, [7, 2], [2, 7])).toBeNull();
    expect(nextReminder(end, SHANGHAI, [], [])).toBeNull();
  });

  it('keep the hour of the wall across a change of clocks', () => {
    // ends 23:59:59 EDT on 10 March; seven days before is EST: 23:59:59 is 04:59:59 UTC
    expect(nextReminder('2026-03-11T03:59:59.000Z', NEW_YORK, [7], [])).toEqual({
      day: 7,
      at: '2026-03-04T04:59:59.000Z',
    });
  });
});
