import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addContact, eraseContact } from '../../src/commands/contact/contact.js';
import { outgoingLetter } from '../../src/queries/collection/letter.js';
import { offerMail } from '../../src/commands/channel/mail-endpoint.js';
import { pauseCase, settleCase } from '../../src/commands/collection/case.js';
import { openDispute } from '../../src/commands/collection/dispute.js';
import { sendLetter } from '../../src/commands/collection/letter.js';
import { judgePromises, logPromise, withdrawPromise } from '../../src/commands/collection/promise.js';
import { issueCreditNote } from '../../src/commands/receivable/credit-note.js';
import { reversePayment } from '../../src/commands/receivable/reverse-payment.js';
import { COLLECTION_POLICY } from '../../src/policy/seed/collection-policy.js';
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

const invoice = (late: number, over: object = {}) =>
  desk.open({ customerId, issuedOn: day(-late - 30), dueOn: day(-late), ...over });
const pay = (amount: string, over: object = {}) =>
  desk.pay(amount, { customerId, valueDate: day(0), ...over });
const caseId = async () => (await desk.caseOf(customerId)).id;
const send = async () => (await sendLetter(desk.db, step(), await caseId())).value;
const sent = async () => desk.letters(await caseId());
const promise = (itemId: string, amount = '1000.00', dueOn = day(3)) =>
  logPromise(desk.db, desk.meta(), { itemId, amount, dueOn, note: null });
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

describe('a case of collection (processes §3.4)', () => {
  it('is opened by the first invoice and its process hears of it', async () => {
    await invoice(0);
    await invoice(0);
    expect(await desk.caseOf(customerId)).toMatchObject({ state: 'OPEN' });
    const told = await desk.db.query<unknown[]>(`SELECT 1 FROM outbox WHERE workflow_id = $1`, [
      `collect/${await caseId()}`,
    ]);
    expect(told).toHaveLength(2);
  });

  it('is closed when nothing is open, and opened again by the next invoice', async () => {
    await invoice(1);
    expect((await settleCase(desk.db, step(), await caseId())).value.state).toBe('OPEN');
    await pay('1000.00');
    expect((await settleCase(desk.db, step(), await caseId())).value.state).toBe('CLOSED');
    await invoice(1);
    expect(await desk.caseOf(customerId)).toMatchObject({ state: 'OPEN' });
  });
});

describe('the send step', () => {
  it('writes letter, notice and level once; the next waits for its day', async () => {
    const item = await invoice(5);
    expect(await send()).toMatchObject({ because: null });
    expect(await sent()).toEqual([{ step: 'friendly', level: 1, channel: 'HAND', amounts: ['1000'] }]);
    expect(await desk.item(item)).toMatchObject({ level: 1 });
    expect(await send()).toMatchObject({ letterId: null, because: 'WAIT' });
  });

  it('is the same letter when the step is repeated with its key (at-least-once activities)', async () => {
    await invoice(5);
    const same = step();
    const first = await sendLetter(desk.db, same, await caseId());
    const again = await sendLetter(desk.db, same, await caseId());
    expect(again.value).toEqual(first.value);
    expect(await sent()).toHaveLength(1);
  });

  it('goes by mail to the contact with an address', async () => {
    const contact = {
      name: 'Li',
      title: null,
      phone: null,
      email: 'li@example.com',
      consent: 'UNKNOWN' as const,
    };
    const { value: li } = await addContact(desk.db, desk.meta(), { customerId, ...contact });
    await offerMail(desk.db, true);
    await invoice(5);
    const { letterId } = await send();
    expect(await sent()).toMatchObject([{ channel: 'MAIL' }]);
    const queued = await desk.db.query<unknown[]>(
      `SELECT 1 FROM delivery WHERE kind = 'collection.letter' AND payload->>'linkId' = $1`,
      [letterId],
    );
    expect(queued).toHaveLength(1);
    await eraseContact(desk.db, desk.meta(), { id: li.id, reason: 'she asked for it' });
    expect(await outgoingLetter(desk.db, letterId!)).toMatchObject({
      name: null,
      address: null,
      content: { lines: [{ amount: '1000.00' }] },
    });
  });

  it.each([
    ['paid', async () => void (await pay('1000.00'))],
    ['paid but for 99 CNY', async () => void (await pay('901.00'))],
    [
      'credited',
      async (itemId: string) =>
        void (await issueCreditNote(desk.db, desk.meta(), {
          companyId: null,
          customerId,
          itemId,
          amount: '1000.00',
          currency: 'CNY',
          issuedOn: day(0),
          reason: 'returned goods',
          sourceId: crypto.randomUUID(),
        })),
    ],
    ['in dispute as a whole', async (itemId: string) => void (await dispute(itemId, '1000.00'))],
    ['promised', async (itemId: string) => void (await promise(itemId))],
    [
      'paused',
      async () =>
        void (await pauseCase(desk.db, desk.meta(), {
          caseId: await caseId(),
          until: day(5),
          reason: 'fire',
        })),
    ],
  ] as [string, (itemId: string) => Promise<void>][])(
    'sends nothing for what is %s meanwhile',
    async (_case, happens) => {
      await happens(await invoice(5));
      expect((await send()).letterId).toBeNull();
      expect(await sent()).toEqual([]);
    },
  );

  it('asks for what money on account would not pay, and for nothing where it would pay all', async () => {
    await pay('600.00');
    await invoice(5);
    await send();
    expect(await sent()).toMatchObject([{ step: 'friendly', amounts: ['400'] }]);
    await pay('400.00', { designation: [] });
    expect((await send()).because).toBe('NONE');
  });

  it('pay ∥ send: one order by row lock, no letter after a payment (reliability: dunning)', async () => {
    for (let round = 0; round < 12; round += 1) {
      customerId = await desk.customer();
      const item = await invoice(5);
      const [letter] = await Promise.all([send(), pay('1000.00')]);
      const letters = await sent();
      expect(letters).toHaveLength(letter.letterId === null ? 0 : 1);
      for (const { amounts } of letters) expect(amounts).toEqual(['1000']);
      expect(await desk.item(item)).toMatchObject({ state: 'SETTLED', outstanding: '0', level: 0 });
      expect((await send()).letterId).toBeNull();
    }
  });

  it('dispute ∥ send: the letter asks for all or for what is not in dispute, never both', async () => {
    for (let round = 0; round < 6; round += 1) {
      customerId = await desk.customer();
      const item = await invoice(5);
      await Promise.all([send(), dispute(item)]);
      const amounts = (await sent()).flatMap((letter) => letter.amounts);
      expect([['1000'], ['700']]).toContainEqual(amounts);
    }
  });

  it('send ∥ send: one letter', async () => {
    await invoice(5);
    await Promise.all([send(), send(), send()]);
    expect(await sent()).toHaveLength(1);
  });

  it('a bounced payment brings back the level, and the ladder goes on from the original due date', async () => {
    const item = await invoice(20);
    await send();
    const { paymentId } = await pay('1000.00');
    expect(await desk.item(item)).toMatchObject({ state: 'SETTLED', level: 0 });
    await reversePayment(desk.db, desk.meta(), { paymentId, on: day(0), reason: 'bill dishonoured' });
    expect(await desk.item(item)).toMatchObject({ state: 'OPEN', level: 1, outstanding: '1000' });
    expect(await send()).toMatchObject({ because: 'WAIT' });
  });
});

describe('a promise', () => {
  it.each([
    ['beyond what is open', '1000.01', () => day(3), ['/amount', 'BEYOND_OUTSTANDING']],
    ['in the past', '10.00', () => day(-1), ['/dueOn', 'PAST']],
    ['31 days ahead', '10.00', () => day(31), ['/dueOn', 'TOO_LATE']],
  ] as [string, string, () => string, string[]][])(
    '%s is refused by field',
    async (_case, amount, on, where) => {
      const item = await invoice(5);
      expect(await refused(promise(item, amount, on()))).toEqual(['VALIDATION', ...where]);
    },
  );

  it('kept by money in time; broken by none: the ladder goes on', async () => {
    const [kept, broken] = [await invoice(5), await invoice(5)];
    await promise(kept);
    await promise(broken);
    await pay('980.00', { designation: [{ debtId: kept }] });
    await desk.db.query(`UPDATE promise SET due_on = $2, hold_until = $3 WHERE item_id = $1`, [
      broken,
      day(-3),
      day(-1),
    ]);
    await judgePromises(desk.db, step(), await caseId());
    const rows = await desk.db.query<{ id: string; state: string }[]>(
      `SELECT item_id AS id, state FROM promise WHERE item_id = ANY($1::uuid[])`,
      [[kept, broken]],
    );
    expect(Object.fromEntries(rows.map(({ id, state }) => [id, state]))).toEqual({
      [kept]: 'KEPT',
      [broken]: 'BROKEN',
    });
    await send();
    expect((await sent())[0]!.amounts).toContain('1000');
  });

  it('broken, the next step does not wait for the week after the last letter', async () => {
    const item = await invoice(5);
    await send();
    await promise(item);
    await desk.db.query(`UPDATE promise SET due_on = $2, hold_until = $2 WHERE item_id = $1`, [
      item,
      day(-1),
    ]);
    expect((await send()).because).toBe('WAIT');
    await judgePromises(desk.db, step(), await caseId());
    expect((await send()).because).toBeNull();
    expect((await sent()).map((letter) => letter.step)).toEqual(['friendly', 'firm']);
    expect((await send()).because).toBe('WAIT');
  });

  it('a new one supersedes the old; a withdrawn one holds nothing', async () => {
    const item = await invoice(5);
    await promise(item);
    const { value } = await promise(item, '500.00');
    await withdrawPromise(desk.db, desk.meta(), {
      promiseId: value.promiseId,
      reason: 'said nothing like it',
    });
    const states = await desk.db.query<{ state: string }[]>(
      `SELECT state FROM promise WHERE item_id = $1 ORDER BY logged_at`,
      [item],
    );
    expect(states.map(({ state }) => state)).toEqual(['SUPERSEDED', 'WITHDRAWN']);
    expect((await send()).letterId).not.toBeNull();
  });

  it('the third broken one raises the item to level 3', async () => {
    const item = await invoice(5);
    for (let n = 0; n < 3; n += 1) {
      await promise(item);
      await desk.db.query(
        `UPDATE promise SET due_on = $2, hold_until = $2 WHERE item_id = $1 AND state = 'ACTIVE'`,
        [item, day(-1)],
      );
      await judgePromises(desk.db, step(), await caseId());
    }
    expect(await desk.item(item)).toMatchObject({ level: 3 });
  });
});

it('letters and notices are never changed', async () => {
  await invoice(5);
  await send();
  await expect(desk.db.query(`UPDATE dunning_notice SET amount = 1`)).rejects.toThrow();
  await expect(desk.db.query(`DELETE FROM dunning_letter`)).rejects.toThrow();
});

it('a changed policy counts from the next step on: what was worth a letter is too little now', async () => {
  await invoice(5);
  await desk.publishes({ letters: { ...COLLECTION_POLICY.letters, minOverdue: { CNY: '1000.01' } } });
  expect((await send()).because).toBe('BELOW_MINIMUM');
  await desk.publishes({});
  expect((await send()).because).toBeNull();
});
