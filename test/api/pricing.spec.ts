import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decide } from '../builders/approval-client.js';
import {
  catalogue,
  draft,
  eachForItself,
  put,
  read,
  refusal,
  submit,
  type Catalogue,
  type Problem,
} from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface List {
  id: string;
  version: number;
  state: string;
  rowVersion: number;
  validFrom: string;
  items: {
    productId: string;
    name: string;
    list: string;
    floor?: string;
    tiers: { minQty: string; list: string }[];
  }[];
  actions: string[];
}

let api: TestApi;
let rep: ApiClient;
let finance: ApiClient;
let cfo: ApiClient;
let goods: Catalogue;
beforeAll(async () => {
  api = await startApi();
  await eachForItself(api.dataSource);
  [rep, finance, cfo] = (await Promise.all(
    ['moses.frase', 'finance', 'cfo'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient];
  goods = await catalogue(rep);
});
afterAll(() => api.close());

const at = (list: Pick<List, 'rowVersion'>) => ({ headers: { 'If-Match': `"${list.rowVersion}"` } });
const act = (who: ApiClient, list: List, what: string, body: object = {}) =>
  who.post<List & Problem>(`/price-lists/${list.id}/${what}`, body, at(list));
const drafted = async (over: object = {}): Promise<List> => {
  const made = await finance.post<List>('/price-lists', { currency: 'EUR', note: 'new year', ...over });
  expect(made.status).toBe(201);
  const items = [
    { productId: goods.product('GTX Pro'), list: '700.00', floor: '500.00' },
    { productId: goods.product('GTX Pro'), minQty: '10', list: '650.00', floor: '480.00' },
  ];
  const edited = await finance.put<List>(`/price-lists/${made.body.id}`, { items }, at(made.body));
  expect(edited.status).toBe(200);
  return edited.body;
};
const published = async (over: object = {}, validity: object = {}): Promise<List> => {
  const list = (await act(finance, await drafted(over), 'submit', validity)).body;
  const answer = await act(cfo, list, 'publish');
  expect([answer.status, answer.body.code]).toEqual([200, undefined]);
  return answer.body;
};

describe('a price list', () => {
  it('is written by one person and published by another', async () => {
    const list = (await act(finance, await drafted(), 'submit')).body;
    expect(list).toMatchObject({ state: 'IN_REVIEW', actions: ['RECALL'] });
    expect(refusal(await act(finance, list, 'publish'))).toEqual([403, 'SOD_VIOLATION']);
    expect((await cfo.get<List>(`/price-lists/${list.id}`)).body.actions).toEqual(['APPROVE', 'SEND_BACK']);
    expect((await act(cfo, list, 'publish')).body).toMatchObject({ state: 'ACTIVE', version: 1 });
    const shown = await rep.get<List>('/price-lists/current?currency=EUR');
    expect(shown.body.items).toMatchObject([{ list: '700.00', tiers: [{ minQty: '10', list: '650.00' }] }]);
  });

  it('scheduled twice for one time is refused, naming both versions; nothing is lost', async () => {
    const from = '2031-01-01T00:00:00.000Z';
    const scheduled = await published({ tier: 'A' }, { validFrom: from });
    expect(scheduled).toMatchObject({ state: 'SCHEDULED', validFrom: from });
    const late = (await act(finance, await drafted({ tier: 'A' }), 'submit')).body;
    const refused = await act(cfo, late, 'publish');
    expect(refusal(refused)).toEqual([409, 'PRICE_LIST.OVERLAP', '/validFrom']);
    expect(refused.body).toMatchObject({ version: 2, other: { version: 1, validFrom: from } });
    expect((await cfo.get<List>(`/price-lists/${late.id}`)).body).toMatchObject({ state: 'IN_REVIEW' });
  });

  it('says what it changes against another version', async () => {
    const first = await published({ region: 'NORTH' });
    const next = await finance.post<List>('/price-lists', {
      currency: 'EUR',
      region: 'NORTH',
      basedOn: first.id,
    });
    const items = [{ productId: goods.product('GTX Pro'), list: '770.00', floor: '500.00' }];
    await finance.put(`/price-lists/${next.body.id}`, { items }, at(next.body));
    const { body } = await cfo.get<object[]>(`/price-lists/${next.body.id}/diff?against=${first.id}`);
    expect(body).toEqual([
      expect.objectContaining({
        minQty: '0',
        before: { list: '700', floor: '500' },
        after: { list: '770', floor: '500' },
        movePct: '10.00',
      }),
      expect.objectContaining({ minQty: '10', after: null, movePct: null }),
    ]);
  });

  it.each<[string, object[], string[]]>([
    ['a floor above list', [{ list: '10.00', floor: '11.00' }], ['/items/0/floor']],
    ['a price with too many decimals', [{ list: '10.001', floor: '1.00' }], ['/items/0/list']],
  ])('%s is refused by field', async (_, items, pointers) => {
    const list = await drafted({ region: 'SOUTH' });
    const all = items.map((item) => ({ productId: goods.product('GTX Pro'), ...item }));
    expect(refusal(await finance.put(`/price-lists/${list.id}`, { items: all }, at(list)))).toEqual([
      400,
      'VALIDATION',
      ...pointers,
    ]);
  });
});

it('a scheduled version is taken back before it holds; the one before it goes on', async () => {
  const first = await published({ region: 'TAKEN' });
  const next = await published({ region: 'TAKEN' }, { validFrom: '2032-01-01T00:00:00.000Z' });
  expect(next).toMatchObject({ state: 'SCHEDULED', actions: ['WITHDRAW'] });
  const back = await act(finance, next, 'withdraw');
  expect([back.status, back.body.state, back.body.actions]).toEqual([200, 'DISCARDED', []]);
  const holding = (await cfo.get<List>(`/price-lists/${first.id}`)).body;
  expect(holding).toMatchObject({ state: 'ACTIVE', validTo: null });
  expect(refusal(await act(cfo, holding, 'withdraw'))).toEqual([409, 'PRICE_LIST.STATE']);
});

describe('what only the database would refuse is refused by field', () => {
  const NOWHERE = '0199c000-0000-7000-8000-000000000000';
  const pro = () => goods.product('GTX Pro');
  it.each<[string, string, () => object, string[]]>([
    ['a list of no list', 'price-lists', () => ({ currency: 'EUR', basedOn: NOWHERE }), ['/basedOn']],
    [
      'a cost of no product',
      'product-costs',
      () => ({ costs: [{ productId: NOWHERE, currency: 'CNY', cost: '1' }] }),
      ['/costs/0/productId'],
    ],
    [
      'a cost twice',
      'product-costs',
      () => ({ costs: [1, 2].map(() => ({ productId: pro(), currency: 'CNY', cost: '1' })) }),
      ['/costs/1'],
    ],
    [
      'a rate twice',
      'fx-rates',
      () => ({ rates: [1, 2].map(() => ({ currency: 'EUR', rate: '8', asOf: '2026-11-26' })) }),
      ['/rates/1/currency'],
    ],
    [
      'a rebate for nobody',
      'rebates',
      () => ({ customerId: NOWHERE, productId: NOWHERE, pct: '1' }),
      ['/customerId', '/productId'],
    ],
  ])('%s', async (_, path, body, pointers) => {
    const answer = await finance.post<Problem>(`/${path}`, body());
    expect([answer.status, answer.body.errors?.map(({ pointer }) => pointer).sort()]).toEqual([
      400,
      pointers,
    ]);
  });

  it('a price of no product, or one step twice', async () => {
    const list = await drafted({ region: 'WEST' });
    const price = { list: '10.00', floor: '5.00' };
    const put = (items: object[]) => finance.put<Problem>(`/price-lists/${list.id}`, { items }, at(list));
    const pointers = async (items: object[]) => (await put(items)).body.errors?.map(({ pointer }) => pointer);
    expect(await pointers([{ productId: NOWHERE, ...price }])).toEqual(['/items/0/productId']);
    expect(
      await pointers([
        { productId: pro(), minQty: '5', ...price },
        { productId: pro(), minQty: '5.0', ...price },
      ]),
    ).toEqual(['/items/1/minQty']);
    const yen = await finance.post<Problem>('/price-lists', { currency: 'JPY', basedOn: list.id });
    expect(refusal(yen)).toEqual([400, 'VALIDATION', '/basedOn']);
  });

  it('what ends is looked at again when it ends', async () => {
    const validity = { validFrom: '2033-01-01T00:00:00.000Z', validTo: '2033-02-01T00:00:00.000Z' };
    const list = await published({ region: 'EAST' }, validity);
    const told = await api.dataSource.query<{ at: Date }[]>(
      `SELECT at FROM price_change WHERE ref_id = $1 ORDER BY at`,
      [list.id],
    );
    expect(told.map((row) => row.at.toISOString())).toEqual([validity.validFrom, validity.validTo]);
  });
});

describe('cost and margin are finance’s and legal’s alone (processes 3.2)', () => {
  it('whoever may not see cost finds it nowhere', async () => {
    const quote = await draft(
      rep,
      goods.body({ discountPct: '12', freight: '5.00' }, { commissionPct: '1' }),
    );
    const { requestId } = await submit(rep, quote.id);
    const paths = [
      `/quotes/${quote.id}`,
      `/requests/${requestId}`,
      `/requests/${requestId}/why-not`,
      '/price-lists/current?currency=CNY',
      '/quotes',
    ];
    for (const path of paths) {
      const text = JSON.stringify((await rep.get(path)).body);
      expect([
        path,
        /"(cost|costTotal|marginPct|rebatePct|rebateTotal|financingCost|floor)"/.exec(text)?.[0],
      ]).toEqual([path, undefined]);
      expect([path, text.includes('2651.55')]).toEqual([path, false]);
    }
    for (const path of ['/product-costs', '/rebates', '/price-lists'])
      expect([path, (await rep.get(path)).status]).toEqual([path, 403]);
    const preview = await rep.post('/quotes/preview', goods.body({ discountPct: '12' }));
    expect(JSON.stringify(preview.body)).not.toMatch(/"(cost|marginPct|rebatePct)"/);
    expect((await finance.get<{ costTotal?: string }>(`/quotes/${quote.id}`)).body.costTotal).toBe(
      '53031.00',
    );
  });
});

describe('exchange rates (processes 3.2: FX move > 2 % since pricing → re-price or accept)', () => {
  const rate = async (value: string) => {
    const answer = await finance.post('/fx-rates', {
      rates: [{ currency: 'EUR', rate: value, asOf: '2026-11-26' }],
      source: 'PBOC',
    });
    expect(answer.status).toBe(201);
  };

  it('a quotation that stands on an old rate is not submitted, approved or sent until it is priced anew or accepted', async () => {
    await rate('8.2');
    const body = goods.body({ qty: '2', discountPct: '8' }, { currency: 'EUR' });
    const quote = await draft(rep, body);
    await rate('8.3');
    const { requestId } = await submit(rep, quote.id); // 1.22 %: stands
    await rate('8.5');
    const lead = await api.as('dustin.brinkmann');
    const refused = await decide(lead, requestId!);
    expect(refusal(refused)).toEqual([409, 'FX_MOVED']);
    expect(refused.body).toMatchObject({ currency: 'EUR', old: '8.2', new: '8.5', movePct: '3.658537' });
    expect((await read(rep, quote.id)) as object).toMatchObject({
      fx: { rate: '8.2', now: '8.5', moved: true, accepted: false },
    });
    expect(refusal(await rep.post(`/quotes/${quote.id}/fx-acceptance`, { rate: '8.4' }))).toEqual([
      409,
      'FX_MOVED',
    ]);
    const accepted = await rep.post<{ fx: object }>(`/quotes/${quote.id}/fx-acceptance`, { rate: '8.5' });
    expect([accepted.status, accepted.body.fx]).toEqual([
      200,
      expect.objectContaining({ rate: '8.5', moved: false, accepted: true }),
    ]);
    const request = await rep.get<{ path: { key: string }[]; timeline: { text: { key: string } }[] }>(
      `/requests/${requestId}`,
    );
    expect(request.body.path.map(({ key }) => key).sort()).toEqual(['FINANCE', 'TEAM_LEAD']);
    expect(request.body.timeline.map(({ text }) => text.key)).toContain('request.reassessed');
    expect((await decide(lead, requestId!)).status).toBe(200);
    expect((await decide(finance, requestId!)).status).toBe(200);
    await rate('8.8');
    expect(refusal(await rep.post(`/quotes/${quote.id}/send`, {}))).toEqual([409, 'FX_MOVED']);
    const again = await put(rep, await read(rep, quote.id), body);
    expect([again.status, (again.body as unknown as { fx: object }).fx]).toEqual([
      200,
      expect.objectContaining({ rate: '8.8', moved: false }),
    ]);
  });

  it('two rates for one time are refused, with both', async () => {
    const later = {
      rates: [{ currency: 'HKD', rate: '0.9', asOf: '2026-11-26' }],
      validFrom: '2031-01-01T00:00:00Z',
    };
    expect((await finance.post('/fx-rates', later)).status).toBe(201);
    const refused = await finance.post<Problem>('/fx-rates', {
      ...later,
      rates: [{ ...later.rates[0], rate: '0.92' }],
    });
    expect(refusal(refused)).toEqual([409, 'EFFECTIVE_OVERLAP', '/validFrom']);
    expect(refused.body).toMatchObject({ existing: { about: { currency: 'HKD' } } });
    expect(refusal(await rep.post('/fx-rates', later))).toEqual([403, 'FORBIDDEN']);
  });
});
