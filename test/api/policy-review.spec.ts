import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONTRACT_TERMS } from '../../src/policy/seed/contract-terms.js';
import { PRICING_POLICY } from '../../src/policy/seed/pricing-policy.js';
import {
  approve,
  draftOf,
  edit,
  inReview,
  sendBack,
  submit,
  type PolicyAnswer,
} from '../builders/policy-desk.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

const NEVER = '2099-01-01T00:00:00.000Z';
const DRAFTS = '/policies/drafts';

let api: TestApi;
let rep: ApiClient;
let cfo: ApiClient;
let admin: ApiClient;
let director: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, cfo, admin, director] = (await Promise.all(
    ['moses.frase', 'cfo', 'admin', 'director.central'].map((name) => api.as(name)),
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

describe('AE-POL-1 a second person', () => {
  it('is nobody who wrote any of it, under whatever account (SOD_VIOLATION)', async () => {
    const twin = '00000000-0000-4000-8000-0000000000c0';
    await api.dataSource.query(
      `INSERT INTO employee (id, username, name, office_key, zone, identity)
       SELECT $1, 'cfo.twin', name, office_key, zone, identity FROM employee WHERE username = 'cfo'`,
      [twin],
    );
    await api.dataSource.query(
      `INSERT INTO role_grant (id, employee_id, role, valid, granted_by)
       VALUES (gen_random_uuid(), $1, 'CFO', tstzrange(now(), NULL), 'test')`,
      [twin],
    );
    await api.dataSource.query(`INSERT INTO account (employee_id, password_hash) VALUES ($1, 'x')`, [twin]);
    const draft = await inReview(cfo, 'pricing', { ...PRICING_POLICY, marginTargetPct: '31' });
    for (const client of [cfo, await api.as('cfo.twin')]) {
      for (const { status, body } of [await approve(client, draft), await sendBack(client, draft, 'mine')])
        expect([status, body['code']]).toEqual([403, 'SOD_VIOLATION']);
    }
    const recall = await admin.post(`${DRAFTS}/${draft.id}/recall`, {});
    expect([recall.status, recall.body['code']]).toEqual([403, 'POLICY.NOT_AUTHOR']);
    expect((await cfo.post<PolicyAnswer>(`${DRAFTS}/${draft.id}/recall`, {})).body.state).toBe('DRAFT');
    const [refusals] = await api.dataSource.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM event WHERE type = 'command.refused' AND payload->>'code' = 'SOD_VIOLATION'`,
    );
    expect(refusals!.n).toBe(4);
  });

  it('sends it back with a reason, and an edit by them makes them an author', async () => {
    const draft = await inReview(cfo, 'pricing', { ...PRICING_POLICY, marginTargetPct: '32' });
    const locked = await edit(cfo, draft, { content: PRICING_POLICY });
    expect([locked.status, locked.body['code']]).toEqual([409, 'POLICY.DRAFT_STATE']);
    const back = await sendBack(admin, draft, 'too high');
    expect(back.body).toMatchObject({ state: 'SENT_BACK', draft: { reviewReason: 'too high' } });
    const { body: edited } = await edit(admin, back.body, {
      content: { ...PRICING_POLICY, marginTargetPct: '29' },
    });
    const { body: again } = await submit(cfo, edited);
    const { status, body } = await approve(admin, again);
    expect([status, body['code']]).toEqual([403, 'SOD_VIOLATION']);
  });

  it('approves what they saw: a changed draft is refused', async () => {
    const draft = await inReview(cfo, 'pricing', { ...PRICING_POLICY, marginTargetPct: '33' });
    const stale = { ...draft, draft: { ...draft.draft!, rowVersion: 1 } };
    expect((await approve(admin, stale)).status).toBe(412);
  });
});

const confirm = (client: ApiClient, id: string) =>
  client.post<PolicyAnswer & Record<string, unknown>>(`/policies/${id}/ending/confirm`, {});

describe('AE-POL-1 a director', () => {
  it('drafts and hands over what others approve; approving and confirming is not theirs', async () => {
    const draft = await inReview(director, 'pricing', { ...PRICING_POLICY, marginTargetPct: '34' });
    expect([(await approve(director, draft)).status, (await sendBack(director, draft, 'x')).status]).toEqual([
      403, 403,
    ]);
    const wished = await director.post<PolicyAnswer>(`${DRAFTS}/${draft.id}/recall`, {});
    expect(wished.body.state).toBe('DRAFT');
    expect((await director.post(`${DRAFTS}/${draft.id}/discard`, {})).status).toBe(204);
  });
});

describe('AE-POL-1 what ends a version', () => {
  it('is proposed by one person and confirmed by another, under whatever account; dropped, nothing changes', async () => {
    const [active] = await inForce('approval.general');
    const path = `/policies/${active!.id}`;
    const none = await confirm(admin, active!.id);
    expect([none.status, none.body['code']]).toEqual([409, 'POLICY.NO_ENDING']);
    const early = await cfo.post(`${path}/cancel`, { reason: 'x' });
    expect([early.status, early.body['code']]).toEqual([409, 'POLICY.STATE']);

    const wished = await cfo.post<PolicyAnswer>(`${path}/deactivate`, { reason: 'broken rule' });
    expect(wished.body).toMatchObject({ state: 'ACTIVE', ending: { act: 'DEACTIVATE', proposedBy: {} } });
    const twice = await admin.post(`${path}/deactivate`, { reason: 'me too' });
    expect([twice.status, twice.body['code']]).toEqual([409, 'POLICY.ENDING_EXISTS']);
    for (const client of [cfo, await api.as('cfo.twin')]) {
      const own = await confirm(client, active!.id);
      expect([own.status, own.body['code']]).toEqual([403, 'SOD_VIOLATION']);
    }
    expect((await confirm(director, active!.id)).status).toBe(403);
    const others = await admin.post(`${path}/ending/withdraw`, { reason: 'x' });
    expect([others.status, others.body['code']]).toEqual([403, 'POLICY.NOT_AUTHOR']);
    const ownNo = await cfo.post(`${path}/ending/refuse`, { reason: 'x' });
    expect([ownNo.status, ownNo.body['code']]).toEqual([403, 'SOD_VIOLATION']);
    const dropped = await admin.post<PolicyAnswer>(`${path}/ending/refuse`, { reason: 'needed' });
    expect(dropped.body).toMatchObject({ state: 'ACTIVE', ending: null });
    await cfo.post(`${path}/deactivate`, { reason: 'again' });
    await cfo.post(`${path}/ending/withdraw`, { reason: 'no' });
    expect(await eventsOf(active!.id)).toEqual([
      'policy.ending-proposed',
      'policy.ending-refused',
      'policy.ending-proposed',
      'policy.ending-withdrawn',
    ]);
    const [rows] = await api.dataSource.query<{ states: string[] }[]>(
      `SELECT array_agg(state ORDER BY proposed_at) AS states FROM policy_ending WHERE policy_id = $1`,
      [active!.id],
    );
    expect(rows!.states).toEqual(['REFUSED', 'WITHDRAWN']);
  });
});

describe('AE-POL-1 an approved version', () => {
  it('begins at its instant and ends the one before it; what is scheduled is taken back', async () => {
    const draft = await inReview(cfo, 'contract', { ...CONTRACT_TERMS, signatureLapseDays: 45 });
    const late = await approve(admin, draft, { validFrom: '2020-01-01T00:00:00Z' });
    expect([late.status, late.body['code']]).toEqual([422, 'POLICY.FROM_PAST']);
    const done = await approve(admin, draft, { validFrom: NEVER });
    expect(done.body).toMatchObject({
      kind: 'contract',
      version: 2,
      state: 'SCHEDULED',
      validFrom: NEVER,
      draft: null,
    });
    expect([done.body.createdBy, done.body.approvedBy].map((person) => person?.name)).toEqual([
      expect.any(String),
      expect.any(String),
    ]);
    expect(await inForce('contract')).toMatchObject([{ version: 1, validTo: NEVER }]);
    expect((await cfo.get<PolicyAnswer>(`/policies/${draft.id}`)).body.id).toBe(done.body.id);
    expect((await approve(admin, draft)).body['code']).toBe('POLICY.DRAFT_STATE');

    const second = await inReview(cfo, 'contract');
    expect((await approve(admin, second)).body['code']).toBe('POLICY.SCHEDULED_EXISTS');
    const wished = await cfo.post<PolicyAnswer>(`/policies/${done.body.id}/cancel`, { reason: 'not yet' });
    expect(wished.body).toMatchObject({ state: 'SCHEDULED', ending: { act: 'CANCEL', reason: 'not yet' } });
    const cancelled = await confirm(admin, done.body.id);
    expect(cancelled.body).toMatchObject({ version: 2, state: 'CANCELLED', ending: null });
    expect(await inForce('contract')).toMatchObject([{ version: 1, validTo: null }]);
    expect((await cfo.post(`/policies/${done.body.id}/cancel`, { reason: 'again' })).status).toBe(409);

    const moved = await approve(admin, second);
    expect([moved.status, moved.body['code']]).toEqual([409, 'POLICY.BASE_CONFLICT']);
  });

  it('wanted from an instant begins then unless the reviewer says another; without one, at once', async () => {
    const wanted = await submit(cfo, await draftOf(cfo, 'pricing'), { validFrom: NEVER });
    expect(wanted.body.draft!.wantedFrom).toBe(NEVER);
    const scheduled = await approve(admin, wanted.body);
    expect(scheduled.body).toMatchObject({ state: 'SCHEDULED', validFrom: NEVER });
    await cfo.post(`/policies/${scheduled.body.id}/cancel`, { reason: 'sooner' });
    expect((await confirm(admin, scheduled.body.id)).body.state).toBe('CANCELLED');

    const now = await inReview(cfo, 'pricing', { ...PRICING_POLICY, marginTargetPct: '27' });
    const done = await approve(admin, now);
    expect(done.body).toMatchObject({ version: 3, state: 'ACTIVE', content: { marginTargetPct: '27' } });
    expect((await inForce('pricing')).map(({ version }) => version)).toEqual([3]);
    expect(await eventsOf(now.id)).toEqual(['policy.proposed', 'policy.submitted', 'policy.published']);
  });

  it('is not undone by a draft made from an older one, until that takes it over', async () => {
    const older = await draftOf(cfo, 'pricing');
    const newer = await approve(
      admin,
      await inReview(cfo, 'pricing', { ...PRICING_POLICY, marginTargetPct: '28' }),
    );
    const refused = await submit(cfo, older);
    expect([refused.status, refused.body['code'], refused.body['latest']]).toEqual([
      409,
      'POLICY.BASE_CONFLICT',
      newer.body.id,
    ]);
    const wrong = await edit(cfo, older, { content: PRICING_POLICY, basedOn: older.draft!.basedOn });
    expect(wrong.body['code']).toBe('POLICY.BASE_CONFLICT');
    const merged = await edit(cfo, older, { content: PRICING_POLICY, basedOn: newer.body.id });
    expect((await submit(cfo, merged.body)).status).toBe(200);
  });

  it('in force is deactivated, unless something needs it; nothing new is submitted under it then', async () => {
    const [pricing] = await inForce('pricing');
    const needed = await admin.post(`/policies/${pricing!.id}/deactivate`, { reason: 'no' });
    expect([needed.status, needed.body['code']]).toEqual([409, 'POLICY.NEEDED']);

    const [active] = await inForce('approval.general');
    await director.post(`/policies/${active!.id}/deactivate`, { reason: 'broken rule' });
    const ended = await confirm(admin, active!.id);
    expect(ended.body).toMatchObject({ version: 1, state: 'ENDED' });
    const request = { title: 'x', facts: { category: 'standard', levels: 'one' }, content: { note: 'x' } };
    const submitted = await rep.post('/requests', request);
    expect([submitted.status, submitted.body['code']]).toEqual([422, 'NO_POLICY']);
    const draft = await draftOf(cfo, 'approval.general');
    expect(draft.draft!.basedOn).toBe(active!.id);
    expect(await eventsOf(active!.id)).toEqual(expect.arrayContaining(['policy.deactivated']));
  });
});
