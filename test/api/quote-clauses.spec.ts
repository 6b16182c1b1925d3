import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../support/api.js';

interface QuotedClause {
  name: string;
  library: { key: string; version: number; title: string; text: string; standard: boolean } | null;
}

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('the clauses in which a quotation may leave the standard', () => {
  it('are told to whoever reads quotations', async () => {
    expect((await api.anonymous.get('/quote-clauses')).status).toBe(401);
    expect((await (await api.as('hr')).get('/quote-clauses')).status).toBe(403);
  });

  it('are those of the pricing policy, each with the words of the library under its name, if there are any', async () => {
    const { body } = await (await api.as('moses.frase')).get<QuotedClause[]>('/quote-clauses');
    expect(body.map(({ name }) => name)).toEqual([
      'LIABILITY',
      'INTELLECTUAL_PROPERTY',
      'FOREIGN_LAW',
      'EXCLUSIVITY',
      'PENALTY',
      'OTHER',
    ]);
    expect(body[0]!.library).toMatchObject({
      key: 'liability',
      version: 1,
      title: '责任限制 Liability',
      text: '任何一方的赔偿总额不超过合同总价；故意或重大过失造成的损失不受此限。',
      standard: true,
    });
    expect(body.slice(1).map(({ library }) => library)).toEqual([null, null, null, null, null]);
  });
});
