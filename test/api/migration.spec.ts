import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decisionTable } from '../../src/policy/seed/build.js';
import { GENERAL_POLICY } from '../../src/policy/seed/general-policy.js';
import { create, decide, type View } from '../builders/approval-client.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Trial {
  requestId: string;
  policyVersion: number;
  stages: { key: string; effect: string; state: string | null; carried: { name: string }[] }[];
  needsAcceptance: boolean;
  refusal: string | null;
}
interface Page {
  items: Trial[];
  nextCursor: string | null;
}
interface Moved {
  results: {
    requestId: string;
    status: number;
    moved: boolean;
    requestState: string | null;
    problem: { code: string } | null;
  }[];
}

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;
let cfo: ApiClient;
/** the version that asks the team lead alone */
let policyId: string;
/** the team lead has said yes to the first */
const ids: string[] = [];
/** back with its initiator */
let returned: string;

beforeAll(async () => {
  api = await startApi();
  [rep, lead, cfo] = (await Promise.all(
    ['moses.frase', 'dustin.brinkmann', 'cfo'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient];
  for (let n = 0; n < 3; n += 1) ids.push((await create(rep)).id);
  await decide(lead, ids[0]!);
  returned = (await create(rep)).id;
  expect((await decide(lead, returned, 'RETURN')).status).toBe(200);
  policyId = await publish({
    ...GENERAL_POLICY,
    jdm: decisionTable(GENERAL_POLICY.inputs, [
      { id: 'all', when: {}, stages: ['TEAM_LEAD'], rule: 'all', text: 'amount {amount}' },
    ]),
  });
});
afterAll(() => api.close());

async function publish(content: object): Promise<string> {
  const id = randomUUID();
  await api.dataSource.transaction(async (tx) => {
    await tx.query(
      `UPDATE policy_version SET valid = tstzrange(lower(valid), date_trunc('milliseconds', now()))
       WHERE kind = 'approval.general' AND upper_inf(valid)`,
    );
    await tx.query(
      `INSERT INTO policy_version (id, kind, version, valid, content, content_hash, created_by)
       VALUES ($1, 'approval.general', 2, tstzrange(date_trunc('milliseconds', now()), NULL), $2, sha256('x'), 'test')`,
      [id, JSON.stringify(content)],
    );
  });
  return id;
}

const trials = (more = '') => cfo.get<Page>(`/policies/${policyId}/open-requests?limit=2${more}`);
const migrate = (body: object, who = cfo) =>
  who.post<Moved>(`/policies/${policyId}/migrate`, { reason: 'one approval is enough', ...body });

describe('AE-POL-2 moving open requests', () => {
  it('shows before what it would do to each, by page', async () => {
    const { status, body } = await trials();
    expect(status).toBe(200);
    expect(body.items.map(({ requestId, needsAcceptance }) => [requestId, needsAcceptance])).toEqual([
      [ids[0], true],
      [ids[1], false],
    ]);
    expect(body.items[0]).toMatchObject({
      policyVersion: 1,
      refusal: null,
      stages: [
        { key: 'TEAM_LEAD', effect: 'KEPT', state: 'PASSED', carried: [{ name: 'Dustin Brinkmann' }] },
        { key: 'REGIONAL_DIRECTOR', effect: 'DROPPED', carried: [] },
      ],
    });
    const next = await trials(`&cursor=${encodeURIComponent(body.nextCursor!)}`);
    expect(next.body).toMatchObject({
      items: [{ requestId: ids[2] }, { requestId: returned }],
      nextCursor: null,
    });
  });

  it('moves each by itself, and ends one only when somebody answers for that', async () => {
    const { status, body } = await migrate({ requestIds: [ids[0], ids[1]] });
    expect(status).toBe(207);
    expect(body.results.map(({ status: s, moved, problem }) => [s, moved, problem?.code])).toEqual([
      [409, false, 'OUTCOME_CHANGE'],
      [200, true, undefined],
    ]);
    const again = await migrate({ requestIds: [ids[0], ids[1]], acceptOutcome: [ids[0]] });
    expect(again.body.results.map(({ moved, requestState }) => [moved, requestState])).toEqual([
      [true, 'APPROVED'],
      [false, 'PENDING'],
    ]);
    expect((await trials()).body.items.map(({ requestId }) => requestId)).toEqual([ids[2], returned]);
  });

  it('is told on the request, and whoever is asked now is asked once', async () => {
    const { body } = await rep.get<View>(`/requests/${ids[1]}`);
    expect(body.timeline.at(-2)).toMatchObject({
      text: { key: 'request.migrated', params: { from: '1', to: '2' } },
      comment: 'one approval is enough',
    });
    expect(body.path.map(({ key, state }) => [key, state])).toEqual([['TEAM_LEAD', 'ACTIVE']]);
    const tasks = await lead.get<{ items: unknown[] }>(`/inbox?requestId=${ids[1]}`);
    expect(tasks.body.items).toHaveLength(1);
    expect((await decide(lead, ids[1]!)).status).toBe(200);
    expect((await rep.get<View>(`/requests/${ids[1]}`)).body.state).toBe('APPROVED');
  });

  it('names a returned request and why it stays; its resubmission takes the version in force', async () => {
    const { body } = await trials();
    const found = body.items.find(({ requestId }) => requestId === returned);
    expect(found).toMatchObject({ refusal: 'MOVE_RETURNED', stages: [], needsAcceptance: false });
    const [moved] = (await migrate({ requestIds: [returned] })).body.results;
    expect([moved!.status, moved!.moved, moved!.problem?.code]).toEqual([409, false, 'MOVE_RETURNED']);

    const { version } = (await rep.get<View>(`/requests/${returned}`)).body;
    const again = await rep.post<View>(`/requests/${returned}/resubmit`, { expectedVersion: version });
    expect(again.status).toBe(200);
    expect((await trials()).body.items.map(({ requestId }) => requestId)).toEqual([ids[2]]);
  });

  it('is for those who write policies, to a version in force or to come', async () => {
    expect((await rep.get(`/policies/${policyId}/open-requests`)).status).toBe(403);
    expect((await migrate({ requestIds: [ids[2]] }, rep)).status).toBe(403);
    const [old] = await api.dataSource.query<{ id: string }[]>(
      `SELECT id FROM policy_version WHERE kind = 'approval.general' AND version = 1`,
    );
    const ended = await cfo.get(`/policies/${old!.id}/open-requests`);
    expect([ended.status, ended.body['code']]).toEqual([409, 'POLICY.NOT_ACTIVE']);
    const body = { requestIds: [ids[2]], reason: 'back' };
    const back = await cfo.post(`/policies/${old!.id}/migrate`, body);
    expect([back.status, back.body['code']]).toEqual([409, 'POLICY.NOT_ACTIVE']);
    expect((await migrate({ requestIds: [] })).status).toBe(400);
  });
});
