import { describe, expect, it } from '@jest/globals';
import { firstStep, offerTimetable, signatureTimetable } from './timetable.js';

const at = (iso: string): number => Date.parse(iso);
const OFFER = {
  createdAt: at('2026-11-01T02:00:00Z'),
  expiresAt: at('2026-12-01T15:59:59Z'),
  reminderDays: [7, 2],
  reminded: [] as number[],
};

describe('an offer', () => {
  it.each([
    ['2026-11-01T02:00:00Z', [], 'REMIND_QUOTE', '2026-11-24T15:59:59.000Z', 7],
    ['2026-11-24T15:59:59Z', [], 'REMIND_QUOTE', '2026-11-24T15:59:59.000Z', 7],
    ['2026-11-24T15:59:59Z', [7], 'REMIND_QUOTE', '2026-11-29T15:59:59.000Z', 2],
    ['2026-11-30T00:00:00Z', [], 'REMIND_QUOTE', '2026-11-29T15:59:59.000Z', 2],
    ['2026-11-30T00:00:00Z', [2], 'EXPIRE_QUOTE', '2026-12-01T15:59:59.000Z', null],
    ['2027-03-01T00:00:00Z', [2, 7], 'EXPIRE_QUOTE', '2026-12-01T15:59:59.000Z', null],
  ])('at %s with reminders %j said waits for %s at %s', (now, reminded, kind, when, days) => {
    const step = firstStep(offerTimetable({ ...OFFER, now: at(now), reminded }), at(now), 'q1');
    expect(step).toMatchObject({ kind, at: when, days, subjectId: 'q1' });
    expect(step!.inMs).toBe(at(when) - at(now));
  });

  it('of five days is never reminded seven days before its end', () => {
    const createdAt = at('2026-11-26T00:00:00Z');
    const kinds = offerTimetable({ ...OFFER, createdAt, now: createdAt }).map(({ key }) => key);
    expect(kinds).toEqual(['quote-reminder/2', `quote-expiry/${OFFER.expiresAt}`]);
  });
});

describe('a sealed contract', () => {
  const sealedAt = at('2026-11-02T06:00:00Z');
  const sealed = { sealedAt, reminderDays: [3, 7, 14], lapseDays: 30, reminded: [] as number[] };

  it.each([
    ['2026-11-02T06:00:00Z', [], 'REMIND_SIGNATURE', '2026-11-05T06:00:00.000Z', 3],
    ['2026-11-05T06:00:00Z', [3], 'REMIND_SIGNATURE', '2026-11-09T06:00:00.000Z', 7],
    ['2026-11-09T06:00:01Z', [3, 7], 'REMIND_SIGNATURE', '2026-11-16T06:00:00.000Z', 14],
    ['2026-11-20T00:00:00Z', [3, 7, 14], 'LAPSE_CONTRACT', '2026-12-02T06:00:00.000Z', null],
    ['2026-12-24T00:00:00Z', [], 'REMIND_SIGNATURE', '2026-11-16T06:00:00.000Z', 14],
  ])('at %s with reminders %j said waits for %s at %s', (now, reminded, kind, when, days) => {
    const step = firstStep(signatureTimetable({ ...sealed, now: at(now), reminded }), at(now), 'c1');
    expect(step).toMatchObject({ kind, at: when, days });
  });

  it('sealed again after another review has keys of its own', () => {
    const later = signatureTimetable({ ...sealed, sealedAt: sealedAt + 1, now: sealedAt });
    const keys = signatureTimetable({ ...sealed, now: sealedAt }).map(({ key }) => key);
    expect(later.some(({ key }) => keys.includes(key))).toBe(false);
  });
});
