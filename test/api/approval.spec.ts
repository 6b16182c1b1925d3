import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Item {
  requestId: string;
  seatId: string;
  seatVersion: number;
  subjectHash: string;
}
interface View {
  id: string;
  state: string;
  version: number;
  round: number;
  path: { id: string; key: string; state: string; seats: { id: string | null; holder: { name: string } | null; certainty: string }[] }[];
  timeline: { text: { key: string; params: Record<string, string> }; comment: string | null }[];
  actions: { action: string; seatId: string | null; commentRequired: boolean }[];
  returnTargets: { key: string }[];
  holder: { people: { name: string }[] } | null;
  changes: { path: string; before: string | null; after: string | null }[];
  changesBase: { round: number; label: string } | null;
  subject: { document: Record<string, unknown>; facts: { key: string; value: string }[] };
}

let api: TestApi;
let rep: ApiClient;
let lead: ApiClient;
let director: ApiClient;
let stranger: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, lead, director, stranger] = (await Promise.all(
    ['moses.frase', 'dustin.brinkmann', 'director.central', 'rosalina.dieter'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient, ApiClient];
});
afterAll(() => api.close());

const BODY = {
  title: 'Special price',
  amount: { amount: '120000.00', currency: 'CNY' },
  facts: { category: 'special-price', levels: '2' },
  content: { reason: 'a big order' },
};
const create = async (body: object = BODY) => (await rep.post<View>('/requests', body)).body;
const task = async (client: ApiClient, requestId: string) =>
  (await client.get<{ items: Item[] }>(`/inbox?requestId=${requestId}`)).body.items[0]!;
const ballot = ({ seatVersion, subjectHash }: Item, action = 'APPROVE') => ({
  action,
  expectedSeatVersion: seatVersion,
  subjectHash,
  comment: 'because',
});
const decide = async (client: ApiClient, requestId: string, action = 'APPROVE', over: object = {}) => {
  const item = await task(client, requestId);
  return client.post(`/seats/${item.seatId}/decisions`, { ...ballot(item, action), ...over });
};
const seq = async (id: string) =>
  Number((await api.dataSource.query<{ seq: string }[]>(`SELECT seq FROM approval_request WHERE id = $1`, [id]))[0]!.seq);

describe('every route of approvals', () => {
  let view: View;
  let item: Item;
  beforeEach(async () => {
    view = await create();
    item = await task(lead, view.id);
  });

  it.each([
    ['GET', '/inbox'],
    ['GET', '/inbox/count'],
    ['POST', '/requests'],
    ['POST', '/requests/preview'],
    ['GET', '/requests/$id'],
    ['GET', '/requests/$id/plan'],
    ['GET', '/requests/$id/audit'],
    ['POST', '/requests/$id/withdraw'],
    ['POST', '/requests/$id/resubmit'],
    ['POST', '/requests/$id/restaff'],
    ['POST', '/requests/$id/terminate'],
    ['POST', '/seats/$seat/decisions'],
  ])('is closed to nobody in particular: %s %s', async (method, path) => {
    const url = path.replace('$id', view.id).replace('$seat', item.seatId);
    expect((await api.anonymous.send(method, url, method === 'GET' ? undefined : {})).status).toBe(401);
  });

  it.each([
    ['GET', '/requests/$id', undefined, 404],
    ['GET', '/requests/$id/plan', undefined, 404],
    ['GET', '/requests/$id/audit', undefined, 403],
    ['POST', '/requests/$id/withdraw', { expectedVersion: 1 }, 404],
    ['POST', '/requests/$id/resubmit', { expectedVersion: 1 }, 404],
    ['POST', '/requests/$id/restaff', { stageId: '$seat', personIds: ['$seat'], reason: 'x' }, 403],
    ['POST', '/requests/$id/terminate', { reason: 'x' }, 403],
    ['POST', '/seats/$seat/decisions', { action: 'APPROVE', expectedSeatVersion: 1, subjectHash: 'f'.repeat(64) }, 404],
  ])('is closed to a colleague of another region: %s %s', async (method, path, body, status) => {
    const fill = (text: string) => text.replaceAll('$id', view.id).replaceAll('$seat', item.seatId);
    const answer = await stranger.send(method, fill(path), body && JSON.parse(fill(JSON.stringify(body))));
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).not.toContain('Special price');
    expect(await seq(view.id)).toBe(2);
  });

  it('V8 the holder’s own seat of another person answers NOT_HOLDER to those who may see it', async () => {
    const answer = await director.post(`/seats/${item.seatId}/decisions`, ballot(item));
    expect([answer.status, answer.body['code']]).toEqual([409, 'NOT_HOLDER']);
    const attempts = await api.dataSource.query<{ payload: { code: string } }[]>(
      `SELECT payload FROM event WHERE aggregate_kind = 'attempt' AND aggregate_id = $1 ORDER BY seq DESC LIMIT 1`,
      [await api.personId('director.central')],
    );
    expect(attempts[0]!.payload.code).toBe('NOT_HOLDER');
  });

  it.each([
    ['no key', { key: null }, {}, 400, 'IDEMPOTENCY_KEY_REQUIRED'],
    ['no version', {}, { expectedSeatVersion: undefined }, 400, 'VALIDATION'],
    ['no hash', {}, { subjectHash: undefined }, 400, 'VALIDATION'],
    ['a person in the body', {}, { onBehalfOf: 'x' }, 400, 'VALIDATION'],
    ['a stale hash', {}, { subjectHash: 'f'.repeat(64) }, 409, 'STALE_SUBJECT'],
    ['an old version', {}, { expectedSeatVersion: 9 }, 409, 'STALE_VERSION'],
    ['no comment to a refusal', {}, { action: 'REJECT', comment: undefined }, 422, 'REQUIREMENT_MISSING'],
    ['a stage that is not reachable', {}, { action: 'RETURN', returnTo: 'REGIONAL_DIRECTOR' }, 409, 'NOT_REACHABLE'],
  ])('AE-CMD-1, AE-CMD-4 a decision with %s changes nothing', async (_what, options, over, status, code) => {
    const answer = await lead.post(`/seats/${item.seatId}/decisions`, { ...ballot(item), ...over }, options);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(await seq(view.id)).toBe(2);
  });

  it('AE-CMD-2 a repeat is answered alike and says so; the key with another body is refused', async () => {
    const body = ballot(item);
    const send = (sent: object) => lead.post(`/seats/${item.seatId}/decisions`, sent, { key: `k-${item.seatId}` });
    const [first, again] = [await send(body), await send(body)];
    expect(first.body).toMatchObject({ requestState: 'PENDING', stageState: 'PASSED', seatState: 'APPROVED', replayed: false });
    expect(again.body).toMatchObject({ seq: first.body['seq'], stageState: 'PASSED', replayed: true });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const reused = await send({ ...body, action: 'REJECT' });
    expect([reused.status, reused.body['code']]).toEqual([422, 'KEY_REUSED']);
  });

  it.each([
    ['an unknown field', { state: 'APPROVED' }],
    ['an initiator', { initiatorId: '00000000-0000-7000-8000-000000000000' }],
    ['a number for a fact', { facts: { category: 'special-price', levels: 2 } }],
    ['a negative amount', { amount: { amount: '-1', currency: 'CNY' } }],
    ['a JSON number for an amount', { amount: { amount: 1, currency: 'CNY' } }],
    ['no title', { title: ' ' }],
    ['a list as content', { content: ['x'] }],
    ['an approver who is no id', { approverIds: ['me'] }],
  ])('a request with %s is refused', async (_what, over) => {
    expect((await rep.post('/requests', { ...BODY, ...over })).status).toBe(400);
  });

  it('a fact the policy needs, an amount too precise, a category without a row are refused by name', async () => {
    const codes = await Promise.all(
      [
        { facts: { category: 'special-price' } },
        { amount: { amount: '1.234', currency: 'CNY' } },
        { facts: { category: 'nothing', levels: '' } },
      ].map(async (over) => (await rep.post('/requests', { ...BODY, ...over })).body['code']),
    );
    expect(codes).toEqual(['POLICY_ERROR', 'MONEY.INVALID', 'NO_POLICY_ROW']);
  });
});

describe('a request from submission to approval', () => {
  it('shows its path with reasons, the timeline, who holds it, and what each may do', async () => {
    const view = await create();
    expect(view).toMatchObject({ state: 'PENDING', version: 1, round: 1, holder: { people: [{ name: 'Dustin Brinkmann' }] } });
    expect(view.path.map(({ key, state, seats }) => [key, state, seats[0]!.holder!.name, seats[0]!.certainty])).toEqual([
      ['TEAM_LEAD', 'ACTIVE', 'Dustin Brinkmann', 'FIXED'],
      ['REGIONAL_DIRECTOR', 'PLANNED', 'Grace Chen', 'MAY_CHANGE'],
    ]);
    expect(view.actions.map(({ action }) => action)).toEqual(['WITHDRAW']);
    const seen = (await lead.get<View>(`/requests/${view.id}`)).body;
    expect(seen.actions.map(({ action, commentRequired }) => [action, commentRequired])).toEqual([
      ['APPROVE', false],
      ['REJECT', true],
      ['RETURN', true],
      ['ABSTAIN', false],
    ]);
    expect((await decide(lead, view.id)).body).toMatchObject({ stageState: 'PASSED', requestState: 'PENDING' });
    expect((await director.get<View>(`/requests/${view.id}`)).body.returnTargets).toEqual([{ key: 'TEAM_LEAD', title: 'Team lead · 组长' }]);
    expect((await decide(director, view.id)).body).toMatchObject({ requestState: 'APPROVED' });
    const done = (await rep.get<View>(`/requests/${view.id}`)).body;
    expect(done).toMatchObject({ state: 'APPROVED', holder: null, actions: [] });
    expect(done.timeline.map(({ text }) => text.key)).toEqual([
      'request.submitted',
      'stage.activated',
      'seat.approve',
      'stage.closed.passed',
      'stage.activated',
      'seat.approve',
      'stage.closed.passed',
      'request.closed.approved',
    ]);
  });

  it('AE-PLAN-1 previews the plan it then gets', async () => {
    const preview = await rep.post<{ planHash: string; lane: string; stages: { key: string }[]; notAsked: { stageKey: string }[] }>(
      '/requests/preview',
      BODY,
      { key: null },
    );
    const view = await create();
    const stored = await rep.get<{ planHash: string }>(`/requests/${view.id}/plan`);
    expect(preview.status).toBe(200);
    expect(preview.body).toMatchObject({ lane: 'APPROVAL', stages: [{ key: 'TEAM_LEAD' }, { key: 'REGIONAL_DIRECTOR' }] });
    expect(preview.body.notAsked.map(({ stageKey }) => stageKey)).toContain('COUNTERSIGN');
    expect(stored.body.planHash).toBe(preview.body.planHash);
  });

  it('AE-PLAN-2 passes the automatic lane at once', async () => {
    expect(await create({ ...BODY, facts: { category: 'auto', levels: '' } })).toMatchObject({ state: 'APPROVED', path: [] });
  });

  it('is returned, resubmitted by its initiator alone, and says what the approver saw last', async () => {
    const view = await create();
    await decide(lead, view.id);
    await decide(director, view.id, 'RETURN', { resume: 'NEXT' });
    const returned = (await rep.get<View>(`/requests/${view.id}`)).body;
    expect(returned).toMatchObject({ state: 'RETURNED', version: 2, holder: { people: [{ name: 'Moses Frase' }] } });
    expect(returned.actions.map(({ action }) => action)).toEqual(['WITHDRAW', 'RESUBMIT']);
    expect((await lead.post(`/requests/${view.id}/resubmit`, { expectedVersion: 2 })).body['code']).toBe('NOT_INITIATOR');
    expect((await rep.post(`/requests/${view.id}/resubmit`, { expectedVersion: 1 })).body['code']).toBe('STALE_VERSION');
    const again = await rep.post<View>(`/requests/${view.id}/resubmit`, { expectedVersion: 2, comment: 'please' });
    expect(again.body).toMatchObject({ state: 'PENDING', round: 2, changesBase: { round: 1, label: 'LAST_ROUND' }, changes: [] });
    const seen = (await lead.get<View>(`/requests/${view.id}`)).body;
    expect(seen.changesBase).toEqual({ round: 1, label: 'APPROVED_BY_YOU' });
    expect((await rep.post(`/requests/${view.id}/resubmit`, { expectedVersion: 3 })).body['code']).toBe('NOT_RETURNED');
  });

  it('AE-WD-1 is withdrawn by its initiator; afterwards everybody hears that it is closed', async () => {
    const view = await create();
    const item = await task(lead, view.id);
    expect((await lead.post(`/requests/${view.id}/withdraw`, { expectedVersion: 1 })).status).toBe(403);
    expect((await rep.post(`/requests/${view.id}/withdraw`, { expectedVersion: 1 })).body).toMatchObject({ state: 'WITHDRAWN' });
    const late = await lead.post(`/seats/${item.seatId}/decisions`, ballot(item));
    expect([late.status, late.body['code'], late.body['requestState']]).toEqual([409, 'REQUEST_CLOSED', 'WITHDRAWN']);
  });

  it('AE-AUD-2 shows the auditor a chain that verifies', async () => {
    const view = await create();
    const audit = await (await api.as('auditor')).get<{ verified: boolean; events: { seq: number; prevHash: string; hash: string }[] }>(
      `/requests/${view.id}/audit`,
    );
    expect(audit.body).toMatchObject({ verified: true, firstBadSeq: null });
    expect(audit.body.events.map(({ seq: n }) => n)).toEqual([1, 2]);
    expect(audit.body.events[1]!.prevHash).toBe(audit.body.events[0]!.hash);
  });

  it('AE-TERM-1 is ended by operations, who cannot approve it', async () => {
    const view = await create();
    const ops = await api.as('ops');
    expect((await ops.post(`/requests/${view.id}/terminate`, { reason: 'duplicate' })).body).toMatchObject({ state: 'TERMINATED' });
    expect((await ops.post(`/requests/${view.id}/terminate`, { reason: 'again' })).status).toBe(409);
  });

  it('fifty clicks at the same instant on a pool of ten: one counts, the others hear who won', async () => {
    const view = await create();
    const item = await task(lead, view.id);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => lead.post(`/seats/${item.seatId}/decisions`, ballot(item))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const lost = answers.filter(({ status }) => status !== 200);
    expect(new Set(lost.map(({ status, body }) => `${status} ${body['code']} ${body['byYou']}`))).toEqual(new Set(['409 SEAT_DECIDED true']));
  });
});

describe('the inbox', () => {
  it('refuses what is no filter, and a cursor of another filter', async () => {
    for (let index = 0; index < 3; index += 1) await create();
    const page = await lead.get<{ items: Item[]; nextCursor: string }>('/inbox?limit=2');
    expect(page.body.items).toHaveLength(2);
    expect((await lead.get(`/inbox?limit=2&cursor=${page.body.nextCursor}`)).status).toBe(200);
    const bad = [`/inbox?limit=2&kind=QUOTE&cursor=${page.body.nextCursor}`, '/inbox?sort=margin', '/inbox?minAmount=1e5', '/inbox?tab=all', '/inbox?tab=todo&tab=done'];
    for (const path of bad) expect([path, (await lead.get(path)).status]).toEqual([path, 400]);
  });

  it('counts what waits', async () => {
    const { todo } = (await lead.get<{ todo: number }>('/inbox/count')).body;
    await create();
    expect((await lead.get<{ todo: number }>('/inbox/count')).body).toEqual({ todo: todo + 1, overdue: 0 });
  });
});
