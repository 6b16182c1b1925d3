import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { retractDecision } from '../../src/commands/approval/retract.js';
import { withdrawRequest } from '../../src/commands/approval/takeback.js';
import { takeEffect } from '../../src/commands/approval/time.js';
import { verifyChain } from '../../src/commands/audit/verify.js';
import { evolve } from '../../src/domain/approval/engine.js';
import type { ApprovalState } from '../../src/domain/approval/model.js';
import { loadCalendar } from '../../src/commands/calendar.js';
import { countInbox, readInbox } from '../../src/queries/inbox/inbox.js';
import { listStuck } from '../../src/queries/ops/stuck.js';
import { approvalProcess } from '../../src/queries/process/approval-process.js';
import { requestEvents } from '../../src/queries/request/request-events.js';
import { Desk, refusal } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const [LEAD, NEXT] = ['dustin.brinkmann', 'director.central'];
const two = () => [desk.seats('LEAD', [LEAD]), desk.seats('NEXT', [NEXT], { rank: 2 })];

async function retract(requestId: string, by: string, of = by) {
  const seat = await desk.seatOf(requestId, of);
  const input = { seatId: seat.id, expectedSeatVersion: seat.version, reason: 'too fast' };
  return retractDecision(desk.db, desk.meta(by), input);
}

const step = (key: string) => ({ key, correlationId: null });

/** The answers move back in time: as if they had been given so many minutes earlier. */
async function minutesLater(requestId: string, minutes: number): Promise<void> {
  await desk.db.transaction(async (tx) => {
    await tx.query(`ALTER TABLE approval_decision DISABLE TRIGGER approval_decision_append_only`);
    await tx.query(`UPDATE approval_decision SET at = at - $2 * interval '1 minute' WHERE request_id = $1`, [
      requestId,
      minutes,
    ]);
    await tx.query(
      `UPDATE approval_request SET effect_at = effect_at - $2 * interval '1 minute' WHERE id = $1`,
      [requestId, minutes],
    );
    await tx.query(`ALTER TABLE approval_decision ENABLE TRIGGER approval_decision_append_only`);
  });
}

describe('AE-TB-1 taken back on Postgres', () => {
  it('the next answer of the seat is a row of its own, and only it counts', async () => {
    const requestId = await desk.pending(two());
    await desk.vote(requestId, LEAD, 'APPROVE');
    await retract(requestId, LEAD);
    expect(await desk.seatOf(requestId, LEAD)).toMatchObject({
      state: 'OPEN',
      decision: null,
      retractions: 1,
    });
    await desk.vote(requestId, LEAD, 'REJECT');
    const rows = await desk.db.query<unknown[]>(
      `SELECT action, retractions FROM approval_decision WHERE request_id = $1 ORDER BY at`,
      [requestId],
    );
    expect(rows).toEqual([
      { action: 'APPROVE', retractions: 0 },
      { action: 'REJECT', retractions: 1 },
    ]);
    const { state } = await desk.read(requestId);
    expect(state.state).toBe('REJECTED');
    expect(state.seats.find(({ holderId }) => holderId === desk.id(LEAD))!.decision!.action).toBe('REJECT');
  });

  it('4.18-8 rows, log and audit chain agree', async () => {
    const requestId = await desk.pending(two());
    await desk.vote(requestId, LEAD, 'APPROVE');
    await retract(requestId, LEAD);
    await desk.vote(requestId, LEAD, 'APPROVE');
    const events = await requestEvents(desk.db, requestId);
    const folded = events.reduce<ApprovalState | null>((state, { payload }) => evolve(state, payload), null)!;
    const byId = (state: ApprovalState) => [...state.seats].sort((a, b) => (a.id < b.id ? -1 : 1));
    const stored = (await desk.read(requestId)).state;
    expect({ ...folded, seats: byId(folded) }).toEqual({ ...stored, seats: byId(stored) });
    expect(await verifyChain(desk.db, 'request', requestId)).toMatchObject({ verified: true });
  });

  it('the to-do lists follow at once, and the done tab says until when it can be taken back', async () => {
    const requestId = await desk.pending(two());
    await desk.vote(requestId, LEAD, 'APPROVE');
    const done = async () =>
      (await readInbox(desk.db, desk.id(LEAD), { tab: 'done', requestId }, { limit: 5, after: null })).items;
    const [item] = await done();
    const until = Date.parse(item!.retractUntil!) - Date.parse(item!.decidedAt!);
    expect(until).toBe(30 * 60_000);
    const before = await countInbox(desk.db, desk.id(NEXT));
    await retract(requestId, LEAD);
    expect(await done()).toEqual([]);
    expect((await countInbox(desk.db, desk.id(NEXT))).todo).toBe(before.todo - 1);
    await desk.vote(requestId, LEAD, 'APPROVE');
    await desk.vote(requestId, NEXT, 'ABSTAIN');
    expect((await done())[0]!.retractUntil).toBeNull();
  });

  it('refusals change nothing: too late, somebody else’s, and after a later answer', async () => {
    const requestId = await desk.pending(two());
    await desk.vote(requestId, LEAD, 'APPROVE');
    expect(await refusal(retract(requestId, NEXT, LEAD))).toBe('NOT_ACTOR');
    await minutesLater(requestId, 31);
    const { seq } = (await desk.read(requestId)).state;
    expect(await refusal(retract(requestId, LEAD))).toBe('RETRACT_WINDOW_OVER');
    await desk.vote(requestId, NEXT, 'APPROVE');
    expect(await refusal(retract(requestId, LEAD))).toBe('ALREADY_APPROVED');
    expect(seq).toBe(5);
  });

  it('AE-CMD-5 of a retraction and the next approver at once exactly one wins', async () => {
    for (let round = 0; round < 10; round += 1) {
      const requestId = await desk.pending(two());
      await desk.vote(requestId, LEAD, 'APPROVE');
      const back = retract(requestId, LEAD).then(
        () => 'RETRACTED',
        (error: { code: string }) => error.code,
      );
      const on = desk.vote(requestId, NEXT, 'APPROVE').then(
        () => 'APPROVED',
        (error: { code: string }) => error.code,
      );
      const outcome = (await Promise.all([back, on])).join(' ');
      expect(['RETRACTED STAGE_CLOSED', 'ALREADY_APPROVED APPROVED']).toContain(outcome);
    }
  });
});

describe('the wait until an approval takes effect', () => {
  const delayed = async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])], { effectDelayMinutes: 10 });
    await desk.vote(requestId, LEAD, 'APPROVE');
    return requestId;
  };
  const told = (requestId: string) =>
    desk.told.filter((one) => one.requestId === requestId).map(({ outcome }) => outcome);
  const process = async (requestId: string) =>
    (await approvalProcess(desk.db, requestId, await loadCalendar(desk.db.manager)))!;

  it('the subject hears of it only then, once; its process waits for it and nobody is stuck', async () => {
    const requestId = await delayed();
    const { state } = await desk.read(requestId);
    expect(state).toMatchObject({ state: 'PENDING', effectDelayMinutes: 10 });
    const view = await process(requestId);
    expect(view).toMatchObject({
      stuck: null,
      outcome: null,
      next: { kind: 'TAKE_EFFECT', at: state.effectAt },
    });
    expect(view.sentence).toMatch(/^Everybody has approved/);
    const stuck = await listStuck(desk.db, null);
    expect(JSON.stringify(stuck)).not.toContain(requestId);
    await takeEffect(desk.db, step('e/early'), requestId);
    expect(told(requestId)).toEqual([null]);
    await minutesLater(requestId, 11);
    const first = await takeEffect(desk.db, step('e/1'), requestId);
    expect(await takeEffect(desk.db, step('e/1'), requestId)).toEqual({ replayed: true, value: first.value });
    await takeEffect(desk.db, step('e/2'), requestId);
    expect(told(requestId)).toEqual([null, 'APPROVED']);
    expect((await process(requestId)).outcome).toBe('APPROVED');
  });

  it('AE-TB-1 a yes taken back inside it costs nothing', async () => {
    const requestId = await delayed();
    await retract(requestId, LEAD);
    await takeEffect(desk.db, step('e/3'), requestId);
    expect((await desk.read(requestId)).state).toMatchObject({ state: 'PENDING', effectAt: null });
    expect(told(requestId)).toEqual([null]);
  });

  it('AE-WD-2 withdrawn inside it nothing follows', async () => {
    const requestId = await delayed();
    await withdrawRequest(desk.db, desk.meta('moses.frase'), { requestId, reason: null });
    await minutesLater(requestId, 11);
    await takeEffect(desk.db, step('e/4'), requestId);
    expect(told(requestId)).toEqual([null, 'WITHDRAWN']);
  });
});
