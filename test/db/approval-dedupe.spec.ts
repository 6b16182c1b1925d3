import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyChain } from '../../src/commands/audit/verify.js';
import { evolve } from '../../src/domain/approval/engine.js';
import type { ApprovalState } from '../../src/domain/approval/model.js';
import type { DedupeMode } from '../../src/domain/approval/stage-spec.js';
import { countInbox } from '../../src/queries/inbox/inbox.js';
import { readRequestView } from '../../src/queries/request/request-view.js';
import { requestEvents } from '../../src/queries/request/request-events.js';
import { Desk } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const [LEAD, NEXT] = ['dustin.brinkmann', 'director.central'];

/** LEAD, NEXT, LEAD again, in stages of one line. */
async function thrice(dedupe?: DedupeMode): Promise<string> {
  const stages = [LEAD, NEXT, LEAD].map((name, index) =>
    desk.seats(`S${index + 1}`, [name!], { rank: index + 1 }),
  );
  return desk.pending(stages, dedupe ? { dedupe } : {});
}

async function tasksTold(requestId: string): Promise<string[]> {
  const rows = await desk.db.query<{ username: string }[]>(
    `SELECT e.username FROM notification n JOIN employee e ON e.id = n.person_id
     WHERE n.request_id = $1 AND n.kind = 'TASK' ORDER BY n.at, n.id`,
    [requestId],
  );
  return rows.map(({ username }) => username);
}

async function agree(requestId: string): Promise<void> {
  const events = await requestEvents(desk.db, requestId);
  const folded = events.reduce<ApprovalState | null>((state, { payload }) => evolve(state, payload), null)!;
  const byId = (state: ApprovalState) => [...state.seats].sort((a, b) => (a.id < b.id ? -1 : 1));
  const stored = (await desk.read(requestId)).state;
  expect({ ...folded, seats: byId(folded) }).toEqual({ ...stored, seats: byId(stored) });
  expect(await verifyChain(desk.db, 'request', requestId)).toMatchObject({ verified: true });
}

async function view(requestId: string) {
  const viewer = {
    personId: desk.id('moses.frase'),
    permissions: { 'approval:read': 'OWN' as const },
    unitIds: {},
  };
  return readRequestView(desk.db, viewer, requestId);
}

describe('AE-DUP-1 on Postgres', () => {
  it('server-ux#195 first counts: the last stage passes in the same transaction, without a task', async () => {
    const requestId = await thrice('FIRST_COUNTS');
    await desk.vote(requestId, LEAD!, 'APPROVE');
    const before = await countInbox(desk.db, desk.id(LEAD!));
    await desk.vote(requestId, NEXT!, 'APPROVE');
    expect((await desk.read(requestId)).state.state).toBe('APPROVED');
    expect((await countInbox(desk.db, desk.id(LEAD!))).todo).toBe(before.todo);
    expect(await tasksTold(requestId)).toEqual([LEAD, NEXT]);
    await agree(requestId);
  });

  it('AE-DUP-4 last counts: the first stage is skipped, the person is asked once', async () => {
    const requestId = await thrice('LAST_COUNTS');
    await desk.vote(requestId, NEXT!, 'APPROVE');
    await desk.vote(requestId, LEAD!, 'APPROVE');
    expect((await desk.read(requestId)).state.state).toBe('APPROVED');
    expect(await tasksTold(requestId)).toEqual([NEXT, LEAD]);
    await agree(requestId);
  });

  it('a policy that says nothing asks again only after somebody else', async () => {
    const requestId = await thrice();
    await desk.vote(requestId, LEAD!, 'APPROVE');
    await desk.vote(requestId, NEXT!, 'APPROVE');
    expect((await desk.read(requestId)).state).toMatchObject({ state: 'PENDING', dedupe: 'ADJACENT' });
  });

  it('path and timeline say by which yes, in words', async () => {
    const requestId = await thrice('FIRST_COUNTS');
    await desk.vote(requestId, LEAD!, 'APPROVE');
    await desk.vote(requestId, NEXT!, 'APPROVE');
    const { path, timeline } = await view(requestId);
    expect(path.at(-1)!.seats[0]).toMatchObject({
      state: 'AUTO_APPROVED',
      code: 'DEDUPED',
      sameAs: { kind: 'EARLIER', stage: 'S1', by: { id: desk.id(LEAD!) } },
    });
    expect(timeline.map(({ text }) => text.key)).toEqual([
      'request.submitted',
      'stage.activated',
      'seat.approve',
      'stage.closed.passed',
      'stage.activated',
      'seat.approve',
      'stage.closed.passed',
      'seat.deduped',
      'stage.closed.passed',
      'request.closed.approved',
    ]);
    expect(timeline.find(({ type }) => type === 'seat.deduped')!.text.params).toMatchObject({
      stage: 'S3',
      earlier: 'S1',
    });
  });
});
