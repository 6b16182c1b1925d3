import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decisionTable } from '../../src/policy/seed/build.js';
import { GENERAL_POLICY } from '../../src/policy/seed/general-policy.js';
import { CONTRACT_TERMS } from '../../src/policy/seed/contract-terms.js';
import { QUOTE_POLICY } from '../../src/policy/seed/quote-policy.js';
import { QUOTE_ROWS } from '../../src/policy/seed/quote-rows.js';
import { PRICING_POLICY } from '../../src/policy/seed/pricing-policy.js';
import { ROLES } from '../../src/domain/org/directory.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Policy {
  id: string;
  kind: string;
  version: number;
  state: string;
  validFrom: string | null;
  validTo: string | null;
}

const ANY = '/policies/00000000-0000-4000-8000-000000000000';
const ROUTES = [
  ['GET', '/policies', undefined],
  ['GET', ANY, undefined],
  ['POST', '/policies/lint', { kind: 'pricing', content: PRICING_POLICY }],
  ['POST', `${ANY}/cancel`, { reason: 'x' }],
  ['POST', `${ANY}/deactivate`, { reason: 'x' }],
  ['POST', `${ANY}/ending/confirm`, {}],
  ['POST', `${ANY}/ending/refuse`, { reason: 'x' }],
  ['POST', `${ANY}/ending/withdraw`, { reason: 'x' }],
] as const;

let api: TestApi;
let rep: ApiClient;
let finance: ApiClient;
let cfo: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, finance, cfo] = (await Promise.all(
    ['moses.frase', 'finance', 'cfo'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient];
});
afterAll(() => api.close());

const general = (rows: Parameters<typeof decisionTable>[1]) => ({
  ...GENERAL_POLICY,
  jdm: decisionTable(GENERAL_POLICY.inputs, rows),
});
const QUOTE_ROWS_WITHOUT = (id: string) =>
  decisionTable(
    QUOTE_POLICY.inputs,
    QUOTE_ROWS.filter((row) => row.id !== id),
  );
const ROW = { id: 'all', when: {}, stages: ['TEAM_LEAD'], rule: 'everything', text: 'amount {amount}' };

async function propose(kind: string, content: object): Promise<Policy> {
  const { status, body } = await cfo.post<Policy>('/policies/drafts', { kind, content, note: 'because' });
  expect(status).toBe(201);
  return body;
}

describe('every route of policies', () => {
  it.each(ROUTES)('is closed to nobody in particular: %s %s', async (method, path, body) => {
    expect((await api.anonymous.send(method, path, body)).status).toBe(401);
  });

  it.each(ROUTES)('is closed to a sales representative: %s %s', async (method, path, body) => {
    expect((await rep.send(method, path, body)).status).toBe(403);
  });

  it('reading is not writing', async () => {
    expect((await finance.post(`${ANY}/deactivate`, { reason: 'x' })).status).toBe(403);
  });
});

describe('who drafts and who decides', () => {
  it('is data of the roles: directors, sales managers and legal draft, what is approved stays with few', async () => {
    const rights = await api.dataSource.query<{ permission: string; roles: string[] }[]>(
      `SELECT permission, array_agg(role ORDER BY role) AS roles FROM role_permission
       WHERE permission IN ('policy:draft', 'policy:write') GROUP BY permission ORDER BY permission`,
    );
    expect(rights).toEqual([
      { permission: 'policy:draft', roles: ['ADMIN', 'CFO', 'LEGAL', 'REGIONAL_DIRECTOR', 'SALES_MANAGER'] },
      { permission: 'policy:write', roles: ['ADMIN', 'CFO'] },
    ]);
  });

  it('tells editors what a policy may name', async () => {
    const { body } = await finance.get<{ roles: string[]; offices: object[]; policyKinds: string[] }>(
      '/policies/vocabulary',
    );
    expect(body.roles).toEqual([...ROLES]);
    expect(body.offices[0]).toEqual({ key: expect.any(String), name: expect.any(String) });
    expect(body.policyKinds).toContain('approval.general');
  });
});

describe('policies in force', () => {
  it('are listed by kind with version and validity', async () => {
    const { body } = await finance.get<Policy[]>('/policies?kind=approval.quote');
    expect(body).toMatchObject([{ kind: 'approval.quote', version: 1, state: 'ACTIVE', validTo: null }]);
    expect((await finance.get<Policy>(`/policies/${body[0]!.id}`)).body.kind).toBe('approval.quote');
  });

  it('AE-POL-1 cannot be changed or deleted, not even in the database', async () => {
    const change = (sql: string) => api.dataSource.query(sql);
    const name = `kind = 'approval.quote'`;
    await expect(change(`UPDATE policy_version SET content = '{}' WHERE ${name}`)).rejects.toThrow(
      'immutable',
    );
    await expect(change(`DELETE FROM policy_version WHERE ${name}`)).rejects.toThrow('immutable');
  });
});

interface Findings {
  errors: number;
  warnings: number;
  problems: {
    row: string | null;
    column: string | null;
    code: string;
    severity: string;
    messageZh: string;
  }[];
}

describe('a policy to lint or to try: by its id, or a content with its kind', () => {
  const id = '00000000-0000-7000-8000-000000000000';
  const days = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };
  it.each<[string, object, [string, string][]]>([
    ['lint', { draftId: id, kind: 'approval.quote' }, [['/kind', 'NOT_BESIDE']]],
    ['lint', { draftId: id, content: {} }, [['/content', 'NOT_BESIDE']]],
    ['lint', { draftId: id, content: null }, [['/content', 'NOT_BESIDE']]],
    ['lint', { kind: null, content: {} }, [['/kind', 'MATCHES']]],
    ['lint', { kind: 'approval.quote' }, [['/content', 'IS_OBJECT']]],
    ['what-if', { ...days, policyId: id, kind: 'approval.quote' }, [['/kind', 'NOT_BESIDE']]],
    ['what-if', { ...days, policyId: id, kind: null }, [['/kind', 'NOT_BESIDE']]],
    ['what-if', { ...days, policyId: id, content: null }, [['/content', 'IS_OBJECT']]],
  ])('%s of %j', async (path, body, expected) => {
    const answer = await cfo.post<{ errors: { pointer: string; code: string }[] }>(`/policies/${path}`, body);
    expect(answer.status).toBe(400);
    const found = answer.body.errors.map(({ pointer, code }) => [pointer, code]);
    expect(found).toEqual(expect.arrayContaining(expected));
    expect(new Set(found.map(([pointer]) => pointer))).toEqual(new Set(expected.map(([pointer]) => pointer)));
  });
});

describe('the linter', () => {
  const lint = (body: object) => cfo.post<Findings>('/policies/lint', body);

  it('has nothing against the policies in force but that the top of the tree has nobody above', async () => {
    const { body: policies } = await cfo.get<(Policy & { content: object })[]>('/policies');
    const seeded = policies.filter(({ state }) => state === 'ACTIVE');
    for (const { kind, content } of seeded) {
      const { errors, problems } = (await lint({ kind, content })).body;
      const others = problems.filter(({ code }) => code !== 'NOBODY_CAN_STAFF');
      expect([kind, errors, others]).toEqual([kind, 0, []]);
    }
    expect(seeded.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'approval.quote',
        'approval.contract',
        'approval.general',
        'contract',
        'credit',
        'pricing',
      ]),
    );
  });

  it('names the cell, in both languages, and changes nothing', async () => {
    const rows = [ROW, { ...ROW, id: 'big', when: { amount: '> 5 %' } }];
    const { status, body } = await lint({ kind: 'approval.general', content: general(rows) });
    expect([status, body.problems[0]]).toEqual([
      200,
      expect.objectContaining({ row: 'big', column: 'amount', code: 'CELL', severity: 'ERROR' }),
    ]);
    expect(body.problems[0]?.messageZh).toBe('单元格无法对该类型的值求值');
  });

  it('finds a gap, a rule that never counts and people who are not there', async () => {
    const rows = QUOTE_ROWS_WITHOUT('auto');
    const gap = await lint({ kind: 'approval.quote', content: { ...QUOTE_POLICY, jdm: rows } });
    expect(gap.body.problems[0]).toMatchObject({ row: null, code: 'GAP', severity: 'ERROR' });
    expect(gap.body.errors).toBe(1);
    const nobody = { ...GENERAL_POLICY.stages[0]!, empty: { kind: 'BLOCK' as const } };
    const stages = [
      {
        ...nobody,
        resolver: { kind: 'PERSON' as const, personIds: ['00000000-0000-4000-8000-000000000000'] },
      },
    ];
    const staffed = await lint({ kind: 'approval.general', content: { ...general([ROW]), stages } });
    expect(staffed.body.problems).toMatchObject([
      { at: 'TEAM_LEAD', code: 'NOBODY_CAN_STAFF', severity: 'ERROR' },
    ]);
  });

  it('looks at a draft by its id, and at no other', async () => {
    const draft = await propose('contract', CONTRACT_TERMS);
    const clean = { errors: 0, warnings: 0, problems: [], cases: [] };
    expect((await lint({ draftId: draft.id })).body).toEqual(clean);
    expect((await lint({ draftId: '00000000-0000-4000-8000-000000000000' })).status).toBe(404);
    expect((await lint({})).status).toBe(400);
    expect((await lint({ kind: 'weather', content: {} })).body).toMatchObject({ code: 'POLICY.KIND' });
  });
});
