import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyStaffChange } from '../../src/commands/approval/staff-change.js';
import { grantRole, revokeGrant } from '../../src/commands/org/grant.js';
import { deactivatePerson } from '../../src/commands/org/person.js';
import type { StageSpec } from '../../src/domain/approval/stage-spec.js';
import { staffProcess } from '../../src/queries/process/staff-process.js';
import { Desk, refusal } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

interface Change {
  id: string;
  kind: string;
  effective_at: Date;
  acted_at: Date | null;
  settled_at: Date | null;
}

async function changesOf(username: string): Promise<Change[]> {
  return desk.db.query<Change[]>(
    `SELECT id, kind, effective_at, acted_at, settled_at FROM staff_change WHERE employee_id = $1 ORDER BY effective_at`,
    [desk.id(username)],
  );
}

/** What the process does when it is told: look at the seats, once for each key. */
async function look(username: string, key: string) {
  const changes = await changesOf(username);
  return applyStaffChange(desk.db, { key, correlationId: null }, changes.at(-1)!.id);
}

const named = (...usernames: string[]) => desk.seats('NAMED', usernames);

describe('AE-LEAVE-1 somebody leaves', () => {
  it('what they hold in person goes to the successor, request by request; a repeat finds nothing to do', async () => {
    const [leaver] = await desk.hire(1);
    const requests = [await desk.pending([named(leaver!)]), await desk.pending([named(leaver!)])];
    const decided = await desk.pending([named(leaver!, 'finance')]);
    await desk.vote(decided, leaver!, 'APPROVE');
    await deactivatePerson(desk.db, desk.meta('hr'), desk.id(leaver!), desk.id('legal'));
    for (const id of requests) expect((await desk.seatOf(id, leaver!)).state).toBe('OPEN');

    expect(await look(leaver!, 'k1')).toEqual({ changed: 2, refused: [] });
    for (const id of requests) {
      const seat = await desk.seatOf(id, 'legal');
      expect(seat).toMatchObject({ ownerId: desk.id(leaver!), state: 'OPEN', version: 2 });
      await desk.vote(id, 'legal', 'APPROVE');
      expect((await desk.read(id)).state.state).toBe('APPROVED');
    }
    expect(await look(leaver!, 'k1')).toEqual({ changed: 0, refused: [] });
    const [vote] = await desk.db.query<unknown[]>(
      `SELECT d.actor, e.name FROM approval_decision d JOIN employee e ON e.id::text = d.actor WHERE d.request_id = $1`,
      [decided],
    );
    expect(vote).toEqual({ actor: desk.id(leaver!), name: leaver });
  });

  it('without a successor to whoever they reported to on their last day', async () => {
    const requestId = await desk.pending([named('dustin.brinkmann')]);
    await deactivatePerson(desk.db, desk.meta('hr'), desk.id('dustin.brinkmann'));
    await look('dustin.brinkmann', 'k');
    expect(await desk.seatOf(requestId, 'director.central')).toMatchObject({
      ownerId: desk.id('dustin.brinkmann'),
      state: 'OPEN',
    });
  });

  it('one event each, by the system, with the reason', async () => {
    const [leaver] = await desk.hire(1);
    const requestId = await desk.pending([named(leaver!)]);
    await deactivatePerson(desk.db, desk.meta('hr'), desk.id(leaver!), desk.id('legal'));
    await look(leaver!, 'k');
    const events = await desk.db.query<unknown[]>(
      `SELECT actor, payload->>'cause' AS cause, payload->>'reason' AS reason FROM event
       WHERE aggregate_id = $1 AND type = 'seat.transferred'`,
      [requestId],
    );
    expect(events).toEqual([{ actor: 'system:staff', cause: 'LEAVE', reason: 'the holder has left' }]);
  });

  it('a hundred and more are as many transactions, whatever batch they were read in', async () => {
    const [leaver] = (await desk.hire(1)) as [string];
    const kind = await desk.policy([named(leaver)]);
    const ids: string[] = [];
    for (let n = 0; n < 104; n += 1) ids.push((await desk.submit(await desk.subject(kind))).value.requestId);
    await deactivatePerson(desk.db, desk.meta('hr'), desk.id(leaver), desk.id('legal'));
    expect(await look(leaver, 'k')).toEqual({ changed: 104, refused: [] });
    const [moved] = await desk.db.query<unknown[]>(
      `SELECT count(*)::int AS events, count(DISTINCT xmin::text)::int AS transactions FROM event
       WHERE aggregate_id = ANY($1::uuid[]) AND type = 'seat.transferred'`,
      [ids],
    );
    expect(moved).toEqual({ events: 104, transactions: 104 });
  });

  it('a process is told, looks at once and a second time, and is then over', async () => {
    const [leaver] = await desk.hire(1);
    await deactivatePerson(desk.db, desk.meta('hr'), desk.id(leaver!));
    const { id } = (await changesOf(leaver!))[0]!;
    const told = await desk.db.query<unknown[]>(`SELECT workflow_type FROM outbox WHERE workflow_id = $1`, [
      `staff-change/${id}`,
    ]);
    expect(told).toEqual([{ workflow_type: 'staffChange' }]);
    const first = await staffProcess(desk.db.manager, id);
    expect(first).toMatchObject({
      stage: 'STAFF:LEFT',
      outcome: null,
      next: { key: 'look/1', kind: 'MOVE_SEATS' },
    });
    expect(first!.next!.inMs).toBeLessThanOrEqual(0);
    await look(leaver!, 'k1');
    const second = (await staffProcess(desk.db.manager, id))!.next!;
    expect(second.key).toBe('look/2');
    expect(second.inMs).toBeGreaterThan(20_000);
    await look(leaver!, 'k2');
    expect(await staffProcess(desk.db.manager, id)).toMatchObject({ outcome: 'SETTLED', next: null });
  });

  it('a successor who has left, or the leaver themselves, is refused and nobody leaves', async () => {
    const [leaver, gone] = await desk.hire(2);
    await deactivatePerson(desk.db, desk.meta('hr'), desk.id(gone!));
    for (const successor of [gone!, leaver!])
      expect(
        await refusal(deactivatePerson(desk.db, desk.meta('hr'), desk.id(leaver!), desk.id(successor))),
      ).toBe('VALIDATION');
    expect(await changesOf(leaver!)).toEqual([]);
  });
});

describe('4.5 the role is lost while a seat is open', () => {
  const finance = (over: Partial<StageSpec> = {}): StageSpec => ({
    ...desk.seats('FIN', []),
    resolver: { kind: 'ROLE', role: 'CREDIT', take: 'EVERY' },
    quorum: { kind: 'ALL' },
    ...over,
  });

  it('strictRole: the seat goes; by default it stays', async () => {
    const [one] = await desk.hire(1);
    const hr = desk.meta('hr');
    const to = null;
    const grant = { personId: desk.id(one!), role: 'CREDIT', unitId: null, limit: null, from: null, to };
    const { value } = await grantRole(desk.db, hr, grant);
    const kept = await desk.pending([finance()]);
    const strict = await desk.pending([finance({ strictRole: true })]);
    await revokeGrant(desk.db, desk.meta('hr'), value.id);
    expect(await look(one!, 'k')).toEqual({ changed: 1, refused: [] });
    expect((await desk.seatOf(kept, one!)).state).toBe('OPEN');
    expect(await desk.seatOf(strict, one!)).toMatchObject({ state: 'REMOVED', code: 'MERGED' });
  });

  it('a grant that ends by itself is looked at when it ends', async () => {
    const [one] = await desk.hire(1);
    const to = '2099-01-01T00:00:00.000Z';
    const grant = { personId: desk.id(one!), role: 'CREDIT', unitId: null, limit: null, from: null, to };
    await grantRole(desk.db, desk.meta('hr'), grant);
    const changes = await changesOf(one!);
    expect(changes.map(({ kind, effective_at }) => [kind, effective_at.getTime() > Date.now()])).toEqual([
      ['ROLE_GRANTED', false],
      ['ROLE_LOST', true],
    ]);
    expect(await refusal(look(one!, 'early'))).toBe('NOT_FOUND');
  });
});
