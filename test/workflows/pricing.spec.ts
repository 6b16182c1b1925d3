import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { DataSource } from 'typeorm';
import { registerSubjects } from '../../src/commands/approval/subjects.js';
import { enterCosts, enterRates } from '../../src/commands/product/finance.js';
import { applyPriceChange, tellOfChange } from '../../src/commands/product/price-change.js';
import type { QuoteDraft } from '../../src/commands/quote/draft.js';
import { createQuote } from '../../src/commands/quote/edit.js';
import { quoteSubject } from '../../src/commands/quote/quote.subject.js';
import { submitQuote } from '../../src/commands/quote/submit.js';
import type { CommandMeta } from '../../src/commands/transaction.js';
import { eachForItself } from '../builders/quotation.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { devServer } from '../support/temporal.js';
import { until } from '../support/until.js';
import { startProcesses } from './live-processes.js';

let environment: TestWorkflowEnvironment;
let database: TestDatabase;
let db: DataSource;
let ids: Record<string, string>;
let processes: Awaited<ReturnType<typeof startProcesses>>;

beforeAll(async () => {
  registerSubjects({ QUOTE: quoteSubject });
  [environment, database] = await Promise.all([devServer(), testDatabase({ seeded: true })]);
  db = database.dataSource;
  await eachForItself(db);
  const rows = await db.query<{ name: string; id: string }[]>(
    `SELECT username AS name, id FROM employee WHERE username IN ('moses.frase', 'finance')
     UNION ALL SELECT name, id FROM product WHERE name IN ('GTX Pro', 'MG Advanced', 'GTK 500')
     UNION ALL SELECT name, id FROM customer WHERE name = 'Cheers'`,
  );
  ids = Object.fromEntries(rows.map(({ name, id }) => [name, id]));
  await db.query(
    `WITH list AS (INSERT INTO price_list (id, currency, version, valid)
       VALUES (gen_random_uuid(), 'USD', 1, tstzrange(now() - interval '1 day', NULL)) RETURNING id)
     INSERT INTO price_item (price_list_id, product_id, list, floor) SELECT list.id, $1, 1000, 700 FROM list`,
    [ids['GTX Pro']],
  );
  processes = await startProcesses(environment, db);
}, 120_000);
afterAll(async () => {
  await processes?.stop();
  await environment?.teardown();
  await database?.close();
});

const by = (who: string): CommandMeta => ({
  actor: { kind: 'PERSON', id: ids[who]!, permissions: [] },
  key: randomUUID(),
  scope: 'test',
  body: null,
  correlationId: null,
});

/** A quotation that its team lead is asked about, and nobody else: 12 % off would be the director's, so it is 8 %. */
async function inApproval(over: Partial<QuoteDraft>): Promise<string> {
  const draft: QuoteDraft = {
    opportunityId: null,
    customerId: ids['Cheers']!,
    currency: 'CNY',
    lines: [{ productId: ids['GTX Pro']!, qty: '2', discountPct: '8' }],
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
    ...over,
  };
  const { quoteId } = (await createQuote(db, by('moses.frase'), draft)).value;
  const { value } = await submitQuote(db, by('moses.frase'), { quoteId });
  expect(await stages(value.requestId)).toEqual(['TEAM_LEAD ACTIVE']);
  return value.requestId;
}

const stages = async (requestId: string): Promise<string[]> =>
  (
    await db.query<{ stage: string }[]>(
      `SELECT key || ' ' || state AS stage FROM approval_stage WHERE request_id = $1 ORDER BY ordinal`,
      [requestId],
    )
  ).map(({ stage }) => stage);
const openSeats = (requestId: string) =>
  db.query<{ id: string }[]>(
    `SELECT id FROM approval_seat WHERE request_id = $1 AND state = 'OPEN' ORDER BY id`,
    [requestId],
  );
const reassessed = async (requestId: string) =>
  db.query<{ payload: { changes: { name: string; before: string; after: string }[]; added: string[] } }[]>(
    `SELECT payload FROM event WHERE aggregate_kind = 'request' AND aggregate_id = $1 AND type = 'request.reassessed' ORDER BY seq`,
    [requestId],
  );

const firstOf = (requestId: string) => until(async () => (await reassessed(requestId))[0]?.payload);

describe('events during approval (processes 3.2, 3.7 Q: price list, cost and FX change → facts)', () => {
  it('a cost that rises asks the next level as well; whoever was asked is asked still', async () => {
    const requestId = await inApproval({
      lines: [{ productId: ids['MG Advanced']!, qty: '2', discountPct: '8' }],
    });
    const [asked] = await openSeats(requestId);
    await enterCosts(db, by('finance'), {
      costs: [{ productId: ids['MG Advanced']!, currency: 'CNY', cost: '3100' }],
      validFrom: null,
      validTo: null,
      source: 'supplier',
    });
    const { changes, added } = await firstOf(requestId);
    expect(changes).toContainEqual({ name: 'marginFlag', before: 'GREEN', after: 'RED' });
    expect(added.sort()).toEqual(['CFO', 'SALES_MANAGER']);
    expect((await stages(requestId)).sort()).toEqual([
      'CFO ACTIVE',
      'SALES_MANAGER PLANNED',
      'TEAM_LEAD ACTIVE',
    ]);
    expect((await openSeats(requestId)).map(({ id }) => id)).toContain(asked!.id);
    // never the cost itself
    expect(JSON.stringify(await reassessed(requestId))).not.toContain('3100');
  });

  it('a price list that makes the discount smaller changes facts and asks nobody; it goes on', async () => {
    const requestId = await inApproval({
      lines: [{ productId: ids['GTK 500']!, qty: '1', discountPct: '8' }],
    });
    await db.transaction(async (tx) => {
      await tx.query(
        `UPDATE price_list SET valid = tstzrange(lower(valid), now()) WHERE currency = 'CNY' AND upper_inf(valid)`,
      );
      const [list] = await tx.query<{ id: string }[]>(
        `INSERT INTO price_list (id, currency, version, valid) VALUES (gen_random_uuid(), 'CNY', 2, tstzrange(now(), NULL)) RETURNING id`,
      );
      await tx.query(
        `INSERT INTO price_item (price_list_id, product_id, list, floor)
         SELECT $1, product_id, list * 0.95, floor * 0.95 FROM price_item i JOIN price_list l ON l.id = i.price_list_id
         WHERE l.currency = 'CNY' AND l.version = 1`,
        [list!.id],
      );
      const at = new Date().toISOString();
      await tellOfChange(
        tx,
        { kind: 'PRICE_LIST', refId: list!.id, text: 'CNY 2', currency: 'CNY', at, by: ids['finance']! },
        null,
      );
    });
    const { changes, added } = await firstOf(requestId);
    // 24 626.56 of 25 429.60 instead of 26 768
    expect(changes).toEqual([{ name: 'discountPct', before: '8', after: '3.157895' }]);
    expect(added).toEqual([]);
    expect(await stages(requestId)).toEqual(['TEAM_LEAD ACTIVE']);
  });

  it('a rate that moves further than 2 % lets a dollar quotation count for what it is worth now; done twice it is done once', async () => {
    const requestId = await inApproval({
      currency: 'USD',
      lines: [{ productId: ids['GTX Pro']!, qty: '70', discountPct: '0' }],
    });
    const before = await db.query<{ facts: { amount: string } }[]>(
      `SELECT facts FROM approval_content WHERE request_id = $1`,
      [requestId],
    );
    expect(before[0]?.facts.amount).toBe('497000');
    await enterRates(db, by('finance'), {
      rates: [{ currency: 'USD', rate: '7.3', asOf: '2026-11-26' }],
      validFrom: null,
      validTo: null,
      source: 'PBOC',
    });
    const { changes, added } = await firstOf(requestId);
    expect(changes).toContainEqual({ name: 'amount', before: '497000', after: '511000' });
    expect(added).toEqual(['REGIONAL_DIRECTOR']);
    const [change] = await db.query<{ id: string }[]>(`SELECT id FROM price_change WHERE kind = 'FX'`);
    const again = { key: `killed/${randomUUID()}`, correlationId: null };
    expect(await applyPriceChange(db, again, change!.id)).toEqual({ changed: 0, refused: [] });
    expect(await reassessed(requestId)).toHaveLength(1);
  });
});
