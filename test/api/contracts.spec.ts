import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  draftedContract,
  everybodyApproves,
  readContract,
  signedCopy,
  write,
  type Contract,
} from '../builders/contract.js';
import { refusal } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let keeper: ApiClient;
let office: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, keeper, office] = [await api.as('moses.frase'), await api.as('seal'), await api.as('backoffice')];
});
afterAll(() => api.close());

async function approved(): Promise<Contract> {
  const { id } = await draftedContract(api, rep);
  const { requestId } = await write(rep, `/contracts/${id}/submit`);
  await everybodyApproves(api, requestId!);
  return readContract(rep, id);
}

async function sealed(): Promise<Contract> {
  return write(keeper, `/contracts/${(await approved()).id}/seal`);
}

/** All that an attempt could change. */
async function traces(id: string): Promise<unknown> {
  const [row] = await api.dataSource.query<unknown[]>(
    `SELECT k.state, k.row_version, k.text_hash, k.signed_hash, k.request_id,
       (SELECT count(*)::int FROM event WHERE aggregate_kind = 'contract' AND aggregate_id = k.id) AS events,
       (SELECT count(*)::int FROM contract_file WHERE contract_id = k.id) AS files,
       (SELECT count(*)::int FROM payment_plan_row WHERE contract_id = k.id) AS plan
     FROM contract k WHERE k.id = $1`,
    [id],
  );
  return row;
}

function edit(client: ApiClient, { id, rowVersion }: Contract, clauses: readonly object[]) {
  return client.put<Contract>(
    `/contracts/${id}/text`,
    { clauses },
    { headers: { 'If-Match': `"${rowVersion}"` } },
  );
}

const wordsOf = ({ clauses }: Contract) => clauses.map(({ key, title, text }) => ({ key, title, text }));

describe('a contract refuses', () => {
  let draft: Contract;
  beforeAll(async () => {
    draft = await draftedContract(api, rep);
  });
  const attempts: [string, string, (id: string) => Promise<unknown[]>, unknown[]][] = [
    [
      'another team’s rep',
      'reading',
      async (id) => refusal(await (await api.as('anna.snelling')).get(`/contracts/${id}`)),
      [404, 'NOT_FOUND'],
    ],
    [
      'another team’s rep',
      'submitting',
      async (id) => refusal(await (await api.as('anna.snelling')).post(`/contracts/${id}/submit`, {})),
      [404, 'NOT_FOUND'],
    ],
    [
      'its own rep',
      'sealing',
      async (id) => refusal(await rep.post(`/contracts/${id}/seal`, {})),
      [403, 'FORBIDDEN'],
    ],
    [
      'another team’s rep',
      'counter-signing',
      async (id) =>
        refusal(
          await (await api.as('anna.snelling')).post(`/contracts/${id}/counter-signed`, signedCopy('x')),
        ),
      [404, 'NOT_FOUND'],
    ],
    [
      'the seal keeper',
      'sealing a draft',
      async (id) => refusal(await keeper.post(`/contracts/${id}/seal`, {})),
      [409, 'CONTRACT_STATE'],
    ],
    [
      'back office',
      'counter-signing a draft',
      async (id) => refusal(await office.post(`/contracts/${id}/counter-signed`, signedCopy('x'))),
      [409, 'CONTRACT_STATE'],
    ],
    [
      'back office',
      'a copy without a file',
      async (id) => refusal(await office.post(`/contracts/${id}/counter-signed`, { signedOn: '2026-11-24' })),
      [400, 'VALIDATION', '/file'],
    ],
    [
      'its own rep',
      'cancelling without a reason',
      async (id) => refusal(await rep.post(`/contracts/${id}/cancel`, {})),
      [400, 'VALIDATION', '/reason'],
    ],
    [
      'its own rep',
      'a milestone it does not have',
      async (id) =>
        refusal(await rep.post(`/contracts/${id}/milestones/${randomUUID()}/done`, { doneOn: '2026-11-24' })),
      [404, 'NOT_FOUND'],
    ],
  ];
  it.each(attempts)('%s: %s, and nothing changes', async (_who, _what, attempt, expected) => {
    const before = await traces(draft.id);
    expect(await attempt(draft.id)).toEqual(expected);
    expect(await traces(draft.id)).toEqual(before);
  });

  it('an edit on a version that is gone, or with a clause twice', async () => {
    const [first] = wordsOf(draft);
    expect(refusal(await edit(rep, { ...draft, rowVersion: draft.rowVersion - 1 }, [first!]))).toEqual([
      412,
      'VERSION_MISMATCH',
    ]);
    expect(refusal(await edit(rep, draft, [first!, first!]))).toEqual([400, 'VALIDATION', '/clauses/1/key']);
    expect((await readContract(rep, draft.id)).textHash).toBe(draft.textHash);
  });
});

describe('a contract under review (processes 3.2)', () => {
  it('shows only what is documented', async () => {
    const shown = await draftedContract(api, rep);
    const document = (
      await api.anonymous.get<{ components: { schemas: Record<string, { properties: object }> } }>(
        '/api/openapi.json',
      )
    ).body;
    const documented = Object.keys(document.components.schemas['ContractView']!.properties);
    expect(Object.keys(shown).sort()).toEqual(documented.sort());
  });

  it('a changed clause is marked and legal decides unanimously; the text is locked meanwhile', async () => {
    const draft = await draftedContract(api, rep);
    const words = wordsOf(draft);
    words[0] = { ...words[0]!, text: '货物质量以样品为准。' };
    const { body: edited } = await edit(rep, draft, words);
    expect(edited.clauses.map(({ standard }) => standard)).toEqual([
      false,
      ...words.slice(1).map(() => true),
    ]);
    expect(edited.textHash).not.toBe(draft.textHash);

    const submitted = await write(rep, `/contracts/${draft.id}/submit`);
    const [legal] = await api.dataSource.query<{ quorum: { kind: string } }[]>(
      `SELECT spec->'quorum' AS quorum FROM approval_stage WHERE request_id = $1 AND key = 'LEGAL'`,
      [submitted.requestId],
    );
    expect(legal!.quorum.kind).toBe('ALL');
    expect(refusal(await edit(rep, submitted, wordsOf(draft)))).toEqual([423, 'LOCKED_BY_APPROVAL']);
    expect(refusal(await rep.post(`/contracts/${draft.id}/submit`, {}))).toEqual([409, 'CONTRACT_STATE']);
  });

  it('cancelled, the review ends with it', async () => {
    const { id } = await draftedContract(api, rep);
    const { requestId } = await write(rep, `/contracts/${id}/submit`);
    expect(await write(rep, `/contracts/${id}/cancel`, { reason: 'customer gone' })).toMatchObject({
      state: 'CANCELLED',
      actions: [],
    });
    expect((await rep.get<{ state: string }>(`/requests/${requestId}`)).body.state).toBe('WITHDRAWN');
    expect(refusal(await rep.post(`/contracts/${id}/cancel`, { reason: 'again' }))).toEqual([
      409,
      'CONTRACT_STATE',
    ]);
  });
});

describe('seal and counter-signature (processes 3.2, AE-ENV-4)', () => {
  it('does not seal a text that changed behind the approval', async () => {
    const { id } = await approved();
    await api.dataSource.query(
      `UPDATE contract SET text = text || '!', text_hash = repeat('0', 64) WHERE id = $1`,
      [id],
    );
    expect(refusal(await keeper.post(`/contracts/${id}/seal`, {}))).toEqual([412, 'NOT_COVERED']);
    expect((await readContract(rep, id)).state).toBe('APPROVED');
  });

  it('the approved text takes effect with plan and milestones; the same upload twice does it once', async () => {
    const { id, text, total } = await sealed();
    const key = randomUUID();
    const copy = () => office.post<Contract>(`/contracts/${id}/counter-signed`, signedCopy(text), { key });
    const [first, again] = [await copy(), await copy()];
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(first.body).toMatchObject({ state: 'EFFECTIVE', hashMatches: true });
    expect(first.body.plan).toMatchObject([{ seq: 1, trigger: 'DELIVERY', pct: '100', amount: total }]);
    expect(await traces(id)).toMatchObject({ state: 'EFFECTIVE', files: 1, plan: 1 });
    expect(refusal(await office.post(`/contracts/${id}/counter-signed`, signedCopy(text)))).toEqual([
      409,
      'CONTRACT_STATE',
    ]);
  });

  it('line ends of another system are the same text', async () => {
    const { id, text } = await sealed();
    const windows = signedCopy(text.replaceAll('\n', '\r\n'));
    expect((await write(office, `/contracts/${id}/counter-signed`, windows)).state).toBe('EFFECTIVE');
  });

  it('another text goes back to review and is shown as different until it is sealed again', async () => {
    const { id, text, textHash } = await sealed();
    const other = await write(office, `/contracts/${id}/counter-signed`, signedCopy(`${text}\n另付佣金`));
    expect(other).toMatchObject({ state: 'IN_REVIEW', hashMatches: false, textHash });
    expect(other.signedHash).not.toBe(textHash);
    expect(await traces(id)).toMatchObject({ files: 1, plan: 0 });
    await everybodyApproves(api, other.requestId!);
    expect(await write(keeper, `/contracts/${id}/seal`)).toMatchObject({
      state: 'SEALED',
      hashMatches: null,
    });
  });

  it('instalments sum to the total to the cent', async () => {
    const thirds = [
      { trigger: 'SIGNING', pct: '33.3333', days: 0 },
      { trigger: 'DELIVERY', pct: '33.3333', days: 30 },
      { trigger: 'ACCEPTANCE', pct: '33.3334', days: 0 },
    ];
    const { id } = await draftedContract(api, rep, { instalments: thirds });
    const { requestId } = await write(rep, `/contracts/${id}/submit`);
    await everybodyApproves(api, requestId!);
    const { text } = await write(keeper, `/contracts/${id}/seal`);
    const { plan, total, effectiveOn } = await write(
      office,
      `/contracts/${id}/counter-signed`,
      signedCopy(text),
    );
    // 20 × 4,821.00 = 96,420.00, a third of it 32,140.00 less or plus 4 cents: 32,139.97 · 32,139.97 · 32,140.06
    expect(total.amount).toBe('96420.00');
    expect(plan.map(({ amount }) => amount.amount)).toEqual(['32139.97', '32139.97', '32140.06']);
    expect(plan.map(({ dueOn }) => dueOn)).toEqual([effectiveOn, expect.any(String), null]);
  });

  it('Postgres itself refuses a plan that is not the total', async () => {
    const { id, text } = await sealed();
    await write(office, `/contracts/${id}/counter-signed`, signedCopy(text));
    await expect(
      api.dataSource.query(`UPDATE payment_plan_row SET amount = amount - 0.01 WHERE contract_id = $1`, [id]),
    ).rejects.toThrow();
  });

  it('a milestone is reached once', async () => {
    const { id, text } = await sealed();
    const { milestones } = await write(office, `/contracts/${id}/counter-signed`, signedCopy(text));
    const path = `/contracts/${id}/milestones/${milestones[0]!.id}/done`;
    const after = await write(rep, path, { doneOn: '2026-11-24' });
    expect(after.milestones.filter(({ doneOn }) => doneOn === '2026-11-24')).toHaveLength(1);
    expect(refusal(await rep.post(path, { doneOn: '2026-11-25' }))).toEqual([409, 'MILESTONE_DONE']);
  });
});
