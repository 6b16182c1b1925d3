import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decide } from '../builders/approval-client.js';
import {
  catalogue,
  draft,
  put,
  read,
  refusal,
  submit,
  type Catalogue,
  type Quote,
} from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

const NOBODY = '01900000-0000-7000-8000-000000000000';

let api: TestApi;
let rep: ApiClient;
let colleague: ApiClient;
let finance: ApiClient;
let goods: Catalogue;
let quote: Quote;
beforeAll(async () => {
  api = await startApi();
  [rep, colleague, finance] = (await Promise.all(
    ['moses.frase', 'anna.snelling', 'finance'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient];
  goods = await catalogue(rep);
  quote = await draft(rep, goods.body({ discountPct: '12' }));
});
afterAll(() => api.close());

const figures = async () =>
  (
    await api.dataSource.query<{ quotes: string; events: string }[]>(
      `SELECT (SELECT count(*) FROM quote)::text AS quotes,
         (SELECT count(*) FROM event WHERE aggregate_kind IN ('quote', 'request'))::text AS events`,
    )
  )[0]!;

const ROUTES: [string, string, object | undefined, number][] = [
  ['GET', '/quotes/$id', undefined, 404],
  ['PUT', '/quotes/$id', {}, 404],
  ['POST', '/quotes/$id/preview', {}, 404],
  ['POST', '/quotes/$id/submit', {}, 404],
  ['POST', '/quotes/$id/revise', {}, 404],
  ['POST', '/quotes/$id/send', {}, 404],
  ['POST', '/quotes/$id/accept', { acceptedBy: 'Mr Lin' }, 404],
  ['POST', '/quotes/$id/decline', { reason: 'price' }, 404],
];

describe('every route of quotations', () => {
  it.each([
    ...ROUTES,
    ['GET', '/quotes', undefined, 0],
    ['POST', '/quotes', {}, 0],
    ['POST', '/quotes/preview', {}, 0],
  ] as typeof ROUTES)(
    'is closed to nobody in particular, and to a role without the right: %s %s',
    async (method, path, body) => {
      const url = path.replace('$id', quote.id);
      expect((await api.anonymous.send(method, url, body)).status).toBe(401);
      expect((await (await api.as('hr')).send(method, url, body)).status).toBe(403);
    },
  );

  it.each(ROUTES)('hides another rep’s quotation: %s %s', async (method, path, body, status) => {
    const before = await figures();
    const full = method === 'PUT' ? goods.body() : body;
    for (const id of [quote.id, NOBODY]) {
      const answer = await colleague.send(method, path.replace('$id', id), full, {
        headers: { 'If-Match': '"1"' },
      });
      expect([answer.status, (answer.body as { code: string }).code]).toEqual([status, 'NOT_FOUND']);
      expect(JSON.stringify(answer.body)).not.toContain('Cheers');
    }
    expect(await figures()).toEqual(before);
  });

  it('lists to a rep only what is theirs, to the lead the team’s', async () => {
    const mine = async (client: ApiClient) =>
      (await client.get<{ items: Quote[] }>('/quotes?owner=all')).body.items.map(({ id }) => id);
    expect(await mine(colleague)).not.toContain(quote.id);
    expect(await mine(await api.as('melvin.marxen'))).not.toContain(quote.id);
    expect(await mine(await api.as('dustin.brinkmann'))).toContain(quote.id);
    expect(await mine(finance)).toContain(quote.id);
  });

  it('reading is not writing: finance sees it and cannot change it', async () => {
    expect((await finance.get(`/quotes/${quote.id}`)).status).toBe(200);
    expect((await put(finance, quote, goods.body())).status).toBe(403);
    expect((await finance.post(`/quotes/${quote.id}/submit`, {})).status).toBe(403);
  });
});

describe('cost and margin (processes 3.8: only finance and legal)', () => {
  // 20 × 4,242.48 = 84,849.60; cost 20 × 2,651.55; 84,849.60 × 4.5 % × 30 / 365 = 313.83; floor 3,374.70
  const SECRETS = ['2651.55', '53031', '313.83', '3374.7', '37.13'];
  const NAMES = ['"cost"', '"costTotal"', '"marginPct"', '"financingCost"', '"floor"', '"confidential"'];

  it('are in no answer a rep or a team lead gets, and finance gets them', async () => {
    const own = await draft(rep, goods.body({ discountPct: '12' }));
    expect(own).toMatchObject({ total: { amount: '84849.60' }, discountPct: '12', marginFlag: 'GREEN' });
    const submitted = await rep.post(`/quotes/${own.id}/submit`, {});
    const requestId = (submitted.body as { requestId: string }).requestId;
    const pages = async (client: ApiClient) => [
      await client.get('/quotes'),
      await client.get(`/quotes/${own.id}`),
      await client.post(`/quotes/${own.id}/preview`, {}, { key: null }),
      await client.get(`/requests/${requestId}`),
      await client.get(`/requests/${requestId}/plan`),
    ];
    const unsaved = await rep.post('/quotes/preview', goods.body({ discountPct: '12' }), { key: null });
    const lead = await api.as('dustin.brinkmann');
    for (const answer of [submitted, unsaved, ...(await pages(rep)), ...(await pages(lead))]) {
      expect(answer.status).toBe(200);
      const text = JSON.stringify(answer.body);
      expect(text.length).toBeGreaterThan(100);
      expect([...SECRETS, ...NAMES].filter((secret) => text.includes(secret))).toEqual([]);
    }
    expect(await read(finance, own.id)).toMatchObject({
      costTotal: '53031.00',
      financingCost: '313.83',
      marginPct: '37.130133',
      lines: [{ cost: '2651.55', marginPct: '37.5' }],
    });
  });
});

describe('a version in If-Match', () => {
  it('is needed (428), must be one (400), and must be the current one (412)', async () => {
    expect((await rep.put(`/quotes/${quote.id}`, goods.body())).status).toBe(428);
    const odd = await rep.put(`/quotes/${quote.id}`, goods.body(), { headers: { 'If-Match': 'W/"x"' } });
    expect(refusal(odd)).toEqual([400, 'VALIDATION', '/if-match']);
    const edited = await put(rep, quote, goods.body({ discountPct: '11' }));
    expect([edited.status, edited.headers.get('etag'), edited.body.discountPct]).toEqual([200, '"2"', '11']);
    const late = await put(rep, quote, goods.body({ discountPct: '13' }));
    expect([late.status, late.body.code, late.body['currentVersion']]).toEqual([412, 'VERSION_MISMATCH', 2]);
    quote = await read(rep, quote.id);
    expect(quote.discountPct).toBe('11');
  });
});

describe('a repeated write', () => {
  it('answers what it answered, once', async () => {
    const key = 'quote-once';
    const body = goods.body();
    const first = await rep.post<Quote>('/quotes', body, { key });
    const before = await figures();
    const again = await rep.post<Quote>('/quotes', body, { key });
    expect([again.status, again.headers.get('idempotency-replayed'), again.body.id]).toEqual([
      201,
      'true',
      first.body.id,
    ]);
    expect(refusal(await rep.post('/quotes', goods.body({ qty: '2' }), { key }))).toEqual([
      422,
      'KEY_REUSED',
    ]);
    expect(refusal(await rep.post('/quotes', body, { key: null }))).toEqual([
      400,
      'IDEMPOTENCY_KEY_REQUIRED',
    ]);
    expect(await figures()).toEqual(before);
  });

  it('submits once, whether clicked twice or repeated', async () => {
    const own = await draft(rep, goods.body({ discountPct: '12' }));
    const key = 'submit-once';
    const first = await rep.post<{ requestId: string }>(`/quotes/${own.id}/submit`, {}, { key });
    const again = await rep.post<{ requestId: string }>(`/quotes/${own.id}/submit`, {}, { key });
    expect([again.status, again.body.requestId]).toEqual([200, first.body.requestId]);
    expect(refusal(await rep.post(`/quotes/${own.id}/submit`, {}))).toEqual([409, 'QUOTE_STATE']);
  });

  it('AE-SUB-2 is locked while approvers look at it', async () => {
    const own = await submit(rep, (await draft(rep, goods.body({ discountPct: '12' }))).id);
    expect(own).toMatchObject({
      state: 'IN_APPROVAL',
      actions: [],
      holder: { people: [{ name: 'Grace Chen' }] },
    });
    const answer = await put(rep, own, goods.body());
    expect(refusal(answer)).toEqual([423, 'LOCKED_BY_APPROVAL']);
    expect((await read(rep, own.id)).materialHash).toBe(own.materialHash);
    await decide(await api.as('director.central'), own.requestId!);
    expect((await read(rep, own.id)).state).toBe('APPROVED');
  });
});
