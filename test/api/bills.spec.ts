import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusal } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Bill {
  id: string;
  state: string;
  paymentState: string;
  actions: string[];
  passedTo: string | null;
}

let api: TestApi;
let finance: ApiClient;
let customerId: string;
beforeAll(async () => {
  api = await startApi();
  finance = await api.as('finance');
  const [row] = await api.dataSource.query<{ id: string }[]>(`SELECT id FROM customer ORDER BY name LIMIT 1`);
  customerId = row!.id;
});
afterAll(() => api.close());

const invoice = async (): Promise<string> => {
  const { body } = await finance.post<{ id: string }>('/receivables', {
    customerId,
    invoiceNo: randomUUID(),
    amount: { amount: '60000.00', currency: 'CNY' },
    issuedOn: '2026-03-01',
    dueOn: '2026-03-31',
  });
  return body.id;
};
const billOf = (itemId: string, over: object = {}) => ({
  customerId,
  billNo: randomUUID(),
  accepted: 'COMMERCIAL',
  drawer: 'Drawer Ltd',
  acceptor: 'Acceptor Ltd',
  amount: { amount: '60000.00', currency: 'CNY' },
  receivedOn: '2026-04-15',
  maturesOn: '2026-10-15',
  items: [{ itemId }],
  ...over,
});
const act = (id: string, name: string, on: string) =>
  finance.post<Bill>(`/bills/${id}/acts`, { act: name, on, note: 'Bank of Somewhere' });
const item = async (id: string) =>
  (await finance.get<{ state: string; level: number; dueOn: string }>(`/receivables/${id}`)).body;

describe('an acceptance bill (承兑汇票)', () => {
  it('is for finance only', async () => {
    const rep = await api.as('moses.frase');
    expect((await rep.post('/bills', billOf(randomUUID()))).status).toBe(403);
    expect(
      (await rep.post(`/bills/${randomUUID()}/acts`, { act: 'MATURE', on: '2026-10-15', note: 'paid' }))
        .status,
    ).toBe(403);
  });

  it('pays from the day it is received; dishonoured after being passed on, all is owed again at the level of before', async () => {
    const itemId = await invoice();
    await api.dataSource.query(`UPDATE receivable_item SET level = 2 WHERE id = $1`, [itemId]);
    const body = billOf(itemId);
    const { body: bill } = await finance.post<Bill>('/bills', body);
    expect(bill).toMatchObject({
      state: 'HELD',
      paymentState: 'POSTED',
      actions: ['ENDORSE', 'DISCOUNT', 'MATURE', 'DISHONOUR'],
    });
    expect(await item(itemId)).toMatchObject({ state: 'SETTLED', level: 0 });
    expect(refusal(await finance.post('/bills', { ...body, items: [] }))).toEqual([
      409,
      'ALREADY_EXISTS',
      '/sourceId',
    ]);
    expect((await act(bill.id, 'ENDORSE', '2026-05-01')).body).toMatchObject({
      state: 'ENDORSED',
      passedTo: 'Bank of Somewhere',
    });
    expect(refusal(await act(bill.id, 'MATURE', '2026-10-14'))).toEqual([400, 'VALIDATION', '/on']);
    expect(
      refusal(await finance.post(`/payments/${bill.id}/reverse`, { on: '2026-10-15', reason: 'bounced' })),
    ).toEqual([409, 'STATE_CONFLICT']);
    expect((await act(bill.id, 'DISHONOUR', '2026-10-16')).body).toMatchObject({
      state: 'DISHONOURED',
      paymentState: 'REVERSED',
      actions: [],
    });
    expect(await item(itemId)).toMatchObject({ state: 'OPEN', level: 2, dueOn: '2026-03-31' });
    expect(refusal(await act(bill.id, 'MATURE', '2026-10-16'))).toEqual([409, 'STATE_CONFLICT']);
  });

  it('matured it has paid for good', async () => {
    const itemId = await invoice();
    const { body: bill } = await finance.post<Bill>('/bills', billOf(itemId, { accepted: 'BANK' }));
    expect((await act(bill.id, 'MATURE', '2026-10-15')).body).toMatchObject({
      state: 'MATURED',
      actions: [],
    });
    expect(await item(itemId)).toMatchObject({ state: 'SETTLED' });
    expect(refusal(await act(bill.id, 'DISHONOUR', '2026-10-16'))).toEqual([409, 'STATE_CONFLICT']);
  });

  it('that waits for a second person is not passed on; one that matured before it came is refused', async () => {
    const itemId = await invoice();
    const large = billOf(itemId, { amount: { amount: '100000.01', currency: 'CNY' } });
    const { body: bill } = await finance.post<Bill>('/bills', large);
    expect(bill).toMatchObject({ paymentState: 'PROPOSED', actions: [] });
    expect(refusal(await act(bill.id, 'ENDORSE', '2026-05-01'))).toEqual([409, 'STATE_CONFLICT']);
    expect(refusal(await finance.post('/bills', billOf(itemId, { maturesOn: '2026-04-14' })))).toEqual([
      400,
      'VALIDATION',
      '/maturesOn',
    ]);
  });
});
