import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { catalogue, draft, put, read, refusal, type Catalogue, type Quote } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

const NOBODY = '01900000-0000-7000-8000-000000000000';

let api: TestApi;
let rep: ApiClient;
let goods: Catalogue;
let quote: Quote;
beforeAll(async () => {
  api = await startApi();
  rep = await api.as('moses.frase');
  goods = await catalogue(rep);
  quote = await draft(rep, goods.body());
});
afterAll(() => api.close());

const line = (over: object) => [over, {}] as const;
const head = (over: object) => [{}, over] as const;
const instalments = (...pcts: string[]) => ({
  instalments: pcts.map((pct) => ({ trigger: 'SIGNING', pct })),
});
const manyLines = (n: number, over: object) => ({
  lines: Array.from({ length: n }, () => ({ productId: goods.product('GTK 500'), qty: '1', ...over })),
});

/** what is wrong, the body, status and code, pointers */
const BAD: [string, () => readonly [object, object], number, string, string[]][] = [
  ['a negative quantity', () => line({ qty: '-1' }), 400, 'VALIDATION', ['/lines/0/qty']],
  ['no quantity', () => line({ qty: '0' }), 400, 'VALIDATION', ['/lines/0/qty']],
  ['a quantity as a number', () => line({ qty: 2 }), 400, 'VALIDATION', ['/lines/0/qty']],
  ['a quantity too precise', () => line({ qty: '1.00001' }), 400, 'VALIDATION', ['/lines/0/qty']],
  ['a quantity in scientific notation', () => line({ qty: '1e3' }), 400, 'VALIDATION', ['/lines/0/qty']],
  ['a negative price', () => line({ unitNet: '-0.01' }), 400, 'VALIDATION', ['/lines/0/unitNet']],
  ['a price too precise', () => line({ unitNet: '4500.001' }), 400, 'VALIDATION', ['/lines/0/unitNet']],
  ['a price above list', () => line({ unitNet: '4821.01' }), 400, 'VALIDATION', ['/lines/0/unitNet']],
  [
    'price and discount',
    () => line({ unitNet: '1', discountPct: '1' }),
    400,
    'VALIDATION',
    ['/lines/0/unitNet'],
  ],
  [
    'a discount above 100',
    () => line({ discountPct: '100.000001' }),
    400,
    'VALIDATION',
    ['/lines/0/discountPct'],
  ],
  ['a negative discount', () => line({ discountPct: '-5' }), 400, 'VALIDATION', ['/lines/0/discountPct']],
  ['a foreign product', () => line({ productId: NOBODY }), 400, 'VALIDATION', ['/lines/0/productId']],
  ['an unknown field of a line', () => line({ net: '1' }), 400, 'VALIDATION', ['/lines/0/net']],
  ['an unknown field', () => head({ ownerId: NOBODY }), 400, 'VALIDATION', ['/ownerId']],
  ['a foreign customer', () => head({ customerId: NOBODY }), 404, 'CUSTOMER.NOT_FOUND', ['/customerId']],
  ['a foreign opportunity', () => head({ opportunityId: NOBODY }), 404, 'NOT_FOUND', []],
  ['no lines', () => head({ lines: [] }), 400, 'VALIDATION', ['/lines']],
  ['501 lines', () => head(manyLines(501, {})), 400, 'VALIDATION', ['/lines']],
  ['a sum no column holds', () => head(manyLines(40, { qty: '999999999' })), 400, 'VALIDATION', ['/lines']],
  [
    'a currency without a price list',
    () => head({ currency: 'KWD' }),
    422,
    'PRICE_LIST_MISSING',
    ['/currency'],
  ],
  ['no currency at all', () => head({ currency: 'XXX' }), 422, 'PRICE_LIST_MISSING', ['/currency']],
  ['validity in the past', () => head({ validUntil: '2020-01-01' }), 400, 'VALIDATION', ['/validUntil']],
  ['validity for ever', () => head({ validUntil: '2099-01-01' }), 400, 'VALIDATION', ['/validUntil']],
  ['a day that does not exist', () => head({ validUntil: '2027-02-30' }), 400, 'VALIDATION', ['/validUntil']],
  ['99 % of instalments', () => head(instalments('30', '69')), 400, 'VALIDATION', ['/instalments']],
  ['101 % of instalments', () => head(instalments('30', '71')), 400, 'VALIDATION', ['/instalments']],
  [
    'a negative instalment',
    () => head(instalments('110', '-10')),
    400,
    'VALIDATION',
    ['/instalments/0/pct', '/instalments/1/pct'],
  ],
  [
    'a clause nobody wrote',
    () => head({ nonStandardClauses: ['LIABILITY', 'FREE_BEER'] }),
    400,
    'VALIDATION',
    ['/nonStandardClauses/1'],
  ],
  [
    'a negative deal discount',
    () => head({ dealDiscountPct: '-1' }),
    400,
    'VALIDATION',
    ['/dealDiscountPct'],
  ],
  ['a term of ages', () => head({ termDays: 3651 }), 400, 'VALIDATION', ['/termDays']],
  ['a text with a NUL', () => head({ note: 'a\u0000b' }), 400, 'VALIDATION', ['/note']],
];

const stored = async () =>
  (
    await api.dataSource.query<{ sum: string }[]>(
      `SELECT (SELECT count(*) FROM quote) || '/' || (SELECT count(*) FROM quote_line) || '/' ||
         (SELECT count(*) FROM event WHERE aggregate_kind = 'quote') AS sum`,
    )
  )[0]!.sum;

describe('a quotation that is not right', () => {
  it.each(BAD)(
    '%s is refused on creation, on edit and in preview, and changes nothing',
    async (_what, over, status, code, pointers) => {
      const body = goods.body(...over());
      const before = await stored();
      const answers = [
        await rep.post('/quotes', body),
        await put(rep, quote, body),
        await rep.post('/quotes/preview', body, { key: null }),
      ];
      for (const answer of answers) {
        expect(refusal(answer)).toEqual([status, code, ...pointers]);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
      }
      expect(await stored()).toBe(before);
      expect(await read(rep, quote.id)).toEqual(quote);
    },
  );

  it('says everything that is wrong at once', async () => {
    const body = {
      ...goods.body(),
      lines: [
        { ...line({})[0], productId: goods.product('GTX Pro'), qty: '-1', discountPct: '101' },
        { productId: NOBODY, qty: '1' },
      ],
    };
    expect(refusal(await rep.post('/quotes', body))).toEqual([
      400,
      'VALIDATION',
      '/lines/0/qty',
      '/lines/0/discountPct',
      '/lines/1/productId',
    ]);
  });

  it('an id that is none is refused before anything is read', async () => {
    expect((await rep.get('/quotes/1%20OR%201=1')).status).toBe(400);
    expect((await rep.get('/quotes?state=OPEN')).status).toBe(400);
    expect((await rep.get<{ items: unknown[] }>('/quotes?search=%25')).body.items).toEqual([]);
  });
});

describe('an opportunity on a quotation', () => {
  it('must be of the customer and visible to the rep', async () => {
    const mine = await rep.get<{ items: { id: string; customer: { id: string } }[] }>(
      '/opportunities?owner=me',
    );
    const own = mine.body.items[0]!;
    const good = await rep.post(
      '/quotes',
      goods.body({}, { opportunityId: own.id, customerId: own.customer.id }),
    );
    expect(good.status).toBe(201);
    const otherCustomer = ['Cheers', 'Codehow']
      .map((name) => goods.customer(name))
      .find((id) => id !== own.customer.id);
    const wrong = await rep.post(
      '/quotes',
      goods.body({}, { opportunityId: own.id, customerId: otherCustomer }),
    );
    expect(refusal(wrong)).toEqual([400, 'VALIDATION', '/opportunityId']);
  });
});
