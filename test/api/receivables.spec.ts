import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { effectiveContract, readContract } from '../builders/contract.js';
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
interface Aging {
  asOf: string;
  currencies: {
    currency: string;
    buckets: { bucket: string; amount: string }[];
    outstanding: string;
    unapplied: string;
    provision: { total: string };
  }[];
}

let api: TestApi;
let finance: ApiClient;
let cfo: ApiClient;
let rep: ApiClient;
let customers: string[];
beforeAll(async () => {
  api = await startApi();
  [finance, cfo, rep] = [await api.as('finance'), await api.as('cfo'), await api.as('moses.frase')];
  const rows = await api.dataSource.query<{ id: string }[]>(
    `SELECT id FROM customer WHERE owner_id IS DISTINCT FROM $1 ORDER BY name LIMIT 20`,
    [await api.personId('moses.frase')],
  );
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

describe('who may book (processes §3.8: finance, never sales)', () => {
  it.each(['moses.frase', 'credit', 'legal', 'backoffice'])('%s is refused', async (who) => {
    const client = await api.as(who);
    const id = randomUUID();
    const writes: [string, object][] = [
      ['/receivables', invoice(customers[0]!)],
      ['/receivables/from-plan', { contractId: id, planSeq: 1, invoiceNo: 'x', issuedOn: '2026-03-01' }],
      [`/receivables/${id}/write-off`, { amount: '1', on: '2026-11-01', evidence: 'insolvency' }],
      ['/payments', money(customers[0], '1.00')],
      [`/payments/${id}/confirm`, {}],
      [`/payments/${id}/reject`, { reason: 'not ours' }],
      [`/payments/${id}/allocate`, {}],
      [`/payments/${id}/reverse`, { on: '2026-05-01', reason: 'bounced' }],
      ['/credit-notes', { ...invoice(customers[0]!), reason: 'returned', sourceId: 'x' }],
    ];
    const answers = await Promise.all(writes.map(([path, body]) => client.post(path, body)));
    expect(answers.map(({ status }) => status)).toEqual(writes.map(() => 403));
  });

  it('a rep sees nothing of the customers of others; finance sees all', async () => {
    const { id } = await open(customers[0]!);
    expect((await rep.get(`/receivables/${id}`)).status).toBe(404);
    const list = await ok(rep.get<{ items: Item[] }>(`/receivables?customerId=${customers[0]!}`));
    expect(list.items).toEqual([]);
    const { currencies } = await ok(rep.get<Aging>(`/receivables/aging?customerId=${customers[0]!}`));
    expect(currencies).toEqual([]);
    expect((await read(id)).id).toBe(id);
  });

  it('of a company that does not exist nothing is said as if it owed nothing', async () => {
    for (const path of ['/receivables', '/receivables/aging'])
      expect(refusal(await finance.get(`${path}?companyId=${randomUUID()}`))[0]).toBe(404);
  });
});

describe('an invoice', () => {
  it('ages by its due date as of any day, and Σ buckets = outstanding', async () => {
    const customer = customers[1]!;
    const first = await open(customer);
    await open(customer, { dueOn: '2026-06-30', amount: { amount: '500.00', currency: 'CNY' } });
    await pay(customer, '300.00');
    const aged = async (asOf: string) => {
      const { currencies } = await ok(
        finance.get<Aging>(`/receivables/aging?customerId=${customer}&asOf=${asOf}`),
      );
      const [cny] = currencies;
      return [
        cny!.outstanding,
        ...cny!.buckets.filter(({ amount }) => amount !== '0.00').map((b) => `${b.bucket} ${b.amount}`),
      ];
    };
    expect(await aged('2026-03-31')).toEqual(['1500.00', 'NOT_DUE 1500.00']);
    expect(await aged('2026-04-19')).toEqual(['1500.00', 'NOT_DUE 500.00', '1-30 1000.00']);
    expect(await aged('2026-04-20')).toEqual(['1200.00', 'NOT_DUE 500.00', '1-30 700.00']);
    expect(await aged('2026-07-01')).toEqual(['1200.00', '1-30 500.00', '91-180 700.00']);
    expect(await read(first.id, '2026-04-19')).toMatchObject({
      outstanding: { amount: '1000.00' },
      daysPastDue: 19,
      bucket: '1-30',
    });
  });

  it('is listed by due date, page by page, as of the day', async () => {
    const customer = customers[2]!;
    for (const day of ['03', '01', '02'])
      await open(customer, { invoiceNo: `L-${day}`, dueOn: `2026-04-${day}` });
    const page = (query: string) =>
      ok(
        finance.get<{ items: Item[]; nextCursor: string | null }>(
          `/receivables?customerId=${customer}&limit=2${query}`,
        ),
      );
    const first = await page('');
    expect(first.items.map(({ invoiceNo }) => invoiceNo)).toEqual(['L-01', 'L-02']);
    const second = await page(`&cursor=${first.nextCursor!}`);
    expect(second.items.map(({ invoiceNo }) => invoiceNo)).toEqual(['L-03']);
    expect((await page('&asOf=2026-04-02&overdue=true')).items.map(({ invoiceNo }) => invoiceNo)).toEqual([
      'L-01',
    ]);
    await pay(customer, '1000.00');
    expect((await page('')).items.map(({ invoiceNo }) => invoiceNo)).toEqual(['L-02', 'L-03']);
    expect((await page('&asOf=2026-04-19')).items.map(({ invoiceNo }) => invoiceNo)).toEqual([
      'L-01',
      'L-02',
    ]);
  });

  it.each([
    [{ amount: { amount: '0.00', currency: 'CNY' } }, '/amount/amount'],
    [{ amount: { amount: '1.00', currency: 'XXX' } }, undefined],
    [{ dueOn: '2026-06-31' }, '/dueOn'],
    [{ dueOn: '2026-02-01' }, '/dueOn'],
    [{ invoiceNo: '' }, '/invoiceNo'],
  ])('%j is refused', async (over, pointer) => {
    const answer = await finance.post('/receivables', invoice(customers[3]!, over));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(refusal(answer)[2]).toBe(pointer);
  });
});

describe('a row of a contract’s plan', () => {
  it('is invoiced once, counts as settled when paid, and is invoiced again when the payment bounces', async () => {
    const contract = await effectiveContract(api, rep);
    const row = contract.plan[0]!;
    const body = {
      contractId: contract.id,
      planSeq: row.seq,
      invoiceNo: randomUUID(),
      issuedOn: '2026-11-27',
      dueOn: '2027-01-31',
    };
    const item = await ok(finance.post<Item>('/receivables/from-plan', body));
    expect(item.outstanding.amount).toBe(row.amount.amount);
    expect(
      refusal(await finance.post('/receivables/from-plan', { ...body, invoiceNo: randomUUID() })),
    ).toEqual([409, 'STATE_CONFLICT']);
    const stateOf = async () => (await readContract(rep, contract.id)).plan[0]!.state;
    expect(await stateOf()).toBe('INVOICED');
    expect((await ok(rep.get<Item>(`/receivables/${item.id}`))).planSeq).toBe(row.seq);
    const [{ customer }] = (await api.dataSource.query(
      `SELECT customer_id AS customer FROM contract WHERE id = $1`,
      [contract.id],
    )) as [{ customer: string }];
    const { id } = await pay(customer, item.outstanding.amount, {
      items: [{ itemId: item.id }],
      valueDate: '2026-11-27',
      amount: item.outstanding,
    });
    await cfo.post(`/payments/${id}/confirm`, {});
    expect(await stateOf()).toBe('SETTLED');
    await ok(finance.post(`/payments/${id}/reverse`, { on: '2026-11-27', reason: 'bounced' }));
    expect(await stateOf()).toBe('INVOICED');
  });
});
