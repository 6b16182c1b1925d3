import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { applyStaffChange } from '../../src/commands/approval/staff-change.js';
import { Desk } from '../builders/approval-desk.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Result {
  results: { seatId: string; requestId: string; outcome: string; code: string | null; replayed: boolean }[];
  next: string | null;
}
interface Held {
  items: { seatId: string; requestId: string; stage: string; isAdvice: boolean }[];
}

let api: TestApi;
let desk: Desk;
let admin: ApiClient;
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
  admin = await api.as('admin');
});
afterAll(() => api.close());

const transfer = (body: object, key = randomUUID()) =>
  admin.post<Result>('/seats/mass-transfer', { reason: 'desk moves', ...body }, { key });

describe('AE-XFER-3 handing over what somebody holds', () => {
  it('is for approval administrators only', async () => {
    const body = { fromPersonId: randomUUID(), toPersonId: randomUUID(), reason: 'x' };
    for (const name of ['moses.frase', 'ops', 'hr', 'manager']) {
      const client = await api.as(name);
      expect((await client.post('/seats/mass-transfer', body)).status).toBe(403);
      expect((await client.get(`/seats/held?personId=${randomUUID()}`)).status).toBe(403);
    }
    expect((await api.anonymous.post('/seats/mass-transfer', body)).status).toBe(401);
    expect((await admin.post('/seats/mass-transfer', { ...body, reason: '' })).status).toBe(400);
  });

  it('moves every seat, one result and one event each; the list shows them before, and nothing after', async () => {
    const [from] = await desk.hire(1);
    const ids = [
      await desk.pending([desk.seats('A', [from!])]),
      await desk.pending([desk.seats('A', [from!])]),
    ];
    const held = await admin.get<Held>(`/seats/held?personId=${desk.id(from!)}`);
    expect(held.body.items.map(({ requestId }) => requestId).sort()).toEqual([...ids].sort());
    const answer = await transfer({ fromPersonId: desk.id(from!), toPersonId: desk.id('legal') });
    expect(answer.status).toBe(207);
    expect(answer.body.next).toBeNull();
    expect(answer.body.results.map(({ outcome }) => outcome)).toEqual(['MOVED', 'MOVED']);
    for (const id of ids) expect(await desk.seatOf(id, 'legal')).toMatchObject({ ownerId: desk.id(from!) });
    const events = await api.dataSource.query<unknown[]>(
      `SELECT actor, payload->>'cause' AS cause FROM event WHERE aggregate_id = ANY($1::uuid[]) AND type = 'seat.transferred'`,
      [ids],
    );
    expect(events).toEqual([
      { actor: desk.id('admin'), cause: 'REASSIGNED' },
      { actor: desk.id('admin'), cause: 'REASSIGNED' },
    ]);
    expect((await admin.get<Held>(`/seats/held?personId=${desk.id(from!)}`)).body.items).toEqual([]);
  });

  it('what one seat refuses does not hold up the others; the same key gives the first answers and goes on', async () => {
    const [from] = await desk.hire(1);
    const both = await desk.pending([desk.seats('A', [from!, 'legal'], { quorum: { kind: 'ALL' } })]);
    const alone = await desk.pending([desk.seats('A', [from!])]);
    const body = { fromPersonId: desk.id(from!), toPersonId: desk.id('legal') };
    const key = randomUUID();
    const of = (results: Result['results'], id: string) => results.find(({ requestId }) => requestId === id);
    const first = (await transfer(body, key)).body.results;
    expect(of(first, both)).toMatchObject({ outcome: 'REFUSED', code: 'ALREADY_IN_STAGE' });
    expect(of(first, alone)).toMatchObject({ outcome: 'MOVED', replayed: false });
    const late = await desk.pending([desk.seats('A', [from!])]);
    const again = (await transfer(body, key)).body.results;
    expect(of(again, alone)).toMatchObject({ outcome: 'MOVED', replayed: true });
    expect(of(again, late)).toMatchObject({ outcome: 'MOVED', replayed: false });
    expect(of(again, both)).toMatchObject({ outcome: 'REFUSED' });

    const merged = (await transfer({ ...body, merge: true })).body.results;
    expect(of(merged, both)).toMatchObject({ outcome: 'MERGED' });
    await desk.vote(both, 'legal', 'APPROVE');
    expect((await desk.read(both)).state.state).toBe('APPROVED');
  });

  it('goes on behind the seat the answer before ended at', async () => {
    const [from] = (await desk.hire(1)) as [string];
    const ids = [
      await desk.pending([desk.seats('A', [from])]),
      await desk.pending([desk.seats('A', [from])]),
    ];
    const seats = await Promise.all(ids.map((id) => desk.seatOf(id, from)));
    const [first, second] = seats.map(({ id }) => id).sort() as [string, string];
    const body = { fromPersonId: desk.id(from), toPersonId: desk.id('legal'), after: first };
    const { results } = (await transfer(body)).body;
    expect(results.map(({ seatId }) => seatId)).toEqual([second]);
  });

  it('single seats to somebody else, or those alone', async () => {
    const [from] = await desk.hire(1);
    const one = await desk.pending([desk.seats('A', [from!])]);
    const two = await desk.pending([desk.seats('A', [from!])]);
    const { id: seatId } = await desk.seatOf(one, from!);
    const targets = [{ seatId, toPersonId: desk.id('finance') }];
    const body = { fromPersonId: desk.id(from!), toPersonId: desk.id('legal'), targets };
    expect((await transfer({ ...body, onlyTargets: true })).body.results).toHaveLength(1);
    expect((await desk.seatOf(one, 'finance')).state).toBe('OPEN');
    expect((await desk.seatOf(two, from!)).state).toBe('OPEN');
    await transfer(body);
    expect((await desk.seatOf(two, 'legal')).state).toBe('OPEN');
  });
});

describe('AE-LEAVE-2 a stage blocked by a leaver', () => {
  it('an administrator accepts the outcome; nobody else may', async () => {
    const [leaver] = await desk.hire(1);
    const requestId = await desk.pending([desk.seats('A', [leaver!, 'legal'], { quorum: { kind: 'ALL' } })]);
    await desk.vote(requestId, 'legal', 'APPROVE');
    const gone = await admin.delete(`/org/people/${desk.id(leaver!)}?successorId=${desk.id('legal')}`);
    expect(gone.status).toBe(204);
    // nobody else may take it: no manager, and the administrator stays out of it here
    await api.dataSource.query(`UPDATE employee SET identity = $1 WHERE id = $2`, [
      desk.id('legal'),
      desk.id('admin'),
    ]);
    const [change] = await api.dataSource.query<{ id: string }[]>(
      `SELECT id FROM staff_change WHERE employee_id = $1`,
      [desk.id(leaver!)],
    );
    await applyStaffChange(api.dataSource, { key: 'k', correlationId: null }, change!.id);
    await api.dataSource.query(`UPDATE employee SET identity = id WHERE id = $1`, [desk.id('admin')]);
    const stage = (await desk.read(requestId)).state.stages[0]!;
    expect(stage).toMatchObject({ state: 'BLOCKED', code: 'LEAVER' });
    const view = await admin.get<{ actions: { action: string }[] }>(`/requests/${requestId}`);
    expect(view.body.actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['RESTAFF', 'ACCEPT_OUTCOME']),
    );
    const path = `/requests/${requestId}/accept-outcome`;
    const body = { stageId: stage.id, reason: 'legal has agreed' };
    expect((await (await api.as('manager')).post(path, body)).status).toBe(403);
    const done = await admin.post<{ state: string }>(path, body);
    expect([done.status, done.body.state]).toEqual([200, 'APPROVED']);
  });
});

describe('AE-IN-2 claiming from a pool', () => {
  it('is for those who hold a seat of it, and tells the others who has it', async () => {
    const stage = {
      ...desk.seats('P', []),
      resolver: { kind: 'ROLE' as const, role: 'CREDIT' as const, take: 'EVERY' as const },
    };
    const requestId = await desk.pending([{ ...stage, pool: true }]);
    const { seats } = (await desk.read(requestId)).state;
    const names = await api.dataSource.query<{ id: string; username: string }[]>(
      `SELECT id, username FROM employee WHERE id = ANY($1::uuid[])`,
      [seats.map(({ holderId }) => holderId)],
    );
    const [one, two] = await Promise.all(
      seats.slice(0, 2).map(({ holderId }) => api.as(names.find(({ id }) => id === holderId)!.username)),
    );
    const path = (index: number, act: string) => `/seats/${seats[index]!.id}/${act}`;
    const body = { expectedSeatVersion: 1 };
    expect((await api.anonymous.post(path(0, 'claim'), body)).status).toBe(401);
    expect((await (await api.as('rosalina.dieter')).post(path(0, 'claim'), body)).status).toBe(404);
    expect((await one!.post(path(0, 'claim'), {})).status).toBe(400);
    expect((await one!.post(path(0, 'claim'), body)).status).toBe(200);
    const late = await two!.post(path(1, 'claim'), body);
    expect([late.status, late.body['code'], late.body['personId']]).toEqual([
      409,
      'CLAIMED',
      seats[0]!.holderId,
    ]);
    expect((await two!.post(path(1, 'release'))).status).toBe(409);
    expect((await one!.post(path(0, 'release'))).status).toBe(200);
    expect((await two!.post(path(1, 'claim'), body)).status).toBe(200);
  });
});
