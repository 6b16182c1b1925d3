import { describe, expect, it } from '@jest/globals';
import { quietUntil } from './quiet-hours.js';

const NIGHT = { from: '22:00', to: '07:30' };
const LUNCH = { from: '12:00', to: '13:00' };

describe('quiet hours in Shanghai (UTC+8)', () => {
  it.each([
    ['2026-03-02T13:59:59.000Z', NIGHT, null],
    ['2026-03-02T14:00:00.000Z', NIGHT, '2026-03-02T23:30:00.000Z'],
    ['2026-03-02T23:29:00.000Z', NIGHT, '2026-03-02T23:30:00.000Z'],
    ['2026-03-02T23:30:00.000Z', NIGHT, null],
    ['2026-03-02T04:15:00.000Z', LUNCH, '2026-03-02T05:00:00.000Z'],
    ['2026-03-02T05:00:00.000Z', LUNCH, null],
    ['2026-03-02T05:00:00.000Z', { from: '09:00', to: '09:00' }, null],
    ['2026-03-02T05:00:00.000Z', null, null],
  ])('at %s with %j a message waits until %s', (now, quiet, expected) => {
    expect(quietUntil(now, 'Asia/Shanghai', quiet)).toBe(expected);
  });

  it('end by the clock on the wall when the clocks change', () => {
    // Berlin goes to summer time on 2026-03-29: 07:30 there is 05:30 UTC
    expect(quietUntil('2026-03-28T22:00:00.000Z', 'Europe/Berlin', NIGHT)).toBe('2026-03-29T05:30:00.000Z');
  });
});
