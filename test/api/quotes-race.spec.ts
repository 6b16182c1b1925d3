import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decide, type View } from '../builders/approval-client.js';
import { catalogue, draft, eachForItself, put, read, submit, type Catalogue } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let director: ApiClient;
let goods: Catalogue;
beforeAll(async () => {
  api = await startApi();
  await eachForItself(api.dataSource); // how many turns a race leaves open is chance
  [rep, director] = (await Promise.all(['moses.frase', 'director.central'].map((name) => api.as(name)))) as [
    ApiClient,
    ApiClient,
  ];
  goods = await catalogue(rep);
});
afterAll(() => api.close());

describe('an edit and a submission at the same instant', () => {
  it('never puts content before approvers that is not the quotation’s', async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      const own = await draft(rep, goods.body({ discountPct: '12' }));
      await Promise.all([
        put(rep, own, goods.body({ discountPct: '15' })),
        rep.post(`/quotes/${own.id}/submit`, {}),
      ]);
      const { materialHash, state } = await read(rep, own.id);
      expect(state).toBe('IN_APPROVAL');
      const [request] = await api.dataSource.query<{ hash: string }[]>(
        `SELECT r.subject_hash AS hash FROM approval_request r WHERE r.kind = 'QUOTE' AND r.subject_id = $1`,
        [own.id],
      );
      expect(request!.hash).toBe(materialHash);
    }
  });
});

describe('two edits of one version at the same instant', () => {
  it('one is taken, the other hears 412', async () => {
    const own = await draft(rep, goods.body({ discountPct: '12' }));
    const answers = await Promise.all(
      ['13', '14'].map((pct) => put(rep, own, goods.body({ discountPct: pct }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await read(rep, own.id)).rowVersion).toBe(2);
  });
});

describe('submitting again and withdrawing at the same instant', () => {
  it('ends in one of the two, never in an error of ours', async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const { id, requestId } = await submit(rep, (await draft(rep, goods.body({ discountPct: '12' }))).id);
      await decide(director, requestId!, 'RETURN', { resume: 'NEXT' });
      const { version } = (await rep.get<View>(`/requests/${requestId}`)).body;
      const [again, gone] = await Promise.all([
        rep.post(`/quotes/${id}/submit`, {}),
        rep.post(`/requests/${requestId}/withdraw`, { expectedVersion: version }),
      ]);
      const { state } = await read(rep, id);
      const request = (await rep.get<View>(`/requests/${requestId}`)).body.state;
      expect([
        [200, 409],
        [409, 200],
      ]).toContainEqual([again.status, gone.status]);
      expect([state, request]).toEqual(
        again.status === 200 ? ['IN_APPROVAL', 'PENDING'] : ['WITHDRAWN', 'WITHDRAWN'],
      );
    }
  });
});
