import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONTRACT_TERMS } from '../../src/policy/seed/contract-terms.js';
import { GENERAL_POLICY } from '../../src/policy/seed/general-policy.js';
import { PRICING_POLICY } from '../../src/policy/seed/pricing-policy.js';
import {
  approve,
  draftOf,
  edit,
  general,
  inReview,
  ROW,
  submit,
  versionOf,
  type PolicyAnswer,
} from '../builders/policy-desk.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

const ID = '00000000-0000-4000-8000-000000000000';
const DRAFTS = '/policies/drafts';
const ROUTES = [
  ['POST', DRAFTS, { kind: 'pricing', note: 'x' }],
  ['PUT', `${DRAFTS}/${ID}`, { content: {} }],
  ['POST', `${DRAFTS}/${ID}/submit`, {}],
  ['POST', `${DRAFTS}/${ID}/recall`, {}],
  ['POST', `${DRAFTS}/${ID}/send-back`, { reason: 'x' }],
  ['POST', `${DRAFTS}/${ID}/approve`, {}],
  ['POST', `${DRAFTS}/${ID}/discard`, {}],
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

const inForce = async (kind: string) => {
  const { body } = await cfo.get<PolicyAnswer[]>(`/policies?kind=${kind}`);
  return body.filter(({ state }) => state === 'ACTIVE');
};
const eventsOf = async (id: string) => {
  const rows = await api.dataSource.query<{ type: string }[]>(
    `SELECT type FROM event WHERE aggregate_kind = 'policy' AND aggregate_id = $1 ORDER BY seq`,
    [id],
  );
  return rows.map(({ type }) => type);
};

describe('every route of drafts', () => {
  it.each(ROUTES)('is closed to nobody in particular and to whoever only reads: %s %s', async (...route) => {
    const [method, path, body] = route;
    expect((await api.anonymous.send(method, path, body)).status).toBe(401);
    expect((await rep.send(method, path, body)).status).toBe(403);
    expect((await finance.send(method, path, body)).status).toBe(403);
  });

  it.each(ROUTES.slice(1))('of a draft there is not: %s %s', async (method, path, body) => {
    expect((await admin.send(method, path, body, versionOf(1))).status).toBe(404);
  });
});

describe('AE-POL-1 a draft', () => {
  it('begins as the version in force, is edited by version, and its authors are named', async () => {
    const [active] = await inForce('pricing');
    const draft = await draftOf(cfo, 'pricing');
    expect(draft).toMatchObject({ kind: 'pricing', version: 2, state: 'DRAFT', content: active!.content });
    expect(draft.draft).toMatchObject({
      rowVersion: 1,
      basedOn: active!.id,
      acts: ['EDIT', 'SUBMIT', 'DISCARD'],
    });

    const content = { ...PRICING_POLICY, marginTargetPct: '30' };
    const edited = await edit(admin, draft, { content, note: 'higher target' });
    expect([edited.status, edited.headers.get('etag')]).toEqual([200, '"2"']);
    expect(edited.body.draft).toMatchObject({ rowVersion: 2, note: 'higher target' });
    expect(edited.body.draft!.authors).toHaveLength(2);
    expect(edited.body.content).toMatchObject({ marginTargetPct: '30' });

    const stale = await edit(cfo, draft, { content: PRICING_POLICY });
    expect([stale.status, stale.body['code'], stale.body['currentVersion']]).toEqual([
      412,
      'VERSION_MISMATCH',
      2,
    ]);
    const blind = await cfo.put(`${DRAFTS}/${draft.id}`, { content });
    expect(blind.status).toBe(428);
    await cfo.post(`${DRAFTS}/${draft.id}/discard`, {});
    expect((await cfo.get(`/policies/${draft.id}`)).status).toBe(404);
    expect(await eventsOf(draft.id)).toEqual(['policy.proposed', 'policy.edited', 'policy.discarded']);
  });

  it('may say what is wrong as long as nobody reviews it', async () => {
    const draft = await draftOf(cfo, 'approval.general', general([{ ...ROW, when: { amount: '> 5 %' } }]));
    expect(draft.state).toBe('DRAFT');
  });

  it('takes the same key twice as once', async () => {
    const key = 'one-intent';
    const body = { kind: 'pricing', note: 'once' };
    const first = await cfo.post<PolicyAnswer>(DRAFTS, body, { key });
    const again = await cfo.post<PolicyAnswer>(DRAFTS, body, { key });
    expect([again.body.id, again.headers.get('idempotency-replayed')]).toEqual([first.body.id, 'true']);
  });

  it('of an unknown kind, of one that has no version yet, and one nested 50,000 deep are refused', async () => {
    const unknown = await cfo.post(DRAFTS, { kind: 'weather', content: {}, note: 'x' });
    expect([unknown.status, unknown.body['code']]).toEqual([422, 'POLICY.KIND']);
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    const { status } = await cfo.post(
      DRAFTS,
      `{"kind":"approval.general","note":"x","content":{"jdm":{"nodes":${deep}}}}`,
    );
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect((await api.anonymous.get('/health/live')).status).toBe(200);
  });
});

describe('AE-POL-1 what the linter rejects', () => {
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
  ])('%s is not submitted, and named without words of the engine', async (_case, kind, content, code) => {
    const draft = await draftOf(cfo, kind, content);
    const { status, body } = await submit(cfo, draft);
    expect([status, body['code']]).toEqual([422, 'POLICY_ERROR']);
    expect(body['problems']).toEqual(expect.arrayContaining([expect.objectContaining({ code })]));
    expect(JSON.stringify(body)).not.toMatch(/backtrace|vmError|Opcode/);
    const skipped = await approve(admin, draft);
    expect([skipped.status, skipped.body['code']]).toEqual([409, 'POLICY.DRAFT_STATE']);
  });

  it('names the cell', async () => {
    const draft = await draftOf(
      cfo,
      'approval.general',
      general([ROW, { ...ROW, id: 'big', when: { amount: '> 5 %' } }]),
    );
    const { body } = await submit(cfo, draft);
    expect(body['problems']).toMatchObject([
      { row: 'big', column: 'amount', code: 'CELL', severity: 'ERROR' },
    ]);
  });

  it('between submission and approval is not approved either', async () => {
    const draft = await inReview(cfo, 'approval.general', general([ROW]));
    await api.dataSource.query(`UPDATE policy_draft SET content = $2 WHERE id = $1`, [
      draft.id,
      JSON.stringify(general([{ ...ROW, when: { amount: '> 5' } }])),
    ]);
    const { status, body } = await approve(admin, draft);
    expect([status, body['code']]).toEqual([422, 'POLICY_ERROR']);
    expect((await inForce('approval.general')).map(({ version }) => version)).toEqual([1]);
    expect((await cfo.get<PolicyAnswer>(`/policies/${draft.id}`)).body.state).toBe('IN_REVIEW');
  });
});
