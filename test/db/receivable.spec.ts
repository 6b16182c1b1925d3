import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { issueCreditNote, type CreditNote } from '../../src/commands/receivable/credit-note.js';
import { allocatePayment, confirmPayment } from '../../src/commands/receivable/payment.js';
import { reversePayment } from '../../src/commands/receivable/reverse-payment.js';
import { writeOff } from '../../src/commands/receivable/write-off.js';
import { ledger, personOf, type Ledger } from '../builders/ledger.js';

let books: Ledger;
beforeAll(async () => {
  books = await ledger();
});
afterAll(() => books.close());
beforeEach(async () => {
  const [other] = await books.db.query<{ id: string }[]>(
    `SELECT id FROM customer c WHERE NOT EXISTS (SELECT 1 FROM receivable_item i WHERE i.customer_id = c.id) ORDER BY name, id LIMIT 1`,
  );
  fresh = other!.id;
});
let fresh: string;

const refused = async (act: Promise<unknown>) => {
  try {
    await act;
  } catch (error) {
    const { code, fields } = error as { code: string; fields?: { pointer: string; code: string }[] };
    return [code, ...(fields ?? []).flatMap((field) => [field.pointer, field.code])];
  }
  return ['nothing'];
};
const mine = () => ({ customerId: fresh });
const credit = (over: Partial<CreditNote>) =>
  issueCreditNote(books.db, books.meta(), {
    companyId: null,
    customerId: fresh,
    itemId: null,
    amount: '100.00',
    currency: 'CNY',
    issuedOn: '2026-04-01',
    reason: 'returned goods',
    sourceId: crypto.randomUUID(),
    ...over,
  });

describe('what a customer owes', () => {
  it('is opened once per invoice and instalment', async () => {
    await books.open({ ...mine(), invoiceNo: 'A-1' });
    await books.open({ ...mine(), invoiceNo: 'A-1', instalment: 2 });
    expect(await refused(books.open({ ...mine(), invoiceNo: 'A-1' }))).toEqual([
      'ALREADY_EXISTS',
      '/invoiceNo',
      'TAKEN',
    ]);
  });

  it.each([
    [{ amount: '0' }, '/amount/amount', 'TOO_SMALL'],
    [{ amount: '10.001' }, '/amount/amount', 'TOO_PRECISE'],
    [{ dueOn: '2026-02-28' }, '/dueOn', 'BEFORE_ISSUE'],
    [{ planSeq: 1 }, '/contractId', 'REQUIRED'],
  ])('%o is refused at %s', async (over, pointer, code) => {
    const [, ...where] = await refused(books.open({ ...mine(), ...over }));
    expect(where).toEqual([pointer, code]);
  });

  it('neither its entries nor what it is about can be changed', async () => {
    const id = await books.open(mine());
    await expect(
      books.db.query(`UPDATE receivable_entry SET amount = 1 WHERE item_id = $1`, [id]),
    ).rejects.toThrow();
    await expect(books.db.query(`DELETE FROM receivable_entry WHERE item_id = $1`, [id])).rejects.toThrow();
    await expect(
      books.db.query(`UPDATE receivable_item SET due_on = now() WHERE id = $1`, [id]),
    ).rejects.toThrow(/does not change/);
  });

  it('never falls below nothing, on no day', async () => {
    const id = await books.open(mine());
    const add = (amount: string, valueDate: string, kind: string) =>
      books.db.query(
        `INSERT INTO receivable_entry (id, item_id, kind, amount, base_amount, value_date, source_key, by_id, reverses)
         VALUES (gen_random_uuid(), $1, $2, $3, $3, $4, gen_random_uuid()::text, 'test', NULL)`,
        [id, kind, amount, valueDate],
      );
    await expect(add('-1000.01', '2026-04-01', 'PAYMENT')).rejects.toThrow(/less than nothing/);
    await expect(add('-0.01', '2026-02-01', 'PAYMENT')).rejects.toThrow(/less than nothing/);
    await add('-1000', '2026-04-01', 'PAYMENT');
  });
});

describe('a payment', () => {
  it('goes to the oldest due, leaves the rest on account, and is booked once', async () => {
    const late = await books.open({ ...mine(), dueOn: '2026-03-15' });
    const later = await books.open({ ...mine(), dueOn: '2026-03-31' });
    const { paymentId, state } = await books.pay('2500.00', { ...mine(), sourceId: 'bank-1' });
    expect(state).toBe('POSTED');
    expect(await books.item(late)).toMatchObject({ state: 'SETTLED', outstanding: '0' });
    expect(await books.item(later)).toMatchObject({ state: 'SETTLED', outstanding: '0' });
    expect(await refused(books.pay('2500.00', { ...mine(), sourceId: 'bank-1' }))).toEqual([
      'ALREADY_EXISTS',
      '/sourceId',
      'TAKEN',
    ]);
    const next = await books.open({ ...mine(), amount: '800.00' });
    await allocatePayment(books.db, books.meta(), { paymentId, designation: [] });
    expect(await books.item(next)).toMatchObject({ state: 'OPEN', outstanding: '300' });
  });

  it('the debtor chooses; beyond what is open, of another currency or unknown is refused by name', async () => {
    const first = await books.open({ ...mine(), dueOn: '2026-03-15' });
    const second = await books.open(mine());
    const dollars = await books.open({ ...mine(), currency: 'USD' });
    await books.pay('400.00', { ...mine(), designation: [{ debtId: second }] });
    expect(await books.item(first)).toMatchObject({ outstanding: '1000' });
    expect(await books.item(second)).toMatchObject({ outstanding: '600' });
    const pay = (debtId: string, amount?: string) =>
      refused(
        books.pay('5000.00', {
          ...mine(),
          designation: [amount === undefined ? { debtId } : { debtId, amount }],
        }),
      );
    expect(await pay(second, '600.01')).toEqual(['VALIDATION', '/items/0/amount', 'BEYOND_OUTSTANDING']);
    expect(await pay(dollars)).toEqual(['VALIDATION', '/items/0/itemId', 'CURRENCY']);
    expect(await pay(crypto.randomUUID())).toEqual(['VALIDATION', '/items/0/itemId', 'UNKNOWN']);
  });

  it('short by no more than the tolerance settles; 90 % lowers the level', async () => {
    const id = await books.open(mine());
    await books.db.query(`UPDATE receivable_item SET level = 2 WHERE id = $1`, [id]);
    await books.pay('900.00', mine());
    expect(await books.item(id)).toMatchObject({ state: 'OPEN', level: 1, outstanding: '100' });
    await books.pay('99.00', mine());
    expect(await books.item(id)).toMatchObject({ state: 'SETTLED', level: 0, outstanding: '0' });
  });

  it('taken back: open again at the level of before, with what was given up, never younger', async () => {
    const id = await books.open(mine());
    await books.db.query(`UPDATE receivable_item SET level = 3 WHERE id = $1`, [id]);
    const { paymentId } = await books.pay('999.50', mine());
    expect(await books.item(id)).toMatchObject({ state: 'SETTLED', level: 0 });
    const back = () =>
      reversePayment(books.db, books.meta(), { paymentId, on: '2026-05-04', reason: 'bounced' });
    expect((await back()).value.state).toBe('REVERSED');
    expect(await books.item(id)).toEqual({ state: 'OPEN', level: 3, outstanding: '1000', base: '1000' });
    expect(await refused(back())).toEqual(['STATE_CONFLICT']);
    const [due] = await books.db.query<{ due: string }[]>(
      `SELECT due_on::text AS due FROM receivable_item WHERE id = $1`,
      [id],
    );
    expect(due!.due).toBe('2026-03-31');
  });

  it('above the limit it waits for a second person', async () => {
    const id = await books.open({ ...mine(), amount: '250000.00' });
    const { paymentId, state } = await books.pay('250000.00', mine());
    expect(state).toBe('PROPOSED');
    expect(await books.item(id)).toMatchObject({ outstanding: '250000' });
    const confirm = (by?: string) =>
      confirmPayment(books.db, books.meta(by), { paymentId, customerId: null, designation: null });
    expect(await refused(confirm())).toEqual(['SOD_VIOLATION']);
    await confirm(books.cfo);
    expect(await books.item(id)).toMatchObject({ state: 'SETTLED', outstanding: '0' });
  });

  it('of an unknown payer waits in suspense until finance says who paid', async () => {
    const id = await books.open(mine());
    const { paymentId, state } = await books.pay('1000.00', { customerId: null });
    expect(state).toBe('SUSPENSE');
    const confirm = (customerId: string | null) =>
      confirmPayment(books.db, books.meta(), { paymentId, customerId, designation: null });
    expect(await refused(confirm(null))).toEqual(['VALIDATION', '/customerId', 'REQUIRED']);
    await confirm(fresh);
    expect(await books.item(id)).toMatchObject({ state: 'SETTLED' });
  });

  it('two at once never settle more than is open', async () => {
    const id = await books.open(mine());
    await Promise.all([1, 2, 3, 4].map(() => books.pay('400.00', mine())));
    expect(await books.item(id)).toMatchObject({ state: 'SETTLED', outstanding: '0' });
    const [{ unapplied }] = (await books.db.query(
      `SELECT trim_scale(sum(p.amount) - (SELECT sum(a.amount) FROM allocation a JOIN payment x ON x.id = a.payment_id WHERE x.customer_id = $1))::text AS unapplied
       FROM payment p WHERE p.customer_id = $1`,
      [fresh],
    )) as [{ unapplied: string }];
    expect(unapplied).toBe('600');
  });

  it('at another rate: the difference is booked apart and nothing is left in base currency', async () => {
    await books.db.query(
      `INSERT INTO fx_rate (id, currency, rate, as_of, valid) VALUES (gen_random_uuid(), 'USD', 7.3, '2026-04-20', '[2026-04-20, 2026-04-21)')`,
    );
    const id = await books.open({ ...mine(), currency: 'USD' });
    await books.pay('300.00', { ...mine(), currency: 'USD' });
    await books.pay('700.00', { ...mine(), currency: 'USD', valueDate: '2026-05-20' });
    expect(await books.item(id)).toEqual({ state: 'SETTLED', level: 0, outstanding: '0', base: '0' });
    const fx = await books.db.query<{ amount: string }[]>(
      `SELECT trim_scale(base_amount)::text AS amount FROM receivable_entry WHERE item_id = $1 AND kind = 'FX'`,
      [id],
    );
    expect(fx).toEqual([{ amount: '60' }]); // 300 × (7.3 − 7.1)
  });
});

describe('a credit note', () => {
  it('lowers the invoice it refers to, else the oldest', async () => {
    const old = await books.open({ ...mine(), dueOn: '2026-03-15' });
    const young = await books.open(mine());
    await credit({ itemId: young });
    await credit({ amount: '1050.00' });
    expect(await books.item(old)).toMatchObject({ state: 'CREDITED', outstanding: '0', base: '0' });
    expect(await books.item(young)).toMatchObject({ state: 'OPEN', outstanding: '850' });
  });

  it('in another currency, before its invoice, or beyond what is open is refused', async () => {
    const itemId = await books.open(mine());
    expect(await refused(credit({ itemId, currency: 'USD' }))).toEqual([
      'VALIDATION',
      '/amount/currency',
      'CURRENCY',
    ]);
    expect(await refused(credit({ itemId, issuedOn: '2026-02-28' }))).toEqual([
      'VALIDATION',
      '/issuedOn',
      'BEFORE_INVOICE',
    ]);
    expect(await refused(credit({ itemId, amount: '1000.01' }))).toEqual([
      'VALIDATION',
      '/amount/amount',
      'BEYOND_OUTSTANDING',
    ]);
    expect(await refused(credit({ amount: '1000.01' }))).toEqual([
      'VALIDATION',
      '/amount/amount',
      'BEYOND_OUTSTANDING',
    ]);
  });

  it('back-dated over a payment that was reversed later: on no day less than nothing', async () => {
    const itemId = await books.open(mine());
    const { paymentId } = await books.pay('1000.00', mine());
    await reversePayment(books.db, books.meta(), { paymentId, on: '2026-05-04', reason: 'bounced' });
    expect(await refused(credit({ itemId, issuedOn: '2026-04-25' }))).toEqual([
      'VALIDATION',
      '/issuedOn',
      'BEYOND_OUTSTANDING',
    ]);
    await credit({ itemId, issuedOn: '2026-05-04' });
    expect(await books.item(itemId)).toMatchObject({ outstanding: '900' });
  });
});

describe('a write-off (tiers: 1,000 finance, 50,000 CFO, above the general manager)', () => {
  const give = (itemId: string, amount: string, by: string) =>
    writeOff(books.db, books.meta(by), { itemId, amount, on: '2026-11-01', evidence: 'insolvency, file 12' });

  it('is decided by the role of its tier or a higher one', async () => {
    const itemId = await books.open({ ...mine(), amount: '60000.00' });
    const manager = await personOf(books.db, 'gm');
    expect(await refused(give(itemId, '1000.01', books.finance))).toEqual(['FORBIDDEN']);
    await give(itemId, '1000.00', books.finance);
    expect(await refused(give(itemId, '50000.01', books.cfo))).toEqual(['FORBIDDEN']);
    await give(itemId, '1000.01', books.cfo);
    await give(itemId, '57999.99', manager);
    expect(await books.item(itemId)).toEqual({ state: 'WRITTEN_OFF', level: 0, outstanding: '0', base: '0' });
  });

  it('is not for whoever booked money on the item, nor beyond what is open', async () => {
    const itemId = await books.open(mine());
    await books.pay('500.00', mine());
    expect(await refused(give(itemId, '100.00', books.finance))).toEqual(['SOD_VIOLATION']);
    expect(await refused(give(itemId, '500.01', books.cfo))).toEqual([
      'VALIDATION',
      '/amount',
      'BEYOND_OUTSTANDING',
    ]);
  });
});
