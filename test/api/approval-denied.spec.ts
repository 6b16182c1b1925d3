import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BODY, ballot, create, seqOf, task, type Item, type View } from '../builders/approval-client.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

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

describe('every route of approvals', () => {
  let view: View;
  let item: Item;
  beforeEach(async () => {
    view = await create(rep);
    item = await task(lead, view.id);
  });

  it.each([
    ['GET', '/inbox'],
    ['GET', '/inbox/count'],
    ['POST', '/requests'],
    ['POST', '/requests/preview'],
    ['GET', '/requests/$id'],
    ['GET', '/requests/$id/plan'],
    ['GET', '/requests/$id/why-not'],
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
    [
      'POST',
      '/seats/$seat/decisions',
      { action: 'APPROVE', expectedSeatVersion: 1, subjectHash: 'f'.repeat(64) },
      404,
    ],
  ])('is closed to a colleague of another region: %s %s', async (method, path, body, status) => {
    const fill = (text: string) => text.replaceAll('$id', view.id).replaceAll('$seat', item.seatId);
    const answer = await stranger.send(method, fill(path), body && JSON.parse(fill(JSON.stringify(body))));
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).not.toContain('Special price');
    expect(await seqOf(api, view.id)).toBe(2);
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
    [
      'a stage that is not reachable',
      {},
      { action: 'RETURN', returnTo: 'REGIONAL_DIRECTOR' },
      409,
      'NOT_REACHABLE',
    ],
  ])('AE-CMD-1, AE-CMD-4 a decision with %s changes nothing', async (_what, options, over, status, code) => {
    const answer = await lead.post(`/seats/${item.seatId}/decisions`, { ...ballot(item), ...over }, options);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(await seqOf(api, view.id)).toBe(2);
  });

  it('AE-CMD-2 a repeat is answered alike and says so; the key with another body is refused', async () => {
    const body = ballot(item);
    const send = (sent: object) =>
      lead.post(`/seats/${item.seatId}/decisions`, sent, { key: `k-${item.seatId}` });
    const [first, again] = [await send(body), await send(body)];
    expect(first.body).toMatchObject({
      requestState: 'PENDING',
      stageState: 'PASSED',
      seatState: 'APPROVED',
      replayed: false,
    });
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
