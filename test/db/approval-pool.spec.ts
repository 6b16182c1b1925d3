import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadCalendar } from '../../src/commands/calendar.js';
import { claimSeat } from '../../src/commands/approval/seats.js';
import { applyStaffChange } from '../../src/commands/approval/staff-change.js';
import { grantRole } from '../../src/commands/org/grant.js';
import type { StageSpec } from '../../src/domain/approval/stage-spec.js';
import { readInbox } from '../../src/queries/inbox/inbox.js';
import { readRequestView } from '../../src/queries/request/request-view.js';
import { addDuration } from '../../src/domain/calendar.js';
import { Desk, refusal } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const pool = (): StageSpec => ({
  ...desk.seats('CREDIT', []),
  resolver: { kind: 'ROLE', role: 'CREDIT', take: 'EVERY' },
  pool: true,
});

async function creditors(): Promise<[string, string]> {
  const rows = await desk.db.query<{ username: string }[]>(
    `SELECT e.username FROM role_grant g JOIN employee e ON e.id = g.employee_id
     WHERE g.role = 'CREDIT' AND g.valid @> now() ORDER BY e.username LIMIT 2`,
  );
  return rows.map(({ username }) => username) as [string, string];
}

async function claim(requestId: string, by: string, type: 'CLAIM' | 'RELEASE' = 'CLAIM') {
  const { id: seatId, version: expectedSeatVersion } = await desk.seatOf(requestId, by);
  const command = type === 'CLAIM' ? { type, seatId, expectedSeatVersion } : { type, seatId };
  return claimSeat(desk.db, desk.meta(by, { scope: `claim ${seatId}` }), command);
}

const item = async (requestId: string, of: string) =>
  (await readInbox(desk.db.manager, desk.id(of), { tab: 'todo', requestId }, { limit: 5, after: null }))
    .items[0];

describe('AE-IN-2 a pool', () => {
  it('shows one item to each member; claimed, the others see by whom and cannot answer', async () => {
    const [one, two] = await creditors();
    const requestId = await desk.pending([pool()]);
    expect((await item(requestId, two))!.pool).toEqual({ claimedBy: null, until: null });
    await claim(requestId, one);
    const seen = (await item(requestId, two))!.pool!;
    expect(seen.claimedBy).toMatchObject({ id: desk.id(one) });
    expect(Date.parse(seen.until!)).toBeGreaterThan(Date.now() + 3 * 3_600_000);
    expect(await refusal(claim(requestId, two))).toBe('CLAIMED');
    expect(await refusal(desk.vote(requestId, two, 'APPROVE'))).toBe('CLAIMED');

    const viewer = (name: string) => ({
      personId: desk.id(name),
      permissions: { 'approval:decide': 'OWN' as const },
      unitIds: {},
    });
    const other = await readRequestView(desk.db.manager, viewer(two), requestId);
    expect(other.actions).toEqual([]);
    expect(other.path[0]!.claim).toMatchObject({ by: { id: desk.id(one) } });
    const own = await readRequestView(desk.db.manager, viewer(one), requestId);
    expect(own.actions.map(({ action }) => action)).toEqual(expect.arrayContaining(['APPROVE', 'RELEASE']));

    await claim(requestId, one, 'RELEASE');
    await desk.vote(requestId, two, 'APPROVE');
    expect((await desk.read(requestId)).state.state).toBe('APPROVED');
    expect(await item(requestId, one)).toBeUndefined();
  });

  it('one that ran out is nobody’s', async () => {
    const [one, two] = await creditors();
    const requestId = await desk.pending([pool()]);
    await claim(requestId, one);
    await desk.db.query(
      `UPDATE approval_stage SET claim = jsonb_set(claim, '{until}', '"2020-01-01T00:00:00.000Z"') WHERE request_id = $1`,
      [requestId],
    );
    expect((await item(requestId, two))!.pool).toEqual({ claimedBy: null, until: null });
    expect(await refusal(claim(requestId, one, 'RELEASE'))).toBe('NOT_CLAIMED');
    await claim(requestId, two);
  });

  it.each([
    [undefined, 240],
    [60, 60],
  ])('a claim under claimWorkMinutes %s ends after %s working minutes', async (claimWorkMinutes, minutes) => {
    const [one] = await creditors();
    const requestId = await desk.pending([pool()], claimWorkMinutes ? { claimWorkMinutes } : {});
    await claim(requestId, one);
    const [event] = await desk.db.query<{ payload: { at: string; until: string } }[]>(
      `SELECT payload FROM event WHERE aggregate_id = $1 AND type = 'stage.claimed'`,
      [requestId],
    );
    const { at, until } = event!.payload;
    const calendar = await loadCalendar(desk.db.manager);
    expect(until).toBe(addDuration(calendar, at, { unit: 'workMinutes', n: minutes }).at);
  });

  it('two claims at the same instant: one wins, ten times', async () => {
    const [one, two] = await creditors();
    for (let round = 0; round < 10; round += 1) {
      const requestId = await desk.pending([pool()]);
      const claims = await Promise.allSettled([claim(requestId, one), claim(requestId, two)]);
      expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }
  });
});

describe('AE-LEAVE-4 somebody new in the role', () => {
  it('sees what its pools hold already; a countersign set stays as it was', async () => {
    const [newcomer] = (await desk.hire(1)) as [string];
    const waiting = await desk.pending([pool()]);
    const fixed = await desk.pending([{ ...pool(), pool: false, quorum: { kind: 'ALL' } }]);
    const grant = {
      personId: desk.id(newcomer),
      role: 'CREDIT',
      unitId: null,
      limit: null,
      from: null,
      to: null,
    };
    await grantRole(desk.db, desk.meta('hr'), grant);
    const [change] = await desk.db.query<{ id: string }[]>(
      `SELECT id FROM staff_change WHERE employee_id = $1 AND kind = 'ROLE_GRANTED'`,
      [desk.id(newcomer)],
    );
    const walked = await applyStaffChange(desk.db, { key: 'k', correlationId: null }, change!.id);
    expect(walked.refused).toEqual([]);
    expect((await item(waiting, newcomer))!.requestId).toBe(waiting);
    expect(await item(fixed, newcomer)).toBeUndefined();
    await desk.vote(waiting, newcomer, 'APPROVE');
    expect((await desk.read(waiting)).state.state).toBe('APPROVED');
  });
});
