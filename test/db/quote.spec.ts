import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { generalSubject } from '../../src/commands/approval/general.subject.js';
import { registerSubjects } from '../../src/commands/approval/subjects.js';
import type { QuoteDraft } from '../../src/commands/quote/draft.js';
import { createQuote, reviseQuote } from '../../src/commands/quote/edit.js';
import { expireQuote, remindOfExpiry, sendQuote } from '../../src/commands/quote/offer.js';
import { quoteSubject } from '../../src/commands/quote/quote.subject.js';
import { submitQuote } from '../../src/commands/quote/submit.js';
import type { CommandMeta } from '../../src/commands/transaction.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
let db: DataSource;
let repId: string;
let draft: QuoteDraft;
beforeAll(async () => {
  registerSubjects({ QUOTE: quoteSubject, GENERAL: generalSubject });
  database = await testDatabase({ seeded: true });
  db = database.dataSource;
  repId = await one(`SELECT id AS value FROM employee WHERE username = 'moses.frase'`);
  draft = {
    opportunityId: null,
    customerId: await one(`SELECT id AS value FROM customer WHERE name = 'Cheers'`),
    currency: 'CNY',
    lines: [{ productId: await one(`SELECT id AS value FROM product WHERE name = 'GTX Pro'`), qty: '2' }],
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
});
afterAll(() => database.close());

async function one(sql: string, params: unknown[] = []): Promise<string> {
  const [row] = await db.query<{ value: string }[]>(sql, params);
  return row!.value;
}

const meta = (): CommandMeta => ({
  actor: { kind: 'PERSON', id: repId, permissions: [] },
  key: randomUUID(),
  scope: 'test',
  body: null,
  correlationId: null,
});
const step = (key: string) => ({ key, correlationId: null });
const stateOf = (id: string) => one(`SELECT state AS value FROM quote WHERE id = $1`, [id]);
const create = async () => (await createQuote(db, meta(), draft)).value.quoteId;
const approved = async (): Promise<string> => {
  const id = await create();
  await submitQuote(db, meta(), { quoteId: id });
  return id;
};
const toldAbout = (id: string) =>
  one(`SELECT count(*)::int AS value FROM outbox WHERE workflow_id = $1`, [`quote-to-contract/${id}`]);
const eventsOf = async (id: string) =>
  (
    await db.query<{ type: string }[]>(
      `SELECT type FROM event WHERE aggregate_kind = 'quote' AND aggregate_id = $1 ORDER BY seq`,
      [id],
    )
  ).map(({ type }) => type);

describe('what the database itself holds', () => {
  it('the header is the sum of its lines when the transaction ends', async () => {
    const id = await create();
    const refused = (sql: string) => expect(db.query(sql, [id])).rejects.toThrow('do not sum to the header');
    await refused(`UPDATE quote SET net_total = net_total - 1 WHERE id = $1`);
    await refused(`UPDATE quote_line SET net = net - 0.01 WHERE quote_id = $1`);
    await refused(`DELETE FROM quote_line WHERE quote_id = $1`);
  });

  it('both may change within one transaction', async () => {
    const id = await create();
    await db.transaction(async (tx) => {
      await tx.query(`UPDATE quote_line SET net = net - 1 WHERE quote_id = $1`, [id]);
      await tx.query(`UPDATE quote SET net_total = net_total - 1 WHERE id = $1`, [id]);
    });
    expect(await one(`SELECT trim_scale(net_total)::text AS value FROM quote WHERE id = $1`, [id])).toBe(
      '9641',
    );
  });

  it('numbers are given once, in order', async () => {
    const ids = [await create(), await create()];
    const [a, b] = await Promise.all(
      ids.map((id) => one(`SELECT number AS value FROM quote WHERE id = $1`, [id])),
    );
    expect(a).toMatch(/^Q-\d{4}-\d{6}$/);
    expect(Number(b!.slice(-6))).toBe(Number(a!.slice(-6)) + 1);
  });
});

describe('a quotation of the automatic lane', () => {
  it('AE-PLAN-2 is approved in the transaction of its submission; its chain tells the story', async () => {
    const id = await approved();
    expect(await stateOf(id)).toBe('APPROVED');
    expect(await eventsOf(id)).toEqual(['quote.created', 'quote.submitted', 'quote.approval-ended']);
    expect(
      await one(
        `SELECT r.state AS value FROM approval_request r JOIN quote q ON q.request_id = r.id WHERE q.id = $1`,
        [id],
      ),
    ).toBe('APPROVED');
  });
});

describe('versions', () => {
  it('asked for from two old versions at once, only one next version begins', async () => {
    const first = await approved();
    const second = (await reviseQuote(db, meta(), first)).value.quoteId;
    await submitQuote(db, meta(), { quoteId: second });
    const third = (await reviseQuote(db, meta(), second)).value.quoteId;
    await db.query(`UPDATE quote SET state = 'WITHDRAWN' WHERE id = $1`, [third]);
    const results = await Promise.allSettled([
      reviseQuote(db, meta(), second),
      reviseQuote(db, meta(), third),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'REVISION_EXISTS' },
    });
  });

  it('an approved one supersedes the offer before it, and the process of that offer hears of it', async () => {
    const first = await approved();
    await sendQuote(db, meta(), { quoteId: first, to: null });
    const before = await toldAbout(first);
    const second = (await reviseQuote(db, meta(), first)).value.quoteId;
    expect(await stateOf(first)).toBe('SENT');
    await submitQuote(db, meta(), { quoteId: second });
    expect([await stateOf(first), await stateOf(second)]).toEqual(['SUPERSEDED', 'APPROVED']);
    expect(Number(await toldAbout(first))).toBe(Number(before) + 1);
    expect((await eventsOf(first)).at(-1)).toBe('quote.superseded');
  });
});

describe('AE-ENV-4 what goes to the customer', () => {
  it('is exactly what was approved', async () => {
    const id = await approved();
    await db.query(`UPDATE quote SET material_hash = repeat('0', 64) WHERE id = $1`, [id]);
    await expect(sendQuote(db, meta(), { quoteId: id, to: null })).rejects.toMatchObject({
      code: 'NOT_COVERED',
    });
    expect(await stateOf(id)).toBe('APPROVED');
  });
});

describe('what time does', () => {
  it('expires an offer only after its last second, once', async () => {
    const id = await approved();
    await sendQuote(db, meta(), { quoteId: id, to: null });
    expect((await expireQuote(db, step('early'), id)).value.state).toBe('SENT');
    await db.query(`UPDATE quote SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);
    expect((await expireQuote(db, step('due'), id)).value.state).toBe('EXPIRED');
    expect((await expireQuote(db, step('again'), id)).value.state).toBe('EXPIRED');
    expect((await eventsOf(id)).filter((type) => type === 'quote.expired')).toHaveLength(1);
  });

  it('leaves an accepted deal alone, however late', async () => {
    const id = await approved();
    await db.query(
      `UPDATE quote SET state = 'ACCEPTED', expires_at = now() - interval '1 day' WHERE id = $1`,
      [id],
    );
    expect((await expireQuote(db, step('late'), id)).value.state).toBe('ACCEPTED');
  });

  it('reminds once for each day, repeated or not', async () => {
    const id = await approved();
    for (const key of ['a', 'a', 'b']) await remindOfExpiry(db, step(`remind-${key}`), id, 7);
    await remindOfExpiry(db, step('remind-c'), id, 2);
    expect((await eventsOf(id)).filter((type) => type === 'quote.expiry-reminder')).toHaveLength(2);
  });
});
