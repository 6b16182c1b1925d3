import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusal } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Item {
  id: string;
  invoiceNo: string;
  outstanding: { amount: string; currency: string };
  bucket: string;
  state: string;
  level: number;
  daysPastDue: number;
  planSeq: number | null;
  entries: { kind: string; amount: { amount: string } }[];
}
interface Payment {
  id: string;
  state: string;
  unapplied: { amount: string };
  customer: { id: string } | null;
  allocations: { itemId: string; amount: { amount: string } }[];
}

let api: TestApi;
let finance: ApiClient;
let cfo: ApiClient;
let customers: string[];
beforeAll(async () => {
  api = await startApi();
  [finance, cfo] = [await api.as('finance'), await api.as('cfo')];
  const rows = await api.dataSource.query<{ id: string }[]>(`SELECT id FROM customer ORDER BY name LIMIT 20`);
  customers = rows.map(({ id }) => id);
});
afterAll(() => api.close());

const invoice = (customerId: string, over: object = {}) => ({
  customerId,
  invoiceNo: randomUUID(),
  amount: { amount: '1000.00', currency: 'CNY' },
  issuedOn: '2026-03-01',
  dueOn: '2026-03-31',
  ...over,
});
const money = (customerId: string | undefined, amount: string, over: object = {}) => ({
  ...(customerId === undefined ? {} : { customerId }),
  payerName: 'Payer Ltd',
  amount: { amount, currency: 'CNY' },
  instrument: 'BANK',
  valueDate: '2026-04-20',
  sourceId: randomUUID(),
  ...over,
});
async function ok<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(JSON.stringify(body));
  return body;
}
const open = (customerId: string, over = {}) =>
  ok(finance.post<Item>('/receivables', invoice(customerId, over)));
const pay = (customerId: string | undefined, amount: string, over = {}) =>
  ok(finance.post<Payment>('/payments', money(customerId, amount, over)));
const read = (id: string, asOf?: string) =>
  ok(finance.get<Item>(`/receivables/${id}${asOf === undefined ? '' : `?asOf=${asOf}`}`));

describe('money', () => {
  it('is booked once whatever is repeated', async () => {
    const customer = customers[4]!;
    const { id } = await open(customer);
    const body = money(customer, '400.00');
    const key = randomUUID();
    const [first, again] = [
      await finance.post<Payment>('/payments', body, { key }),
      await finance.post<Payment>('/payments', body, { key }),
    ];
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([
      201,
      201,
      'true',
    ]);
    expect(refusal(await finance.post('/payments', body))).toEqual([409, 'ALREADY_EXISTS', '/sourceId']);
    expect((await read(id)).outstanding.amount).toBe('600.00');
  });

  it('above the limit waits for a second person; of nobody known it waits in suspense', async () => {
    const customer = customers[5]!;
    await open(customer, { amount: { amount: '200000.00', currency: 'CNY' } });
    const large = await pay(customer, '200000.00');
    expect(large).toMatchObject({ state: 'PROPOSED', allocations: [] });
    expect(refusal(await finance.post(`/payments/${large.id}/confirm`, {}))).toEqual([403, 'SOD_VIOLATION']);
    expect(await ok(cfo.post<Payment>(`/payments/${large.id}/confirm`, {}))).toMatchObject({
      state: 'POSTED',
      unapplied: { amount: '0.00' },
    });
    const unknown = await pay(undefined, '5.00');
    expect(unknown).toMatchObject({ state: 'SUSPENSE', customer: null });
    const waiting = await ok(finance.get<{ items: Payment[] }>('/payments?state=SUSPENSE'));
    expect(waiting.items.map(({ id }) => id)).toContain(unknown.id);
    expect(
      await ok(finance.post<Payment>(`/payments/${unknown.id}/reject`, { reason: 'sent back' })),
    ).toMatchObject({ state: 'REJECTED' });
    expect(refusal(await finance.post(`/payments/${unknown.id}/confirm`, { customerId: customer }))).toEqual([
      409,
      'STATE_CONFLICT',
    ]);
  });

  it('beyond what is open of an item, or for an item in another currency: refused at the item', async () => {
    const customer = customers[6]!;
    const { id } = await open(customer);
    const dollars = await open(customer, { amount: { amount: '10.00', currency: 'USD' } });
    const post = (items: object[]) => finance.post('/payments', money(customer, '5000.00', { items }));
    expect(refusal(await post([{ itemId: id, amount: '1000.01' }]))).toEqual([
      400,
      'VALIDATION',
      '/items/0/amount',
    ]);
    expect(refusal(await post([{ itemId: id }, { itemId: dollars.id }]))).toEqual([
      400,
      'VALIDATION',
      '/items/1/itemId',
    ]);
  });

  it('a credit note counts from its day, is booked once and never before its invoice', async () => {
    const customer = customers[7]!;
    const { id } = await open(customer);
    const note = (over: object) => ({
      customerId: customer,
      itemId: id,
      amount: { amount: '250.00', currency: 'CNY' },
      issuedOn: '2026-04-01',
      reason: 'two pieces returned',
      sourceId: 'CN-1',
      ...over,
    });
    await ok(finance.post('/credit-notes', note({})));
    expect(refusal(await finance.post('/credit-notes', note({})))).toEqual([
      409,
      'ALREADY_EXISTS',
      '/sourceId',
    ]);
    expect(
      refusal(await finance.post('/credit-notes', note({ sourceId: 'CN-2', issuedOn: '2026-02-01' }))),
    ).toEqual([400, 'VALIDATION', '/issuedOn']);
    expect((await read(id)).outstanding.amount).toBe('750.00');
    expect((await read(id, '2026-03-31')).outstanding.amount).toBe('1000.00');
  });

  it('whoever booked money on an item does not write it off', async () => {
    const customer = customers[8]!;
    const { id } = await open(customer);
    await pay(customer, '500.00');
    const body = { amount: '500.00', on: '2026-11-01', evidence: 'insolvency, file 12' };
    expect(refusal(await finance.post(`/receivables/${id}/write-off`, body))).toEqual([403, 'SOD_VIOLATION']);
    expect(await ok(cfo.post<Item>(`/receivables/${id}/write-off`, body))).toMatchObject({
      state: 'WRITTEN_OFF',
    });
  });
});
