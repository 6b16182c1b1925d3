import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { create, decide, seqOf, task, type View } from '../builders/approval-client.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;
let director: ApiClient;
let stranger: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, lead, director, stranger] = (await Promise.all(
    ['moses.frase', 'dustin.brinkmann', 'director.central', 'rosalina.dieter'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient, ApiClient];
});
afterAll(() => api.close());

interface Right {
  action: string;
  seatId: string;
  seatVersion: number;
  until?: string;
}

describe('AE-TB-1 POST /seats/:id/retract', () => {
  let view: View;
  let right: Right;
  const retract = (client: ApiClient, body: object = {}, options: { key?: string | null } = {}) =>
    client.post(
      `/seats/${right.seatId}/retract`,
      { expectedSeatVersion: right.seatVersion, reason: 'too fast', ...body },
      options,
    );
  beforeEach(async () => {
    view = await create(rep);
    await decide(lead, view.id);
    const seen = (await lead.get<{ actions: Right[] }>(`/requests/${view.id}`)).body;
    right = seen.actions.find(({ action }) => action === 'RETRACT')!;
  });

  it('is closed to nobody in particular, to strangers, and to everybody but whoever approved', async () => {
    expect((await api.anonymous.send('POST', `/seats/${right.seatId}/retract`, {})).status).toBe(401);
    const answers = await Promise.all([retract(stranger), retract(director), retract(rep)]);
    expect(answers.map(({ status }) => status)).toEqual([404, 403, 403]);
    expect(await seqOf(api, view.id)).toBe(5);
  });

  it.each([
    ['no key', {}, { key: null }, 400, 'IDEMPOTENCY_KEY_REQUIRED'],
    ['no version', { expectedSeatVersion: undefined }, {}, 400, 'VALIDATION'],
    ['an old version', { expectedSeatVersion: 1 }, {}, 409, 'STALE_VERSION'],
    ['a person in the body', { actor: 'x' }, {}, 400, 'VALIDATION'],
  ])('with %s changes nothing', async (_what, body, options, status, code) => {
    const answer = await retract(lead, body, options);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(await seqOf(api, view.id)).toBe(5);
  });

  it('gives the task back, takes it from the next, and says so; a repeat is answered alike', async () => {
    expect(Date.parse(right.until!)).toBeGreaterThan(Date.now() + 29 * 60_000);
    const answer = await retract(lead, {}, { key: `r-${view.id}` });
    expect(answer.status).toBe(200);
    expect((await retract(lead, {}, { key: `r-${view.id}` })).body).toMatchObject({ replayed: true });
    expect(await task(lead, view.id)).toMatchObject({ seatId: right.seatId });
    expect(await task(director, view.id)).toBeUndefined();
    const after = (await rep.get<View>(`/requests/${view.id}`)).body;
    expect(after.path.map(({ key, state }) => [key, state])).toEqual([
      ['TEAM_LEAD', 'ACTIVE'],
      ['REGIONAL_DIRECTOR', 'INVALIDATED'],
    ]);
    expect(after.timeline.find(({ text }) => text.key === 'seat.retracted')).toMatchObject({
      comment: 'too fast',
      text: { params: { person: 'Dustin Brinkmann' } },
    });
    await decide(lead, view.id);
    await decide(director, view.id);
    expect((await rep.get<View>(`/requests/${view.id}`)).body.state).toBe('APPROVED');
  });

  it('is not offered after the next has decided, and refused', async () => {
    await decide(director, view.id);
    expect((await lead.get<View>(`/requests/${view.id}`)).body.actions).toEqual([]);
    const answer = await retract(lead);
    expect([answer.status, answer.body['code'], answer.body['hint']]).toEqual([
      409,
      'ALREADY_APPROVED',
      'revoke',
    ]);
  });
});
