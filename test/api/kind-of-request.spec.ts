import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { create, task } from '../builders/approval-client.js';
import { putInForce } from '../builders/policy-desk.js';
import { GIFT, GIFT_DOCUMENT } from '../builders/request-kind.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;
let manager: ApiClient;
beforeAll(async () => {
  api = await startApi();
  const [admin, cfo] = await Promise.all([api.as('admin'), api.as('cfo')]);
  [rep, lead, manager] = (await Promise.all(
    ['moses.frase', 'dustin.brinkmann', 'manager'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient];
  for (const key of ['gift', 'loan']) await putInForce(admin, cfo, `request.${key}`, GIFT);
});
afterAll(() => api.close());

let stores = 0;
const start = async (kind: string): Promise<string> => {
  const document = { ...GIFT_DOCUMENT, store: `Store ${(stores += 1)}` };
  const { status, body } = await rep.post<{ id: string }>('/requests', { kind, document });
  expect(status).toBe(201);
  return body.id;
};
const listed = async (client: ApiClient, query: string) =>
  (await client.get<{ items: { requestId: string }[] }>(`/inbox?limit=50&${query}`)).body.items.map(
    ({ requestId }) => requestId,
  );

describe('AE-IN-1 the inbox by request kind', () => {
  it('in every list of it; other kinds of the same policy are left out', async () => {
    const [gift, loan, plain] = [await start('gift'), await start('loan'), (await create(rep)).id];
    const among = (found: string[]) => [gift, loan, plain].filter((id) => found.includes(id));
    expect(among(await listed(lead, 'kind=request.gift'))).toEqual([gift]);
    expect(among(await listed(lead, 'kind=GENERAL'))).toEqual([gift, loan, plain]);
    expect(among(await listed(rep, 'tab=mine&kind=request.loan'))).toEqual([loan]);
    expect(await listed(lead, 'kind=request.nothing')).toEqual([]);
    const item = await task(lead, gift);
    await lead.post(`/seats/${item.seatId}/decisions`, {
      action: 'APPROVE',
      expectedSeatVersion: item.seatVersion,
      subjectHash: item.subjectHash,
    });
    expect(among(await listed(lead, 'tab=done&kind=request.gift'))).toEqual([gift]);
    expect(await listed(lead, 'tab=done&kind=request.loan')).toEqual([]);
    expect(await listed(lead, 'tab=cc&kind=request.loan')).toEqual([]);
    expect(await listed(lead, 'tab=delegated&kind=request.loan')).toEqual([]);
  });

  it.each(['request.', 'gift', 'request.Gift', 'request.a;b'])('%s is refused', async (kind) => {
    expect((await lead.get(`/inbox?kind=${kind}`)).status).toBe(400);
  });
});

describe('AE-ABS-1 an absence for one request kind', () => {
  const away = (kinds: string[], over: object = {}) =>
    lead.post('/org/absences', {
      from: new Date().toISOString(),
      to: new Date(Date.now() + 86_400_000).toISOString(),
      delegateId: managerId,
      kinds,
      ...over,
    });
  let managerId: string;
  beforeAll(async () => {
    managerId = await api.personId('manager');
  });

  it('moves requests of it alone; what it would move is shown before', async () => {
    const before = await start('gift');
    const affected = async (query: string) =>
      (
        await lead.get<{ items: { requestId: string }[] }>(`/org/absences/affected?limit=50&${query}`)
      ).body.items.map(({ requestId }) => requestId);
    expect(await affected('kinds=request.gift')).toContain(before);
    expect(await affected('kinds=request.loan,approval.quote')).not.toContain(before);
    const { status, body } = await away(['request.gift']);
    expect([status, body['kinds']]).toEqual([201, ['request.gift']]);
    const [gift, loan] = [await start('gift'), await start('loan')];
    expect(await listed(manager, 'kind=request.gift')).toContain(gift);
    expect(await listed(lead, 'tab=delegated&kind=request.gift')).toContain(gift);
    expect(await listed(lead, 'kind=request.loan')).toContain(loan);
  });

  it('contradicts another for it or for the policy that routes it, none for its neighbour', async () => {
    for (const kinds of [['request.gift'], ['approval.general'], ['approval.quote', 'request.gift']])
      expect([kinds, (await away(kinds)).body['code']]).toEqual([kinds, 'ORG.OVERLAP']);
    expect((await away(['request.loan', 'approval.quote'])).status).toBe(201);
    expect((await away(['request.a;b'])).status).toBe(400);
  });
});
