import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { create, decide, seqOf, type View } from '../builders/approval-client.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;
let admin: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, lead, admin] = (await Promise.all(
    ['moses.frase', 'dustin.brinkmann', 'admin'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient];
});
afterAll(() => api.close());

describe('AE-RES-1 POST /requests/:id/initiator', () => {
  let view: View;
  let colleague: string;
  const name = (client: ApiClient, over: object = {}) =>
    client.post<View & { code: string }>(`/requests/${view.id}/initiator`, {
      personId: colleague,
      reason: 'on leave',
      ...over,
    });
  beforeEach(async () => {
    colleague = await api.personId('anna.snelling');
    view = await create(rep);
    await decide(lead, view.id, 'RETURN');
  });

  it('is for approval administrators only', async () => {
    expect((await api.anonymous.send('POST', `/requests/${view.id}/initiator`, {})).status).toBe(401);
    expect((await Promise.all([name(rep), name(lead)])).map(({ status }) => status)).toEqual([403, 403]);
  });

  it.each([
    ['no reason', { reason: undefined }, 400, 'VALIDATION'],
    ['no person', { personId: 'anna' }, 400, 'VALIDATION'],
  ])('with %s changes nothing', async (_what, over, status, code) => {
    const seq = await seqOf(api, view.id);
    const answer = await name(admin, over);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await seqOf(api, view.id)).toBe(seq);
  });

  it('lets the person named resubmit, and the timeline says who named them and why', async () => {
    const answer = await name(admin);
    expect(answer.status).toBe(200);
    expect(answer.body.timeline.find(({ text }) => text.key === 'initiator.replaced.named')).toMatchObject({
      comment: 'on leave',
      text: { params: { person: 'Anna Snelling' } },
    });
    const colleagueView = (await (await api.as('anna.snelling')).get<View>(`/requests/${view.id}`)).body;
    expect(colleagueView.actions.map(({ action }) => action)).toEqual(['WITHDRAW', 'RESUBMIT']);
    const again = await name(admin, { personId: await api.personId('anna.snelling') });
    expect([again.status, again.body.code]).toEqual([409, 'ALREADY_INITIATOR']);
  });
});

describe('AE-SLA-5 PUT /org/offices/:key/calendar', () => {
  const HOURS = {
    workingHours: [
      { from: '09:00', to: '12:00' },
      { from: '13:00', to: '17:30' },
    ],
  };

  it('is for administrators of the organisation only', async () => {
    expect((await api.anonymous.send('PUT', '/org/offices/CN/calendar', HOURS)).status).toBe(401);
    expect((await rep.put('/org/offices/CN/calendar', HOURS)).status).toBe(403);
  });

  it.each([
    ['CN', { workingHours: [{ from: '9', to: '12:00' }] }, 400, 'VALIDATION'],
    ['CN', { days: [{ day: '2026-02-30', kind: 'HOLIDAY' }] }, 400, 'VALIDATION'],
    ['CN', { days: [{ day: '2026-02-20', kind: 'PARTY' }] }, 400, 'VALIDATION'],
    ['CN', { workingHours: [] }, 422, 'CALENDAR.INVALID_HOURS'],
    ['XX', HOURS, 404, 'NOT_FOUND'],
  ])('of %s with %j is %i %s', async (key, body, status, code) => {
    const answer = await admin.put<{ code: string }>(`/org/offices/${key}/calendar`, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('says which offices work at other times now', async () => {
    const answer = await admin.put('/org/offices/CN/calendar', HOURS);
    expect([answer.status, answer.body]).toEqual([200, { changed: ['CN'] }]);
  });
});
