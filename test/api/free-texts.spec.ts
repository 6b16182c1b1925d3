import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FREE_TEXT_COPIES } from '../../src/db/free-text-copies.js';
import { Desk } from '../builders/approval-desk.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Found {
  person: { id: string };
  texts: number;
  copies: Record<string, number>;
  erased: number;
  requests: { id: string; texts: number }[];
  outOfReach: { messages: number; files: number; subjects: number };
}

const LEAD = 'dustin.brinkmann';
let api: TestApi;
let desk: Desk;
let admin: ApiClient;
let requests: string[];
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
  admin = await api.as('admin');
  const stages = [desk.seats('LEAD', [LEAD]), desk.seats('GM', ['gm'], { block: 2 })];
  requests = [await desk.pending(stages), await desk.pending(stages)];
  for (const id of requests) await desk.vote(id, LEAD, 'APPROVE', { comment: `for ${id}` });
  const form = new FormData();
  form.set('file', new Blob(['terms'], { type: 'text/plain' }), 'terms.txt');
  const rep = await api.as('moses.frase');
  expect((await rep.send('POST', `/requests/${requests[0]}/attachments`, form)).status).toBe(201);
});
afterAll(() => api.close());

const find = async (query: Record<string, string>) =>
  (await admin.get<Found>(`/audit/free-texts?${new URLSearchParams(query).toString()}`)).body;

describe('AE-AUD-3 what an erasure would take', () => {
  it('is counted by request, without the texts, for those who may erase', async () => {
    const found = await find({ personId: desk.id(LEAD) });
    expect(found).toMatchObject({ texts: 2, erased: 0, outOfReach: { messages: 0, files: 0, subjects: 0 } });
    const none = Object.fromEntries(FREE_TEXT_COPIES.map(({ table }) => [table, 0]));
    expect(found.copies).toEqual({ ...none, approval_decision: 2 });
    expect(found.requests.map(({ id, texts }) => [id, texts]).sort()).toEqual(
      requests.map((id) => [id, 1]).sort(),
    );
    expect(JSON.stringify(found)).not.toContain('for ');
    for (const name of ['moses.frase', 'auditor', 'ops', 'hr'])
      expect((await (await api.as(name)).get(`/audit/free-texts?personId=${desk.id(LEAD)}`)).status).toBe(
        403,
      );
    expect((await admin.get(`/audit/free-texts?personId=${randomUUID()}`)).status).toBe(404);
    expect((await admin.get('/audit/free-texts')).status).toBe(400);
  });

  it('says what stays: what was submitted, and files', async () => {
    const { outOfReach } = await find({ personId: desk.id('moses.frase'), requestId: requests[0]! });
    expect(outOfReach).toEqual({ messages: 0, files: 1, subjects: 1 });
  });

  it('is exactly what goes: in one request, then the digests are left', async () => {
    const which = { personId: desk.id(LEAD), requestId: requests[0]! };
    expect((await find(which)).texts).toBe(1);
    expect((await admin.post('/audit/erasures', { ...which, reason: 'asked for it' })).body).toEqual({
      texts: 1,
    });
    expect(await find(which)).toMatchObject({ texts: 0, erased: 1, copies: { approval_decision: 0 } });
    expect(await find({ personId: desk.id(LEAD) })).toMatchObject({ texts: 1, erased: 1 });
  });

  it('looking is on the access chain', async () => {
    const { body } = await (
      await api.as('auditor')
    ).get<{ items: { what: string; ofPerson: { id: string } }[] }>(
      `/audit/accesses?targetId=${desk.id(LEAD)}`,
    );
    expect(body.items.map(({ what, ofPerson }) => [what, ofPerson.id])).toEqual([
      ['FREE_TEXTS', desk.id(LEAD)],
    ]);
  });
});
