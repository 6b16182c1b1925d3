import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  act,
  catalogue,
  draft,
  eachForItself,
  put,
  read,
  refusal,
  submit,
  type Catalogue,
  type Quote,
} from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let goods: Catalogue;
beforeAll(async () => {
  api = await startApi();
  await eachForItself(api.dataSource);
  rep = await api.as('moses.frase');
  goods = await catalogue(rep);
});
afterAll(() => api.close());

const approved = async () => submit(rep, (await draft(rep, goods.body())).id);
const sent = async () => act(rep, (await approved()).id, 'send');
const overdue = (id: string) =>
  api.dataSource.query(`UPDATE quote SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);
const events = async (id: string) =>
  (
    await api.dataSource.query<{ type: string }[]>(
      `SELECT type FROM event WHERE aggregate_kind = 'quote' AND aggregate_id = $1 ORDER BY seq`,
      [id],
    )
  ).map(({ type }) => type);

describe('an offer to the customer (processes 3.2)', () => {
  it('is sent once approved, and accepted once', async () => {
    const own = await approved();
    expect(refusal(await rep.post(`/quotes/${own.id}/accept`, { acceptedBy: 'Mr Lin' }))).toEqual([
      409,
      'QUOTE_STATE',
    ]);
    expect(await act(rep, own.id, 'send')).toMatchObject({
      state: 'SENT',
      actions: ['ACCEPT', 'DECLINE', 'REVISE'],
    });
    expect(refusal(await rep.post(`/quotes/${own.id}/accept`, {}))).toEqual([
      400,
      'VALIDATION',
      '/acceptedBy',
    ]);
    expect(await act(rep, own.id, 'accept', { acceptedBy: 'Mr Lin' })).toMatchObject({
      state: 'ACCEPTED',
      actions: [],
    });
    expect(refusal(await rep.post(`/quotes/${own.id}/accept`, { acceptedBy: 'Mr Lin' }))).toEqual([
      409,
      'QUOTE_STATE',
    ]);
    expect(refusal(await rep.post(`/quotes/${own.id}/decline`, { reason: 'late' }))).toEqual([
      409,
      'QUOTE_STATE',
    ]);
    expect(await events(own.id)).toEqual([
      'quote.created',
      'quote.submitted',
      'quote.approval-ended',
      'quote.sent',
      'quote.accepted',
    ]);
  });

  it('may be declined with a reason, and revised then', async () => {
    const own = await sent();
    expect(refusal(await rep.post(`/quotes/${own.id}/decline`, { reason: '' }))).toEqual([
      400,
      'VALIDATION',
      '/reason',
    ]);
    expect(await act(rep, own.id, 'decline', { reason: 'price' })).toMatchObject({ state: 'DECLINED' });
    expect(await act(rep, own.id, 'revise')).toMatchObject({ version: 2, state: 'DRAFT' });
  });

  it('is not accepted after its last second, whether the clock has come by or not', async () => {
    const own = await sent();
    await overdue(own.id);
    const late = await rep.post(`/quotes/${own.id}/accept`, { acceptedBy: 'Mr Lin' });
    expect(refusal(late)).toEqual([409, 'QUOTE_EXPIRED']);
    expect((await read(rep, own.id)).state).toBe('SENT');
    expect((await act(rep, own.id, 'decline', { reason: 'too late' })).state).toBe('DECLINED');
  });

  it('repeated with its key is answered, not done again', async () => {
    const own = await approved();
    const key = 'send-once';
    await rep.post(`/quotes/${own.id}/send`, {}, { key });
    const again = await rep.post<Quote>(`/quotes/${own.id}/send`, {}, { key });
    expect([again.status, again.headers.get('idempotency-replayed'), again.body.state]).toEqual([
      200,
      'true',
      'SENT',
    ]);
    expect((await events(own.id)).filter((type) => type === 'quote.sent')).toHaveLength(1);
  });

  it('yes and no at the same instant: one counts', async () => {
    const own = await sent();
    const answers = await Promise.all([
      rep.post<Quote>(`/quotes/${own.id}/accept`, { acceptedBy: 'Mr Lin' }),
      rep.post<Quote>(`/quotes/${own.id}/decline`, { reason: 'price' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('prices and validity at submission', () => {
  it('a draft past its validity is refused', async () => {
    const own = await draft(rep, goods.body());
    await overdue(own.id);
    expect(refusal(await rep.post(`/quotes/${own.id}/submit`, {}))).toEqual([
      409,
      'QUOTE_EXPIRED',
      '/validUntil',
    ]);
    expect((await read(rep, own.id)).state).toBe('DRAFT');
  });

  it('a draft on a price list that ended is refused until it is edited, at the prices of now', async () => {
    const own = await draft(rep, goods.body());
    await api.dataSource.query(
      `UPDATE price_list SET valid = tstzrange(lower(valid), now()) WHERE currency = 'CNY'`,
    );
    expect(refusal(await rep.post('/quotes', goods.body()))).toEqual([
      422,
      'PRICE_LIST_MISSING',
      '/currency',
    ]);
    await api.dataSource.query(
      `WITH old AS (SELECT id FROM price_list WHERE currency = 'CNY' AND version = 1),
         new AS (INSERT INTO price_list (id, currency, version, valid)
                 SELECT gen_random_uuid(), 'CNY', 2, tstzrange(upper(valid), NULL) FROM price_list JOIN old USING (id) RETURNING id)
       INSERT INTO price_item (price_list_id, product_id, list, floor)
       SELECT new.id, product_id, list + 10, floor FROM price_item, old, new WHERE price_list_id = old.id`,
    );
    expect(refusal(await rep.post(`/quotes/${own.id}/submit`, {}))).toEqual([409, 'PRICE_LIST_EXPIRED']);
    const edited = await put(rep, own, goods.body());
    // 20 × 4,831
    expect([edited.status, edited.body.total.amount]).toEqual([200, '96620.00']);
    expect((await submit(rep, own.id)).state).toBe('APPROVED');
  });
});
