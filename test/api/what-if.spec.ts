import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decisionTable, type SeedRow } from '../../src/policy/seed/build.js';
import { GENERAL_POLICY } from '../../src/policy/seed/general-policy.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';
import { create, decide } from '../builders/approval-client.js';

interface Totals {
  touches: number;
  minutes: number;
  automatic: number;
}
interface Found {
  code?: string;
  judged: number;
  changed: number;
  before: Totals;
  after: Totals;
  unguarded: { requests: number; withoutAmount: number; amounts: { amount: string; currency: string }[] };
  measured: { stageKey: string; decided: number; p50Minutes: number }[];
  unmeasured: string[];
  changes: { requestId: string; number: string; added: { key: string }[]; dropped: { key: string }[] }[];
  unjudged: { code: string; count: number; newest: { requestId: string }[] }[];
  truncated: boolean;
}

const PERIOD = { from: '2020-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' };
const row = (id: string, when: SeedRow['when'], ...stages: string[]): SeedRow => ({
  id,
  when,
  stages,
  rule: id,
  text: 'amount {amount}',
});
const candidate = (...rows: SeedRow[]) => ({
  ...GENERAL_POLICY,
  jdm: decisionTable(GENERAL_POLICY.inputs, rows),
});
/** Up to 50,000 nobody; above, the director alone. */
const LAXER = candidate(
  row('small', { amount: '<= 50000' }),
  row('big', { amount: '> 50000' }, 'REGIONAL_DIRECTOR'),
);

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;
let cfo: ApiClient;
/** team lead and director each; 120,000.00, 40,000.55, 10,000.10 and one without an amount */
const ids: string[] = [];

beforeAll(async () => {
  api = await startApi();
  [rep, lead, cfo] = (await Promise.all(
    ['moses.frase', 'dustin.brinkmann', 'cfo'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient];
  for (const amount of ['120000.00', '40000.55', '10000.10', null]) {
    const view = await create(rep, {
      title: `Two levels, ${amount}`,
      ...(amount === null ? {} : { amount: { amount, currency: 'CNY' } }),
      facts: { category: 'standard', levels: 'two', amount: amount ?? '0' },
      content: { reason: String(amount) },
    });
    ids.push(view.id);
  }
});
afterAll(() => api.close());

const ask = async (body: object, who = cfo) => {
  const answer = await who.post<Found>('/policies/what-if', { ...PERIOD, ...body });
  expect([answer.status, answer.body.code]).toEqual([200, undefined]);
  return answer.body;
};
const general = (content: object) => ask({ kind: 'approval.general', content });

describe('AE-POL-3 what-if', () => {
  it('says per request which stages would come and go, and in all what that means', async () => {
    const found = await general(LAXER);
    expect(found).toMatchObject({
      judged: 4,
      changed: 4,
      before: { touches: 8, automatic: 0 },
      after: { touches: 1, automatic: 3 },
      unguarded: { requests: 4, withoutAmount: 1, amounts: [{ amount: '170000.65', currency: 'CNY' }] },
      unjudged: [],
      truncated: false,
    });
    expect(found.changes.map(({ requestId, dropped, added }) => [requestId, dropped.length, added])).toEqual([
      [ids[3], 2, []],
      [ids[2], 2, []],
      [ids[1], 2, []],
      [ids[0], 1, []],
    ]);
    expect(found.changes[3]!.dropped).toEqual([{ key: 'TEAM_LEAD', title: 'Team lead · 组长' }]);
  });

  it('AE-DUP-1 counts whoever sits in two stages once, as the engine asks them', async () => {
    const [cfoPerson] = await api.dataSource.query<{ id: string }[]>(
      `SELECT id FROM employee WHERE username = 'cfo'`,
    );
    const resolver = { kind: 'PERSON' as const, personIds: [cfoPerson!.id] };
    const twice = candidate(row('all', {}, 'TEAM_LEAD', 'REGIONAL_DIRECTOR'));
    const stages = twice.stages.map((one) => ({ ...one, resolver }));
    const found = await general({ ...twice, stages });
    expect([found.judged, found.before.touches, found.after.touches]).toEqual([4, 8, 4]);
    const each = await general({ ...twice, stages, dedupe: 'NONE' });
    expect(each.after.touches).toBe(8);
  });

  it('finds nothing to change in the policy the requests were judged by', async () => {
    const { body } = await cfo.get<{ id: string }[]>('/policies?kind=approval.general');
    const found = await ask({ policyId: body[0]!.id });
    expect([found.judged, found.changed, found.changes]).toEqual([4, 0, []]);
  });

  it('judges a draft by its id', async () => {
    const draft = await cfo.post<{ id: string }>('/policies/drafts', {
      kind: 'approval.general',
      content: LAXER,
      note: 'less',
    });
    expect(draft.status).toBe(201);
    expect((await ask({ policyId: draft.body.id })).changed).toBe(4);
  });

  it('reckons waiting by the measured time of each stage, and names those nobody measured', async () => {
    await decide(lead, ids[0]!);
    const { measured, unmeasured, before } = await general(LAXER);
    expect(measured).toEqual([{ stageKey: 'TEAM_LEAD', decided: 1, p50Minutes: 0 }]);
    expect([unmeasured, before.minutes]).toEqual([['REGIONAL_DIRECTOR'], 0]);
    await api.dataSource.query(
      `UPDATE approval_seat SET opened_at = '2026-01-05T01:00:00Z' WHERE state = 'APPROVED'`,
    );
    const later = await general(LAXER);
    const p50 = later.measured[0]!.p50Minutes;
    expect(p50).toBeGreaterThan(450);
    expect([later.before.minutes, later.after.minutes]).toEqual([4 * p50, 0]);
  });

  it('uses the organisation of then: who is director today does not matter', async () => {
    await api.dataSource.query(
      `UPDATE role_grant SET valid = tstzrange(lower(valid), now()) WHERE role = 'REGIONAL_DIRECTOR'`,
    );
    const found = await general(LAXER);
    expect([found.judged, found.unjudged]).toEqual([4, []]);
  });

  it('reports requests without a snapshot and guesses nothing about them', async () => {
    const change = (sql: string) => api.dataSource.query(sql);
    await change(`ALTER TABLE approval_round DISABLE TRIGGER approval_round_append_only`);
    await change(`UPDATE approval_round SET who = NULL, snapshot_hash = NULL WHERE request_id = '${ids[1]}'`);
    const found = await general(LAXER);
    expect([found.judged, found.unguarded.amounts]).toEqual([3, [{ amount: '130000.10', currency: 'CNY' }]]);
    expect(found.unjudged).toMatchObject([
      { code: 'NO_SNAPSHOT', count: 1, newest: [{ requestId: ids[1] }] },
    ]);
  });

  it('says what the candidate would refuse: no row, nobody to ask, a person the snapshot does not hold', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    const [first, ...stages] = LAXER.stages;
    const named = { ...first!, resolver: { kind: 'PERSON', personIds: [nobody] } };
    const found = await general({
      ...candidate(row('big', { amount: '> 50000' }, 'TEAM_LEAD')),
      stages: [named, ...stages],
    });
    expect(found.judged).toBe(0);
    expect(found.unjudged.map(({ code, count }) => [code, count])).toEqual([
      ['NOT_IN_SNAPSHOT', 1],
      ['NO_POLICY_ROW', 2],
      ['NO_SNAPSHOT', 1],
    ]);
  });

  it('is bounded: the newest so many, of a kind, of a period', async () => {
    const body = { kind: 'approval.general', content: LAXER };
    expect(await ask({ ...body, limit: 2, shown: 1 })).toMatchObject({
      judged: 2,
      truncated: true,
      changes: [{ requestId: ids[3] }],
    });
    expect((await ask({ ...body, limit: 4 })).truncated).toBe(false);
    expect((await ask({ ...body, subjectKind: 'QUOTE' })).judged).toBe(0);
    expect((await ask({ ...body, to: '2021-01-01T00:00:00Z' })).judged).toBe(0);
  });

  it('counts what the reader may not see, and does not name it', async () => {
    await api.dataSource.query(
      `UPDATE role_permission SET scope = 'OWN' WHERE role = 'CFO' AND permission = 'approval:read'`,
    );
    await api.dataSource.query(`UPDATE org_revision SET revision = revision + 1`);
    const found = await general(LAXER);
    expect([found.judged, found.changed, found.changes]).toEqual([3, 3, []]);
    expect(found.unjudged).toMatchObject([{ code: 'NO_SNAPSHOT', count: 1, newest: [] }]);
  });

  it('is for those who write policies, about approval policies, one at a time', async () => {
    const body = { ...PERIOD, kind: 'approval.general', content: LAXER };
    expect((await rep.post('/policies/what-if', body)).status).toBe(403);
    const other = await cfo.post('/policies/what-if', { ...body, kind: 'pricing' });
    expect([other.status, other.body['code']]).toEqual([422, 'POLICY.KIND']);
    const odd = await cfo.post('/policies/what-if', { ...body, content: { ...LAXER, jdm: {} } });
    expect([odd.status, odd.body['code']]).toEqual([422, 'POLICY_ERROR']);
    const turned = await cfo.post('/policies/what-if', { ...body, from: PERIOD.to, to: PERIOD.from });
    expect(turned.status).toBe(400);
    const many = await Promise.all([1, 2, 3, 4].map(() => cfo.post('/policies/what-if', body)));
    const statuses = many.map(({ status }) => status).sort();
    expect([statuses[0], statuses.at(-1)]).toEqual([200, 429]);
  });
});
