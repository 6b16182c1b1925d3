import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { create } from '../builders/approval-client.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface WhyNot {
  person: { name: string };
  stages: {
    key: string;
    person: string;
    rules: { rowId: string; verdict: string; unmet: { cell: string | null; value: string | null } | null }[];
  }[];
}

let api: TestApi;
let rep: ApiClient;
let director: ApiClient;
let requestId: string;
beforeAll(async () => {
  api = await startApi();
  [rep, director] = (await Promise.all(['moses.frase', 'director.central'].map((name) => api.as(name)))) as [
    ApiClient,
    ApiClient,
  ];
  requestId = (await create(rep)).id;
});
afterAll(() => api.close());

const ask = async (who: ApiClient, name: string) =>
  who.get<WhyNot>(`/requests/${requestId}/why-not?person=${await api.personId(name)}`);

describe('AE-PLAN-4 why was somebody not asked', () => {
  it('is answered to whoever may read the request; cells of the table only to whoever may read policies', async () => {
    const { status, body } = await ask(rep, 'finance');
    expect([status, body.person.name]).toEqual([200, expect.any(String)]);
    const countersign = (of: WhyNot) => of.stages.find(({ key }) => key === 'COUNTERSIGN')!;
    expect(countersign(body)).toMatchObject({
      person: 'STAGE_NOT_ASKED',
      rules: [
        {
          rowId: 'countersign',
          verdict: 'UNMET',
          unmet: { input: { name: 'category' }, cell: null, value: 'special-price' },
        },
      ],
    });
    const reader = countersign((await ask(director, 'finance')).body);
    expect(reader.rules[0]!.unmet).toMatchObject({ cell: "'countersign'", value: 'special-price' });
  });

  it('says of somebody who was asked that they were', async () => {
    const { body } = await ask(rep, 'dustin.brinkmann');
    expect(body.stages[0]).toMatchObject({ key: 'TEAM_LEAD', person: 'ASKED' });
  });

  it('does not exist for whoever may not read the request, nor for nobody', async () => {
    const stranger = await api.as('rosalina.dieter');
    expect((await ask(stranger, 'finance')).status).toBe(404);
    const nobody = await rep.get(`/requests/${requestId}/why-not?person=${randomUUID()}`);
    expect([nobody.status, nobody.body['code']]).toEqual([404, 'NOT_FOUND']);
    expect((await rep.get(`/requests/${requestId}/why-not`)).status).toBe(400);
    expect((await api.anonymous.get(`/requests/${requestId}/why-not`)).status).toBe(401);
  });
});
