import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { day } from '../builders/collection.js';
import { refusal } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Case {
  id: string;
  state: string;
  pausedUntil: string | null;
  items: {
    id: string;
    heldUntil: string | null;
    outstanding: { amount: string };
    disputed: { amount: string };
  }[];
  promises: { id: string; state: string; amount: { amount: string } }[];
  disputes: { id: string; state: string }[];
  next: { kind: string } | null;
}

let api: TestApi;
let finance: ApiClient;
let credit: ApiClient;
let legal: ApiClient;
let rep: ApiClient;
let ours: string[];
let theirs: string[];
beforeAll(async () => {
  api = await startApi();
  [finance, credit, legal] = [await api.as('finance'), await api.as('credit'), await api.as('legal')];
  rep = await api.as('moses.frase');
  const owner = await api.personId('moses.frase');
  const customers = await api.dataSource.query<{ id: string }[]>(
    `SELECT id FROM customer ORDER BY name, id LIMIT 20`,
  );
  ours = customers.slice(0, 8).map(({ id }) => id);
  theirs = customers.slice(8).map(({ id }) => id);
  await api.dataSource.query(`UPDATE customer SET owner_id = $1 WHERE id = ANY($2::uuid[])`, [owner, ours]);
  await api.dataSource.query(`UPDATE customer SET owner_id = NULL WHERE id = ANY($1::uuid[])`, [theirs]);
});
afterAll(() => api.close());

async function invoiced(customerId: string): Promise<{ item: string; of: Case }> {
  const answer = await finance.post<{ id: string }>('/receivables', {
    customerId,
    invoiceNo: randomUUID(),
    amount: { amount: '1000.00', currency: 'CNY' },
    issuedOn: day(-40),
    dueOn: day(-10),
  });
  expect(answer.status).toBe(201);
  return { item: answer.body.id, of: await caseOf(customerId) };
}
async function caseOf(customerId: string): Promise<Case> {
  const list = await finance.get<{ items: Case[] }>(`/collection-cases?customerId=${customerId}`);
  const detail = await finance.get<Case>(`/collection-cases/${list.body.items[0]!.id}`);
  return detail.body;
}
const promise = (who: ApiClient, itemId: string, over: object = {}) =>
  who.post<Case>('/promises', { itemId, amount: '1000.00', dueOn: day(5), ...over });
const dispute = (who: ApiClient, itemId: string, over: object = {}) =>
  who.post<Case>('/receivable-disputes', {
    itemId,
    amount: '300.00',
    reason: 'QUALITY',
    evidence: 'photo 7',
    ...over,
  });

describe('collection over HTTP: who may not (processes §3.8)', () => {
  it('a rep neither pauses, hands over nor closes disputes; finance does not hand over to legal', async () => {
    const { item, of } = await invoiced(ours[0]!);
    const { body } = await dispute(rep, item);
    const reason = 'because';
    const answers = await Promise.all([
      rep.post(`/collection-cases/${of.id}/pause`, { until: day(3), reason }),
      rep.post(`/collection-cases/${of.id}/resume`, { reason }),
      rep.post(`/collection-cases/${of.id}/hand-over-to-legal`, { reason }),
      rep.post(`/receivable-disputes/${body.disputes[0]!.id}/close`, { outcome: 'REJECTED', note: reason }),
      finance.post(`/collection-cases/${of.id}/hand-over-to-legal`, { reason }),
      legal.post('/promises', { itemId: item, amount: '1.00', dueOn: day(1) }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
  });

  it("a rep sees and logs nothing of somebody else's customer", async () => {
    const { item, of } = await invoiced(theirs[0]!);
    expect((await rep.get(`/collection-cases/${of.id}`)).status).toBe(404);
    expect((await promise(rep, item)).status).toBe(404);
    expect((await dispute(rep, item)).status).toBe(404);
    const list = await rep.get<{ items: Case[] }>(`/collection-cases?customerId=${theirs[0]}`);
    expect(list.body.items).toEqual([]);
  });

  it('whoever runs cases but books nothing rejects a dispute and accepts none', async () => {
    const { item } = await invoiced(ours[1]!);
    const { body } = await dispute(credit, item);
    const close = (outcome: string) =>
      credit.post<Case>(`/receivable-disputes/${body.disputes[0]!.id}/close`, {
        outcome,
        note: 'looked into',
      });
    expect((await close('ACCEPTED')).status).toBe(403);
    expect((await close('REJECTED')).status).toBe(200);
  });
});

describe('collection over HTTP', () => {
  it('a rep logs a promise, which holds the item; beyond what is open is refused by field', async () => {
    const { item } = await invoiced(ours[2]!);
    const beyond = refusal(await promise(rep, item, { amount: '1000.01' }));
    expect(beyond).toEqual([400, 'VALIDATION', '/amount']);
    const { status, body } = await promise(rep, item);
    expect(status).toBe(201);
    expect(body.promises).toMatchObject([{ state: 'ACTIVE', amount: { amount: '1000.00' } }]);
    expect(body.items[0]!.heldUntil! >= day(5)).toBe(true);
    const after = await rep.post<Case>(`/promises/${body.promises[0]!.id}/withdraw`, { reason: 'a mistake' });
    expect(after.body.promises).toMatchObject([{ state: 'WITHDRAWN' }]);
    expect(after.body.items[0]!.heldUntil).toBeNull();
  });

  it('a dispute holds its part; finance accepts some of it and the item is credited', async () => {
    const { item } = await invoiced(ours[3]!);
    const { body } = await dispute(rep, item);
    expect(body.items).toMatchObject([
      { outstanding: { amount: '1000.00' }, disputed: { amount: '300.00' } },
    ]);
    const investigate = (client: ApiClient) =>
      client.post<Case>(`/receivable-disputes/${body.disputes[0]!.id}/investigate`, {});
    expect((await investigate(rep)).status).toBe(403);
    expect((await investigate(credit)).body).toMatchObject({
      items: [{ disputed: { amount: '300.00' } }],
      disputes: [{ state: 'INVESTIGATING' }],
    });
    expect(refusal(await investigate(credit))).toEqual([409, 'STATE_CONFLICT']);
    const closed = await finance.post<Case>(`/receivable-disputes/${body.disputes[0]!.id}/close`, {
      outcome: 'PARTIAL',
      accepted: '100.00',
      note: 'one of three was broken',
    });
    expect(closed.body.items).toMatchObject([
      { outstanding: { amount: '900.00' }, disputed: { amount: '0.00' } },
    ]);
    expect(closed.body.disputes).toMatchObject([{ state: 'PARTIAL' }]);
  });

  it('a case is paused, resumed, handed to legal', async () => {
    const { of } = await invoiced(ours[4]!);
    expect(of.next).toMatchObject({ kind: 'SEND_LETTER' });
    const to = (who: ApiClient, act: string, body: object) =>
      who.post<Case>(`/collection-cases/${of.id}/${act}`, { reason: 'flood there', ...body });
    expect((await to(credit, 'pause', { until: day(3) })).body).toMatchObject({
      state: 'ON_HOLD',
      pausedUntil: day(3),
    });
    expect((await to(credit, 'resume', {})).body).toMatchObject({ state: 'OPEN', pausedUntil: null });
    expect((await to(legal, 'hand-over-to-legal', {})).body).toMatchObject({ state: 'LEGAL', next: null });
    expect((await to(credit, 'pause', { until: day(3) })).status).toBe(409);
  });
});
