import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyCalendarChange } from '../../src/commands/approval/calendar-change.js';
import { loadCalendar } from '../../src/commands/calendar.js';
import { editCalendar, type CalendarEdit } from '../../src/commands/org/office-calendar.js';
import { mustLint } from '../../src/commands/policy/lint.js';
import type { StageSpec } from '../../src/domain/approval/stage-spec.js';
import { workMinutesBetween, type WorkCalendar } from '../../src/domain/calendar.js';
import { GENERAL_POLICY } from '../../src/policy/seed/general-policy.js';
import { openProcesses } from '../../src/queries/ops/open-processes.js';
import { calendarProcess } from '../../src/queries/process/calendar-process.js';
import { Desk, refusal } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  await desk.db.query(
    `INSERT INTO office (key, name, region, zone, working_hours) VALUES ('DE', 'Berlin', 'DE', 'Europe/Berlin', '[{"from":"09:00","to":"17:00"}]')`,
  );
  await desk.db.query(`UPDATE employee SET office_key = 'DE' WHERE id = $1`, [desk.id('legal')]);
});
afterAll(() => desk.close());

const calendarOf = (officeKey: string): Promise<WorkCalendar> => loadCalendar(desk.db.manager, { officeKey });
const asked = (over: Partial<StageSpec>) =>
  desk.pending([desk.seats('X', ['legal', 'finance'], { quorum: { kind: 'ALL' }, ...over })]);

/** How long a seat has, in working minutes of an office; the STANDARD ladder gives 450. */
async function minutesOf(requestId: string, who: string, officeKey: string): Promise<number> {
  const { openedAt, dueAt } = await desk.seatOf(requestId, who);
  return workMinutesBetween(await calendarOf(officeKey), openedAt!, dueAt!);
}

describe('AE-SLA-1 whose working time a clock runs in', () => {
  it('the company’s own where the stage says nothing', async () => {
    const requestId = await asked({});
    expect(await minutesOf(requestId, 'legal', 'CN')).toBe(450);
    expect((await desk.seatOf(requestId, 'legal')).dueAt).toBe(
      (await desk.seatOf(requestId, 'finance')).dueAt,
    );
  });

  it('each holder’s own', async () => {
    const requestId = await asked({ calendar: { kind: 'HOLDER' } });
    expect(await minutesOf(requestId, 'legal', 'DE')).toBe(450);
    expect(await minutesOf(requestId, 'finance', 'CN')).toBe(450);
  });

  it('one office’s for all', async () => {
    const requestId = await asked({ calendar: { kind: 'OFFICE', key: 'DE' } });
    expect(await minutesOf(requestId, 'finance', 'DE')).toBe(450);
  });

  it('of an office that is gone it is the company’s; a policy that names none such is refused', async () => {
    const requestId = await asked({ calendar: { kind: 'OFFICE', key: 'XX' } });
    expect(await minutesOf(requestId, 'finance', 'CN')).toBe(450);
    const stages = GENERAL_POLICY.stages.map((stage) => ({
      ...stage,
      calendar: { kind: 'OFFICE', key: 'XX' },
    }));
    const proposal = {
      kind: 'approval.general',
      content: JSON.parse(JSON.stringify({ ...GENERAL_POLICY, stages })),
    };
    await expect(mustLint(desk.db.manager, proposal)).rejects.toMatchObject({
      code: 'POLICY_ERROR',
      details: { problems: expect.arrayContaining([expect.objectContaining({ code: 'UNKNOWN_OFFICE' })]) },
    });
  });
});

describe('AE-SLA-5 an edit of the calendar moves what is still to come', () => {
  const edit = (change: CalendarEdit) => editCalendar(desk.db, desk.meta('admin'), change);
  const changes = () =>
    desk.db.query<{ id: string; office_key: string }[]>(
      `SELECT id, office_key FROM calendar_change ORDER BY at, id`,
    );
  const look = (id: string, key: string) => applyCalendarChange(desk.db, { key, correlationId: null }, id);

  it('by its process, request by request, with as many working minutes as were left; twice changes nothing', async () => {
    const requestId = await asked({ calendar: { kind: 'HOLDER' } });
    const before = await desk.seatOf(requestId, 'legal');
    const others = await desk.seatOf(requestId, 'finance');
    expect((await edit({ officeKey: 'DE', workingHours: [{ from: '10:00', to: '12:00' }] })).value).toEqual({
      changed: ['DE'],
    });
    const [{ id } = { id: '' }] = await changes();
    expect(await calendarProcess(desk.db, id)).toMatchObject({
      outcome: null,
      next: { kind: 'MOVE_CLOCKS', key: 'look/1' },
    });
    await look(id, 'a/1');
    const after = await desk.seatOf(requestId, 'legal');
    expect(after.dueAt! > before.dueAt!).toBe(true);
    const [row] = await desk.db.query<{ at: Date }[]>(`SELECT at FROM calendar_change WHERE id = $1`, [id]);
    const at = row!.at.toISOString();
    const old: WorkCalendar = { ...(await calendarOf('DE')), windows: [{ from: '09:00', to: '17:00' }] };
    for (const [index, rung] of before.rungs.entries())
      expect(workMinutesBetween(await calendarOf('DE'), at, after.rungs[index]!.at)).toBe(
        workMinutesBetween(old, at, rung.at),
      );
    expect(await desk.seatOf(requestId, 'finance')).toEqual(others);
    expect(await calendarProcess(desk.db, id)).toMatchObject({ outcome: null, next: { key: 'look/2' } });
    await look(id, 'a/2');
    expect(await desk.seatOf(requestId, 'legal')).toEqual(after);
    expect(await calendarProcess(desk.db, id)).toMatchObject({ outcome: 'SETTLED', next: null });
    const events = await desk.db.query<unknown[]>(
      `SELECT 1 FROM event WHERE aggregate_id = $1 AND type = 'seat.retimed' AND actor = 'system:calendar'`,
      [requestId],
    );
    expect(events).toHaveLength(1);
  });

  it('of days it is one edit for every office of the region; what changes nothing is none', async () => {
    await desk.db.query(
      `INSERT INTO office (key, name, region, zone, working_hours) VALUES ('DE-S', 'München', 'DE', 'Europe/Berlin', '[{"from":"08:00","to":"16:00"}]')`,
    );
    const days = [{ day: '2099-12-24', kind: 'HOLIDAY' as const, name: 'Heiligabend' }];
    expect((await edit({ officeKey: 'DE', days })).value).toEqual({ changed: ['DE', 'DE-S'] });
    expect((await edit({ officeKey: 'DE', days })).value).toEqual({ changed: [] });
    expect((await calendarOf('DE-S')).days['2099-12-24']).toBe(false);
  });

  it('refuses hours that are none, and an office nobody knows; nothing is announced', async () => {
    const known = (await changes()).length;
    const none = { officeKey: 'DE', workingHours: [{ from: '12:00', to: '09:00' }] };
    expect(await refusal(edit(none))).toBe('CALENDAR.INVALID_HOURS');
    expect(await refusal(edit({ officeKey: 'XX', days: [] }))).toBe('NOT_FOUND');
    expect(await changes()).toHaveLength(known);
  });

  it('is found by the reconciler until it is settled', async () => {
    await desk.db.query(`UPDATE calendar_change SET at = at - interval '1 hour'`);
    const open = (await openProcesses(desk.db)).filter(({ kind }) => kind === 'CALENDAR_CHANGE');
    expect(open).toHaveLength(2);
  });
});
