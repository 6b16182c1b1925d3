import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { terminateRequest, withdrawRequest } from '../../src/commands/approval/takeback.js';
import { expireRequest } from '../../src/commands/approval/time.js';
import type { StageSpec } from '../../src/domain/approval/stage-spec.js';
import { listStuck } from '../../src/queries/ops/stuck.js';
import { holderChips } from '../../src/queries/request/holder-chip.js';
import { Desk, refusal } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const LEAD = 'dustin.brinkmann';
const sees = () => Promise.resolve(true);

/** Credit decides by a request of its own, then the general manager; optionally somebody beside the credit stage. */
async function withChild(...beside: StageSpec[]): Promise<{ parent: string; child: string }> {
  const policyKind = await desk.policy([desk.seats('CREDIT', ['credit'])]);
  const credit = desk.seats('EXCEPTION', [], { resolver: { kind: 'CHILD', policyKind } });
  const parent = await desk.pending([credit, ...beside, desk.seats('GM', ['gm'], { block: 2 })]);
  return { parent, child: await childOf(parent) };
}

async function childOf(parent: string): Promise<string> {
  const { state } = await desk.read(parent);
  return state.stages.find(({ spec }) => spec.key === 'EXCEPTION')!.childId!;
}

const stateOf = async (id: string) => (await desk.read(id)).state.state;
const withdraw = (requestId: string, by = 'moses.frase', onBehalf = false) =>
  withdrawRequest(desk.db, desk.meta(by), { requestId, reason: null, onBehalf, sees });

describe('AE-CHILD-1 a stage decided by a request of its own', () => {
  it('is opened with its parent, by the parent’s initiator, on the parent’s content', async () => {
    const { parent, child } = await withChild();
    const [above, below] = [await desk.read(parent), await desk.read(child)];
    expect(below).toMatchObject({ kind: 'STAGE', parentRequestId: parent });
    expect(below.state).toMatchObject({
      state: 'PENDING',
      initiatorId: desk.id('moses.frase'),
      subjectHash: above.state.subjectHash,
    });
    const [told] = await desk.db.query<{ count: string }[]>(
      `SELECT count(*) FROM outbox WHERE workflow_id = 'approval/' || $1`,
      [child],
    );
    expect(Number(told!.count)).toBe(1);
  });

  it('shows who holds it on the parent too, and is not stuck', async () => {
    const { parent } = await withChild();
    expect((await holderChips(desk.db, [parent])).get(parent)?.people).toEqual([
      expect.objectContaining({ id: desk.id('credit') }),
    ]);
    expect((await listStuck(desk.db, null)).items.filter(({ requestId }) => requestId === parent)).toEqual(
      [],
    );
  });

  it('passes the stage in the same transaction as the child’s yes', async () => {
    const { parent, child } = await withChild();
    await desk.vote(child, 'credit', 'APPROVE');
    expect(await stateOf(child)).toBe('APPROVED');
    expect((await desk.read(parent)).state.stages.map(({ state }) => state)).toEqual(['PASSED', 'ACTIVE']);
    expect((await desk.vote(parent, 'gm', 'APPROVE')).value.requestState).toBe('APPROVED');
  });

  it('the child’s no, its expiry and its termination reject the parent', async () => {
    const [no, late, ended] = [await withChild(), await withChild(), await withChild()];
    await desk.vote(no.child, 'credit', 'REJECT');
    await expireRequest(desk.db, { key: `c/${late.child}`, correlationId: null }, late.child, 'late');
    await terminateRequest(desk.db, desk.meta('ops'), { requestId: ended.child, reason: 'x', sees });
    for (const { parent } of [no, late, ended]) expect(await stateOf(parent)).toBe('REJECTED');
    expect((await desk.read(late.parent)).state.stages[0]!.code).toBe('CHILD_EXPIRED');
  });

  it('returned, the child goes to the parent’s initiator, while the parent waits', async () => {
    const { parent, child } = await withChild();
    await desk.vote(child, 'credit', 'RETURN');
    expect([await stateOf(parent), await stateOf(child)]).toEqual(['PENDING', 'RETURNED']);
    expect((await holderChips(desk.db, [parent])).get(parent)?.people).toEqual([
      expect.objectContaining({ id: desk.id('moses.frase') }),
    ]);
  });

  it('cannot be withdrawn alone', async () => {
    const { child } = await withChild();
    expect(await refusal(withdraw(child))).toBe('WITHDRAW_NOT_ALLOWED');
    expect(await refusal(withdraw(child, 'admin', true))).toBe('WITHDRAW_NOT_ALLOWED');
  });

  it('ends in the same step as its parent: withdrawn, terminated, returned, a branch rejected', async () => {
    const beside = () => desk.seats('LEAD', [LEAD], { branch: 'b' });
    const [taken, ended, back, failed] = [
      await withChild(),
      await withChild(),
      await withChild(beside()),
      await withChild(beside()),
    ];
    await withdraw(taken.parent);
    await terminateRequest(desk.db, desk.meta('ops'), { requestId: ended.parent, reason: 'x', sees });
    await desk.vote(back.parent, LEAD, 'RETURN');
    await desk.vote(failed.parent, LEAD, 'REJECT');
    for (const { child } of [taken, ended, back, failed]) {
      expect(await stateOf(child)).toBe('TERMINATED');
      expect((await desk.seatOf(child, 'credit')).state).toBe('CANCELLED');
    }
    expect(await stateOf(back.parent)).toBe('RETURNED');
  });

  it('a policy that cannot staff the child blocks the stage; nobody’s answer is refused for it', async () => {
    const policyKind = await desk.policy([desk.seats('CREDIT', [])]);
    const parent = await desk.pending([
      desk.seats('LEAD', [LEAD]),
      desk.seats('EXCEPTION', [], { block: 2, resolver: { kind: 'CHILD', policyKind } }),
    ]);
    expect((await desk.vote(parent, LEAD, 'APPROVE')).value.requestState).toBe('PENDING');
    expect((await desk.read(parent)).state.stages[1]).toMatchObject({
      state: 'BLOCKED',
      code: 'NO_APPROVER',
    });
    expect((await listStuck(desk.db, null)).items.find(({ requestId }) => requestId === parent)?.cause).toBe(
      'BLOCKED',
    );
  });

  it('a child whose policy asks nobody passes the stage at once', async () => {
    const policyKind = await desk.policy([], {
      rows: [{ id: 'none', when: {}, stages: [], rule: 'none', text: 'nobody needed' }],
    });
    const parent = await desk.pending([
      desk.seats('EXCEPTION', [], { resolver: { kind: 'CHILD', policyKind } }),
      desk.seats('GM', ['gm'], { block: 2 }),
    ]);
    expect((await desk.read(parent)).state.stages.map(({ state }) => state)).toEqual(['PASSED', 'ACTIVE']);
    expect(await stateOf(await childOf(parent))).toBe('APPROVED');
  });

  it('the child’s last yes and the parent’s withdrawal at one instant: one of them, never both, ten times', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { parent, child } = await withChild();
      const [vote, taken] = await Promise.allSettled([
        desk.vote(child, 'credit', 'APPROVE'),
        withdraw(parent),
      ]);
      const end = `${await stateOf(parent)}/${await stateOf(child)}`;
      for (const id of [parent, child]) {
        const { seats } = (await desk.read(id)).state;
        expect(seats.filter(({ state }) => ['OPEN', 'WAITING', 'PARKED'].includes(state))).toEqual([]);
      }
      // the withdrawal always succeeds: the general manager has not answered yet
      expect(taken.status).toBe('fulfilled');
      expect(end).toBe(vote.status === 'fulfilled' ? 'WITHDRAWN/APPROVED' : 'WITHDRAWN/TERMINATED');
    }
  });
});

describe('AE-WD-1 an admin withdraws on behalf of the initiator', () => {
  it('only while it waits for approvers; the record names both', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    expect(await refusal(withdraw(requestId, 'admin'))).toBe('NOT_INITIATOR');
    expect((await withdraw(requestId, 'admin', true)).value.state).toBe('WITHDRAWN');
    const [event] = await desk.db.query<{ actor: string; on_behalf_of: string }[]>(
      `SELECT actor, on_behalf_of FROM event WHERE aggregate_id = $1 AND type = 'request.closed'`,
      [requestId],
    );
    expect(event).toEqual({ actor: desk.id('admin'), on_behalf_of: desk.id('moses.frase') });
    const returned = await desk.pending([desk.seats('LEAD', [LEAD])]);
    await desk.vote(returned, LEAD, 'RETURN');
    expect(await refusal(withdraw(returned, 'admin', true))).toBe('WITHDRAW_NOT_ALLOWED');
  });
});
