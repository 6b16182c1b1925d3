import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import { ledgerRules } from '../../src/commands/receivable/rules.js';
import { Exact, sumAmounts } from '../../src/domain/money.js';
import type { Viewer } from '../../src/queries/org/scope.js';
import { agingAsOf } from '../../src/queries/receivable/aging.js';
import { receivableFigures } from '../../src/queries/receivable/figures.js';
import { ledger, type Ledger } from '../builders/ledger.js';

interface Invoice {
  customer: string;
  no: string;
  issuedOn: string;
  dueOn: string;
  amount: string;
  settledOn: string;
  daysLate: number;
}

/** 1,277 invoices of a hundred customers, as they were sent and paid: test/data/receivables-2012.csv */
const INVOICES: Invoice[] = (
  parse(readFileSync('test/data/receivables-2012.csv'), { columns: true, bom: true }) as Record<
    string,
    string
  >[]
).map((row) => ({
  customer: row['customerID']!,
  no: row['invoiceNumber']!,
  issuedOn: day(row['InvoiceDate']!),
  dueOn: day(row['DueDate']!),
  amount: new Exact(row['InvoiceAmount']!).toFixed(2),
  settledOn: day(row['SettledDate']!),
  daysLate: Number(row['DaysLate']),
}));

function day(text: string): string {
  return DateTime.fromFormat(text, 'M/d/yyyy', { zone: 'utc' }).toISODate()!;
}

const EVERYTHING: Viewer = { personId: '', permissions: { 'receivable:read': 'ALL' }, unitIds: {} };
const MONTH_ENDS = Array.from({ length: 15 }, (_, n) =>
  DateTime.utc(2012, 1, 1).plus({ months: n }).endOf('month').toISODate()!,
);

let books: Ledger;
beforeAll(async () => {
  books = await ledger();
  const names = [...new Set(INVOICES.map(({ customer }) => customer))];
  const rows = await books.db.query<{ id: string; name: string }[]>(
    `INSERT INTO customer (id, name, name_key, match_key, zone)
     SELECT gen_random_uuid(), n, lower(n), replace(lower(n), '-', ''), 'Asia/Shanghai' FROM unnest($1::text[]) n RETURNING id, name`,
    [names],
  );
  const ids = new Map(rows.map(({ id, name }) => [name, id]));
  for (const { customer, no, issuedOn, dueOn, amount, settledOn } of INVOICES) {
    const customerId = ids.get(customer)!;
    const itemId = await books.open({ customerId, invoiceNo: no, amount, issuedOn, dueOn });
    await books.pay(amount, {
      customerId,
      valueDate: settledOn,
      sourceId: `settled-${no}`,
      designation: [{ debtId: itemId }],
    });
  }
}, 180_000);
afterAll(() => books.close());

const agedAsOf = async (asOf: string) => {
  const { buckets, provisionPct } = await ledgerRules(books.db.manager);
  return agingAsOf(books.db, EVERYTHING, {}, { asOf, buckets, provisionPct });
};

describe('the invoices of 2012, opened and paid as they were', () => {
  it('at the end nothing is open, everything is settled, and Σ applied is 76,064.07', async () => {
    const [row] = await books.db.query<{ items: string; settled: string; applied: string; open: string }[]>(
      `SELECT count(*) AS items, count(*) FILTER (WHERE state = 'SETTLED') AS settled,
         (SELECT trim_scale(sum(amount))::text FROM allocation) AS applied,
         (SELECT trim_scale(sum(amount))::text FROM receivable_entry) AS open FROM receivable_item`,
    );
    expect(row).toEqual({ items: '1277', settled: '1277', applied: '76064.07', open: '0' });
  });

  it.each(MONTH_ENDS)('at %s Σ buckets is what was sent and not yet paid', async (asOf) => {
    const open = INVOICES.filter(({ issuedOn, settledOn }) => issuedOn <= asOf && settledOn > asOf);
    const [cny] = await agedAsOf(asOf);
    const expected = sumAmounts(open.map(({ amount }) => amount)).toFixed(2);
    expect(cny!.outstanding).toBe(expected);
    expect(sumAmounts(cny!.buckets.map(({ amount }) => amount)).toFixed(2)).toBe(expected);
    const notDue = open.filter(({ dueOn }) => dueOn >= asOf).map(({ amount }) => amount);
    expect(cny!.buckets[0]!.amount).toBe(sumAmounts(notDue).toFixed(2));
    expect(cny!.unapplied).toBe('0.00');
  });

  it('days late are those of the file', async () => {
    const late = await books.db.query<{ no: string; days: number }[]>(
      `SELECT i.invoice_no AS no, greatest(max(e.value_date) - i.due_on, 0) AS days
       FROM receivable_item i JOIN receivable_entry e ON e.item_id = i.id GROUP BY i.id`,
    );
    expect(Object.fromEntries(late.map(({ no, days }) => [no, days]))).toEqual(
      Object.fromEntries(INVOICES.map(({ no, daysLate }) => [no, daysLate])),
    );
  });

  it('of the year 2012 sales and cash are those of the file', async () => {
    const period = { from: '2012-01-01', to: '2012-12-31', baseCurrency: 'CNY' };
    const figures = await receivableFigures(books.db, EVERYTHING, {}, period);
    const sum = (of: Invoice[]) => sumAmounts(of.map(({ amount }) => amount)).toFixed(2);
    const closing = INVOICES.filter((one) => one.issuedOn <= period.to && one.settledOn > period.to);
    expect(figures).toMatchObject({
      opening: '0.00',
      sales: sum(INVOICES.filter(({ issuedOn }) => issuedOn <= period.to)),
      cash: sum(INVOICES.filter(({ settledOn }) => settledOn <= period.to)),
      due: sum(INVOICES.filter(({ dueOn }) => dueOn <= period.to)),
      closing: sum(closing),
      closingNotDue: sum(closing.filter(({ dueOn }) => dueOn >= period.to)),
    });
    expect(
      new Exact(figures.dso!).minus(figures.bestPossibleDso!).minus(figures.addDays!).abs().lte('0.1'),
    ).toBe(true);
  });
});
