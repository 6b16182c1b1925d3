import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { approve, draftOf, edit, endInForce, inReview, putInForce, submit } from '../builders/policy-desk.js';
import type { PolicyAnswer } from '../builders/policy-desk.js';
import { GIFT, GIFT_DOCUMENT } from '../builders/request-kind.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Kind {
  key: string;
  version: number;
  retired: boolean;
  routed: boolean;
  content: { titles: { zh: string }; schema: { properties: object } };
}
interface Findings {
  errors: number;
  problems: { code: string; at: string; messageZh: string }[];
}

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

let api: TestApi;
let rep: ApiClient;
let admin: ApiClient;
let cfo: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, admin, cfo] = (await Promise.all(['moses.frase', 'admin', 'cfo'].map((name) => api.as(name)))) as [
    ApiClient,
    ApiClient,
    ApiClient,
  ];
});
afterAll(() => api.close());

const start = async (kind: string) => {
  const document = { ...GIFT_DOCUMENT, store: `Store of ${kind}` };
  const { status, body } = await rep.post('/requests/preview', { kind, document }, { key: null });
  return status === 200 ? 'STARTS' : body['code'];
};
/** Gives the policy of general requests one fact less than it asks for. */
const LACKING = { ...GIFT, facts: GIFT.facts.slice(0, 2) };

describe('request kinds as data', () => {
  it('are drafted, approved and ended by whoever may do so with policies, by nobody else', async () => {
    const [expense] = (await admin.get<PolicyAnswer[]>('/policies?kind=request.expense')).body;
    const draft = await inReview(admin, 'request.expense', GIFT);
    for (const denied of [
      await rep.post('/policies/drafts', { kind: 'request.mine', content: GIFT, note: 'mine' }),
      await approve(rep, draft),
      await approve(await api.as('director.central'), draft),
      await rep.post(`/policies/${expense!.id}/deactivate`, { reason: 'mine' }),
      await rep.post('/policies/lint', { kind: 'request.mine', content: GIFT }, { key: null }),
    ])
      expect([denied.status, denied.body['code']]).toEqual([403, 'FORBIDDEN']);
    expect((await admin.post('/request-kinds', { key: 'gift', content: GIFT, note: 'mine' })).status).toBe(
      404,
    );
  });

  it('begin with four, beside the kinds with modules of their own, which are described alike', async () => {
    const { body } = await rep.get<{ kinds: Kind[]; builtIn: { kind: string; workflow: string }[] }>(
      '/request-kinds',
    );
    expect(body.kinds.map(({ key, version, routed, retired }) => [key, version, routed, retired])).toEqual([
      ['contract-seal', 1, true, false],
      ['discount-framework', 1, true, false],
      ['expense', 1, true, false],
      ['special-stock', 1, true, false],
    ]);
    expect(body.builtIn.map(({ kind, workflow }) => [kind, workflow])).toEqual([
      ['QUOTE', 'quoteToContract'],
      ['CONTRACT', 'quoteToContract'],
      ['GENERAL', 'generalApproval'],
      ['REVOCATION', 'generalApproval'],
      ['SPLIT', 'generalApproval'],
    ]);
    const one = await rep.get<Kind>('/request-kinds/expense');
    expect(one.body.content.titles.zh).toBe('费用报销');
    expect((await rep.get('/request-kinds/nothing')).status).toBe(404);
    const family = (await admin.get<PolicyAnswer[]>('/policies?kind=request')).body;
    expect([...new Set(family.map(({ kind }) => kind))]).toEqual([
      'request.contract-seal',
      'request.discount-framework',
      'request.expense',
      'request.special-stock',
    ]);
  });

  it.each(['request.', 'request.a', 'request.Gift', 'request.1a', `request.${'a'.repeat(41)}`])(
    'are named by small letters, digits and -: not %s',
    async (kind) => {
      const { body } = await admin.post('/policies/drafts', { kind, content: GIFT, note: 'new' });
      expect(['VALIDATION', 'POLICY.KIND']).toContain(body['code']);
    },
  );
});

describe('AE-POL-1 a request kind', () => {
  it('is in force once a second person has approved it, and not before; the order of its form is kept', async () => {
    const draft = await inReview(admin, 'request.gift', GIFT);
    expect(await start('gift')).toBe('NOT_FOUND');
    expect((await approve(admin, draft)).body['code']).toBe('SOD_VIOLATION');
    expect(await start('gift')).toBe('NOT_FOUND');
    expect((await approve(cfo, draft)).body).toMatchObject({
      state: 'ACTIVE',
      version: 1,
      createdBy: { name: expect.any(String) },
      approvedBy: { name: expect.any(String) },
    });
    expect(await start('gift')).toBe('STARTS');
    const { body } = await rep.get<Kind>('/request-kinds/gift');
    expect(body).toMatchObject({ key: 'gift', version: 1, routed: true, retired: false });
    expect(Object.keys(body.content.schema.properties)).toEqual(Object.keys(GIFT.schema.properties));
  });

  it('changes by a new version; the old one stays as it was, and of two drafts the second is made anew', async () => {
    await putInForce(admin, cfo, 'request.gift-next', GIFT);
    const content = { ...GIFT, titles: { zh: '赠品', en: 'Gift' } };
    const [first, second] = [
      await inReview(admin, 'request.gift-next', content),
      await inReview(admin, 'request.gift-next', { ...content, numberPrefix: 'GX' }),
    ];
    expect((await approve(cfo, first)).body.version).toBe(2);
    expect((await approve(cfo, second)).body['code']).toBe('POLICY.BASE_CONFLICT');
    const { body } = await admin.get<PolicyAnswer[]>('/policies?kind=request.gift-next');
    expect(body.map(({ version, state }) => [version, state])).toEqual([
      [3, 'IN_REVIEW'],
      [2, 'ACTIVE'],
      [1, 'ENDED'],
    ]);
    const change = (set: string) =>
      api.dataSource.query(`UPDATE policy_version SET ${set} WHERE kind = 'request.gift-next'`);
    for (const set of [`content = '{}'`, `version = version + 1`, `approved_by = 'me'`])
      await expect(change(set)).rejects.toThrow('immutable');
  });

  it('may begin at an instant to come; taken back before, the version of now goes on', async () => {
    await putInForce(admin, cfo, 'request.gift-later', GIFT);
    const content = { ...GIFT, titles: { zh: '赠品', en: 'Gift' } };
    const { body: draft } = await submit(admin, await draftOf(admin, 'request.gift-later', content), {
      validFrom: TOMORROW,
    });
    const { body: next } = await approve(cfo, draft);
    expect([next.state, next.validFrom]).toEqual(['SCHEDULED', TOMORROW]);
    expect((await rep.get<Kind>('/request-kinds/gift-later')).body.version).toBe(1);
    await admin.post(`/policies/${next.id}/cancel`, { reason: 'later still' });
    const { body: taken } = await cfo.post<PolicyAnswer>(`/policies/${next.id}/ending/confirm`, {});
    expect(taken.state).toBe('CANCELLED');
    expect(await start('gift-later')).toBe('STARTS');
    const first = await inReview(admin, 'request.gift-first', GIFT);
    expect((await approve(cfo, first, { validFrom: TOMORROW })).body.state).toBe('SCHEDULED');
    expect(await start('gift-first')).toBe('NOT_FOUND');
    expect((await rep.get('/request-kinds/gift-first')).status).toBe(404);
  });

  it('is retired when a second person confirms it, and comes back as a new version', async () => {
    const { id } = await putInForce(admin, cfo, 'request.gift-old', GIFT);
    await admin.post(`/policies/${id}/deactivate`, { reason: 'nobody gives any more' });
    const own = await admin.post(`/policies/${id}/ending/confirm`, {});
    expect([own.status, own.body['code']]).toEqual([403, 'SOD_VIOLATION']);
    expect(await start('gift-old')).toBe('STARTS');
    await cfo.post(`/policies/${id}/ending/refuse`, { reason: 'somebody does' });
    await endInForce(admin, cfo, id);
    expect(await start('gift-old')).toBe('KIND_RETIRED');
    expect((await rep.get<Kind>('/request-kinds/gift-old')).body).toMatchObject({
      version: 1,
      retired: true,
    });
    await putInForce(admin, cfo, 'request.gift-old', GIFT);
    expect((await rep.get<Kind>('/request-kinds/gift-old')).body).toMatchObject({
      version: 2,
      retired: false,
    });
  });
});

describe('what the linter rejects gets by no path into force', () => {
  it('not by submitting', async () => {
    const { body } = await admin.post<Findings>(
      '/policies/lint',
      { kind: 'request.gift-bad', content: LACKING },
      { key: null },
    );
    expect([body.errors, body.problems.map(({ code, at }) => `${code} ${at}`)]).toEqual([
      1,
      ['FACT_MISSING facts/levels'],
    ]);
    expect(body.problems[0]!.messageZh).toMatch(/事实/);
    const refused = await submit(admin, await draftOf(admin, 'request.gift-bad', LACKING));
    expect([refused.status, refused.body]).toMatchObject([
      422,
      { code: 'POLICY_ERROR', problems: [{ code: 'FACT_MISSING' }] },
    ]);
  });

  it('not by approving what was right when it was submitted, at once or from an instant on', async () => {
    const draft = await inReview(admin, 'request.gift-bad', GIFT);
    await api.dataSource.query(`UPDATE policy_draft SET content = $2 WHERE id = $1`, [
      draft.id,
      JSON.stringify(LACKING),
    ]);
    for (const body of [{}, { validFrom: TOMORROW }])
      expect((await approve(cfo, draft, body)).body['code']).toBe('POLICY_ERROR');
    expect((await rep.get('/request-kinds/gift-bad')).status).toBe(404);
    const [row] = await api.dataSource.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM policy_version WHERE kind = 'request.gift-bad'`,
    );
    expect(row!.n).toBe(0);
  });

  it('not by a policy that asks for more, while the kind is in force or to come', async () => {
    const [policy] = (await admin.get<PolicyAnswer[]>('/policies?kind=approval.expense')).body;
    const inputs = [
      ...(policy!.content['inputs'] as object[]),
      { name: 'colour', label: 'Colour', type: 'string' },
    ];
    const content = { ...policy!.content, inputs };
    const refused = await submit(admin, await draftOf(admin, 'approval.expense', content));
    expect(refused.body['code']).toBe('POLICY_ERROR');
    expect(JSON.stringify(refused.body)).toContain('KIND_LACKS_FACT');
  });

  it('not beside a policy to come that asks for more', async () => {
    const [general] = (await admin.get<PolicyAnswer[]>('/policies?kind=approval.general')).body;
    await putInForce(admin, cfo, 'approval.alone', general!.content);
    const inputs = [
      ...(general!.content['inputs'] as object[]),
      { name: 'colour', label: 'Colour', type: 'string' },
    ];
    const draft = await inReview(admin, 'approval.alone', { ...general!.content, inputs });
    expect((await approve(cfo, draft, { validFrom: TOMORROW })).body.state).toBe('SCHEDULED');
    const content = { ...GIFT, policyKind: 'approval.alone' };
    const refused = await submit(admin, await draftOf(admin, 'request.gift-alone', content));
    expect(refused.body).toMatchObject({ code: 'POLICY_ERROR', problems: [{ at: 'facts/colour' }] });
  });

  it('not when a kind and its policy are approved at the same moment', async () => {
    const [general] = (await admin.get<PolicyAnswer[]>('/policies?kind=approval.general')).body;
    await putInForce(admin, cfo, 'approval.racing', general!.content);
    const inputs = [
      ...(general!.content['inputs'] as object[]),
      { name: 'colour', label: 'Colour', type: 'string' },
    ];
    const policy = await inReview(admin, 'approval.racing', { ...general!.content, inputs });
    const kind = await inReview(admin, 'request.gift-race', { ...GIFT, policyKind: 'approval.racing' });
    const answers = await Promise.all([approve(cfo, policy), approve(cfo, kind)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  it('not by an edit of what is in review', async () => {
    const draft = await inReview(admin, 'request.gift-late', GIFT);
    expect((await edit(admin, draft, { content: LACKING })).body['code']).toBe('POLICY.DRAFT_STATE');
    expect((await approve(cfo, draft)).body.content).toEqual(GIFT);
  });
});
