import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { transferSeat } from '../../src/commands/approval/seats.js';
import type { CommandMeta } from '../../src/commands/transaction.js';
import { holderChips } from '../../src/queries/request/holder-chip.js';
import { requestEvents } from '../../src/queries/request/request-events.js';
import { Desk, refusal } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const LEAD = 'dustin.brinkmann';

async function transfer(requestId: string, by: string, to: string, over: Partial<CommandMeta> = {}) {
  const { id: seatId, version: expectedSeatVersion } = await desk.seatOf(requestId, by);
  const input = { seatId, toPersonId: desk.id(to), expectedSeatVersion, reason: 'knows the customer' };
  return transferSeat(desk.db, desk.meta(by, { scope: `transfer ${seatId}`, ...over }), input);
}

describe('AE-XFER-1 a transfer', () => {
  it('moves the task to the other’s list at once; the owner still sees the request', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    await transfer(requestId, LEAD, 'manager');
    expect((await holderChips(desk.db, [requestId])).get(requestId)?.people).toEqual([
      expect.objectContaining({ id: desk.id('manager') }),
    ]);
    const seat = await desk.seatOf(requestId, 'manager');
    expect(seat).toMatchObject({ ownerId: desk.id(LEAD), hops: 1, version: 2 });
    const late = { ...(await desk.ballot(requestId, 'manager', 'APPROVE')), expectedSeatVersion: 1 };
    expect(await refusal(desk.vote(requestId, 'manager', 'APPROVE', late))).toBe('STALE_VERSION');
    await desk.vote(requestId, 'manager', 'APPROVE');
    const [decision] = await desk.db.query<{ actor: string; on_behalf_of: string }[]>(
      `SELECT actor, on_behalf_of FROM approval_decision WHERE request_id = $1`,
      [requestId],
    );
    expect(decision).toEqual({ actor: desk.id('manager'), on_behalf_of: desk.id(LEAD) });
  });

  it('tells the process, and the record says who passed it on to whom and why', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    const before = (await desk.read(requestId)).state.seq;
    const { value } = await transfer(requestId, LEAD, 'manager');
    expect(value).toEqual({ requestId, seq: before + 1 });
    const event = (await requestEvents(desk.db, requestId)).find(({ type }) => type === 'seat.transferred');
    expect(event).toMatchObject({
      actor: desk.id(LEAD),
      payload: { holderId: desk.id('manager'), cause: 'TRANSFER', reason: 'knows the customer' },
    });
  });

  it('twice with one key is one; somebody who does not hold it is refused', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    const { id: seatId, version: expectedSeatVersion } = await desk.seatOf(requestId, LEAD);
    const input = { seatId, toPersonId: desk.id('manager'), expectedSeatVersion, reason: 'x' };
    const meta = desk.meta(LEAD, { scope: 'once' });
    const first = await transferSeat(desk.db, meta, input);
    expect(await transferSeat(desk.db, meta, input)).toEqual({ value: first.value, replayed: true });
    expect(await refusal(transferSeat(desk.db, desk.meta(LEAD), input))).toBe('NOT_HOLDER');
    expect(await refusal(transferSeat(desk.db, desk.meta('credit'), input))).toBe('NOT_FOUND');
  });

  it('against the holder’s own yes at the same instant: one of them, ten times', async () => {
    for (let round = 0; round < 10; round += 1) {
      const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
      const [moved, voted] = await Promise.allSettled([
        transfer(requestId, LEAD, 'manager'),
        desk.vote(requestId, LEAD, 'APPROVE'),
      ]);
      expect([moved.status, voted.status].sort()).toEqual(['fulfilled', 'rejected']);
      const { state } = (await desk.read(requestId)).state;
      expect(state).toBe(voted.status === 'fulfilled' ? 'APPROVED' : 'PENDING');
    }
  });
});
