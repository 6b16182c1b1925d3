import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { handOverToLegal, pauseCase, resumeCase, settleCase } from '../../src/commands/collection/case.js';
import { closeDispute, escalateDisputes, openDispute } from '../../src/commands/collection/dispute.js';
import { sendLetter } from '../../src/commands/collection/letter.js';
import { reversePayment } from '../../src/commands/receivable/reverse-payment.js';
import { collectionDesk, day, step } from '../builders/collection.js';

let desk: Awaited<ReturnType<typeof collectionDesk>>;
let customerId: string;
beforeAll(async () => {
  desk = await collectionDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  customerId = await desk.customer();
});

const invoice = (late: number) => desk.open({ customerId, issuedOn: day(-late - 30), dueOn: day(-late) });
const pay = () => desk.pay('1000.00', { customerId, valueDate: day(0) });
const caseId = async () => (await desk.caseOf(customerId)).id;
const send = async () => (await sendLetter(desk.db, step(), await caseId())).value;
const sent = async () => desk.letters(await caseId());
const dispute = (itemId: string, amount = '300.00') =>
  openDispute(desk.db, desk.meta(), { itemId, amount, reason: 'QUALITY', evidence: 'photo 7' });
const refused = async (act: Promise<unknown>) => {
  try {
    await act;
  } catch (error) {
    const { code, fields } = error as { code: string; fields?: { pointer: string; code: string }[] };
    return [code, ...(fields ?? []).flatMap((field) => [field.pointer, field.code])];
  }
  return ['nothing'];
};

describe('a dispute', () => {
  it('holds its part: the letter asks for the rest', async () => {
    const item = await invoice(5);
    await dispute(item);
    await send();
    expect(await sent()).toMatchObject([{ amounts: ['700'] }]);
    expect(await refused(dispute(item, '700.01'))).toEqual(['VALIDATION', '/amount', 'BEYOND_OUTSTANDING']);
  });

  it.each([
    ['ACCEPTED', null, '700'],
    ['PARTIAL', '100.00', '900'],
    ['REJECTED', null, '1000'],
  ] as const)('%s: what is open afterwards', async (outcome, accepted, open) => {
    const item = await invoice(5);
    const { disputeId } = (await dispute(item)).value;
    const closing = { disputeId, outcome, accepted, note: 'looked into' };
    await closeDispute(desk.db, desk.meta(), closing);
    expect(await desk.item(item)).toMatchObject({ outstanding: open });
    expect(await refused(closeDispute(desk.db, desk.meta(), closing))).toEqual(['STATE_CONFLICT']);
  });

  it('whoever may not book credits nothing', async () => {
    const { disputeId } = (await dispute(await invoice(5))).value;
    const meta = {
      ...desk.meta(),
      actor: { kind: 'PERSON' as const, id: desk.finance, permissions: ['collection:run'] },
    };
    const closing = { disputeId, outcome: 'ACCEPTED' as const, accepted: null, note: 'looked into' };
    expect(await refused(closeDispute(desk.db, meta, closing))).toEqual(['FORBIDDEN']);
  });

  it('is escalated once when nobody resolves it', async () => {
    await dispute(await invoice(5));
    await desk.db.query(`UPDATE receivable_dispute SET escalate_on = $2 WHERE case_id = $1`, [
      await caseId(),
      day(0),
    ]);
    await escalateDisputes(desk.db, step(), await caseId());
    await escalateDisputes(desk.db, step(), await caseId());
    const events = await desk.db.query<unknown[]>(
      `SELECT 1 FROM event WHERE aggregate_id = $1 AND type = 'receivable-dispute.escalated'`,
      [await caseId()],
    );
    expect(events).toHaveLength(1);
  });
});

describe('people and a case', () => {
  it('a pause ends by hand or by itself', async () => {
    await invoice(5);
    const id = await caseId();
    await pauseCase(desk.db, desk.meta(), { caseId: id, until: day(2), reason: 'fire at the customer' });
    await resumeCase(desk.db, desk.meta(), { caseId: id, reason: 'they are back' });
    expect(await desk.caseOf(customerId)).toMatchObject({ state: 'OPEN' });
    expect(await refused(resumeCase(desk.db, desk.meta(), { caseId: id, reason: 'again' }))).toEqual([
      'STATE_CONFLICT',
    ]);
    await pauseCase(desk.db, desk.meta(), { caseId: id, until: day(2), reason: 'flood' });
    await desk.db.query(`UPDATE collection_case SET paused_until = $2 WHERE id = $1`, [id, day(-1)]);
    expect((await settleCase(desk.db, step(), id)).value.state).toBe('OPEN');
  });

  it('what is handed to legal gets no letters any more', async () => {
    const item = await invoice(5);
    await handOverToLegal(desk.db, desk.meta(), { caseId: await caseId(), reason: 'judgment wanted' });
    expect(await desk.item(item)).toMatchObject({ state: 'LEGAL' });
    expect(await send()).toMatchObject({ letterId: null, because: 'NONE' });
  });
});

describe('a case the lawyers have', () => {
  const handOver = async () =>
    handOverToLegal(desk.db, desk.meta(), { caseId: await caseId(), reason: 'nobody answers' });
  const settle = async () => (await settleCase(desk.db, step(), await caseId())).value.state;

  it('asks for none of it by letter, and for what comes due besides as ever', async () => {
    await invoice(40);
    await handOver();
    expect([await settle(), (await send()).because]).toEqual(['LEGAL', 'NONE']);
    await invoice(5);
    expect((await send()).because).toBeNull();
    expect(await sent()).toMatchObject([{ step: 'friendly', amounts: ['1000'] }]);
    expect(await settle()).toBe('LEGAL');
  });

  it('is theirs no more once that is paid; bounced, it is again', async () => {
    await invoice(40);
    await handOver();
    const { paymentId } = await pay();
    expect(await settle()).toBe('CLOSED');
    await reversePayment(desk.db, desk.meta(), { paymentId, on: day(0), reason: 'bounced' });
    expect(await settle()).toBe('LEGAL');
    await pay();
    await invoice(0);
    expect(await settle()).toBe('OPEN');
  });
});
