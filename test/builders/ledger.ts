import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { CommandMeta } from '../../src/commands/transaction.js';
import { openItem, type NewItem } from '../../src/commands/receivable/open-item.js';
import { recordPayment, type IncomingMoney } from '../../src/commands/receivable/payment.js';
import { testDatabase } from '../support/postgres.js';

/** A seeded database and two persons of finance who book what one customer owes. */
export async function ledger() {
  const database = await testDatabase({ seeded: true });
  const db = database.dataSource;
  const [customer] = await db.query<{ id: string }[]>(`SELECT id FROM customer ORDER BY name, id LIMIT 1`);
  const [finance, cfo] = await Promise.all(['finance', 'cfo'].map((name) => personOf(db, name)));
  const customerId = customer!.id;
  const meta = (by = finance!): CommandMeta => ({
    actor: { kind: 'PERSON', id: by, permissions: ['receivable:post', 'receivable:write-off'] },
    key: randomUUID(),
    scope: 'test',
    body: null,
    correlationId: null,
  });
  const open = async (over: Partial<NewItem> = {}): Promise<string> => {
    const answer = await openItem(db, meta(), { ...invoiceOf(customerId), ...over });
    return answer.value.itemId;
  };
  const pay = async (amount: string, over: Partial<IncomingMoney> = {}, by = finance!) => {
    const answer = await recordPayment(db, meta(by), { ...moneyOf(customerId, amount), ...over });
    return answer.value;
  };
  const item = async (id: string) => {
    const [row] = await db.query<{ state: string; level: number; outstanding: string; base: string }[]>(
      `SELECT i.state, i.level, trim_scale(sum(e.amount))::text AS outstanding, trim_scale(sum(e.base_amount))::text AS base
       FROM receivable_item i JOIN receivable_entry e ON e.item_id = i.id WHERE i.id = $1 GROUP BY i.id`,
      [id],
    );
    return row!;
  };
  return {
    db,
    customerId,
    finance: finance!,
    cfo: cfo!,
    meta,
    open,
    pay,
    item,
    close: () => database.close(),
  };
}

export type Ledger = Awaited<ReturnType<typeof ledger>>;

export async function personOf(db: DataSource, username: string): Promise<string> {
  const [row] = await db.query<{ id: string }[]>(`SELECT id FROM employee WHERE username = $1`, [username]);
  if (!row) throw new Error(`no demo account ${username}`);
  return row.id;
}

function invoiceOf(customerId: string): NewItem {
  return {
    customerId,
    companyId: null,
    contractId: null,
    planSeq: null,
    invoiceNo: randomUUID(),
    instalment: 1,
    amount: '1000.00',
    currency: 'CNY',
    issuedOn: '2026-03-01',
    dueOn: '2026-03-31',
    interestMode: 'NONE',
    burdenPct: '0',
    secured: '0',
  };
}

function moneyOf(customerId: string, amount: string): IncomingMoney {
  return {
    companyId: null,
    customerId,
    payerName: 'Payer',
    payerAccount: null,
    amount,
    currency: 'CNY',
    instrument: 'BANK',
    reference: '',
    valueDate: '2026-04-20',
    sourceId: randomUUID(),
    designation: [],
  };
}
