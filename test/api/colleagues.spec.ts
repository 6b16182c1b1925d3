import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KEEPER, KEEPER_POLICY } from '../builders/kind-of-people.js';
import { putInForce } from '../builders/policy-desk.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Offered {
  items: { id: string; name: string; title: string | null }[];
  nextCursor: string | null;
}

let api: TestApi;
let rep: ApiClient;
beforeAll(async () => {
  api = await startApi();
  rep = await api.as('moses.frase');
});
afterAll(() => api.close());

const offered = async (query = ''): Promise<Offered> =>
  (await rep.get<Offered>(`/org/colleagues?limit=100${query}`)).body;
const fieldsOf = (items: object[]): string[] => [...new Set(items.flatMap((item) => Object.keys(item)))];

describe('whom a form may name', () => {
  it('is not told to somebody who is not signed in, or has no approvals', async () => {
    expect((await api.anonymous.get('/org/colleagues')).status).toBe(401);
    await api.dataSource.query(
      `DELETE FROM role_permission WHERE role = 'SEAL_KEEPER' AND permission = 'approval:read'`,
    );
    expect((await (await api.as('seal')).get('/org/colleagues')).status).toBe(403);
  });

  it('is everybody who works here, also beyond what a rep sees of the organisation; by name, no more', async () => {
    const { body: seen } = await rep.get<Offered>('/org/people?limit=100');
    const { items } = await offered();
    expect([seen.items.length, items.length]).toEqual([14, 60]);
    expect(fieldsOf(items).sort()).toEqual(['id', 'name', 'title']);
    expect(seen.items.some(({ name }) => name === 'Cara Losch')).toBe(false);
    expect((await offered('&search=losch')).items.map(({ name }) => name)).toEqual(['Cara Losch']);
    expect((await offered(`&search=${encodeURIComponent('%')}`)).items).toEqual([]);
  });

  it('is taken by a form as it is offered', async () => {
    const [admin, cfo] = [await api.as('admin'), await api.as('cfo')];
    await putInForce(admin, cfo, 'approval.keeper', KEEPER_POLICY);
    await putInForce(admin, cfo, 'request.keeper', KEEPER);
    const [{ id } = { id: '' }] = (await offered('&search=losch')).items;
    const { status } = await rep.post('/forms', { kind: 'keeper', document: { thing: 'Box', keeper: id } });
    expect(status).toBe(201);
  });

  it('is nobody who has left', async () => {
    await api.dataSource.query(
      `UPDATE employee SET status = 'LEFT', left_at = now() WHERE name = 'Cara Losch'`,
    );
    expect((await offered('&search=losch')).items).toEqual([]);
  });

  it('has a name for whom a document names already, also when they have left', async () => {
    const [cara, anna] = [await api.personId('cara.losch'), await api.personId('anna.snelling')];
    const { items } = await offered(`&ids=${cara},${anna}`);
    expect(items.map(({ name }) => name)).toEqual(['Anna Snelling', 'Cara Losch']);
    expect((await rep.get('/org/colleagues?ids=cara')).status).toBe(400);
  });

  it('is read page by page', async () => {
    const first = (await rep.get<Offered>('/org/colleagues?limit=2')).body;
    const next = (await rep.get<Offered>(`/org/colleagues?limit=2&cursor=${first.nextCursor!}`)).body;
    const names = [...first.items, ...next.items].map(({ name }) => name);
    expect([names.length, names]).toEqual([4, [...names].sort()]);
  });
});
