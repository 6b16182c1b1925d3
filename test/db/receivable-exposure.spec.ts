import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actOnBill, receiveBill } from '../../src/commands/receivable/bill.js';
import { issueCreditNote } from '../../src/commands/receivable/credit-note.js';
import { allocatePayment } from '../../src/commands/receivable/payment.js';
import { reversePayment } from '../../src/commands/receivable/reverse-payment.js';
import { ledger, type Ledger } from '../builders/ledger.js';

let books: Ledger;
beforeAll(async () => {
  books = await ledger();
});
afterAll(() => books.close());

const fresh = async (): Promise<string> => {
  const [row] = await books.db.query<{ id: string }[]>(
    `SELECT id FROM customer c WHERE NOT EXISTS (SELECT 1 FROM receivable_item i WHERE i.customer_id = c.id)
       AND NOT EXISTS (SELECT 1 FROM exposure_entry x WHERE x.customer_id = c.id) ORDER BY name, id LIMIT 1`,
  );
  return row!.id;
};
/** kinds with what they stand at, in base currency */
const exposure = async (customerId: string): Promise<Record<string, string>> => {
  const rows = await books.db.query<{ kind: string; base: string }[]>(
    `SELECT kind, trim_scale(sum(base_amount))::text AS base FROM exposure_entry WHERE customer_id = $1
     GROUP BY kind HAVING sum(base_amount) <> 0 OR sum(amount) <> 0`,
    [customerId],
  );
  return Object.fromEntries(rows.map(({ kind, base }) => [kind, base]));
};

describe('what is booked moves the exposure in the same transaction (processes 3.3, 3.7)', () => {
  it('an invoice raises it, money lowers it, money on account counts against it, a bounce restores it', async () => {
    const customerId = await fresh();
    await books.open({ customerId });
    expect(await exposure(customerId)).toEqual({ RECEIVABLE: '1000' });
    const { paymentId } = await books.pay('1300.00', { customerId });
    expect(await exposure(customerId)).toEqual({ ADVANCE: '-300' });
    await books.open({ customerId });
    expect(await exposure(customerId)).toEqual({ RECEIVABLE: '1000', ADVANCE: '-300' });
    await allocatePayment(books.db, books.meta(), { paymentId, designation: [] });
    expect(await exposure(customerId)).toEqual({ RECEIVABLE: '700' });
    await reversePayment(books.db, books.meta(), { paymentId, on: '2026-05-04', reason: 'bounced' });
    expect(await exposure(customerId)).toEqual({ RECEIVABLE: '2000' });
    await issueCreditNote(books.db, books.meta(), {
      companyId: null,
      customerId,
      itemId: null,
      amount: '500.00',
      currency: 'CNY',
      issuedOn: '2026-05-05',
      reason: 'returned',
      sourceId: crypto.randomUUID(),
    });
    expect(await exposure(customerId)).toEqual({ RECEIVABLE: '1500' });
  });

  it('in another currency it ends at nothing, whatever the rates were', async () => {
    const customerId = await fresh();
    await books.open({ customerId, currency: 'USD' });
    expect(await exposure(customerId)).toEqual({ RECEIVABLE: '7100' });
    await books.db.query(
      `INSERT INTO fx_rate (id, currency, rate, as_of, valid) VALUES (gen_random_uuid(), 'USD', 7.3, '2026-04-20', '[2026-04-20, 2026-04-21)')`,
    );
    await books.pay('1000.00', { customerId, currency: 'USD' });
    expect(await exposure(customerId)).toEqual({});
  });

  it('a bill stays until it has matured, with recourse once it was passed on', async () => {
    const customerId = await fresh();
    await books.open({ customerId });
    const { value } = await receiveBill(books.db, books.meta(), {
      companyId: null,
      customerId,
      payerName: 'Drawer',
      payerAccount: null,
      amount: '1000.00',
      currency: 'CNY',
      reference: '',
      valueDate: '2026-04-15',
      designation: [],
      billNo: crypto.randomUUID(),
      drawer: 'Drawer',
      acceptor: 'Acceptor',
      accepted: 'COMMERCIAL',
      maturesOn: '2026-10-15',
    });
    const step = (act: 'ENDORSE' | 'MATURE' | 'DISHONOUR', on: string) =>
      actOnBill(books.db, books.meta(), { paymentId: value.paymentId, act, on, note: 'Bank' });
    expect(await exposure(customerId)).toEqual({ BILL_COMMERCIAL: '1000' });
    await step('ENDORSE', '2026-05-01');
    expect(await exposure(customerId)).toEqual({ RECOURSE: '1000' });
    await step('DISHONOUR', '2026-10-16');
    expect(await exposure(customerId)).toEqual({ RECEIVABLE: '1000' });
  });

  it('many at once on one customer: it is what the books say', async () => {
    const customerId = await fresh();
    await Promise.all(Array.from({ length: 6 }, () => books.open({ customerId })));
    await Promise.all(Array.from({ length: 6 }, () => books.pay('700.00', { customerId })));
    const [row] = await books.db.query<{ open: string }[]>(
      `SELECT trim_scale(sum(amount))::text AS open FROM receivable_entry WHERE customer_id = $1`,
      [customerId],
    );
    expect(row!.open).toBe('1800');
    expect(await exposure(customerId)).toEqual({ RECEIVABLE: '1800' });
  });
});
