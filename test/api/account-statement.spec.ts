import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { refusal } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';
import { pdfText } from '../support/pdf-text.js';

let api: TestApi;
let finance: ApiClient;
let customer: { id: string; name: string };
const QUERY = 'from=2026-04-01&to=2026-04-30';

beforeAll(async () => {
  api = await startApi();
  finance = await api.as('finance');
  [customer] = (await api.dataSource.query(
    `SELECT id, name FROM customer WHERE owner_id IS DISTINCT FROM $1 ORDER BY name LIMIT 1`,
    [await api.personId('moses.frase')],
  )) as [{ id: string; name: string }];
  const post = async (path: string, body: object) => {
    const answer = await finance.post<{ id: string }>(path, body);
    if (answer.status !== 201 && answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body.id;
  };
  const open = (invoiceNo: string, amount: string, issuedOn: string, dueOn: string) =>
    post('/receivables', {
      customerId: customer.id,
      invoiceNo,
      amount: { amount, currency: 'CNY' },
      issuedOn,
      dueOn,
    });
  const pay = (amount: string, valueDate: string) =>
    post('/payments', {
      customerId: customer.id,
      payerName: customer.name,
      amount: { amount, currency: 'CNY' },
      instrument: 'BANK',
      valueDate,
      sourceId: randomUUID(),
    });
  await open('INV-1', '1000.00', '2026-03-01', '2026-03-31');
  await open('=1+1', '500.00', '2026-04-05', '2026-05-05');
  await pay('300.00', '2026-03-20');
  const bounced = await pay('200.00', '2026-04-10');
  await post(`/payments/${bounced}/reverse`, { on: '2026-04-20', reason: 'bounced' });
  await open('INV-3', '9.00', '2026-05-01', '2026-05-31');
});
afterAll(() => api.close());

const path = (form = '') => `/customers/${customer.id}/statement${form}?${QUERY}`;
const bytesOf = async (url: string): Promise<Uint8Array> => {
  const answer = await fetch(`${api.url}/api/v1${url}`, {
    headers: { Authorization: `Bearer ${finance.token!}` },
  });
  if (!answer.ok) throw new Error(await answer.text());
  return new Uint8Array(await answer.arrayBuffer());
};

describe('a customer’s statement of account (对账单)', () => {
  it('is not for those whose customer it is not', async () => {
    const rep = await api.as('moses.frase');
    for (const form of ['', '/pdf', '/xlsx']) expect((await rep.get(path(form))).status).toBe(404);
    expect((await (await api.as('hr')).get(path())).status).toBe(403);
    expect((await (await api.as('hr')).get(`/receivables/figures?${QUERY}`)).status).toBe(403);
  });

  it('opening + movements = closing = Σ open', async () => {
    expect((await finance.get(path())).body).toEqual({
      customer: customer.name,
      company: 'Default company',
      currency: 'CNY',
      from: '2026-04-01',
      to: '2026-04-30',
      opening: '700.00',
      movements: [
        { on: '2026-04-05', kind: 'OPEN', invoiceNo: '=1+1', amount: '500.00' },
        { on: '2026-04-10', kind: 'PAYMENT', invoiceNo: 'INV-1', amount: '-200.00' },
        { on: '2026-04-20', kind: 'PAYMENT_REVERSED', invoiceNo: 'INV-1', amount: '200.00' },
      ],
      closing: '1200.00',
      open: [
        { invoiceNo: 'INV-1', dueOn: '2026-03-31', daysPastDue: 30, outstanding: '700.00' },
        { invoiceNo: '=1+1', dueOn: '2026-05-05', daysPastDue: 0, outstanding: '500.00' },
      ],
    });
    expect(
      refusal(await finance.get(`/customers/${customer.id}/statement?from=2026-05-01&to=2026-04-01`)),
    ).toEqual([400, 'VALIDATION', '/to']);
  });

  it('as PDF in Chinese and in English', async () => {
    const { text: zh } = await pdfText(Buffer.from(await bytesOf(path('/pdf'))));
    for (const part of ['对账单', customer.name.replaceAll(' ', ''), '1,200.00', '收款退回', '期末余额'])
      expect(zh).toContain(part);
    const { text: en } = await pdfText(Buffer.from(await bytesOf(`${path('/pdf')}&language=en`)));
    for (const part of ['Statementofaccount', 'Paymentreturned', 'Closingbalance'])
      expect(en).toContain(part);
  });

  it('as a workbook whose cells are texts, never formulas', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await bytesOf(`${path('/xlsx')}&language=en`)).buffer as ArrayBuffer);
    const [moved, open] = workbook.worksheets;
    expect(moved!.getColumn(5).values.slice(3)).toEqual([
      '700.00',
      '1200.00',
      '1000.00',
      '1200.00',
      '1200.00',
    ]);
    expect(open!.getCell('A3').value).toBe('=1+1');
    expect(open!.getCell('A3').type).toBe(ExcelJS.ValueType.String);
  });

  it('figures of the period: DSO, best possible, CEI, 回款率', async () => {
    const { body } = await finance.get(`/receivables/figures?${QUERY}&customerId=${customer.id}`);
    expect(body).toMatchObject({
      opening: '700.00',
      sales: '500.00',
      cash: '0.00',
      due: '0.00',
      closing: '1200.00',
      closingNotDue: '500.00',
      dso: '72.0', // 1,200 / 500 × 30
      bestPossibleDso: '30.0',
      addDays: '42.0',
      countbackDso: '51.7', // April whole: 30 days take 500, 700 / 1,000 of March's 31: 21.7
      cei: '0.0',
      collectionRatePct: null,
      overdueRatePct: '58.33',
    });
  });
});
