import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { restaffStage, terminateRequest } from '../../src/commands/approval/takeback.js';
import { expireRequest, fireDueRungs } from '../../src/commands/approval/time.js';
import { loadCalendar } from '../../src/commands/calendar.js';
import { percentile } from '../../src/domain/approval/figures.js';
import { handlingTimes } from '../../src/queries/request/handling.js';
import { holderChips } from '../../src/queries/request/holder-chip.js';
import { Desk, refusal } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const LEAD = 'dustin.brinkmann';
let steps = 0;
const fire = (requestId: string, key = `w/${(steps += 1)}`) =>
  fireDueRungs(desk.db, { key, correlationId: null }, requestId);

/** The clock of the seats moves back: as if they had been opened so many hours earlier. */
async function later(requestId: string, hours: number): Promise<void> {
  await desk.db.query(
    `UPDATE approval_seat s SET opened_at = opened_at - $2 * interval '1 hour', due_at = due_at - $2 * interval '1 hour',
       rungs = (SELECT jsonb_agg(jsonb_set(r, '{at}', to_jsonb(to_char(((r->>'at')::timestamptz - $2 * interval '1 hour') AT TIME ZONE 'UTC',
         'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))) FROM jsonb_array_elements(s.rungs) AS r)
     WHERE request_id = $1 AND state = 'OPEN'`,
    [requestId, hours],
  );
}

describe('the ladder', () => {
  it('AE-SLA-2 fires each rung once: reminds, reminds, adds the manager, and calls for help', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    expect((await fire(requestId)).value.fired).toBe(0);
    await later(requestId, 24 * 30);
    const fired: number[] = [];
    for (let tick = 0; tick < 6; tick += 1) fired.push((await fire(requestId)).value.fired);
    expect(fired).toEqual([1, 1, 1, 1, 0, 0]);
    const rungs = await desk.db.query<{ rung_id: string; kind: string }[]>(
      `SELECT rung_id, kind FROM approval_rung WHERE request_id = $1 ORDER BY fired_at, rung_id`,
      [requestId],
    );
    expect(rungs.map(({ kind }) => kind).sort()).toEqual(['ESCALATE_ADD', 'INCIDENT', 'REMIND', 'REMIND']);
    expect((await holderChips(desk.db, [requestId])).get(requestId)).toMatchObject({
      people: [{ name: 'Dustin Brinkmann' }, { name: 'Grace Chen' }],
      overdue: true,
      stuck: 'LADDER_EXHAUSTED',
    });
  });

  it('AE-SLA-3 acts as the system, and the same step of a process fires nothing twice', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    await later(requestId, 24 * 30);
    const first = await fire(requestId, 'again');
    expect(await fire(requestId, 'again')).toEqual({ replayed: true, value: first.value });
    const events = await desk.db.query<{ actor: string }[]>(
      `SELECT actor FROM event WHERE aggregate_id = $1 AND type = 'rung.fired'`,
      [requestId],
    );
    expect(events).toEqual([{ actor: 'system:timeout' }]);
  });

  it('either the holder or the one added may answer; the other is told once', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    await later(requestId, 24 * 30);
    for (let tick = 0; tick < 3; tick += 1) await fire(requestId);
    expect((await desk.vote(requestId, 'director.central', 'APPROVE')).value.requestState).toBe('APPROVED');
    expect((await desk.seatOf(requestId, LEAD)).state).toBe('CANCELLED');
    expect((await fire(requestId)).value).toMatchObject({ fired: 0, state: 'APPROVED', nextRungAt: null });
  });

  it('ends a request nobody answers any more', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    const { value } = await expireRequest(
      desk.db,
      { key: 'e/1', correlationId: null },
      requestId,
      'untouched',
    );
    expect(value.state).toBe('EXPIRED');
    expect(desk.told.at(-1)).toMatchObject({ step: 'closed', outcome: 'EXPIRED' });
  });
});

describe('a stage that everybody abstained in', () => {
  it('AE-Q-7, AE-EMPTY-1 is blocked, shown as stuck, and staffed anew by an admin', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    await desk.vote(requestId, LEAD, 'ABSTAIN');
    const { state } = await desk.read(requestId);
    expect((await holderChips(desk.db, [requestId])).get(requestId)).toMatchObject({
      people: [],
      stuck: 'ALL_ABSTAINED',
    });
    const sees = () => Promise.resolve(true);
    const stageId = state.stages[0]!.id;
    const staff = (personIds: string[]) =>
      restaffStage(desk.db, desk.meta('admin'), {
        requestId,
        stageId,
        personIds,
        reason: 'lead is biased',
        sees,
      });
    expect(await refusal(staff([desk.id('moses.frase')]))).toBe('SOD_INITIATOR');
    expect(
      await refusal(
        restaffStage(desk.db, desk.meta('credit'), {
          requestId,
          stageId,
          personIds: [desk.id('manager')],
          reason: 'x',
        }),
      ),
    ).toBe('NOT_FOUND');
    await staff([desk.id('manager')]);
    expect((await desk.vote(requestId, 'manager', 'APPROVE')).value.requestState).toBe('APPROVED');
    expect(await refusal(staff([desk.id('gm')]))).toBe('REQUEST_CLOSED');
  });
});

describe('operations', () => {
  it('AE-TERM-1 end a request with a reason, once', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    const end = () =>
      terminateRequest(desk.db, desk.meta('ops'), {
        requestId,
        reason: 'duplicate',
        sees: () => Promise.resolve(true),
      });
    expect((await end()).value.state).toBe('TERMINATED');
    expect(await refusal(end())).toBe('REQUEST_CLOSED');
  });

  it('AE-STAT-1 read handling times with open items as running', async () => {
    await desk.db.query(`UPDATE approval_seat SET state = 'CANCELLED' WHERE state = 'OPEN'`);
    const decided = await desk.pending([desk.seats('STATS', [LEAD], { title: 'Statistics' })]);
    await desk.vote(decided, LEAD, 'APPROVE');
    await desk.pending([desk.seats('STATS', [LEAD], { title: 'Statistics' })]);
    const calendar = await loadCalendar(desk.db.manager);
    const rows = await handlingTimes(desk.db, calendar, {
      since: '2016-01-01T00:00:00.000Z',
      byActor: false,
    });
    expect(rows.find(({ stage }) => stage === 'Statistics')).toMatchObject({
      decided: 1,
      running: 1,
      p50Minutes: 0,
      p90Minutes: 0,
    });
    const byActor = await handlingTimes(desk.db, calendar, {
      since: '2016-01-01T00:00:00.000Z',
      byActor: true,
    });
    expect(byActor.find(({ stage }) => stage === 'Statistics')).toMatchObject({
      actor: desk.id(LEAD),
      decided: 1,
      running: 1,
    });
  });

  it.each([
    [50, 3],
    [90, 9],
    [100, 9],
  ])('percentile %i of 1, 2, 3, 4, 9 by nearest rank is %i', (percent, expected) => {
    expect(percentile([1, 2, 3, 4, 9], percent)).toBe(expected);
  });
});
