import { describe, expect, it } from '@jest/globals';
import { Case, company, people, person, stage } from '../../../test/builders/approval.js';
import type { WorkCalendar } from '../calendar.js';

const NINE_TO_FIVE: WorkCalendar = {
  zone: 'UTC',
  windows: [{ from: '09:00', to: '17:00' }],
  days: {},
  publishedYears: [2026],
};
const tick = (request: Case) => request.run({ type: 'FIRE_RUNGS' }, 'system:timeout');

/** f1 and f2 are asked on Monday 2026-03-02 at 01:00, due at 09:00; at 03:00 f1 leaves and the stage is blocked. */
function blocked(): Case {
  const request = new Case([
    stage('named', {
      ...people('f1', 'f2'),
      quorum: { kind: 'ANY', first: 'UNTIL_ALL_NO' },
      minApprovals: 2,
    }),
  ]).later(2);
  request.directory = company(person('f1', { active: false, grants: [], managerId: 'f2' }), person('a1'));
  request.run({ type: 'PERSON_LEFT', personId: 'f1' }, 'system:staff');
  return request;
}

describe('AE-SLA-5 the clock of a blocked stage', () => {
  const restaff = (request: Case) => {
    const stageId = request.current.stages[0]!.id;
    return request.run({ type: 'RESTAFF', stageId, personIds: ['l1'], reason: 'in their place' }, 'a1');
  };

  it('stands still: nothing fires while nobody can decide', () => {
    const request = blocked();
    expect(request.stageState('named')).toBe('BLOCKED');
    expect(tick(request.later(100))).toEqual([]);
  });

  it('goes on with what was left when the stage is staffed: two of eight hours are over, six are left', () => {
    const request = blocked().later(10);
    const [retimed] = restaff(request);
    expect(retimed).toMatchObject({
      type: 'seat.retimed',
      cause: 'UNBLOCKED',
      seatId: request.lastSeat('f2')!.id,
      dueAt: '2026-03-02T19:00:00.000Z',
    });
    expect(request.openSeat('f2')!.rungs.map(({ id, at }) => [id, at])).toEqual([
      ['remind', '2026-03-02T15:00:00.000Z'],
      ['escalate', '2026-03-02T19:00:00.000Z'],
      ['incident', '2026-03-03T03:00:00.000Z'],
    ]);
    expect(request.openSeat('l1')!.dueAt).toBe('2026-03-02T21:00:00.000Z');
  });

  it('counts working minutes only: blocked over a night, what is left is left in the morning', () => {
    const request = blocked();
    request.calendar = NINE_TO_FIVE;
    request.now = '2026-03-03T08:00:00.000Z';
    restaff(request);
    // the incident was at 17:00, eight working hours after 03:00
    expect(request.openSeat('f2')!.rungs.at(-1)!.at).toBe('2026-03-03T17:00:00.000Z');
  });

  it('is over for a seat that was answered meanwhile', () => {
    const request = blocked().later(10);
    request.vote('f2', 'ABSTAIN');
    expect(request.lastSeat('f2')!.state).toBe('ABSTAINED');
    expect(restaff(request).some(({ type }) => type === 'seat.retimed')).toBe(false);
  });

  it('goes on too when an admin lets the votes decide and they do not yet', () => {
    const request = new Case([
      stage('named', {
        ...people('f1', 'f2', 'f3', 'f4'),
        quorum: { kind: 'COUNT', count: 3 },
        minApprovals: 4,
      }),
    ]);
    request.vote('f3', 'APPROVE');
    request.later(2).directory = company(
      person('f1', { active: false, grants: [], managerId: 'f2' }),
      person('a1'),
    );
    request.run({ type: 'PERSON_LEFT', personId: 'f1' }, 'system:staff');
    const stageId = request.current.stages[0]!.id;
    request.later(10).run({ type: 'ACCEPT_OUTCOME', stageId, reason: 'three are enough' }, 'l1');
    expect(request.holders()).toEqual(['f2', 'f4']);
    expect(request.openSeat('f4')!.dueAt).toBe('2026-03-02T19:00:00.000Z');
  });

  it('a rung that was due before the block is still due', () => {
    const request = new Case([
      stage('named', {
        ...people('f1', 'f2'),
        quorum: { kind: 'ANY', first: 'UNTIL_ALL_NO' },
        minApprovals: 2,
      }),
    ]).later(5);
    request.directory = company(person('f1', { active: false, grants: [], managerId: 'f2' }), person('a1'));
    request.run({ type: 'PERSON_LEFT', personId: 'f1' }, 'system:staff');
    restaff(request.later(1));
    expect(tick(request)).toMatchObject([{ rungId: 'remind' }]);
  });
});

describe('AE-SLA-5 an office works at other times', () => {
  /** asked at 01:00 on a Monday; rungs at 05:00, 09:00, 17:00 */
  const asked = () => new Case([stage('lead')]);
  const change = (request: Case, over: { id?: string; at?: string; officeKey?: string } = {}) => {
    const { id = 'c1', at = '2026-03-02T05:30:00.000Z', officeKey = 'CN' } = over;
    const before = request.calendar;
    request.calendar = NINE_TO_FIVE;
    return request.run(
      { type: 'RETIME', change: { id, officeKey, at, before, after: NINE_TO_FIVE } },
      'system:calendar',
    );
  };

  it('moves future rungs only, each with the working minutes it had left', () => {
    const request = asked().later(5);
    const [event] = change(request);
    expect(event).toMatchObject({
      type: 'seat.retimed',
      cause: 'CALENDAR',
      dueAt: '2026-03-02T12:30:00.000Z',
    });
    // 3.5 h left of the second rung: 09:00 + 3.5 h; 11.5 h of the third: 8 h on Monday, 3.5 h on Tuesday
    expect(request.openSeat('lead')!.rungs.map(({ id, at }) => [id, at])).toEqual([
      ['remind', '2026-03-02T05:00:00.000Z'],
      ['escalate', '2026-03-02T12:30:00.000Z'],
      ['incident', '2026-03-03T12:30:00.000Z'],
    ]);
  });

  it('told twice it moves nothing twice; the next change moves it again', () => {
    const request = asked().later(5);
    change(request);
    const again = { id: 'c1', officeKey: 'CN', at: '2026-03-02T05:30:00.000Z', after: NINE_TO_FIVE };
    expect(
      request.run({ type: 'RETIME', change: { ...again, before: request.calendar } }, 'system:calendar'),
    ).toEqual([]);
    expect(change(request, { id: 'c2', at: '2026-03-02T06:00:00.000Z' })).toEqual([]);
    const holiday = { ...NINE_TO_FIVE, days: { '2026-03-02': false } };
    const closed = {
      id: 'c3',
      officeKey: 'CN',
      at: '2026-03-02T06:00:00.000Z',
      before: NINE_TO_FIVE,
      after: holiday,
    };
    request.run({ type: 'RETIME', change: closed }, 'system:calendar');
    expect(request.openSeat('lead')!.dueAt).toBe('2026-03-03T12:30:00.000Z');
  });

  it('of another office nothing moves, nor on a request that is over', () => {
    expect(change(asked().later(5), { officeKey: 'DE' })).toEqual([]);
    const over = asked();
    over.vote('lead', 'APPROVE');
    expect(change(over)).toEqual([]);
  });

  it('a seat opened just after it, by times that were read before, is put right', () => {
    const request = asked();
    const [event] = change(request, { at: '2026-03-02T00:59:59.000Z' });
    expect(event).toBeUndefined();
    const seat = request.openSeat('lead')!;
    request.state = {
      ...request.current,
      seats: [{ ...seat, rungs: seat.rungs.map((rung) => ({ ...rung, at: '2026-03-09T00:00:00.000Z' })) }],
    };
    change(request, { at: '2026-03-02T00:59:59.000Z' });
    expect(request.openSeat('lead')!.rungs.map(({ at }) => at)).toEqual(seat.rungs.map(({ at }) => at));
  });
});
