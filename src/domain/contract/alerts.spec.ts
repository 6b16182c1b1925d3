import { describe, expect, it } from '@jest/globals';
import { alertsOf, lifeTimetable, type AlertRules, type DatedDuty } from './alerts.js';

const ZONE = 'Asia/Shanghai';
const at = (iso: string): number => Date.parse(`${iso}+08:00`);
const RULES: AlertRules = {
  milestoneDays: [-7, -1, 1],
  endDays: [90, 60, 30],
  zone: ZONE,
  since: at('2026-03-01T10:00'),
  now: at('2026-03-02T12:00'),
  said: new Set(),
};
const DELIVERY: DatedDuty = { key: 'milestone/m1', what: 'DELIVERY', date: '2026-03-31', ownerId: 'erin' };
const END: DatedDuty = { key: 'end', what: 'END', date: '2026-12-31', ownerId: 'anna' };

const shown = (rules: Partial<AlertRules>, duties: DatedDuty[] = [DELIVERY]) =>
  alertsOf(duties, { ...RULES, ...rules }).map(({ key, at: when, toManager, notice }) => [
    key,
    new Date(when).toISOString(),
    notice,
    toManager,
  ]);

describe('what is said of the dates of a contract (processes 3.2: −7, −1, +1 d → manager; 90/60/30 d)', () => {
  it('a milestone: a week and a day before to its owner, a day late to the manager too, at nine in the office', () => {
    expect(shown({})).toEqual([
      ['milestone/m1/2026-03-31/-7', '2026-03-24T01:00:00.000Z', 'CONTRACT_DUE', false],
      ['milestone/m1/2026-03-31/-1', '2026-03-30T01:00:00.000Z', 'CONTRACT_DUE', false],
      ['milestone/m1/2026-03-31/1', '2026-04-01T01:00:00.000Z', 'CONTRACT_LATE', true],
    ]);
  });

  it('the end: 90, 60, 30 days before, the last one to the manager too', () => {
    expect(shown({}, [END])).toEqual([
      ['end/2026-12-31/-90', '2026-10-02T01:00:00.000Z', 'CONTRACT_ENDING', false],
      ['end/2026-12-31/-60', '2026-11-01T01:00:00.000Z', 'CONTRACT_ENDING', false],
      ['end/2026-12-31/-30', '2026-12-01T01:00:00.000Z', 'CONTRACT_ENDING', true],
    ]);
  });

  it('of what was slept through only the last is said; what was said is not said again', () => {
    const now = at('2026-04-02T12:00');
    expect(shown({ now }).map(([key]) => key)).toEqual(['milestone/m1/2026-03-31/1']);
    expect(shown({ now, said: new Set(['milestone/m1/2026-03-31/1']) })).toEqual([]);
  });

  it('what lies before it took effect is not said; a date that moves begins anew', () => {
    const since = at('2026-03-28T10:00');
    expect(shown({ since, now: since }).map(([key]) => key)).toEqual([
      'milestone/m1/2026-03-31/-1',
      'milestone/m1/2026-03-31/1',
    ]);
    const moved = { ...DELIVERY, date: '2026-05-31' };
    const said = new Set(['milestone/m1/2026-03-31/-7']);
    expect(shown({ said }, [moved])[0]![0]).toBe('milestone/m1/2026-05-31/-7');
  });
});

describe('what time does to a contract', () => {
  const life = {
    state: 'PERFORMING' as const,
    duties: [DELIVERY, END],
    rules: RULES,
    endsOn: '2026-12-31',
    endedAt: null,
    archiveAfterDays: 30,
  };

  it('its term is over when its last day is, in its zone', () => {
    const expiry = lifeTimetable(life).find(({ kind }) => kind === 'EXPIRE_CONTRACT')!;
    expect(new Date(expiry.at).toISOString()).toBe('2026-12-31T16:00:00.000Z');
  });

  it('suspended, nobody hears of its milestones, and its term goes on', () => {
    const keys = lifeTimetable({ ...life, state: 'SUSPENDED' }).map(({ key }) => key);
    expect(keys).toEqual([
      'end/2026-12-31/-90',
      'end/2026-12-31/-60',
      'end/2026-12-31/-30',
      'expiry/2026-12-31',
    ]);
  });

  it('ended, it waits for the archive only, and there for nothing', () => {
    const endedAt = at('2026-06-01T00:00');
    const due = endedAt + 30 * 86_400_000;
    expect(lifeTimetable({ ...life, state: 'COMPLETED', endedAt })).toEqual([
      { kind: 'ARCHIVE_CONTRACT', key: `archive/${due}`, at: due, days: null },
    ]);
    expect(lifeTimetable({ ...life, state: 'ARCHIVED', endedAt })).toEqual([]);
    expect(lifeTimetable({ ...life, state: 'COMPLETED', endedAt, archiveAfterDays: null })).toEqual([]);
  });

  it('expired, people still hear of what was ordered and is to be delivered, and of nothing else', () => {
    const order: DatedDuty = { ...DELIVERY, key: 'order/o1', what: 'ORDER_DELIVERY' };
    const over = {
      ...life,
      duties: [...life.duties, order],
      endedAt: at('2026-03-02T00:00'),
      archiveAfterDays: null,
    };
    expect(lifeTimetable({ ...over, state: 'EXPIRED' }).map(({ key }) => key)).toEqual([
      'order/o1/2026-03-31/-7',
      'order/o1/2026-03-31/-1',
      'order/o1/2026-03-31/1',
    ]);
    expect(lifeTimetable({ ...over, state: 'TERMINATED' })).toEqual([]);
  });
});
