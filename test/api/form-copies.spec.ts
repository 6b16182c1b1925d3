import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApprovalPolicyContent } from '../../src/domain/approval/policy.js';
import { GENERAL_POLICY } from '../../src/policy/seed/general-policy.js';
import { decide, type View } from '../builders/approval-client.js';
import { putInForce } from '../builders/policy-desk.js';
import { GIFT, GIFT_DOCUMENT } from '../builders/request-kind.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Copied {
  items: { requestId: string; copy: { trigger: string } | null }[];
}

/** Nobody's superior and in no stage, so that a copy is all they get. */
const WATCHER = 'vicki.laflamme';

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;
let watcher: ApiClient;
let watcherId: string;

/** The paths of general requests, with copies: of two fields, when the lead has agreed. */
async function policyWithCopies(): Promise<void> {
  const content: ApprovalPolicyContent = {
    ...GENERAL_POLICY,
    cc: [{ on: 'STAGE_PASSED', stageKey: 'TEAM_LEAD', to: { kind: 'PERSON', personIds: [watcherId] } }],
    ccFields: ['gift', 'store', 'supplier'],
  };
  const [admin, reviewer] = await Promise.all([api.as('admin'), api.as('cfo')]);
  await putInForce(admin, reviewer, 'approval.copied', content);
  await putInForce(admin, reviewer, 'request.gift', { ...GIFT, policyKind: 'approval.copied' });
}

beforeAll(async () => {
  api = await startApi();
  [rep, lead, watcher] = (await Promise.all(
    ['moses.frase', 'dustin.brinkmann', WATCHER].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient];
  const [row] = await api.dataSource.query<{ id: string }[]>(`SELECT id FROM employee WHERE username = $1`, [
    WATCHER,
  ]);
  watcherId = row!.id;
  await policyWithCopies();
});
afterAll(() => api.close());

const gift = (store: string) => ({ ...GIFT_DOCUMENT, store });
const copyOf = async (requestId: string) =>
  (await watcher.get<Copied>('/inbox?tab=cc')).body.items.find((item) => item.requestId === requestId)?.copy;

describe('AE-CC-1 copies of a request of a kind', () => {
  it('go to whom the submitter names, from the console and from other systems', async () => {
    const document = gift('Named');
    const started = await rep.post<View>('/requests', { kind: 'gift', document, ccPersonIds: [watcherId] });
    expect(await copyOf(started.body.id)).toMatchObject({ trigger: 'SUBMIT' });
    const form = await rep.post<{ id: string }>('/forms', { kind: 'gift', document: gift('Drafted') });
    const submitted = await rep.post<View>(`/forms/${form.body.id}/submit`, { ccPersonIds: [watcherId] });
    expect(await copyOf(submitted.body.id)).toMatchObject({ trigger: 'SUBMIT' });
  });

  it('go to whom the policy names when its stage has passed, with the fields it permits and none that is hidden', async () => {
    const { id } = (await rep.post<View>('/requests', { kind: 'gift', document: gift('Policy') })).body;
    expect(await copyOf(id)).toBeUndefined();
    expect((await decide(lead, id, 'APPROVE')).status).toBe(200);
    expect(await copyOf(id)).toMatchObject({ trigger: 'STAGE_PASSED' });
    const seen = await watcher.get<View>(`/requests/${id}`);
    expect([seen.status, seen.body.subject.document]).toEqual([200, { gift: 'Umbrellas', store: 'Policy' }]);
    expect(JSON.stringify(seen.body)).not.toMatch(/Rain Ltd|as last year/);
  });
});
