import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClauseTemplate } from '../../src/domain/contract/policy.js';
import { CONTRACT_TERMS } from '../../src/policy/seed/contract-terms.js';
import { draftedContract, write, type Contract } from '../builders/contract.js';
import { approve, inReview } from '../builders/policy-desk.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Offered extends ClauseTemplate {
  version: number;
  standard: boolean;
  inEveryContract: boolean;
}

const NEXT = { key: 'quality', title: '质量标准 Quality', text: '货物应符合双方封存的样品。', version: 2 };
const SPARE = { key: 'spare-parts', title: '备件 Spare parts', text: '备件供应十年。', onDemand: true };

let api: TestApi;
let rep: ApiClient;
let legal: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, legal] = [await api.as('moses.frase'), await api.as('legal')];
});
afterAll(() => api.close());

const offered = async (): Promise<Offered[]> => (await rep.get<Offered[]>('/contract-clauses')).body;
const wordsOf = ({ clauses }: Contract) => clauses.map(({ key, title, text }) => ({ key, title, text }));
async function edit({ id, rowVersion }: Contract, clauses: readonly ClauseTemplate[]): Promise<Contract> {
  const options = { headers: { 'If-Match': `"${rowVersion}"` } };
  const { status, body } = await rep.put<Contract>(`/contracts/${id}/text`, { clauses }, options);
  expect(status).toBe(200);
  return body;
}
const legalQuorum = async (requestId: string | null): Promise<string | undefined> => {
  const rows = await api.dataSource.query<{ kind: string }[]>(
    `SELECT spec->'quorum'->>'kind' AS kind FROM approval_stage WHERE request_id = $1 AND key = 'LEGAL'`,
    [requestId],
  );
  return rows[0]?.kind;
};

describe('the clause library (issue 5.4)', () => {
  let before: Contract;

  it('is drafted by legal and published by a second person, never by legal alone', async () => {
    before = await draftedContract(api, rep);
    const draft = await inReview(legal, 'contract', {
      ...CONTRACT_TERMS,
      clauses: [...CONTRACT_TERMS.clauses, NEXT, SPARE],
    });
    expect((await approve(legal, draft)).status).toBe(403);
    expect((await offered()).find(({ key }) => key === 'quality')!.version).toBe(1);
    expect((await approve(await api.as('cfo'), draft)).status).toBeLessThan(300);
    const now = await offered();
    expect(now.filter(({ key }) => key === 'quality')).toMatchObject([{ version: 2, text: NEXT.text }]);
    expect(now.find(({ key }) => key === 'spare-parts')).toMatchObject({
      version: 1,
      standard: true,
      inEveryContract: false,
    });
  });

  it('a new contract takes the new version; one that holds the old one keeps it as standard', async () => {
    const after = await draftedContract(api, rep);
    expect(after.clauses.filter(({ key }) => key === 'quality')).toMatchObject([
      { text: NEXT.text, version: 2, standard: true },
    ]);
    expect(after.clauses.map(({ key }) => key)).not.toContain('spare-parts');
    const { key, title, text } = SPARE;
    const taken = await edit(before, [...wordsOf(before), { key, title, text }]);
    expect(taken.clauses.every(({ standard }) => standard)).toBe(true);
    expect(taken.clauses[0]).toMatchObject({ key: 'quality', version: 1 });
    const { requestId } = await write(rep, `/contracts/${before.id}/submit`);
    expect(await legalQuorum(requestId)).not.toBe('ALL');
  });

  it('words somebody changed are non-standard, and legal answers as one', async () => {
    const draft = await draftedContract(api, rep);
    const words = wordsOf(draft).map((clause) =>
      clause.key === 'quality' ? { ...clause, text: `${clause.text}买方不得异议。` } : clause,
    );
    const edited = await edit(draft, words);
    const changed = edited.clauses.find(({ key }) => key === 'quality')!;
    expect(changed).toEqual({ ...words.find(({ key }) => key === 'quality'), standard: false });
    const { requestId } = await write(rep, `/contracts/${draft.id}/submit`);
    expect(await legalQuorum(requestId)).toBe('ALL');
  });
});
