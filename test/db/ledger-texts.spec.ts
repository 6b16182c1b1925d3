import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eraseTexts } from '../../src/commands/audit/erase.js';
import { handOverToLegal, pauseCase } from '../../src/commands/collection/case.js';
import { closeDispute, openDispute } from '../../src/commands/collection/dispute.js';
import { logPromise } from '../../src/commands/collection/promise.js';
import { issueCreditNote } from '../../src/commands/receivable/credit-note.js';
import { reversePayment } from '../../src/commands/receivable/reverse-payment.js';
import { writeOff } from '../../src/commands/receivable/write-off.js';
import { FREE_TEXT_COPIES } from '../../src/db/free-text-copies.js';
import { freeTexts } from '../../src/queries/audit/free-texts.js';
import { collectionDesk, day } from '../builders/collection.js';

/** What one person of finance wrote; every text has the same word in it. */
const WORD = 'Mondlicht';
const TABLES = [
  'collection_case',
  'credit_note',
  'payment',
  'promise',
  'receivable_dispute',
  'receivable_entry',
];

let desk: Awaited<ReturnType<typeof collectionDesk>>;
beforeAll(async () => {
  desk = await collectionDesk();
  const { db, meta } = desk;
  const customerId = await desk.customer();
  const invoice = () => desk.open({ customerId, issuedOn: day(-40), dueOn: day(-10) });
  const [itemId, other] = [await invoice(), await invoice()];
  await logPromise(db, meta(), { itemId, amount: '500.00', dueOn: day(5), note: `${WORD} 1` });
  const given = { itemId, amount: '300.00', reason: 'QUALITY' as const, evidence: `${WORD} 2` };
  const { disputeId } = (await openDispute(db, meta(), given)).value;
  await closeDispute(db, meta(), { disputeId, outcome: 'REJECTED', accepted: null, note: `${WORD} 3` });
  await issueCreditNote(db, meta(), {
    companyId: null,
    customerId,
    itemId,
    amount: '100.00',
    currency: 'CNY',
    issuedOn: day(-1),
    reason: `${WORD} 4`,
    sourceId: randomUUID(),
  });
  const { paymentId } = await desk.pay('50.00', {
    customerId,
    valueDate: day(-2),
    designation: [{ debtId: other, amount: '50.00' }],
  });
  await reversePayment(db, meta(), { paymentId, on: day(-1), reason: `${WORD} 5` });
  const { caseId } = { caseId: (await desk.caseOf(customerId)).id };
  await pauseCase(db, meta(), { caseId, until: day(3), reason: `${WORD} 6` });
  await handOverToLegal(db, meta(), { caseId, reason: `${WORD} 7` });
  await writeOff(db, meta(), { itemId: await invoice(), amount: '10.00', on: day(0), evidence: `${WORD} 8` });
});
afterAll(() => desk.close());

/** Where the word still stands, in any row of any table. */
async function places(): Promise<string[]> {
  const tables = await desk.db.query<{ name: string }[]>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await desk.db.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM ${name} x WHERE to_jsonb(x)::text LIKE '%${WORD}%'`,
    );
    if (row!.n > 0) found.push(name);
  }
  return found;
}

describe('AE-AUD-3 what finance and collectors wrote', () => {
  it('stands beside the chain and where it is read, in no event', async () => {
    expect(await places()).toEqual([...TABLES, 'personal_text'].sort());
    const found = await freeTexts(desk.db.manager, { personId: desk.finance, requestId: null });
    const copies = TABLES.map((table) => [table, found!.copies[table as 'payment']]);
    expect(copies.filter(([, count]) => count === 0)).toEqual([]);
    expect(TABLES.filter((name) => !FREE_TEXT_COPIES.some(({ table }) => table === name))).toEqual([]);
  });

  it('goes with an erasure, and nothing else does', async () => {
    const sums = () =>
      desk.db.query(
        `SELECT (SELECT sum(amount) FROM receivable_entry) AS entries, (SELECT sum(amount) FROM credit_note) AS notes,
           (SELECT count(*) FROM payment) AS payments`,
      );
    const before = await sums();
    await eraseTexts(desk.db, desk.meta(), {
      personId: desk.finance,
      requestId: null,
      reason: 'asked for it',
    });
    expect(await places()).toEqual([]);
    expect(await sums()).toEqual(before);
  });

  it.each([
    ['credit_note', 'amount = 1'],
    ['receivable_entry', 'amount = 1'],
    ['receivable_entry', `reason = 'another'`],
  ])('of %s nothing else is changed: %s', async (table, set) => {
    await expect(desk.db.query(`UPDATE ${table} SET ${set}`)).rejects.toThrow('append-only');
    await expect(desk.db.query(`DELETE FROM ${table}`)).rejects.toThrow('append-only');
  });
});
