import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { customerNamed, inDays, newDeal, version, type DealAnswer } from '../builders/opportunity.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let stranger: ApiClient;

beforeAll(async () => {
  api = await startApi();
  [rep, stranger] = await Promise.all([api.as('moses.frase'), api.as('donn.cantrell')]);
});
afterAll(() => api?.close());

const fieldsOf = (body: Record<string, unknown>) =>
  (body['errors'] as { pointer: string; code: string }[] | undefined)?.map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

describe('activities', () => {
  it('only a done two-way one resets the contact clock', async () => {
    const { id } = await newDeal(rep);
    const longAgo = `UPDATE opportunity SET contact_at = now() - interval '20 days', stuck_at = now() WHERE id = $1`;
    await api.dataSource.query(longAgo, [id]);
    const log = (more: object) =>
      rep.post('/activities', {
        opportunityId: id,
        subject: 'touch',
        kind: 'CALL',
        doneAt: new Date().toISOString(),
        ...more,
      });
    const stuckAt = async () => (await rep.get<DealAnswer>(`/opportunities/${id}`)).body.stuckAt;
    expect((await log({})).status).toBe(201);
    expect((await log({ kind: 'NOTE' })).status).toBe(201);
    expect((await log({ doneAt: undefined, plannedOn: inDays(3) })).status).toBe(201);
    expect(await stuckAt()).not.toBeNull();
    expect(fieldsOf((await log({ kind: 'NOTE', twoWay: true })).body)).toEqual(['/twoWay ONE_SIDED']);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect(fieldsOf((await log({ twoWay: true, doneAt: tomorrow })).body)).toEqual(['/doneAt FUTURE']);
    expect(fieldsOf((await log({ doneAt: undefined })).body)).toEqual(['/doneAt REQUIRED']);
    expect(fieldsOf((await log({ doneAt: undefined, plannedOn: null })).body)).toEqual([
      '/plannedOn MATCHES',
    ]);
    expect(fieldsOf((await log({ customerId: null })).body)).toEqual(['/customerId IS_UUID']);
    expect((await log({ twoWay: true })).status).toBe(201);
    expect(await stuckAt()).toBeNull();
  });

  it('what was planned is done although the deal has got another customer since', async () => {
    const { id, planned } = await newDeal(rep);
    await api.dataSource.query(
      `UPDATE opportunity SET customer_id = (SELECT id FROM customer WHERE id <> customer_id LIMIT 1) WHERE id = $1`,
      [id],
    );
    const next = { kind: 'CALL', plannedOn: inDays(5), subject: 'again' };
    const done = { doneAt: new Date().toISOString(), twoWay: true, next };
    const answer = await rep.post(
      `/activities/${planned[0]!.id}/done`,
      done,
      version(planned[0]!.rowVersion),
    );
    expect([answer.status, answer.body['state']]).toEqual([200, 'DONE']);
  });

  it('the last planned one of an open deal is not done without another', async () => {
    const deal = await newDeal(rep);
    const [planned] = deal.planned;
    const done = { doneAt: new Date().toISOString(), twoWay: true };
    const at = version(planned!.rowVersion);
    const bare = await rep.post(`/activities/${planned!.id}/done`, done, at);
    expect(fieldsOf(bare.body)).toEqual(['/next REQUIRED']);
    expect((await rep.post(`/activities/${planned!.id}/replan`, {}, at)).status).toBe(400);
    const next = { kind: 'MEETING', plannedOn: inDays(5), subject: 'Show it' };
    const full = await rep.post(`/activities/${planned!.id}/done`, { ...done, next }, at);
    expect([full.status, full.body['state'], full.body['twoWay']]).toEqual([200, 'DONE', true]);
    expect((await rep.get<DealAnswer>(`/opportunities/${deal.id}`)).body.planned).toMatchObject([next]);
    expect((await rep.post(`/activities/${planned!.id}/done`, { ...done, next }, version(2))).status).toBe(
      409,
    );
    const line = await rep.get<{ items: { kind: string; type: string }[] }>(
      `/opportunities/${deal.id}/timeline`,
    );
    expect(line.body.items.map(({ kind, type }) => `${kind} ${type}`)).toEqual([
      'ACTIVITY CALL',
      'STAGE PROSPECTING',
    ]);
  });
});

describe('contacts', () => {
  it('are seen by who deals with their customer, masked without consent, and erased at their wish', async () => {
    const customerId = await customerNamed(rep, 'Cancity');
    const wrong = await rep.post('/contacts', { customerId, name: 'X', phone: '12' });
    expect(fieldsOf(wrong.body)).toEqual(['/phone PHONE']);
    const { body: made } = await rep.post<{ id: string; rowVersion: number }>('/contacts', {
      customerId,
      name: 'Han Meimei',
      phone: '+86 139 0013 9000',
      email: 'han@example.com',
    });
    expect((await stranger.get(`/contacts/${made.id}`)).status).toBe(404);
    const edit = { name: 'Han Meimei', phone: '+8613900139000', consent: 'WITHDRAWN' };
    const withdrawn = await rep.put(`/contacts/${made.id}`, edit, version(made.rowVersion));
    expect(withdrawn.body).toMatchObject({ phone: '+86139******00', email: null, consent: 'WITHDRAWN' });
    expect((await rep.post(`/contacts/${made.id}/erase`, { reason: 'asked for' })).status).toBe(403);
    const admin = await api.as('admin');
    expect((await admin.post(`/contacts/${made.id}/erase`, { reason: 'asked for' })).status).toBe(204);
    const erased = await rep.get(`/contacts/${made.id}`);
    expect(erased.body).toMatchObject({ name: '—', phone: null, erasedAt: expect.any(String) });
    const [event] = await api.dataSource.query<{ payload: string }[]>(
      `SELECT string_agg(payload::text, ' ') AS payload FROM event WHERE aggregate_kind = 'customer' AND aggregate_id = $1`,
      [customerId],
    );
    expect(event!.payload).not.toMatch(/Meimei|13900139000|han@/);
  });
});
