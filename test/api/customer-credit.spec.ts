import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { customerNamed, version } from '../builders/opportunity.js';
import { catalogue, refusal, type Catalogue, type Preview } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Credit {
  lines: { of: string; limit: string; used: string; available: string }[];
  exposure: { kind: string; amount: string; weight: string; counted: string }[];
  checks: { check: string; value: string; reaction: string; lessBy: string | null }[];
  covered: boolean;
}

let api: TestApi;
let finance: ApiClient;
let cfo: ApiClient;
let rep: ApiClient;
let goods: Catalogue;
let customerId: string;
const names = ['Cheers', 'Konex', 'Rangreen', 'Zotware', 'Hatfan'];
beforeAll(async () => {
  api = await startApi();
  [finance, cfo, rep] = [await api.as('finance'), await api.as('cfo'), await api.as('moses.frase')];
  goods = await catalogue(rep);
});
afterAll(() => api.close());
beforeEach(async () => {
  customerId = await customerNamed(cfo, names.shift()!);
});

const day = (offset: number) => DateTime.now().setZone('Asia/Shanghai').plus({ days: offset }).toISODate()!;
async function ok<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(JSON.stringify(body));
  return body;
}
const credit = (amount?: string, client = cfo) =>
  ok(client.get<Credit>(`/customers/${customerId}/credit${amount === undefined ? '' : `?amount=${amount}`}`));
const limited = async (amount: string, creditClass = 'B') => {
  const { rowVersion } = await ok(cfo.get<{ rowVersion: number }>(`/customers/${customerId}`));
  const body = { limit: { amount, currency: 'CNY' }, groupLimit: null, creditClass, reason: 'review' };
  await ok(cfo.put(`/customers/${customerId}/credit`, body, version(rowVersion)));
};
const invoice = (amount: string, dueOn: string) =>
  ok(
    finance.post<{ id: string }>('/receivables', {
      customerId,
      invoiceNo: randomUUID(),
      amount: { amount, currency: 'CNY' },
      issuedOn: day(-120),
      dueOn,
    }),
  );
const pay = (amount: string, itemId: string) =>
  ok(
    finance.post('/payments', {
      customerId,
      payerName: 'Payer',
      amount: { amount, currency: 'CNY' },
      instrument: 'BANK',
      valueDate: day(0),
      sourceId: randomUUID(),
      items: [{ itemId }],
    }),
  );
const told = ({ checks }: Credit) =>
  checks
    .filter(({ reaction }) => reaction !== 'NONE')
    .map(({ check, value, reaction }) => [check, value, reaction]);
/** Whether a quotation of the customer would ask the credit department. */
const asksCredit = async () => {
  const body = { ...goods.body({ qty: '2' }), customerId };
  const { stages } = (await rep.post<Preview>('/quotes/preview', body, { key: null })).body;
  return stages.some(({ key }) => key === 'CREDIT');
};

describe('what a customer owes and may owe (§3.3, §3.9 Credit)', () => {
  it('530,000 of 540,000 is 98 %: a warning; 30,000 more are 20,000 too much', async () => {
    await limited('540000.00');
    await invoice('530000.00', day(10));
    const now = await credit();
    expect(now).toMatchObject({
      lines: [{ of: 'OWN', limit: '540000', used: '530000', available: '10000' }],
      exposure: [{ kind: 'RECEIVABLE', amount: '530000', weight: '1', counted: '530000' }],
      covered: true,
    });
    expect(told(now)).toEqual([['UTILISATION_PCT', '98.15', 'WARN']]);
    const more = await credit('30000');
    expect([more.covered, more.checks[0]]).toEqual([
      false,
      expect.objectContaining({ reaction: 'BLOCK', lessBy: '20000' }),
    ]);
  });

  it('an item 31 days overdue blocks, however much room there is, until it is paid', async () => {
    await limited('900000.00');
    const { id } = await invoice('1000.00', day(-31));
    await invoice('99000.00', day(10));
    expect(told(await credit())).toEqual([['OLDEST_OVERDUE_DAYS', '31', 'BLOCK']]);
    expect([(await credit('1')).covered, await asksCredit()]).toEqual([false, true]);
    await pay('1000.00', id);
    expect(told(await credit())).toEqual([]);
    expect([(await credit('1')).covered, await asksCredit()]).toEqual([true, false]);
  });

  it('class A may be 45 days overdue; a fifth overdue warns, two fifths block', async () => {
    await limited('900000.00', 'A');
    await invoice('30000.00', day(-40));
    await invoice('70000.00', day(10));
    expect(told(await credit())).toEqual([['OVERDUE_SHARE_PCT', '30', 'WARN']]);
    await invoice('20000.00', day(-1));
    expect(told(await credit())).toEqual([['OVERDUE_SHARE_PCT', '41.67', 'BLOCK']]);
  });

  it('without a limit nothing is covered', async () => {
    const { rowVersion } = await ok(cfo.get<{ rowVersion: number }>(`/customers/${customerId}`));
    const none = { limit: null, groupLimit: null, creditClass: 'B', reason: 'review' };
    await ok(cfo.put(`/customers/${customerId}/credit`, none, version(rowVersion)));
    expect(await credit('0.01')).toMatchObject({ lines: [], covered: false });
  });

  it('of customers of others or of nobody a rep learns nothing, as of their receivables, nor anybody of a company that is not there', async () => {
    const [free] = await api.dataSource.query<{ id: string }[]>(
      `SELECT id FROM customer c WHERE owner_id IS NULL AND NOT EXISTS (SELECT 1 FROM contract k WHERE k.customer_id = c.id) LIMIT 1`,
    );
    expect((await rep.get(`/customers/${free!.id}/credit`)).status).toBe(404);
    const [other] = await api.dataSource.query<[{ id: string }[], number]>(
      `UPDATE customer SET owner_id = $1 WHERE name = 'Isdom' RETURNING id`,
      [await api.personId('markita.hansen')],
    );
    expect((await rep.get(`/customers/${other[0]!.id}/credit`)).status).toBe(404);
    expect((await cfo.get(`/customers/${other[0]!.id}/credit`)).status).toBe(200);
    const wrong = ['companyId=x', 'amount=-1', 'amount=1e3'].map((query) =>
      cfo.get(`/customers/${customerId}/credit?${query}`),
    );
    expect((await Promise.all(wrong)).map((answer) => refusal(answer)[0])).toEqual([400, 400, 400]);
    expect((await cfo.get(`/customers/${customerId}/credit?companyId=${randomUUID()}`)).status).toBe(404);
  });
});
