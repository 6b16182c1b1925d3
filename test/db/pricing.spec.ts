import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { generalSubject } from '../../src/commands/approval/general.subject.js';
import { registerSubjects } from '../../src/commands/approval/subjects.js';
import type { QuoteDraft } from '../../src/commands/quote/draft.js';
import { createQuote } from '../../src/commands/quote/edit.js';
import { quoteSubject } from '../../src/commands/quote/quote.subject.js';
import { previewQuote, submitQuote } from '../../src/commands/quote/submit.js';
import type { CommandMeta } from '../../src/commands/transaction.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
let db: DataSource;
let repId: string;
let draft: QuoteDraft;
const ids: Record<string, string> = {};
beforeAll(async () => {
  registerSubjects({ QUOTE: quoteSubject, GENERAL: generalSubject });
  database = await testDatabase({ seeded: true });
  db = database.dataSource;
  repId = await one(`SELECT id AS value FROM employee WHERE username = 'moses.frase'`);
  for (const name of ['GTX Pro', 'GTX Basic'])
    ids[name] = await one(`SELECT id AS value FROM product WHERE name = $1`, [name]);
  for (const name of ['Cheers', 'Zoomit', 'Betasoloin'])
    ids[name] = await one(`SELECT id AS value FROM customer WHERE name = $1`, [name]);
  draft = {
    opportunityId: null,
    customerId: ids['Cheers']!,
    currency: 'CNY',
    lines: [{ productId: ids['GTX Pro']!, qty: '2' }],
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
const actor = () => ({ kind: 'PERSON' as const, id: repId, permissions: [] });
const meta = (): CommandMeta => ({
  actor: actor(),
  key: randomUUID(),
  scope: 'test',
  body: null,
  correlationId: null,
});
const create = async (over: Partial<QuoteDraft>) =>
  (await createQuote(db, meta(), { ...draft, ...over })).value.quoteId;
const planOf = (id: string) => db.transaction((tx) => previewQuote(tx, actor(), id));
const factsOf = async (id: string) => (await planOf(id)).subject.facts;
const lineOf = async (id: string) =>
  (
    await db.query<Record<string, string>[]>(
      `SELECT trim_scale(list)::text AS list, trim_scale(floor)::text AS floor, trim_scale(cost)::text AS cost,
         trim_scale(min_qty)::text AS "minQty", trim_scale(rebate_pct)::text AS "rebatePct" FROM quote_line WHERE quote_id = $1`,
      [id],
    )
  )[0];

describe('what a quotation is priced with (processes 3.2)', () => {
  it('the list of the customer’s tier, by quantity; for everybody else the one for everybody', async () => {
    await db.query(`UPDATE customer SET tier = 'A' WHERE id = $1`, [ids['Zoomit']]);
    await db.query(
      `WITH list AS (INSERT INTO price_list (id, currency, tier, version, valid)
         VALUES (gen_random_uuid(), 'CNY', 'A', 1, tstzrange(now() - interval '1 day', NULL)) RETURNING id)
       INSERT INTO price_item (price_list_id, product_id, min_qty, list, floor)
       SELECT list.id, $1, t.q, t.l, t.f FROM list, (VALUES (0, 4800, 3300), (10, 4500, 3100)) AS t(q, l, f)`,
      [ids['GTX Pro']],
    );
    const of = (customer: string, qty: string) =>
      create({ customerId: ids[customer]!, lines: [{ productId: ids['GTX Pro']!, qty }] }).then(lineOf);
    expect(await of('Zoomit', '9')).toMatchObject({ list: '4800', floor: '3300', minQty: '0' });
    expect(await of('Zoomit', '10')).toMatchObject({ list: '4500', floor: '3100', minQty: '10' });
    expect(await of('Cheers', '10')).toMatchObject({ list: '4821', minQty: '0' });
  });

  it('two lists of one segment never hold at one time', async () => {
    await expect(
      db.query(
        `INSERT INTO price_list (id, currency, tier, version, valid) VALUES (gen_random_uuid(), 'CNY', 'A', 2, tstzrange(now(), NULL))`,
      ),
    ).rejects.toThrow('price_list_one_valid');
  });

  it('rebates, commission and freight come off the margin; a product nobody has costed earns nothing', async () => {
    await db.query(
      `INSERT INTO rebate (id, customer_id, pct, valid) VALUES (gen_random_uuid(), $1, 2, tstzrange(now() - interval '1 day', NULL))`,
      [ids['Betasoloin']],
    );
    const id = await create({
      customerId: ids['Betasoloin']!,
      lines: [{ productId: ids['GTX Pro']!, qty: '2', freight: '50' }],
      commissionPct: '1',
      freight: '100',
      termDays: 0,
    });
    const [row] = await db.query<object[]>(
      `SELECT trim_scale(rebate_total)::text AS rebate, trim_scale(commission_total)::text AS commission,
         trim_scale(freight_total)::text AS freight, trim_scale(margin_pct)::text AS margin FROM quote WHERE id = $1`,
      [id],
    );
    // 9 642: rebate 192.84, commission 96.42, freight 150; cost 5 303.10; (9 642 − 5 742.36) / 9 642
    expect(row).toEqual({ rebate: '192.84', commission: '96.42', freight: '150', margin: '40.444306' });
    await db.query(`DELETE FROM product_cost WHERE product_id = $1`, [ids['GTX Basic']]);
    const uncosted = await create({ lines: [{ productId: ids['GTX Basic']!, qty: '2' }], termDays: 0 });
    expect(await factsOf(uncosted)).toMatchObject({ marginFlag: 'RED' });
  });

  it('facts are those of now: a cost that rose since is seen without another edit', async () => {
    const id = await create({ customerId: ids['Zoomit']!, termDays: 0 });
    expect(await factsOf(id)).toMatchObject({ marginFlag: 'GREEN' });
    await db.query(`UPDATE product_cost SET cost = 4000 WHERE product_id = $1`, [ids['GTX Pro']]);
    expect(await factsOf(id)).toMatchObject({ marginFlag: 'AMBER', portfolioMargin: false });
    await db.query(`UPDATE product_cost SET cost = 2651.55 WHERE product_id = $1`, [ids['GTX Pro']]);
  });
});

describe('thresholds (processes 3.2)', () => {
  it('a line below its floor passes by director and finance when the whole deal earns its budget, else higher', async () => {
    const deal = (qty: string) =>
      create({
        lines: [
          { productId: ids['GTX Pro']!, qty: '10' },
          { productId: ids['GTX Pro']!, qty, unitNet: '3300' },
        ],
        customerId: ids['Betasoloin']!,
        termDays: 0,
      });
    const stages = async (id: string) => (await planOf(id)).plan.stages.map(({ spec }) => spec.key);
    const well = await deal('1');
    expect(await factsOf(well)).toMatchObject({ belowFloor: true, portfolioMargin: true });
    expect((await stages(well)).sort()).toEqual(expect.arrayContaining(['FINANCE', 'REGIONAL_DIRECTOR']));
    expect(await stages(well)).not.toEqual(expect.arrayContaining(['CFO']));
    const badly = await deal('100');
    expect(await factsOf(badly)).toMatchObject({ belowFloor: true, portfolioMargin: false });
    expect(await stages(badly)).toEqual(expect.arrayContaining(['CFO', 'SALES_MANAGER']));
  });

  it('anti-splitting: two deals of one customer within 30 days count together, and the reason says which', async () => {
    const lines = [{ productId: ids['GTX Pro']!, qty: '20' }];
    const first = await create({ customerId: ids['Cheers']!, lines });
    expect((await submitQuote(db, meta(), { quoteId: first })).value.state).toBe('APPROVED');
    const second = await create({ customerId: ids['Cheers']!, lines });
    const { subject, rows, plan } = await planOf(second);
    const number = await one(`SELECT number AS value FROM quote WHERE id = $1`, [first]);
    expect(subject.facts).toMatchObject({
      amount: '96420',
      rollingAmountBase: '192840',
      rollingDeals: ['96420', `96420 on quotation ${number}`],
    });
    expect(plan.stages.map(({ spec }) => spec.key)).toEqual(['TEAM_LEAD']);
    expect(rows.map(({ text }) => text).join()).toContain(`96420 on quotation ${number}`);
    await db.query(
      `UPDATE approval_request SET submitted_at = now() - interval '31 days' WHERE subject_id = $1`,
      [first],
    );
    expect(await factsOf(second)).toMatchObject({ rollingAmountBase: '96420', rollingDeals: [] });
  });
});
