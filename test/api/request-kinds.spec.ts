import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GIFT } from '../builders/request-kind.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Kind {
  key: string;
  version: number;
  retired: boolean;
  routed: boolean;
  content: { titles: { zh: string } };
  versions: { version: number; note: string }[];
}
interface Findings {
  errors: number;
  problems: { code: string; at: string; messageZh: string }[];
}

let api: TestApi;
let rep: ApiClient;
let admin: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, admin] = (await Promise.all(['moses.frase', 'admin'].map((name) => api.as(name)))) as [
    ApiClient,
    ApiClient,
  ];
});
afterAll(() => api.close());

const define = (key: string, content: object = GIFT) =>
  admin.post<Kind>('/request-kinds', { key, content, note: 'we give things away' });

describe('request kinds as data', () => {
  it('are defined, edited, checked and retired by whoever may write policies, by nobody else', async () => {
    const { note } = { note: 'mine' };
    for (const denied of [
      await rep.post('/request-kinds', { key: 'mine', content: GIFT, note }),
      await rep.put('/request-kinds/expense', { content: GIFT, note, expectedVersion: 1 }),
      await rep.post('/request-kinds/expense/retire', { reason: note }),
      await rep.post('/request-kinds/lint', { content: GIFT }, { key: null }),
    ])
      expect([denied.status, denied.body['code']]).toEqual([403, 'FORBIDDEN']);
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
    ]);
    const one = await rep.get<Kind>('/request-kinds/expense');
    expect(one.body.content.titles.zh).toBe('费用报销');
    expect((await rep.get('/request-kinds/nothing')).status).toBe(404);
  });

  it('AE-POL-1 an edit is a new version; the old one stays as it was', async () => {
    expect((await define('gift')).body).toMatchObject({ key: 'gift', version: 1, routed: true });
    expect((await define('gift')).body['code' as never]).toBe('ALREADY_EXISTS');
    const content = { ...GIFT, titles: { zh: '赠品', en: 'Gift' } };
    const edit = (expectedVersion: number) =>
      admin.put<Kind>('/request-kinds/gift', { content, note: 'shorter', expectedVersion });
    const [first, second] = await Promise.all([edit(1), edit(1)]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
    const { body } = await admin.get<Kind>('/request-kinds/gift');
    expect(body.versions.map(({ version, note }) => [version, note])).toEqual([
      [2, 'shorter'],
      [1, 'we give things away'],
    ]);
    await expect(
      api.dataSource.query(`UPDATE request_kind_version SET note = 'x' WHERE key = 'gift'`),
    ).rejects.toThrow();
  });

  it('are retired once', async () => {
    await define('gift-old');
    const retire = () =>
      admin.post<Kind>('/request-kinds/gift-old/retire', { reason: 'nobody gives any more' });
    expect((await retire()).body).toMatchObject({ retired: true });
    expect((await retire()).body['code' as never]).toBe('KIND_RETIRED');
    expect(
      (await admin.put('/request-kinds/gift-old', { content: GIFT, note: 'x', expectedVersion: 1 })).status,
    ).toBe(409);
  });

  it('are not put in force with anything the linter is against', async () => {
    const content = { ...GIFT, facts: GIFT.facts.slice(0, 2) };
    const { body } = await admin.post<Findings>('/request-kinds/lint', { content }, { key: null });
    expect([body.errors, body.problems.map(({ code, at }) => `${code} ${at}`)]).toEqual([
      1,
      ['FACT_MISSING facts/levels'],
    ]);
    expect(body.problems[0]!.messageZh).toMatch(/事实/);
    const refused = await define('gift-bad', content);
    expect([refused.status, refused.body]).toMatchObject([
      422,
      { code: 'KIND_ERROR', problems: [{ code: 'FACT_MISSING' }] },
    ]);
    expect((await rep.get('/request-kinds/gift-bad')).status).toBe(404);
  });

  it('keep a policy from asking for what they do not give', async () => {
    const [policy] = (await admin.get<{ content: { inputs: object[] } }[]>('/policies?kind=approval.expense'))
      .body;
    const inputs = [...policy!.content.inputs, { name: 'colour', label: 'Colour', type: 'string' }];
    const content = { ...policy!.content, inputs };
    const { body } = await admin.post<Findings>(
      '/policies/lint',
      { kind: 'approval.expense', content },
      { key: null },
    );
    expect(body.problems.map(({ code, at }) => `${code} ${at}`)).toContain('KIND_LACKS_FACT inputs/colour');
  });
});
