import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusal } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Statement {
  id: string;
  format: string;
  booked: number;
  duplicates: number;
  ignored: number;
  broken: { no: number; field: string; code: string }[];
}
interface Payment {
  id: string;
  sourceId: string;
  state: string;
  matchedBy: string;
  valueDate: string;
  payerName: string;
  amount: { amount: string; currency: string };
  customer: { id: string; name: string } | null;
}

let api: TestApi;
let finance: ApiClient;
let customers: { id: string; name: string }[];
beforeAll(async () => {
  api = await startApi();
  finance = await api.as('finance');
  customers = await api.dataSource.query(`SELECT id, name FROM customer ORDER BY name LIMIT 6`);
});
afterAll(() => api.close());

const upload = (
  text: string | Buffer,
  fields: Record<string, string> = {},
  by = finance,
  name = 'bank.csv',
) => {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set('file', new Blob([typeof text === 'string' ? text : new Uint8Array(text)]), name);
  return by.send<Statement>('POST', '/bank-statements', form);
};
const invoice = async (n: number, amount: string, invoiceNo = `INV-${randomUUID()}`): Promise<string> => {
  const { body } = await finance.post<{ id: string }>('/receivables', {
    customerId: customers[n]!.id,
    invoiceNo,
    amount: { amount, currency: 'CNY' },
    issuedOn: '2026-03-01',
    dueOn: '2026-03-31',
  });
  return body.id;
};
const paymentsOf = async (id: string): Promise<Payment[]> =>
  (await finance.get<{ items: Payment[] }>(`/payments?statementId=${id}`)).body.items;
const HEAD = 'sourceId,valueDate,amount,currency,payerName,payerAccount,reference';

describe('a bank statement as CSV', () => {
  it('is for finance only', async () => {
    for (const who of ['moses.frase', 'credit', 'legal']) {
      const client = await api.as(who);
      expect([
        (await upload(HEAD, {}, client)).status,
        (await client.get('/bank-statements')).status,
      ]).toEqual([403, 403]);
    }
  });

  it('names every broken line and books the rest once', async () => {
    const file = [
      HEAD,
      'b-1,2026-04-01,100.00,CNY,Nobody Known,,',
      'b-2,2026-04-31,100.00,CNY,Nobody Known,,',
      'b-3,2026-04-01,ten,CNY,Nobody Known,,',
      'b-4,2026-04-01,0,CNY,Nobody Known,,',
      'b-5,2026-04-01,1.005,CNY,Nobody Known,,',
      'b-6,2026-04-01,5.00,XXX,Nobody Known,,',
      'b-7,2026-04-01,5.00',
      'b-8,2026-04-01,-40.00,CNY,We paid,,',
      'b-9,2026-04-01,5.00,CNY,"Quote" open,,',
      'b-1,2026-04-01,100.00,CNY,Nobody Known,,',
      'b-10,2026-04-02,12.00,USD,Nobody Known,,',
    ].join('\n');
    const first = (await upload(file)).body;
    expect(first).toMatchObject({ format: 'CSV', booked: 2, duplicates: 1, ignored: 1 });
    expect(first.broken.map(({ no, field, code }) => `${no} ${field} ${code}`)).toEqual([
      '3 valueDate NOT_A_DATE',
      '4 amount NOT_A_DECIMAL',
      '5 amount TOO_SMALL',
      '6 amount TOO_PRECISE',
      '7 currency UNKNOWN',
      '8 line COLUMNS',
      '10 line QUOTES',
    ]);
    expect((await paymentsOf(first.id)).map(({ sourceId, state }) => `${sourceId} ${state}`).sort()).toEqual([
      'b-1 SUSPENSE',
      'b-10 SUSPENSE',
    ]);
    expect((await upload(file)).body).toMatchObject({ booked: 0, duplicates: 3, broken: first.broken });
  });

  it('suggests by reference, amount and payer; finance confirms, and may say otherwise', async () => {
    const [a1, a2] = [await invoice(0, '700.00', 'INV-77001'), await invoice(0, '300.00')];
    await invoice(1, '55.00');
    const file = [
      HEAD,
      `s-1,2026-04-01,700.00,CNY,somebody,,thanks inv 77001 INV-77001`,
      `s-2,2026-04-01,300.00,CNY,${customers[0]!.name.toUpperCase()},ACC-9,`,
      `s-3,2026-04-01,54.00,CNY,${customers[1]!.name},,`,
      `s-4,2026-04-01,54.00,CNY,stranger,,`,
    ].join('\r\n');
    const { id } = (await upload(file)).body;
    const payments = (await paymentsOf(id)).sort((x, y) => x.sourceId.localeCompare(y.sourceId));
    expect(
      payments.map(({ matchedBy, customer, state }) => [matchedBy, customer?.name ?? null, state]),
    ).toEqual([
      ['REFERENCE', customers[0]!.name, 'PROPOSED'],
      ['AMOUNT', customers[0]!.name, 'PROPOSED'],
      ['PAYER', customers[1]!.name, 'PROPOSED'],
      ['NONE', null, 'SUSPENSE'],
    ]);
    const confirm = (n: number, body: object = {}) =>
      finance.post<Payment>(`/payments/${payments[n]!.id}/confirm`, body);
    for (const n of [0, 1]) expect((await confirm(n)).body.state).toBe('POSTED');
    for (const item of [a1, a2])
      expect((await finance.get(`/receivables/${item}`)).body).toMatchObject({ state: 'SETTLED' });
    expect((await confirm(2, { customerId: customers[2]!.id })).body).toMatchObject({
      customer: { id: customers[2]!.id },
    });
    const next = (await upload(`${HEAD}\ns-9,2026-04-02,1.00,CNY,another name,ACC-9,`)).body;
    expect((await paymentsOf(next.id))[0]).toMatchObject({
      matchedBy: 'PAYER',
      customer: { id: customers[0]!.id },
    });
  });

  it('with the headings of the bank, its dates, commas and GB18030', async () => {
    // 交易日期;收入金额;对方户名 … in GB18030, as a Chinese bank saves it
    const { default: iconv } = await import('iconv-lite');
    const text =
      '交易日期;收入金额;对方户名;摘要\r\n20.04.2026;1.234,50;张三公司;货款\r\n20.04.2026;1.234,50;张三公司;货款\r\n';
    const fields = {
      valueDate: '交易日期',
      amount: '收入金额',
      payerName: '对方户名',
      reference: '摘要',
      dateFormat: 'dd.MM.yyyy',
      decimal: ',',
      fixedCurrency: 'CNY',
    };
    const { body } = await upload(iconv.encode(text, 'gb18030'), fields);
    expect(body).toMatchObject({ booked: 2, broken: [] }); // twice the same is twice paid
    expect((await paymentsOf(body.id))[0]).toMatchObject({
      payerName: '张三公司',
      amount: { amount: '1234.50' },
      valueDate: '2026-04-20',
    });
    expect((await upload(iconv.encode(text, 'gb18030'), fields)).body).toMatchObject({
      booked: 0,
      duplicates: 2,
    });
    const missing = await upload('a,b\n1,2', { amount: 'Betrag' });
    expect([missing.status, missing.body]).toMatchObject([
      422,
      { code: 'IMPORT.COLUMNS_MISSING', missing: ['valueDate', 'Betrag'] },
    ]);
  });
});

const entry = (
  over: string,
  ref: string,
  amount = '250.00',
) => `<Ntry><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
  <Sts><Cd>BOOK</Cd></Sts><ValDt><Dt>2026-04-07</Dt></ValDt><AcctSvcrRef>${ref}</AcctSvcrRef>${over}</Ntry>`;
const camt = (entries: string, head = '') => `<?xml version="1.0" encoding="UTF-8"?>${head}
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id>${entries}</Stmt></BkToCstmrStmt></Document>`;

describe('a bank statement as CAMT.053', () => {
  it('books credits by the bank’s reference, batches by their transactions; debits and pending are left', async () => {
    await invoice(3, '250.00', 'R-2026-77');
    const details = `<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>A &amp; B</Nm></Pty></Dbtr>
      <DbtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>invoice R-2026-77</Ustrd></RmtInf></TxDtls></NtryDtls>`;
    const tx = (id: string, amount: string) => `<TxDtls><Refs><TxId>${id}</TxId></Refs>${amount}</TxDtls>`;
    const batch = `<NtryDtls>${tx('t1', '<Amt Ccy="CNY">100.00</Amt>')}${tx('t2', '')}</NtryDtls>`;
    const { body } = await upload(
      camt(
        entry(details, 'c-1') +
          entry(batch, 'c-2') +
          entry('', 'c-3').replace('CRDT', 'DBIT') +
          entry('', 'c-4').replace('BOOK', 'PDNG') +
          entry('<RvslInd>true</RvslInd>', 'c-5') +
          entry('', 'c-6', '1,5'),
      ),
    );
    expect(body).toMatchObject({ format: 'CAMT.053', booked: 2, ignored: 2 });
    expect(body.broken.map(({ no, field, code }) => `${no} ${field} ${code}`)).toEqual([
      '2 Amt REQUIRED',
      '5 RvslInd REVERSAL',
      '6 amount NOT_A_DECIMAL',
    ]);
    const [first, second] = (await paymentsOf(body.id)).sort((x, y) => x.sourceId.localeCompare(y.sourceId));
    expect(first).toMatchObject({
      sourceId: 'camt:c-1',
      payerName: 'A & B',
      matchedBy: 'REFERENCE',
      customer: { id: customers[3]!.id },
    });
    expect(second).toMatchObject({ sourceId: 'camt:t1', amount: { amount: '100.00' }, state: 'SUSPENSE' });
  });

  it.each([
    ['a document type', camt('', '<!DOCTYPE x [<!ENTITY a "b">]>')],
    ['an entity', camt(entry('<AddtlNtryInf>&a;</AddtlNtryInf>', 'e-1'))],
    ['no end', '<Document><BkToCstmrStmt>'],
    ['another message', '<Document xmlns="urn:x"><BkToCstmrDbtCdtNtfctn/></Document>'],
    ['too deep', camt(`<Ntry>${'<a>'.repeat(60)}${'</a>'.repeat(60)}</Ntry>`)],
  ])('%s is refused, and nothing is booked', async (_, text) => {
    expect(refusal(await upload(text))).toEqual([422, 'IMPORT.FILE_UNREADABLE', '/file']);
  });
});
