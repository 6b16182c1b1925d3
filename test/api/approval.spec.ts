import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BODY, ballot, create, decide, task, type Item, type View } from '../builders/approval-client.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;
let director: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, lead, director] = (await Promise.all(
    ['moses.frase', 'dustin.brinkmann', 'director.central'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient];
});
afterAll(() => api.close());

describe('a request from submission to approval', () => {
  it('shows its path with reasons, the timeline, who holds it, and what each may do', async () => {
    const view = await create(rep);
    expect(view).toMatchObject({
      state: 'PENDING',
      version: 1,
      round: 1,
      holder: { people: [{ name: 'Dustin Brinkmann' }] },
    });
    expect(
      view.path.map(({ key, state, seats }) => [key, state, seats[0]!.holder!.name, seats[0]!.certainty]),
    ).toEqual([
      ['TEAM_LEAD', 'ACTIVE', 'Dustin Brinkmann', 'FIXED'],
      ['REGIONAL_DIRECTOR', 'PLANNED', 'Grace Chen', 'MAY_CHANGE'],
    ]);
    expect(view.actions.map(({ action }) => action)).toEqual(['URGE', 'WITHDRAW']);
    const seen = (await lead.get<View>(`/requests/${view.id}`)).body;
    expect(seen.actions.map(({ action, commentRequired }) => [action, commentRequired])).toEqual([
      ['APPROVE', false],
      ['REJECT', true],
      ['RETURN', true],
      ['ABSTAIN', false],
      ['ADD', true],
      ['TRANSFER', true],
    ]);
    expect((await decide(lead, view.id)).body).toMatchObject({
      stageState: 'PASSED',
      requestState: 'PENDING',
    });
    expect((await director.get<View>(`/requests/${view.id}`)).body.returnTargets).toEqual([
      { key: 'TEAM_LEAD', title: 'Team lead · 组长' },
    ]);
    expect((await decide(director, view.id)).body).toMatchObject({ requestState: 'APPROVED' });
    const done = (await rep.get<View>(`/requests/${view.id}`)).body;
    expect(done).toMatchObject({ state: 'APPROVED', holder: null });
    expect(done.actions.map(({ action }) => action)).toEqual(['REVOKE']);
    expect(done.timeline.map(({ text }) => text.key)).toEqual([
      'request.submitted',
      'stage.activated',
      'seat.approve',
      'stage.closed.passed',
      'stage.activated',
      'seat.approve',
      'stage.closed.passed',
      'request.closed.approved',
    ]);
  });

  it('AE-PLAN-1 previews the plan it then gets', async () => {
    const preview = await rep.post<{
      planHash: string;
      lane: string;
      stages: { key: string }[];
      notAsked: { stageKey: string }[];
    }>('/requests/preview', BODY, { key: null });
    const view = await create(rep);
    const stored = await rep.get<{ planHash: string }>(`/requests/${view.id}/plan`);
    expect(preview.status).toBe(200);
    expect(preview.body).toMatchObject({
      lane: 'APPROVAL',
      stages: [{ key: 'TEAM_LEAD' }, { key: 'REGIONAL_DIRECTOR' }],
    });
    expect(preview.body.notAsked.map(({ stageKey }) => stageKey)).toContain('COUNTERSIGN');
    expect(stored.body.planHash).toBe(preview.body.planHash);
  });

  it('AE-PLAN-2 passes the automatic lane at once', async () => {
    expect(await create(rep, { ...BODY, facts: { category: 'auto', levels: '' } })).toMatchObject({
      state: 'APPROVED',
      path: [],
    });
  });

  it('is returned, resubmitted by its initiator alone, and says what the approver saw last', async () => {
    const view = await create(rep);
    await decide(lead, view.id);
    await decide(director, view.id, 'RETURN', { resume: 'NEXT' });
    const returned = (await rep.get<View>(`/requests/${view.id}`)).body;
    expect(returned).toMatchObject({
      state: 'RETURNED',
      version: 2,
      holder: { people: [{ name: 'Moses Frase' }] },
    });
    expect(returned.actions.map(({ action }) => action)).toEqual(['WITHDRAW', 'RESUBMIT']);
    expect((await lead.post(`/requests/${view.id}/resubmit`, { expectedVersion: 2 })).body['code']).toBe(
      'NOT_INITIATOR',
    );
    expect((await rep.post(`/requests/${view.id}/resubmit`, { expectedVersion: 1 })).body['code']).toBe(
      'STALE_VERSION',
    );
    const again = await rep.post<View>(`/requests/${view.id}/resubmit`, {
      expectedVersion: 2,
      comment: 'please',
    });
    expect(again.body).toMatchObject({
      state: 'PENDING',
      round: 2,
      changesBase: { round: 1, label: 'LAST_ROUND' },
      changes: [],
    });
    const seen = (await lead.get<View>(`/requests/${view.id}`)).body;
    expect(seen.changesBase).toEqual({ round: 1, label: 'APPROVED_BY_YOU' });
    expect((await rep.post(`/requests/${view.id}/resubmit`, { expectedVersion: 3 })).body['code']).toBe(
      'NOT_RETURNED',
    );
  });

  it('AE-WD-1 is withdrawn by its initiator; afterwards everybody hears that it is closed', async () => {
    const view = await create(rep);
    const item = await task(lead, view.id);
    expect((await lead.post(`/requests/${view.id}/withdraw`, { expectedVersion: 1 })).status).toBe(403);
    expect((await rep.post(`/requests/${view.id}/withdraw`, { expectedVersion: 1 })).body).toMatchObject({
      state: 'WITHDRAWN',
    });
    const late = await lead.post(`/seats/${item.seatId}/decisions`, ballot(item));
    expect([late.status, late.body['code'], late.body['requestState']]).toEqual([
      409,
      'REQUEST_CLOSED',
      'WITHDRAWN',
    ]);
  });

  it('AE-AUD-2 shows the auditor a chain that verifies', async () => {
    const view = await create(rep);
    const audit = await (
      await api.as('auditor')
    ).get<{ verified: boolean; events: { seq: number; prevHash: string; hash: string }[] }>(
      `/requests/${view.id}/audit`,
    );
    expect(audit.body).toMatchObject({ verified: true, firstBadSeq: null });
    expect(audit.body.events.map(({ seq: n }) => n)).toEqual([1, 2]);
    expect(audit.body.events[1]!.prevHash).toBe(audit.body.events[0]!.hash);
  });

  it('AE-TERM-1 is ended by operations, who cannot approve it', async () => {
    const view = await create(rep);
    const ops = await api.as('ops');
    expect((await ops.post(`/requests/${view.id}/terminate`, { reason: 'duplicate' })).body).toMatchObject({
      state: 'TERMINATED',
    });
    expect((await ops.post(`/requests/${view.id}/terminate`, { reason: 'again' })).status).toBe(409);
  });

  it('fifty clicks at the same instant on a pool of ten: one counts, the others hear who won', async () => {
    const view = await create(rep);
    const item = await task(lead, view.id);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => lead.post(`/seats/${item.seatId}/decisions`, ballot(item))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const lost = answers.filter(({ status }) => status !== 200);
    expect(new Set(lost.map(({ status, body }) => `${status} ${body['code']} ${body['byYou']}`))).toEqual(
      new Set(['409 SEAT_DECIDED true']),
    );
  });
});

describe('the inbox', () => {
  it('refuses what is no filter, and a cursor of another filter', async () => {
    for (let index = 0; index < 3; index += 1) await create(rep);
    const page = await lead.get<{ items: Item[]; nextCursor: string }>('/inbox?limit=2');
    expect(page.body.items).toHaveLength(2);
    expect((await lead.get(`/inbox?limit=2&cursor=${page.body.nextCursor}`)).status).toBe(200);
    const bad = [
      `/inbox?limit=2&kind=QUOTE&cursor=${page.body.nextCursor}`,
      '/inbox?sort=margin',
      '/inbox?minAmount=1e5',
      '/inbox?tab=all',
      '/inbox?tab=todo&tab=done',
    ];
    for (const path of bad) expect([path, (await lead.get(path)).status]).toEqual([path, 400]);
  });

  it('counts what waits', async () => {
    const { todo } = (await lead.get<{ todo: number }>('/inbox/count')).body;
    await create(rep);
    expect((await lead.get<{ todo: number }>('/inbox/count')).body).toEqual({ todo: todo + 1, overdue: 0 });
  });
});
