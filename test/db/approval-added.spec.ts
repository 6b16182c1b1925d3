import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addSeats, removeSeat } from '../../src/commands/approval/seats.js';
import { fireDueRungs } from '../../src/commands/approval/time.js';
import { evolve } from '../../src/domain/approval/engine.js';
import type { Added, ApprovalState } from '../../src/domain/approval/model.js';
import { requestEvents } from '../../src/queries/request/request-events.js';
import { Desk, refusal } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const LEAD = 'dustin.brinkmann';

async function add(requestId: string, by: string, relation: Added['relation'], ...names: string[]) {
  const { id: seatId, version: expectedSeatVersion } = await desk.seatOf(requestId, by);
  const personIds = names.map((name) => desk.id(name));
  const how = { personIds, relation, rule: 'ALL' as const, expectedSeatVersion, reason: 'please look' };
  return addSeats(desk.db, desk.meta(by, { scope: `add ${seatId}` }), { seatId, ...how });
}

async function remove(requestId: string, by: string, holder: string, acceptOutcome = false) {
  const { id: seatId } = await desk.seatOf(requestId, holder);
  const input = { seatId, reason: 'not needed', acceptOutcome, asAdmin: by === 'admin' };
  return removeSeat(desk.db, desk.meta(by, { scope: `remove ${seatId}` }), input, () =>
    Promise.resolve(true),
  );
}

const stateOf = async (requestId: string, holder: string) => (await desk.seatOf(requestId, holder)).state;

/** Folding the whole log gives the rows (approvals.md 4.18, 8). */
async function foldsToItsRows(requestId: string): Promise<void> {
  const events = await requestEvents(desk.db, requestId);
  const folded = events.reduce<ApprovalState | null>((state, { payload }) => evolve(state, payload), null);
  const { state } = await desk.read(requestId);
  const byId = (seats: ApprovalState['seats']) => [...seats].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect({ ...folded, seats: byId(folded!.seats) }).toEqual({ ...state, seats: byId(state.seats) });
}

describe('AE-ADD-1 seats added below and beside, in the tables', () => {
  it('before: parked, answered, open again with rungs that fire once more', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    await add(requestId, LEAD, 'BEFORE', 'credit', 'finance');
    expect(await stateOf(requestId, LEAD)).toBe('PARKED');
    await desk.vote(requestId, 'credit', 'APPROVE');
    await desk.vote(requestId, 'finance', 'APPROVE');
    expect(await stateOf(requestId, LEAD)).toBe('OPEN');
    await desk.db.query(
      `UPDATE approval_seat SET rungs = (SELECT jsonb_agg(jsonb_set(r, '{at}', '"2026-01-05T01:00:00.000Z"')) FROM jsonb_array_elements(rungs) r)
       WHERE request_id = $1 AND state = 'OPEN'`,
      [requestId],
    );
    const fired = await fireDueRungs(desk.db, { key: `a/${requestId}`, correlationId: null }, requestId);
    expect(fired.value.fired).toBe(1);
    expect((await desk.vote(requestId, LEAD, 'APPROVE')).value.requestState).toBe('APPROVED');
  });

  it('after: the yes is provisional until theirs; the log folds to the rows at every step', async () => {
    const requestId = await desk.pending([
      desk.seats('LEAD', [LEAD]),
      desk.seats('GM', ['gm'], { block: 2 }),
    ]);
    await add(requestId, LEAD, 'AFTER', 'credit');
    await foldsToItsRows(requestId);
    expect((await desk.vote(requestId, LEAD, 'APPROVE')).value).toMatchObject({ stageState: 'ACTIVE' });
    await foldsToItsRows(requestId);
    expect((await desk.vote(requestId, 'credit', 'APPROVE')).value).toMatchObject({ stageState: 'PASSED' });
    await foldsToItsRows(requestId);
  });

  it('parallel: who adds it sees the request go on only with that vote too', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD], { quorum: { kind: 'ALL' } })]);
    await add(requestId, LEAD, 'PARALLEL', 'manager');
    expect((await desk.vote(requestId, LEAD, 'APPROVE')).value.requestState).toBe('PENDING');
    expect((await desk.vote(requestId, 'manager', 'REJECT')).value.requestState).toBe('REJECTED');
  });

  it('AE-DLG-1 consult: the opinion of the initiator reopens the task, and is no vote', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    await add(requestId, LEAD, 'CONSULT', 'moses.frase');
    expect(await refusal(desk.vote(requestId, 'moses.frase', 'APPROVE'))).toBe('ACTION_NOT_ALLOWED');
    const { value } = await desk.vote(requestId, 'moses.frase', 'OPINION');
    expect(value).toMatchObject({ requestState: 'PENDING', stageState: 'ACTIVE', seatState: 'ABSTAINED' });
    await foldsToItsRows(requestId);
    expect((await desk.vote(requestId, LEAD, 'APPROVE')).value.requestState).toBe('APPROVED');
  });

  it('AE-ADD-2 the initiator is refused, and nothing has changed', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    const { seq } = (await desk.read(requestId)).state;
    expect(await refusal(add(requestId, LEAD, 'BEFORE', 'credit', 'moses.frase'))).toBe('SOD_INITIATOR');
    expect((await desk.read(requestId)).state.seq).toBe(seq);
  });
});

describe('AE-REM-1 … AE-REM-5 seats taken out', () => {
  it('by the one who added, by an admin, by nobody else; a deciding one only when accepted', async () => {
    const requestId = await desk.pending([
      desk.seats('LEAD', [LEAD, 'manager'], { quorum: { kind: 'ALL' } }),
    ]);
    await add(requestId, LEAD, 'PARALLEL', 'credit');
    expect(await refusal(remove(requestId, 'manager', 'credit'))).toBe('REMOVE_FORBIDDEN');
    await remove(requestId, LEAD, 'credit');
    expect(await stateOf(requestId, 'credit')).toBe('REMOVED');
    await desk.vote(requestId, LEAD, 'APPROVE');
    expect(await refusal(remove(requestId, 'admin', 'manager'))).toBe('OUTCOME_CHANGE');
    await remove(requestId, 'admin', 'manager', true);
    expect((await desk.read(requestId)).state.state).toBe('APPROVED');
    await foldsToItsRows(requestId);
  });

  it('AE-REM-5 a removal and that seat’s vote at one instant: one of them counts, ten times', async () => {
    for (let round = 0; round < 10; round += 1) {
      const requestId = await desk.pending([
        desk.seats('LEAD', [LEAD, 'manager', 'credit'], { quorum: { kind: 'ALL' } }),
      ]);
      const [removed, voted] = await Promise.allSettled([
        remove(requestId, 'admin', 'credit'),
        desk.vote(requestId, 'credit', 'APPROVE'),
      ]);
      expect([removed.status, voted.status].sort()).toEqual(['fulfilled', 'rejected']);
      expect(await stateOf(requestId, 'credit')).toBe(voted.status === 'fulfilled' ? 'APPROVED' : 'REMOVED');
    }
  });
});
