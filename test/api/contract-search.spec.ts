import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { draftedContract, effectiveContract, write, type Contract } from '../builders/contract.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Found {
  items: { id: string; state: string; snippet: string | null }[];
}

let api: TestApi;
let rep: ApiClient;
beforeAll(async () => {
  api = await startApi();
  rep = await api.as('moses.frase');
});
afterAll(() => api.close());

const search = async (words: string, by = rep): Promise<Found['items']> =>
  (await by.get<Found>(`/contracts?search=${encodeURIComponent(words)}`)).body.items;

/** A draft with one more clause, saying so. */
async function saying(text: string): Promise<Pick<Contract, 'id'>> {
  const { id, rowVersion, clauses } = await draftedContract(api, rep);
  const { status } = await rep.put(
    `/contracts/${id}/text`,
    { clauses: [...clauses, { key: 'extra', title: '其他 Other', text }] },
    { headers: { 'If-Match': `"${rowVersion}"` } },
  );
  expect(status).toBe(200);
  return { id };
}

describe('full-text search over contracts (issue 5.4)', () => {
  it.each([
    ['two Chinese characters', '玛瑙'],
    ['a Chinese phrase', '玛瑙石阶'],
    ['Latin words in another case', 'AGATE steps'],
    ['wildcards as they stand', '100%_sure'],
  ])('%s are found, with the place', async (_case, words) => {
    const { id } = await saying(`双方同意铺设玛瑙石阶（agate STEPS），${randomUUID()}，100%_sure。`);
    const found = (await search(words)).find((each) => each.id === id);
    expect(found?.snippet?.toLowerCase()).toContain(words.toLowerCase());
  });

  it('not what only nearly says so, nor with letters in another order', async () => {
    const { id } = await saying('石玛瑙阶');
    for (const words of ['玛瑙石阶', '瑙玛', '100x_sure'])
      expect((await search(words)).map((each) => each.id)).not.toContain(id);
  });

  it('in the archive as well', async () => {
    const { id, number, text } = await effectiveContract(api, rep);
    await api.dataSource.query(
      `UPDATE contract SET state = 'ARCHIVED', ended_at = now(), archived_at = now(), retention_until = current_date
       WHERE id = $1`,
      [id],
    );
    expect(text).toContain('不可抗力');
    const found = (await search('不可抗力')).find((each) => each.id === id);
    expect(found).toMatchObject({ state: 'ARCHIVED' });
    expect(found!.snippet).toContain('不可抗力');
    expect(await search(number)).toMatchObject([{ id, state: 'ARCHIVED' }]);
  });

  it('says nothing of contracts the viewer may not see', async () => {
    const { id } = await saying('孔雀石阶梯');
    expect((await search('孔雀石')).map((each) => each.id)).toEqual([id]);
    const other = await api.as('darcel.schlecht');
    expect(await search('孔雀石', other)).toEqual([]);
    await write(rep, `/contracts/${id}/cancel`, { reason: 'tidy' });
  });

  it('goes by the index, not through every text', async () => {
    const plan = await api.dataSource.transaction(async (tx) => {
      await tx.query(`SET LOCAL enable_seqscan = off`);
      return tx.query<Record<string, string>[]>(
        `EXPLAIN SELECT id FROM contract WHERE character_pairs(text) @> character_pairs('玛瑙')`,
      );
    });
    expect(JSON.stringify(plan)).toContain('contract_words');
  });
});
