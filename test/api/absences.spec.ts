import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk } from '../builders/approval-desk.js';
import { startApi, type TestApi } from '../support/api.js';

let api: TestApi;
let desk: Desk;
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
});
afterAll(() => api.close());

const WHEN = { from: '2098-01-01T00:00:00.000Z', to: '2098-02-01T00:00:00.000Z' };

describe('AE-ABS-1 an absence over the wire', () => {
  it('is one’s own; for others only whoever may, and what it would move is as private', async () => {
    const rep = await api.as('moses.frase');
    const other = desk.id('legal');
    expect((await rep.post('/org/absences', { ...WHEN, personId: other })).status).toBe(404);
    expect((await rep.get(`/org/absences/affected?personId=${other}`)).status).toBe(404);
    expect((await api.anonymous.get('/org/absences/affected')).status).toBe(401);
    const admin = await api.as('admin');
    expect((await admin.get(`/org/absences/affected?personId=${other}`)).status).toBe(200);
    expect((await admin.post('/org/absences', { ...WHEN, personId: other })).status).toBe(201);
  });

  it('says back what was entered; a second for the same kind is 409', async () => {
    const lead = await api.as('dustin.brinkmann');
    const body = {
      ...WHEN,
      delegateId: desk.id('manager'),
      kinds: ['approval.quote'],
      maxAmount: { amount: '300000', currency: 'CNY' },
      mode: 'SHARE',
      includeOpen: true,
      zone: 'Asia/Shanghai',
    };
    const entered = await lead.post('/org/absences', body);
    expect(entered.status).toBe(201);
    const { delegateId: _, ...said } = body;
    expect(entered.body).toMatchObject(said);
    const again = await lead.post('/org/absences', {
      ...body,
      kinds: ['approval.quote', 'approval.contract'],
    });
    expect([again.status, again.body['code']]).toEqual([409, 'ORG.OVERLAP']);
    expect((await lead.post('/org/absences', { ...body, kinds: ['approval.contract'] })).status).toBe(201);
  });

  it.each([
    ['a kind that is none', { kinds: ['quotes; drop'] }],
    ['no kind at all', { kinds: [] }],
    ['a mode that is none', { mode: 'VANISH' }],
    ['a zone that is none', { zone: 'Mars/Base' }],
    ['a limit below zero', { maxAmount: { amount: '-1', currency: 'CNY' } }],
    ['sharing with nobody', { mode: 'SHARE' }],
  ])('%s is refused', async (_, over) => {
    const rep = await api.as('anna.snelling');
    expect((await rep.post('/org/absences', { ...WHEN, ...over })).status).toBe(400);
  });

  it('shows what it would move, by kind', async () => {
    const [owner] = (await desk.hire(1)) as [string];
    const kind = await desk.policy([desk.seats('A', [owner])]);
    const subject = await desk.subject(kind);
    const { requestId } = (await desk.submit(subject)).value;
    const client = await api.as(owner);
    const affected = async (query: string) =>
      (await client.get<{ items: { requestId: string }[] }>(`/org/absences/affected${query}`)).body.items.map(
        (item) => item.requestId,
      );
    expect(await affected('')).toEqual([requestId]);
    expect(await affected(`?kinds=${kind},approval.quote`)).toEqual([requestId]);
    expect(await affected('?kinds=approval.quote')).toEqual([]);
  });
});
