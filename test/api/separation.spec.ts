import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyStaffChange } from '../../src/commands/approval/staff-change.js';
import type { Separation } from '../../src/domain/approval/separation-rules.js';
import type { StageSpec } from '../../src/domain/approval/stage-spec.js';
import { Desk } from '../builders/approval-desk.js';
import { startApi, type Reply, type TestApi } from '../support/api.js';

const INITIATOR = 'moses.frase';
const DISTINCT_AB: readonly Separation[] = [{ kind: 'DISTINCT', stages: ['A', 'B'] }];
const POOL = {
  resolver: { kind: 'ROLE' as const, role: 'CREDIT' as const, take: 'EVERY' as const },
  quorum: { kind: 'ANY' as const, first: 'ANY_ANSWER' as const },
  pool: true,
};

let api: TestApi;
let desk: Desk;
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
});
afterAll(() => api.close());

const pending = (stages: readonly StageSpec[], separation: readonly Separation[] = []) =>
  desk.pending(stages, { separation });

async function sameHuman(one: string, other: string): Promise<void> {
  await api.dataSource.query(`UPDATE employee SET identity = $1 WHERE id = $2`, [
    desk.id(other),
    desk.id(one),
  ]);
}

/** The seat somebody holds, and what a decision on it must say. */
async function held(requestId: string, holder: string) {
  const { id, version } = await desk.seatOf(requestId, holder);
  const { state } = await desk.read(requestId);
  return { id, version, hash: state.subjectHash };
}

async function answers(by: string, requestId: string, holder: string, action = 'APPROVE') {
  const { id, version, hash } = await held(requestId, holder);
  const client = await api.as(by);
  const body = { action, expectedSeatVersion: version, subjectHash: hash, comment: 'because' };
  return client.post(`/seats/${id}/decisions`, body);
}

async function transfers(by: string, requestId: string, to: string) {
  const { id, version } = await held(requestId, by);
  const client = await api.as(by);
  return client.post(`/seats/${id}/transfer`, {
    toPersonId: desk.id(to),
    expectedSeatVersion: version,
    reason: 'please',
  });
}

/** 403 with the code, nothing changed, and the attempt is on record under whoever tried. */
async function isRefused(reply: Reply, code: string, by: string, requestId: string): Promise<void> {
  expect([reply.status, reply.body['code']]).toEqual([403, code]);
  expect((await desk.read(requestId)).state.state).toBe('PENDING');
  const [last] = await api.dataSource.query<{ type: string; payload: { code: string } }[]>(
    `SELECT type, payload FROM event WHERE aggregate_kind = 'attempt' AND aggregate_id = $1 ORDER BY seq DESC LIMIT 1`,
    [desk.id(by)],
  );
  expect(last).toMatchObject({ type: 'command.refused', payload: { code } });
}

describe('AE-SOD-3 ways to launder an approval', () => {
  it('the initiator receives a transfer', async () => {
    const id = await pending([desk.seats('A', ['legal'])]);
    await isRefused(await transfers('legal', id, INITIATOR), 'SOD_INITIATOR', 'legal', id);
    const { id: seatId } = await desk.seatOf(id, 'legal');
    const body = {
      fromPersonId: desk.id('legal'),
      toPersonId: desk.id(INITIATOR),
      reason: 'x',
      targets: [{ seatId, toPersonId: desk.id(INITIATOR) }],
      onlyTargets: true,
    };
    const all = await (await api.as('admin')).post<{ results: object[] }>('/seats/mass-transfer', body);
    expect(all.body.results).toEqual([
      expect.objectContaining({ outcome: 'REFUSED', code: 'SOD_INITIATOR' }),
    ]);
  });

  it('the initiator is somebody’s absence delegate', async () => {
    const [absent] = (await desk.hire(1)) as [string];
    const soon = new Date(Date.now() + 1000).toISOString();
    const rule = {
      from: soon,
      to: '2098-02-01T00:00:00.000Z',
      delegateId: desk.id(INITIATOR),
      includeOpen: true,
    };
    expect((await (await api.as(absent)).post('/org/absences', rule)).status).toBe(201);
    await new Promise((done) => setTimeout(done, 1500));
    const id = await pending([desk.seats('A', [absent, 'legal'], { quorum: { kind: 'ALL' } })]);
    const { seats } = (await desk.read(id)).state;
    expect(seats.map(({ holderId }) => holderId)).not.toContain(desk.id(INITIATOR));
    await isRefused(await answers(INITIATOR, id, 'legal'), 'SOD_INITIATOR', INITIATOR, id);
  });

  it('the initiator joins the role’s pool after submission', async () => {
    const id = await pending([{ ...desk.seats('A', []), ...POOL }]);
    const grant = { role: 'CREDIT' };
    expect(
      (await (await api.as('admin')).post(`/org/people/${desk.id(INITIATOR)}/grants`, grant)).status,
    ).toBe(201);
    const changes = await api.dataSource.query<{ id: string }[]>(
      `SELECT id FROM staff_change WHERE employee_id = $1 AND kind = 'ROLE_GRANTED'`,
      [desk.id(INITIATOR)],
    );
    expect(changes).toHaveLength(1);
    await applyStaffChange(api.dataSource, { key: 'joined', correlationId: null }, changes[0]!.id);
    const { seats } = (await desk.read(id)).state;
    expect(seats.map(({ holderId }) => holderId)).not.toContain(desk.id(INITIATOR));
    const { id: seatId, version } = seats[0]!;
    const claim = await (
      await api.as(INITIATOR)
    ).post(`/seats/${seatId}/claim`, { expectedSeatVersion: version });
    await isRefused(claim, 'SOD_INITIATOR', INITIATOR, id);
    await isRefused(await answers(INITIATOR, id, 'credit'), 'SOD_INITIATOR', INITIATOR, id);
  });

  it('two accounts of one human: of the initiator', async () => {
    const [second, third] = (await desk.hire(2)) as [string, string];
    await sameHuman(second, INITIATOR);
    const id = await pending([desk.seats('A', [second, 'legal', third])]);
    expect((await desk.read(id)).state.seats).toHaveLength(2);
    await isRefused(await transfers('legal', id, second), 'SOD_INITIATOR', 'legal', id);
    await sameHuman(third, INITIATOR);
    await isRefused(await answers(third, id, third), 'SOD_INITIATOR', third, id);
  });

  it('two accounts of one human: of whoever approved the stage before', async () => {
    const [first, again] = (await desk.hire(2)) as [string, string];
    await sameHuman(again, first);
    const id = await pending(
      [desk.seats('A', [first]), desk.seats('B', [again, 'legal'], { rank: 2 })],
      DISTINCT_AB,
    );
    expect((await answers(first, id, first)).status).toBe(200);
    const { seats } = (await desk.read(id)).state;
    expect(seats.at(-1)).toMatchObject({ holderId: desk.id('legal') });
    await isRefused(await transfers('legal', id, again), 'SOD_DISTINCT', 'legal', id);
  });

  it('whoever approved stage 1 is handed the seat of stage 2', async () => {
    const id = await pending(
      [desk.seats('A', ['credit']), desk.seats('B', ['legal'], { rank: 2 })],
      DISTINCT_AB,
    );
    expect((await answers('credit', id, 'credit')).status).toBe(200);
    await isRefused(await transfers('legal', id, 'credit'), 'SOD_DISTINCT', 'legal', id);
    const { id: seatId, version } = await desk.seatOf(id, 'legal');
    const add = {
      personIds: [desk.id('credit')],
      relation: 'PARALLEL',
      rule: 'ALL',
      expectedSeatVersion: version,
      reason: 'x',
    };
    await isRefused(
      await (await api.as('legal')).post(`/seats/${seatId}/add`, add),
      'SOD_DISTINCT',
      'legal',
      id,
    );
    expect((await answers('legal', id, 'legal')).status).toBe(200);
    expect((await desk.read(id)).state.state).toBe('APPROVED');
  });

  it('AE-EMPTY-2 nobody is left to ask: the submission is refused and says whom it dropped, and why', async () => {
    const specs = [desk.seats('A', ['legal']), desk.seats('B', ['legal'], { rank: 2 })];
    await expect(pending(specs, DISTINCT_AB)).rejects.toMatchObject({
      code: 'NO_APPROVER',
      details: { problems: [{ stageKey: 'B', dropped: [{ personId: desk.id('legal'), code: 'DISTINCT' }] }] },
    });
  });

  it('AE-SOD-4 saying no and withdrawing stay allowed', async () => {
    const [second] = (await desk.hire(1)) as [string];
    const id = await pending([desk.seats('A', [second])]);
    await sameHuman(second, INITIATOR);
    expect((await answers(second, id, second, 'REJECT')).status).toBe(200);
    expect((await desk.read(id)).state.state).toBe('REJECTED');
  });
});

describe('table of 4.5, SoD drift over the wire', () => {
  interface Separated {
    by: { id: string } | null;
    stage: string;
    rules: { kind: string; stage: string | null }[];
    drift: string | null;
  }
  const read = async (by: string, id: string) =>
    (
      await (
        await api.as(by)
      ).get<{ separation: Separated[]; timeline: { text: { key: string } }[] }>(`/requests/${id}`)
    ).body;

  it('the next action is refused and the task is somebody else’s by then', async () => {
    const [holder] = (await desk.hire(1)) as [string];
    const id = await pending([desk.seats('A', [holder])]);
    await sameHuman(holder, INITIATOR);
    await isRefused(await answers(holder, id, holder), 'SOD_INITIATOR', holder, id);
    const [seat] = (await desk.read(id)).state.seats;
    expect(seat).toMatchObject({ state: 'OPEN', holderId: seat!.ownerId });
    expect(seat!.holderId).not.toBe(desk.id(holder));
    const keys = (await read(INITIATOR, id)).timeline.map(({ text }) => text.key);
    expect(keys).toContain('seat.transferred.sod_drift');
  });

  it('a decided vote stands and says so; the request shows what was checked', async () => {
    const [first, second] = (await desk.hire(2)) as [string, string];
    const id = await pending([desk.seats('A', [first]), desk.seats('B', [second], { rank: 2 })], DISTINCT_AB);
    expect((await answers(first, id, first)).status).toBe(200);
    const shown = { by: expect.objectContaining({ id: desk.id(first) }), stage: 'A', drift: null };
    expect((await read(INITIATOR, id)).separation).toMatchObject([
      { ...shown, rules: [{ kind: 'NOT_INITIATOR' }, { kind: 'DISTINCT', stage: 'B' }] },
    ]);
    await sameHuman(first, INITIATOR);
    await sameHuman(second, INITIATOR);
    await isRefused(await answers(second, id, second), 'SOD_INITIATOR', second, id);
    expect((await read(INITIATOR, id)).separation[0]).toMatchObject({ stage: 'A', drift: 'NOT_INITIATOR' });
    const { seats } = (await desk.read(id)).state;
    expect(seats[0]).toMatchObject({ state: 'APPROVED', sodDrift: 'NOT_INITIATOR' });
  });
});
