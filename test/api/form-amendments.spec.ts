import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decide, type View } from '../builders/approval-client.js';
import { putInForce } from '../builders/policy-desk.js';
import { GIFT, GIFT_DOCUMENT } from '../builders/request-kind.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Again {
  stageKey: string;
  code: string;
  dimensions: { dimension: string; label: string; allowed: unknown; value: unknown }[];
}
interface Shown extends View {
  subjectHash: string;
  stale: Again[] | null;
  askedAgain: Again[];
  form: { formId: string };
  covers: { dimension: string; label: string; direction: string; allowed: unknown }[];
}
interface Form {
  state: string;
  rowVersion: number;
  document: { price: { amount: string }; store: string };
}

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;
let director: ApiClient;
beforeAll(async () => {
  api = await startApi();
  let admin: ApiClient;
  [rep, lead, director, admin] = (await Promise.all(
    ['moses.frase', 'dustin.brinkmann', 'director.central', 'admin'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient, ApiClient];
  const cfo = await api.as('cfo');
  await putInForce(admin, cfo, 'request.gift', GIFT);
  await putInForce(admin, cfo, 'request.final', { ...GIFT, undo: 'NONE' });
});
afterAll(() => api.close());

let stores = 0;
const gift = (amount: string, over: object = {}) => ({
  ...GIFT_DOCUMENT,
  price: { amount, currency: 'CNY' },
  ...over,
});
const view = async (who: ApiClient, id: string) => (await who.get<Shown>(`/requests/${id}`)).body;
const approved = async (kind = 'gift') => {
  const document = gift('1200', { store: `Amended ${(stores += 1)}` });
  const { id, form } = (await rep.post<Shown>('/requests', { kind, document })).body;
  for (const who of [lead, director]) expect((await decide(who, id, 'APPROVE')).status).toBe(200);
  return { id, formId: form.formId, store: document.store };
};
const change = async (formId: string, document: object) => {
  const { rowVersion } = (await rep.get<Form>(`/forms/${formId}`)).body;
  return rep.put<Form & { code: string }>(
    `/forms/${formId}`,
    { document },
    { headers: { 'If-Match': `"${rowVersion}"` } },
  );
};
const shipped = (id: string, subjectHash?: string) =>
  rep.post(`/requests/${id}/irreversible`, { effect: 'SHIPPED', ...(subjectHash ? { subjectHash } : {}) });

describe('a change of an approved request of a kind', () => {
  it('AE-ENV-1 approvers see what their yes covers, under the names of the fields', async () => {
    const { id } = (
      await rep.post<Shown>('/requests', { kind: 'gift', document: gift('1200', { store: 'Seen' }) })
    ).body;
    expect(
      (await view(lead, id)).covers.map(({ dimension, label, direction, allowed }) => [
        dimension,
        label,
        direction,
        dimension === 'content' ? null : allowed,
      ]),
    ).toEqual([
      ['/price', 'Price · 金额', 'AT_MOST', '1200'],
      ['content', 'content', 'SAME', null],
    ]);
  });

  it('AE-ENV-3 is covered when it only goes down: the approval stands on it', async () => {
    const { id, formId, store } = await approved();
    const before = (await view(rep, id)).subjectHash;
    const changed = await change(formId, gift('1100', { store }));
    expect([changed.status, changed.body.state]).toEqual([200, 'APPROVED']);
    const now = await view(rep, id);
    expect([now.state, now.round, now.stale, now.subjectHash === before]).toEqual([
      'APPROVED',
      1,
      null,
      false,
    ]);
    expect(now.subject.document['price']).toEqual({ amount: '1100', currency: 'CNY' });
    expect(JSON.stringify((await view(lead, id)).subject.document)).not.toContain('Rain Ltd');
    expect((await shipped(id, before)).body['code']).toBe('NOT_COVERED');
    expect((await shipped(id, now.subjectHash)).status).toBe(200);
    expect((await change(formId, gift('1000', { store }))).body.code).toBe('EFFECT_IRREVERSIBLE');
  });

  it('AE-ENV-3 is stale at once beyond it: no effect follows, and changed back it is approved again', async () => {
    const { id, formId, store } = await approved();
    expect((await change(formId, gift('1300', { store }))).status).toBe(200);
    const { stale, state } = await view(rep, id);
    expect([state, stale?.map(({ stageKey }) => stageKey)]).toEqual([
      'APPROVED',
      ['TEAM_LEAD', 'REGIONAL_DIRECTOR'],
    ]);
    expect(stale?.[0]?.dimensions).toEqual([
      { dimension: '/price', label: 'Price · 金额', allowed: '1200', value: '1300' },
    ]);
    expect([(await shipped(id)).status, (await shipped(id)).body['code']]).toEqual([412, 'NOT_COVERED']);
    expect((await change(formId, gift('1200', { store }))).status).toBe(200);
    expect((await view(rep, id)).stale).toBeNull();
    const again = await rep.post(`/forms/${formId}/submit`, {});
    expect([again.status, again.body['code']]).toEqual([409, 'NOT_STALE']);
  });

  it('AE-ENV-3 is asked for in a round of its own, which a process waits for again', async () => {
    const { id, formId, store } = await approved();
    await change(formId, gift('1300', { store }));
    const round = (await rep.post<Shown>(`/forms/${formId}/submit`, {})).body;
    expect([round.id, round.state, round.round]).toEqual([id, 'PENDING', 2]);
    expect(round.askedAgain.map(({ stageKey }) => stageKey)).toEqual(['TEAM_LEAD', 'REGIONAL_DIRECTOR']);
    expect((await change(formId, gift('1', { store }))).body.code).toBe('LOCKED_BY_APPROVAL');
    const [told] = await api.dataSource.query<{ input: object }[]>(
      `SELECT input FROM outbox WHERE workflow_id = $1 ORDER BY seq DESC LIMIT 1`,
      [`approval/${id}`],
    );
    expect(told?.input).toEqual({ requestId: id, reopened: true });
    for (const who of [lead, director]) await decide(who, id, 'APPROVE');
    const now = await view(rep, id);
    expect([now.state, now.stale]).toEqual(['APPROVED', null]);
    expect((await rep.get<Form>(`/forms/${formId}`)).body).toMatchObject({
      state: 'APPROVED',
      document: { price: { amount: '1300' } },
    });
    expect((await shipped(id)).status).toBe(200);
  });

  it('AE-ENV-3 that is rejected goes back to what was approved', async () => {
    const { id, formId, store } = await approved();
    await change(formId, gift('1300', { store }));
    await rep.post(`/forms/${formId}/submit`, {});
    expect((await decide(lead, id, 'REJECT', { comment: 'no' })).status).toBe(200);
    expect((await view(rep, id)).state).toBe('APPROVED');
    expect((await rep.get<Form>(`/forms/${formId}`)).body).toMatchObject({
      state: 'APPROVED',
      document: { price: { amount: '1200' }, store },
    });
    expect((await shipped(id)).status).toBe(200);
  });

  it('is the owner’s alone', async () => {
    const { formId } = await approved();
    const put = await lead.put(`/forms/${formId}`, { document: {} }, { headers: { 'If-Match': '"1"' } });
    expect(put.status).toBe(404);
  });

  it('AE-RV-1 is refused, and so is a revocation, where the kind says that there is no undo', async () => {
    const { id, formId, store } = await approved('final');
    expect((await view(rep, id)).actions.map(({ action }) => action)).not.toContain('REVOKE');
    expect((await change(formId, gift('1000', { store }))).body.code).toBe('EFFECT_IRREVERSIBLE');
    const expectedVersion = (await view(rep, id)).version;
    const revoked = await rep.post(`/requests/${id}/revoke`, { expectedVersion, reason: 'x' });
    expect([revoked.status, revoked.body['code'], revoked.body['effect']]).toEqual([
      409,
      'EFFECT_IRREVERSIBLE',
      'NO_UNDO',
    ]);
  });
});
