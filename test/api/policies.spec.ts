import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decisionTable } from '../../src/policy/seed/build.js';
import { GENERAL_POLICY } from '../../src/policy/seed/general-policy.js';
import { CONTRACT_TERMS } from '../../src/policy/seed/contract-terms.js';
import { QUOTE_POLICY } from '../../src/policy/seed/quote-policy.js';
import { QUOTE_ROWS } from '../../src/policy/seed/quote-rows.js';
import { PRICING_POLICY } from '../../src/policy/seed/pricing-policy.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Policy {
  id: string;
  kind: string;
  version: number;
  state: string;
  validFrom: string | null;
  validTo: string | null;
}

const SOON = '2099-01-01T00:00:00.000Z';
const ROUTES = [
  ['GET', '/policies', undefined],
  ['GET', '/policies/00000000-0000-4000-8000-000000000000', undefined],
  ['POST', '/policies/lint', { kind: 'pricing', content: PRICING_POLICY }],
  ['POST', '/policies/drafts', { kind: 'pricing', content: PRICING_POLICY, note: 'x' }],
  ['POST', '/policies/drafts/00000000-0000-4000-8000-000000000000/publish', { validFrom: SOON }],
] as const;

let api: TestApi;
let rep: ApiClient;
let finance: ApiClient;
let cfo: ApiClient;
let admin: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, finance, cfo, admin] = (await Promise.all(
    ['moses.frase', 'finance', 'cfo', 'admin'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient, ApiClient];
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
    const body = { kind: 'pricing', content: PRICING_POLICY, note: 'x' };
    expect((await finance.post('/policies/drafts', body)).status).toBe(403);
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
    expect((await lint({ draftId: draft.id })).body).toEqual({ errors: 0, warnings: 0, problems: [] });
    expect((await lint({ draftId: '00000000-0000-4000-8000-000000000000' })).status).toBe(404);
    expect((await lint({})).status).toBe(400);
    expect((await lint({ kind: 'weather', content: {} })).body).toMatchObject({ code: 'POLICY.KIND' });
  });
});

describe('the parameters of contracts', () => {
  it('are published like every other policy', async () => {
    const draft = await propose('contract', { ...CONTRACT_TERMS, signatureLapseDays: 45 });
    const done = await admin.post<Policy>(`/policies/drafts/${draft.id}/publish`, { validFrom: SOON });
    expect(done.body).toMatchObject({ kind: 'contract', version: 2, state: 'SCHEDULED' });
  });
});

describe('a proposal', () => {
  it('is published by a second person, from an instant to come, and ends the version before it', async () => {
    const draft = await propose('pricing', { ...PRICING_POLICY, marginTargetPct: '30' });
    expect(draft).toMatchObject({ kind: 'pricing', version: 2, state: 'DRAFT', validFrom: null });

    const own = await cfo.post(`/policies/drafts/${draft.id}/publish`, { validFrom: SOON });
    expect([own.status, own.body['code']]).toEqual([403, 'SOD_VIOLATION']);
    const late = await admin.post(`/policies/drafts/${draft.id}/publish`, {
      validFrom: '2020-01-01T00:00:00Z',
    });
    expect([late.status, late.body['code']]).toEqual([422, 'POLICY.FROM_PAST']);

    const done = await admin.post<Policy>(`/policies/drafts/${draft.id}/publish`, { validFrom: SOON });
    expect(done.body).toMatchObject({ kind: 'pricing', version: 2, state: 'SCHEDULED', validFrom: SOON });
    const { body } = await finance.get<Policy[]>('/policies?kind=pricing');
    expect(body.map(({ version, state, validTo }) => [version, state, validTo])).toEqual([
      [2, 'SCHEDULED', null],
      [1, 'ACTIVE', SOON],
    ]);

    const again = await admin.post(`/policies/drafts/${draft.id}/publish`, { validFrom: SOON });
    expect([again.status, again.body['code']]).toEqual([409, 'POLICY.ALREADY_PUBLISHED']);
    const other = await propose('pricing', PRICING_POLICY);
    const second = await admin.post(`/policies/drafts/${other.id}/publish`, { validFrom: SOON });
    expect([second.status, second.body['code']]).toEqual([409, 'POLICY.SCHEDULED_EXISTS']);
  });

  it.each<[string, string, object, string]>([
    ['a typo in a cell', 'approval.general', general([{ ...ROW, when: { amount: '> 5 %' } }]), 'CELL'],
    [
      'the clock in a cell',
      'approval.general',
      general([{ ...ROW, when: { category: "d('now') > 1" } }]),
      'WORD',
    ],
    ['an unknown stage', 'approval.general', general([{ ...ROW, stages: ['NOBODY'] }]), 'UNKNOWN_STAGE'],
    ['no table at all', 'approval.general', { ...GENERAL_POLICY, jdm: {} }, 'ONE_TABLE'],
    ['not a policy', 'approval.general', { hello: 'world' }, 'MALFORMED'],
    [
      'a role nobody has',
      'approval.general',
      {
        ...GENERAL_POLICY,
        stages: [{ ...GENERAL_POLICY.stages[0], resolver: { kind: 'ROLE', role: 'KING', take: 'NEAREST' } }],
      },
      'MALFORMED',
    ],
    ['a floor above the target', 'pricing', { ...PRICING_POLICY, marginFloorPct: '26' }, 'PARAMETER'],
    [
      'contracts that lapse before they are sent',
      'contract',
      { ...CONTRACT_TERMS, signatureLapseDays: 0 },
      'PARAMETER',
    ],
    ['a gap', 'approval.general', general([{ ...ROW, when: { amount: '> 5' } }]), 'GAP'],
    ['a rate that is a number', 'pricing', { ...PRICING_POLICY, financingRatePct: 4.5 }, 'PARAMETER'],
  ])('with %s is refused and says so, without words of the engine', async (_case, kind, content, code) => {
    const { status, body } = await cfo.post('/policies/drafts', { kind, content, note: 'x' });
    expect([status, body['code']]).toEqual([422, 'POLICY_ERROR']);
    expect(body['problems']).toEqual(expect.arrayContaining([expect.objectContaining({ code })]));
    expect(JSON.stringify(body)).not.toMatch(/backtrace|vmError|Opcode/);
  });

  it('nested 50,000 deep is refused and the API lives on', async () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    const body = `{"kind":"approval.general","note":"x","content":{"jdm":{"nodes":${deep}}}}`;
    const { status } = await cfo.post('/policies/drafts', body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect((await api.anonymous.get('/health/live')).status).toBe(200);
  });

  it('of an unknown kind, and an id that is none, are refused', async () => {
    const { status, body } = await cfo.post('/policies/drafts', { kind: 'weather', content: {}, note: 'x' });
    expect([status, body['code']]).toEqual([422, 'POLICY.KIND']);
    const path = `/policies/drafts/00000000-0000-4000-8000-000000000000/publish`;
    expect((await admin.post(path, { validFrom: SOON })).status).toBe(404);
  });
});
