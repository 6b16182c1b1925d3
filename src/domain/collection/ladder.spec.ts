import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COLLECTION_POLICY as POLICY } from '../../policy/seed/collection-policy.js';
import { isWorkingDay, type WorkCalendar } from '../calendar.js';
import { dayAfter } from './dates.js';
import { impliedLevel, nextStep, type LadderItem } from './ladder.js';
import { caseStep, inWindow, isWorthwhile, type CaseItem } from './letter.js';

/** Qingming 2026: 4/4–6 off; Spring Festival 2/15–23 off, 2/14 and 2/28 worked. */
const off = (from: string, days: number) =>
  Object.fromEntries(Array.from({ length: days }, (_, n) => [dayAfter(from, n), false]));
const CHINA: WorkCalendar = {
  zone: 'Asia/Shanghai',
  windows: [{ from: '09:00', to: '18:00' }],
  days: { ...off('2026-02-15', 9), '2026-02-14': true, '2026-02-28': true, ...off('2026-04-04', 3) },
  publishedYears: [2026],
};
const item = (over: Partial<LadderItem> = {}): LadderItem => ({
  dueOn: '2026-03-10',
  level: 0,
  lastDay: null,
  currency: 'CNY',
  outstanding: '50000',
  disputed: '0',
  heldUntil: null,
  covered: '0',
  isBroken: false,
  ...over,
});
const next = (over: Partial<LadderItem>, today: string) => {
  const found = nextStep(item(over), today, CHINA, POLICY);
  return found && [found.step.key, found.on];
};

describe('the next step of an item (processes.md 3.4, Ladder)', () => {
  it.each<[string, Partial<LadderItem>, string, string[] | null]>([
    ['−7 before it is due (Tue 3/10)', {}, '2026-02-20', ['statement', '2026-03-03']],
    ['−1 after the statement', { lastDay: -7 }, '2026-03-04', ['reminder', '2026-03-09']],
    ['on the due date', { lastDay: -1 }, '2026-03-09', ['due', '2026-03-10']],
    ['+3', { lastDay: 0 }, '2026-03-11', ['friendly', '2026-03-13']],
    ['+15 is Wed 3/25', { lastDay: 3, level: 1 }, '2026-03-13', ['firm', '2026-03-25']],
    ['+30 is Thu 4/9', { lastDay: 15, level: 2 }, '2026-03-27', ['formal', '2026-04-09']],
    [
      '+25 would be Sat 4/4, Qingming: first working day 4/7',
      { dueOn: '2026-03-20', lastDay: 3, level: 1 },
      '2026-03-24',
      ['firm', '2026-04-07'],
    ],
    [
      '+3 on a worked Saturday stays',
      { dueOn: '2026-02-25', lastDay: 0 },
      '2026-02-26',
      ['friendly', '2026-02-28'],
    ],
    ['+60', { lastDay: 30, level: 3 }, '2026-04-09', ['final', '2026-05-11']],
    ['+90 after the final letter', { lastDay: 60, level: 4 }, '2026-05-11', ['legal', '2026-06-08']],
    [
      '+15 comes early after a broken promise',
      { lastDay: 3, level: 1, isBroken: true },
      '2026-03-19',
      ['firm', '2026-03-19'],
    ],
    ['not on a Saturday', { lastDay: 3, level: 1, isBroken: true }, '2026-03-21', ['firm', '2026-03-23']],
    ['nor before it is due', { lastDay: -7, isBroken: true }, '2026-03-04', ['reminder', '2026-03-09']],
    [
      'raised without a letter: that letter first',
      { lastDay: 15, level: 3, isBroken: true },
      '2026-03-30',
      ['formal', '2026-03-30'],
    ],
    ['nothing after the decision', { lastDay: 90, level: 4 }, '2026-07-01', null],
    ['nothing where nothing is open', { outstanding: '0' }, '2026-03-20', null],
    ['nothing where all is in dispute', { disputed: '50000' }, '2026-03-20', null],
    [
      'a promise holds to the day after',
      { lastDay: 3, level: 1, heldUntil: '2026-04-08' },
      '2026-03-30',
      ['firm', '2026-04-09'],
    ],
    [
      'no level is skipped at 40 d',
      { lastDay: 3, level: 1, dueOn: '2026-02-20' },
      '2026-04-01',
      ['firm', '2026-04-01'],
    ],
    [
      '40 d late at first sight begins at level 1',
      { dueOn: '2026-02-20' },
      '2026-04-01',
      ['friendly', '2026-04-01'],
    ],
    [
      '61 d late at first sight enters at level 4',
      { dueOn: '2026-01-30' },
      '2026-04-01',
      ['final', '2026-04-01'],
    ],
    [
      '100 d late at first sight: a letter before the decision',
      { dueOn: '2025-12-22' },
      '2026-04-01',
      ['final', '2026-04-01'],
    ],
    [
      'lowered to L2 by a payment at +40: level 3 again',
      { level: 2, lastDay: 30, dueOn: '2026-02-20' },
      '2026-04-01',
      ['formal', '2026-04-01'],
    ],
  ])('%s', (_case, over, today, expected) => {
    expect(next(over, today)).toEqual(expected);
  });

  it('letters freeze where the policy says so, to the first working day after', () => {
    const letters = { ...POLICY.letters, freezes: [{ from: '2026-03-20', to: '2026-03-31' }] };
    const found = nextStep(item({ lastDay: 3, level: 1 }), '2026-03-13', CHINA, { ...POLICY, letters });
    expect(found?.on).toBe('2026-04-01');
  });

  it('§3.9 Dispute: rejected, the part resumes at the level its original due date implies', () => {
    expect(impliedLevel('2026-03-10', '2026-03-12', POLICY)).toBe(0);
    expect(impliedLevel('2026-03-10', '2026-03-13', POLICY)).toBe(1);
    expect(impliedLevel('2026-03-10', '2026-04-09', POLICY)).toBe(3);
    expect(impliedLevel('2026-03-10', '2026-12-31', POLICY)).toBe(4);
  });

  it('is on a working day, never in the past, at most one level up, and never within a hold', () => {
    const days = fc.integer({ min: -30, max: 59 });
    fc.assert(
      fc.property(
        days,
        fc.constantFrom(0, 1, 2, 3, 4),
        fc.option(fc.integer({ min: 0, max: 40 })),
        (late, level, hold) => {
          const today = dayAfter('2026-03-10', late);
          const heldUntil = hold === null ? null : dayAfter(today, hold);
          const lastDay = [0, 3, 15, 30, 60][level]!;
          const found = nextStep(item({ level, lastDay, heldUntil }), today, CHINA, POLICY);
          if (!found) return level === 4;
          expect(isWorkingDay(CHINA, found.on)).toBe(true);
          expect(found.on >= today).toBe(true);
          expect(found.step.level - level).toBeLessThanOrEqual(1);
          if (heldUntil !== null) expect(found.on > heldUntil).toBe(true);
          return true;
        },
      ),
    );
  });
});

const TODAY = '2026-04-09';
const of = (id: string, over: Partial<CaseItem>): CaseItem => ({ ...item(), id, ...over });

describe('the letter of a case (processes.md 3.4)', () => {
  const first = of('a', { level: 2, lastDay: 15 }); // +30: level 3
  const second = of('b', { dueOn: '2026-03-25', outstanding: '20000', lastDay: 0 }); // +15 first seen: level 1
  const third = of('c', { dueOn: '2026-04-20', outstanding: '9000', lastDay: null }); // not due

  it('the highest level drives it, each item keeps its own, what is not due is not in it', () => {
    const step = caseStep([first, second, third], TODAY, null, CHINA, POLICY);
    expect(step).toMatchObject({ kind: 'SEND', letter: { step: { key: 'formal' } } });
    const { lines } = (step as Extract<typeof step, { kind: 'SEND' }>).letter;
    expect(lines.map(({ itemId, level, amount }) => [itemId, level, amount])).toEqual([
      ['a', 3, '50000.00'],
      ['b', 1, '20000.00'],
    ]);
  });

  it('an item that is overdue without a step is listed at its own level (OCA credit-control#460)', () => {
    const listed = of('d', { dueOn: '2026-03-27', outstanding: '500', level: 1, lastDay: 3 });
    const step = caseStep([first, listed], TODAY, null, CHINA, POLICY);
    const { lines } = (step as Extract<typeof step, { kind: 'SEND' }>).letter;
    expect(lines[1]).toMatchObject({ itemId: 'd', level: 1, step: null, amount: '500.00' });
  });

  it.each([
    [
      '6 days after the last letter waits for the 7th',
      '2026-04-03',
      { kind: 'WAIT', on: '2026-04-10', because: 'GAP' },
    ],
    ['7 days after it goes', '2026-04-02', { kind: 'SEND', on: TODAY }],
    ['the first goes', null, { kind: 'SEND', on: TODAY }],
  ])('minimum gap: %s', (_case, last, expected) => {
    expect(caseStep([first], TODAY, last, CHINA, POLICY)).toMatchObject(expected);
  });

  it('minimum gap: a broken promise does not wait for it (§3.9 Promise: within one working day)', () => {
    const broken = of('a', { level: 2, lastDay: 15, dueOn: '2026-03-20', isBroken: true });
    expect(caseStep([broken], TODAY, '2026-04-08', CHINA, POLICY)).toMatchObject({
      kind: 'SEND',
      letter: { step: { key: 'formal' }, lines: [{ itemId: 'a', level: 3 }] },
    });
  });

  it('a notice before the due date does not wait for the gap', () => {
    const step = caseStep(
      [of('a', { dueOn: '2026-04-10', lastDay: -7 })],
      TODAY,
      '2026-04-08',
      CHINA,
      POLICY,
    );
    expect(step).toMatchObject({ kind: 'SEND', letter: { step: { key: 'reminder' } } });
  });

  it.each([
    ['99.99 is too little', [['99.99', '0']], false],
    ['100 is enough', [['100', '0']], true],
    ['what is in dispute does not count', [['150', '60']], false],
  ] as [string, [string, string][], boolean][])('minimum overdue: %s', (_case, amounts, expected) => {
    const items = amounts.map(([outstanding, disputed]) => item({ outstanding, disputed }));
    expect(isWorthwhile(items, TODAY, POLICY.letters)).toBe(expected);
  });

  it('at most 1 % of what is open is ignored', () => {
    const rest = (outstanding: string) => item({ outstanding, dueOn: '2026-12-31' });
    expect(isWorthwhile([item({ outstanding: '500' }), rest('49500')], TODAY, POLICY.letters)).toBe(false);
    expect(isWorthwhile([item({ outstanding: '501' }), rest('49499')], TODAY, POLICY.letters)).toBe(true);
    const small = of('a', { outstanding: '99', level: 1, lastDay: 3 });
    expect(caseStep([small], TODAY, null, CHINA, POLICY)).toMatchObject({
      kind: 'BELOW_MINIMUM',
      on: '2026-04-10',
    });
  });

  it('nothing is ahead where nothing is open', () => {
    expect(caseStep([of('a', { outstanding: '0' })], TODAY, null, CHINA, POLICY)).toEqual({ kind: 'NONE' });
  });

  it.each([
    ['before 09:00 waits for it', '2026-04-09T00:30:00Z', false, '2026-04-09T01:00:00.000Z'],
    ['at 09:00 goes', '2026-04-09T01:00:00Z', true, '2026-04-09T01:00:00.000Z'],
    ['at 18:00 waits for the next morning', '2026-04-09T10:00:00Z', false, '2026-04-10T01:00:00.000Z'],
  ])('send window 09:00–18:00 of the customer: %s', (_case, iso, open, at) => {
    expect(inWindow(iso, 'Asia/Shanghai', POLICY.letters)).toEqual({ open, at });
  });

  it('never two letters within the gap, whatever the items', () => {
    const cases = fc.array(
      fc.record({
        late: fc.integer({ min: -10, max: 80 }),
        level: fc.constantFrom(0, 1, 2, 3),
        amount: fc.integer({ min: 1, max: 100_000 }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 6 }), (rows, ago) => {
        const items = rows.map(({ late, level, amount }, n) =>
          of(`i${n}`, {
            dueOn: dayAfter(TODAY, -late),
            level,
            lastDay: [0, 3, 15, 30][level]!,
            outstanding: String(amount),
          }),
        );
        const step = caseStep(items, TODAY, dayAfter(TODAY, -ago), CHINA, POLICY);
        return step.kind !== 'SEND' || step.letter.step.level === 0;
      }),
    );
  });
});
