import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compensateAgain } from '../../src/commands/approval/compensate.js';
import { createGeneralRequest } from '../../src/commands/approval/general.js';
import { declareIrreversible, requestRevocation } from '../../src/commands/approval/revoke.js';
import { withdrawRequest } from '../../src/commands/approval/takeback.js';
import { loadCalendar } from '../../src/commands/calendar.js';
import { openProcesses } from '../../src/queries/ops/open-processes.js';
import { listStuck } from '../../src/queries/ops/stuck.js';
import { approvalProcess } from '../../src/queries/process/approval-process.js';
import { Desk, refusal } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const [REP, LEAD, DIRECTOR] = ['moses.frase', 'dustin.brinkmann', 'director.central'];

async function approved(): Promise<{ requestId: string; subjectId: string }> {
  const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
  await desk.vote(requestId, LEAD, 'APPROVE');
  return { requestId, subjectId: (await desk.read(requestId)).subjectId };
}

async function revoke(requestId: string, by = REP, asAdmin = false): Promise<string> {
  const input = { requestId, reason: 'the customer cancelled', asAdmin };
  return (await requestRevocation(desk.db, desk.meta(by), input)).value.requestId;
}

const stateOf = async (requestId: string) => (await desk.read(requestId)).state.state;
const told = (requestId: string) =>
  desk.told.filter((one) => one.requestId === requestId).map(({ step, outcome }) => outcome ?? step);
const view = async (requestId: string) =>
  (await approvalProcess(desk.db, requestId, await loadCalendar(desk.db.manager)))!;

describe('AE-RV-1 an approval is revoked by a request of its own', () => {
  it('the approval stands until it passes, then it is revoked and what followed is undone', async () => {
    const { requestId } = await approved();
    const revocation = await revoke(requestId);
    const asked = await desk.read(revocation);
    expect(asked).toMatchObject({ kind: 'REVOCATION', title: '撤销 Revocation: A thing to approve' });
    expect(asked.state.policy.kind).toBe('approval.revocation');
    expect(await stateOf(requestId)).toBe('APPROVED');
    await desk.vote(revocation, DIRECTOR, 'APPROVE');
    expect([await stateOf(revocation), await stateOf(requestId)]).toEqual(['APPROVED', 'REVOKED']);
    expect(told(requestId)).toEqual(['opened', 'APPROVED', 'revoked']);
    expect((await view(revocation)).outcome).toBe('APPROVED');
    const [event] = await desk.db.query<{ actor: string; payload: object }[]>(
      `SELECT actor, payload FROM event WHERE aggregate_id = $1 AND type = 'request.revoked'`,
      [requestId],
    );
    expect(event).toMatchObject({
      actor: 'system:revocation',
      payload: { revocationId: revocation, reason: 'the customer cancelled' },
    });
    expect(await refusal(revoke(requestId))).toBe('REQUEST_CLOSED');
  });

  it('one is open at a time; a refused or withdrawn one leaves the approval and may be followed by another', async () => {
    const { requestId } = await approved();
    const first = await revoke(requestId);
    expect(await refusal(revoke(requestId))).toBe('OPEN_REVOCATION_EXISTS');
    await desk.vote(first, DIRECTOR, 'REJECT');
    expect(await stateOf(requestId)).toBe('APPROVED');
    const second = await revoke(requestId);
    await withdrawRequest(desk.db, desk.meta(REP), { requestId: second, reason: null });
    const third = await revoke(requestId);
    expect(await stateOf(third)).toBe('PENDING');
    expect(told(requestId)).toEqual(['opened', 'APPROVED']);
  });

  it('two at once: one of them is told of the other', async () => {
    const { requestId } = await approved();
    const both = await Promise.allSettled([revoke(requestId), revoke(requestId)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(lost.reason).toMatchObject({ code: 'OPEN_REVOCATION_EXISTS' });
  });

  it('by the initiator, the owner or an admin, of what is approved, never of a revocation', async () => {
    const { requestId } = await approved();
    expect(await refusal(revoke(requestId, LEAD))).toBe('NOT_INITIATOR');
    const pending = await desk.pending([desk.seats('LEAD', [LEAD])]);
    expect(await refusal(revoke(pending))).toBe('NOT_APPROVED');
    const byAdmin = await revoke(requestId, LEAD, true);
    await desk.vote(byAdmin, DIRECTOR, 'APPROVE');
    expect(await refusal(revoke(byAdmin, LEAD, true))).toBe('REVOKE_NOT_ALLOWED');
  });

  it('AE-SELF-1 nobody who counts as initiator of the approval approves its revocation', async () => {
    const { requestId } = await approved();
    const revocation = await revoke(requestId, LEAD, true);
    const { state } = await desk.read(revocation);
    expect(state.selfIds).toEqual([desk.id(LEAD), desk.id(REP)]);
  });
});

describe('AE-RV-1 what cannot be undone', () => {
  it('is not revoked, and what became so meanwhile stops the last yes', async () => {
    const { requestId, subjectId } = await approved();
    const revocation = await revoke(requestId);
    desk.effects.set(subjectId, 'SENT');
    expect(await refusal(desk.vote(revocation, DIRECTOR, 'APPROVE'))).toBe('EFFECT_IRREVERSIBLE');
    expect([await stateOf(revocation), await stateOf(requestId)]).toEqual(['PENDING', 'APPROVED']);
    await withdrawRequest(desk.db, desk.meta(REP), { requestId: revocation, reason: null });
    expect(await refusal(revoke(requestId))).toBe('EFFECT_IRREVERSIBLE');
  });

  it('of a general request the system that owns it says so', async () => {
    const input = {
      title: 'A purchase',
      amount: null,
      facts: { amount: '1', category: 'auto', levels: 'one' },
      content: {},
      approverIds: [],
    };
    const { requestId } = (await createGeneralRequest(desk.db, desk.meta(REP), input)).value;
    const say = (by: string) => declareIrreversible(desk.db, desk.meta(by), { requestId, effect: 'SHIPPED' });
    expect(await refusal(say(LEAD))).toBe('NOT_FOUND');
    await say(REP);
    expect(await refusal(revoke(requestId))).toBe('EFFECT_IRREVERSIBLE');
  });

  it('a general request that nothing followed from is revoked', async () => {
    const input = {
      title: 'A purchase',
      amount: null,
      facts: { amount: '1', category: 'auto', levels: 'one' },
      content: {},
      approverIds: [],
    };
    const { requestId } = (await createGeneralRequest(desk.db, desk.meta(REP), input)).value;
    await desk.vote(await revoke(requestId), DIRECTOR, 'APPROVE');
    const rows = await desk.db.query<unknown[]>(
      `SELECT g.state FROM general_request g JOIN approval_request r ON r.subject_id = g.id WHERE r.id = $1`,
      [requestId],
    );
    expect(rows).toEqual([{ state: 'REVOKED' }]);
  });
});

describe('AE-RV-1 a compensation that fails', () => {
  it('leaves the approval revoked, is an incident, and is repeated until it succeeds', async () => {
    const { requestId, subjectId } = await approved();
    const revocation = await revoke(requestId);
    desk.faults.set(subjectId, new Error('the ledger is away'));
    await desk.vote(revocation, DIRECTOR, 'APPROVE');
    expect(await stateOf(requestId)).toBe('REVOKED');
    const waiting = await view(revocation);
    expect(waiting).toMatchObject({
      outcome: null,
      stuck: 'COMPENSATION_FAILED',
      next: { kind: 'COMPENSATE' },
    });
    const stuck = (await listStuck(desk.db, null)).items.filter(
      (item) => item.cause === 'COMPENSATION_FAILED',
    );
    expect(stuck).toEqual([expect.objectContaining({ requestId: revocation, detail: 'the ledger is away' })]);
    await desk.db.query(`UPDATE revocation SET failed_at = failed_at - interval '1 hour'`);
    expect((await openProcesses(desk.db)).map(({ id }) => id)).toContain(revocation);
    const again = (key: string) => compensateAgain(desk.db, { key, correlationId: null }, revocation);
    await expect(again('c/1')).rejects.toThrow('the ledger is away');
    desk.faults.clear();
    await again('c/1');
    await again('c/2');
    expect(told(requestId)).toEqual(['opened', 'APPROVED', 'revoked']);
    expect((await view(revocation)).outcome).toBe('APPROVED');
    expect((await listStuck(desk.db, null)).items.some(({ cause }) => cause === 'COMPENSATION_FAILED')).toBe(
      false,
    );
    expect(await stateOf(requestId)).toBe('REVOKED');
  });
});
