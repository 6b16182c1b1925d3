import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { lockCredit, postExposure } from '../../src/commands/credit/exposure.js';
import { setCredit } from '../../src/commands/customer/credit.js';
import { setParent } from '../../src/commands/customer/parent.js';
import { generalSubject } from '../../src/commands/approval/general.subject.js';
import { registerSubjects } from '../../src/commands/approval/subjects.js';
import { withdrawRequest } from '../../src/commands/approval/takeback.js';
import { createQuote } from '../../src/commands/quote/edit.js';
import { acceptQuote, declineQuote, sendQuote } from '../../src/commands/quote/offer.js';
import { quoteSubject } from '../../src/commands/quote/quote.subject.js';
import { submitQuote } from '../../src/commands/quote/submit.js';
import type { CommandMeta } from '../../src/commands/transaction.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

const ROUNDS = 20;

let database: TestDatabase;
let db: DataSource;
let repId: string;
let product: string;
beforeAll(async () => {
  registerSubjects({ QUOTE: quoteSubject, GENERAL: generalSubject });
  database = await testDatabase({ seeded: true });
  db = database.dataSource;
  repId = await one(`SELECT id AS value FROM employee WHERE username = 'moses.frase'`);
  product = await one(`SELECT id AS value FROM product WHERE name = 'GTX Pro'`);
});
afterAll(() => database.close());

async function one(sql: string, params: unknown[] = []): Promise<string> {
  const [row] = await db.query<{ value: string }[]>(sql, params);
  return row!.value;
}

const meta = (permissions: string[] = []): CommandMeta => ({
  actor: { kind: 'PERSON', id: repId, permissions },
  key: randomUUID(),
  scope: 'test',
  body: null,
  correlationId: null,
});

const customerOf = (name: string) => one(`SELECT id AS value FROM customer WHERE name = $1`, [name]);
const limited = (customerId: string, amount: string) =>
  db.query(
    `UPDATE customer SET credit_limit = $2, credit_currency = 'CNY', credit_class = 'A' WHERE id = $1`,
    [customerId, amount],
  );

/** One GTX Pro is 4,821.00; 15 % off needs approval. */
async function drafted(customerId: string, qty: number, discountPct = '15'): Promise<string> {
  const draft = {
    opportunityId: null,
    customerId,
    currency: 'CNY',
    lines: [{ productId: product, qty: String(qty), discountPct }],
    dealDiscountPct: '0',
    freight: '0',
    commissionPct: '0',
    termDays: 30,
    instalments: [],
    deliveryDays: null,
    warrantyMonths: null,
    nonStandardClauses: [],
    validUntil: null,
    note: null,
  };
  return (await createQuote(db, meta(), draft)).value.quoteId;
}

const submit = async (quoteId: string) => (await submitQuote(db, meta(), { quoteId })).value;
const totalOf = (quoteId: string) =>
  one(`SELECT trim_scale(net_total)::text AS value FROM quote WHERE id = $1`, [quoteId]);
const exposureOf = (customerId: string) =>
  one(
    `SELECT trim_scale(coalesce(sum(base_amount), 0))::text AS value FROM exposure_entry WHERE customer_id = $1`,
    [customerId],
  );
const ledgerOf = async (customerId: string) =>
  (
    await db.query<{ line: string }[]>(
      `SELECT kind || ' ' || ref_kind || ' ' || trim_scale(base_amount) AS line FROM exposure_entry WHERE customer_id = $1
       ORDER BY booked_at, id`,
      [customerId],
    )
  ).map(({ line }) => line);
const asksCredit = async (quoteId: string) =>
  (await one(
    `SELECT (EXISTS (SELECT 1 FROM approval_stage s JOIN quote q ON q.request_id = s.request_id
       WHERE q.id = $1 AND s.key = 'CREDIT'))::text AS value`,
    [quoteId],
  )) === 'true';

describe('§3.3 exposure of deals', () => {
  it('§3.9 the second of two deals that fit alone but not together is routed to the credit step', async () => {
    const customerId = await customerOf('Cheers');
    const [a, b] = [await drafted(customerId, 16), await drafted(customerId, 12)];
    const first = await totalOf(a);
    await limited(customerId, '80000');
    await submit(a);
    await submit(b);
    expect([await asksCredit(a), await asksCredit(b)]).toEqual([false, true]);
    expect(await ledgerOf(customerId)).toEqual([`RESERVATION OFFER ${first}`]);
  });

  it('a deal that is withdrawn gives back what it held, and the oldest that fits then has it', async () => {
    const customerId = await customerOf('Konex');
    const [a, b] = [await drafted(customerId, 16), await drafted(customerId, 12)];
    await limited(customerId, '80000');
    const { requestId } = await submit(a);
    await submit(b);
    await withdrawRequest(db, meta(), { requestId, reason: 'no longer wanted' });
    expect(await exposureOf(customerId)).toBe(await totalOf(b));
  });

  it('a limit that is raised lets in what waits', async () => {
    const customerId = await customerOf('Zotware');
    const deal = await drafted(customerId, 16);
    await limited(customerId, '10');
    await submit(deal);
    expect(await exposureOf(customerId)).toBe('0');
    await setCredit(db, meta(), {
      customerId,
      limit: { amount: '90000.00', currency: 'CNY' },
      groupLimit: null,
      creditClass: 'A',
      expectedVersion: Number(
        await one(`SELECT row_version AS value FROM customer WHERE id = $1`, [customerId]),
      ),
      reason: 'review',
    });
    expect(await exposureOf(customerId)).toBe(await totalOf(deal));
  });

  it('what is approved is reserved, sent it stays, accepted it is a sale, declined it is nothing', async () => {
    const customerId = await customerOf('Hottechi');
    await limited(customerId, '900000');
    const [sold, lost] = [await drafted(customerId, 2, '0'), await drafted(customerId, 1, '0')];
    for (const quoteId of [sold, lost]) {
      await submit(quoteId);
      await sendQuote(db, meta(), { quoteId, to: null });
    }
    await acceptQuote(db, meta(), { quoteId: sold, acceptedBy: 'Ms Lin', note: null });
    await declineQuote(db, meta(), { quoteId: lost, reason: 'too dear' });
    expect(await ledgerOf(customerId)).toEqual([
      'RESERVATION OFFER 9642',
      'RESERVATION OFFER 4821',
      'RESERVATION SALE 9642',
      'RESERVATION OFFER -9642',
      'RESERVATION OFFER -4821',
    ]);
  });

  it('two deals that each fit but not together, at the same instant: exactly one is reserved, every time', async () => {
    const customerId = await customerOf('Rangreen');
    await limited(customerId, '80000');
    for (let round = 0; round < ROUNDS; round += 1) {
      const pair = [await drafted(customerId, 16), await drafted(customerId, 12)];
      if (round % 2 === 1) pair.reverse();
      const requests = await Promise.all(pair.map(submit));
      const asked = await Promise.all(pair.map(asksCredit));
      expect(asked.filter((isAsked) => isAsked)).toHaveLength(1);
      expect(await exposureOf(customerId)).toBe(await totalOf(pair[asked.indexOf(false)]!));
      // the one that waits first: nothing takes the other's place
      for (const index of [asked.indexOf(true), asked.indexOf(false)])
        await withdrawRequest(db, meta(), { requestId: requests[index]!.requestId, reason: 'again' });
      expect(await exposureOf(customerId)).toBe('0');
    }
  }, 60_000);
});

describe('a customer who comes under a group (§3.3: its limit is on the head, whoever is below draws on it)', () => {
  const groupLimited = (customerId: string, amount: string) =>
    db.query(`UPDATE customer SET group_limit = $2, group_currency = 'CNY' WHERE id = $1`, [
      customerId,
      amount,
    ]);
  const withoutLimit = (customerId: string) =>
    db.query(`UPDATE customer SET credit_limit = NULL, credit_currency = NULL WHERE id = $1`, [customerId]);
  const goesTo = async (customerId: string, parentId: string | null) =>
    setParent(db, meta(), {
      customerId,
      parentId,
      reason: 'bought',
      expectedVersion: Number(
        await one(`SELECT row_version AS value FROM customer WHERE id = $1`, [customerId]),
      ),
    });

  it('has what waits reserved where the group has room', async () => {
    const [head, bought] = [await customerOf('Condax'), await customerOf('Codehow')];
    await groupLimited(head, '90000');
    await withoutLimit(bought);
    const deal = await drafted(bought, 16);
    await submit(deal);
    expect(await exposureOf(bought)).toBe('0');
    await goesTo(bought, head);
    expect(await exposureOf(bought)).toBe(await totalOf(deal));
  });

  it('waits for whoever is checking a deal of theirs, also where they have no account yet', async () => {
    const [head, bought] = [await customerOf('Golddex'), await customerOf('Newex')];
    const companyId = await one(`SELECT id AS value FROM company WHERE is_default`);
    let moved: Promise<unknown> | undefined;
    await db.transaction(async (tx) => {
      await lockCredit(tx, { customerId: bought, companyId });
      moved = goesTo(bought, head);
      await expect(Promise.race([moved, sleep(200, 'waits')])).resolves.toBe('waits');
    });
    await expect(moved).resolves.toMatchObject({ value: { customerId: bought } });
  });

  it('and never more than the group may owe, deals of both submitted at that moment', async () => {
    const [head, bought] = [await customerOf('Isdom'), await customerOf('Finjob')];
    await groupLimited(head, '80000');
    for (const customerId of [head, bought]) await withoutLimit(customerId);
    for (let round = 0; round < ROUNDS; round += 1) {
      const pair = [await drafted(bought, 16), await drafted(head, 12)];
      const [requests] = await Promise.all([Promise.all(pair.map(submit)), goesTo(bought, head)]);
      const held = [await exposureOf(bought), await exposureOf(head)];
      expect(held.filter((amount) => amount !== '0')).toHaveLength(1);
      for (const { requestId } of requests) await withdrawRequest(db, meta(), { requestId, reason: 'again' });
      await goesTo(bought, null);
    }
  }, 60_000);
});

describe('the ledger', () => {
  it('is only added to, and takes a source once', async () => {
    const customerId = await customerOf('Hatfan');
    const companyId = await one(`SELECT id AS value FROM company WHERE is_default`);
    const ref = { kind: 'INVOICE', id: randomUUID() };
    const money = { currency: 'CNY', amount: '100.00', rate: '1', base: '100.00' };
    const post = () =>
      db.transaction(async (tx) => {
        await lockCredit(tx, { customerId, companyId });
        return postExposure(tx, {
          customerId,
          companyId,
          kind: 'RECEIVABLE',
          ref,
          ...money,
          sourceKey: 'invoice/1',
        });
      });
    expect([await post(), await post()]).toEqual([true, false]);
    expect(await exposureOf(customerId)).toBe('100');
    for (const sql of [`UPDATE exposure_entry SET amount = 1`, `DELETE FROM exposure_entry`])
      await expect(db.query(sql)).rejects.toThrow('exposure_entry is append-only');
  });
});
