import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyStaffChange } from '../../src/commands/approval/staff-change.js';
import { grantRole, revokeGrant } from '../../src/commands/org/grant.js';
import { deactivatePerson, linkOidcIdentity } from '../../src/commands/org/person.js';
import { changePost } from '../../src/commands/org/post.js';
import { setHuman } from '../../src/commands/org/same-human.js';
import { moveUnit } from '../../src/commands/org/structure.js';
import type { Separation } from '../../src/domain/approval/separation-rules.js';
import { opsGauges } from '../../src/queries/ops/gauges.js';
import { openProcesses } from '../../src/queries/ops/open-processes.js';
import { listStuck } from '../../src/queries/ops/stuck.js';
import { staffProcess } from '../../src/queries/process/staff-process.js';
import type { StageSpec } from '../../src/domain/approval/stage-spec.js';
import { Desk, refusal } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** The change that was announced last, and a look by its process. */
async function lastChange(): Promise<string> {
  const [row] = await desk.db.query<{ id: string }[]>(
    `SELECT id FROM staff_change WHERE effective_at <= now() ORDER BY created_at DESC, id DESC LIMIT 1`,
  );
  return row!.id;
}
const look = async (key: string) =>
  applyStaffChange(desk.db, { key, correlationId: null }, await lastChange());

const unit = async (username: string): Promise<string> => {
  const [row] = await desk.db.query<{ id: string }[]>(
    `SELECT unit_id AS id FROM assignment WHERE employee_id = $1 AND is_primary AND valid @> now()`,
    [desk.id(username)],
  );
  return row!.id;
};
const manager = (over: Partial<StageSpec> = {}): StageSpec => ({
  ...desk.seats('LINE', []),
  resolver: { kind: 'MANAGER', levels: 1 },
  strictReporting: true,
  ...over,
});
const head = (personId: string, unitId: string) =>
  changePost(desk.db, desk.meta('hr'), desk.id(personId), { unitId, position: 'HEAD' });
const stuckCauses = async (requestId: string) =>
  (await listStuck(desk.db, null)).items
    .filter((item) => item.requestId === requestId)
    .map(({ cause, detail }) => [cause, detail]);

describe('AE-MGR-2 strictReporting on a change of the organisation', () => {
  it('another head of the team: the open seat is theirs; without it, it stays; a repeat finds nothing', async () => {
    const [lead] = await desk.hire(1);
    const follows = await desk.pending([manager()]);
    const stays = await desk.pending([manager({ strictReporting: false })]);
    const team = await unit('moses.frase');
    await head(lead!, team);
    expect(await look('k1')).toEqual({ changed: 1, refused: [] });
    expect(await desk.seatOf(follows, lead!)).toMatchObject({ ownerId: desk.id(lead!), state: 'OPEN' });
    expect((await desk.seatOf(stays, 'dustin.brinkmann')).state).toBe('OPEN');
    expect(await look('k2')).toEqual({ changed: 0, refused: [] });
    const events = await desk.db.query<unknown[]>(
      `SELECT actor, payload->>'cause' AS cause FROM event WHERE aggregate_id = $1 AND type = 'seat.transferred'`,
      [follows],
    );
    expect(events).toEqual([{ actor: 'system:staff', cause: 'ORG_CHANGED' }]);
    await desk.vote(follows, lead!, 'APPROVE');
    expect((await desk.read(follows)).state.state).toBe('APPROVED');
    await head('dustin.brinkmann', team);
  });

  it('the head before is a member of the unit, and told that the task is somebody else’s', async () => {
    const [lead] = await desk.hire(1);
    const requestId = await desk.pending([manager()]);
    const team = await unit('moses.frase');
    await head(lead!, team);
    await look('k');
    const posts = await desk.db.query<unknown[]>(
      `SELECT position FROM assignment WHERE employee_id = $1 AND unit_id = $2 AND valid @> now()`,
      [desk.id('dustin.brinkmann'), team],
    );
    expect(posts).toEqual([{ position: 'MEMBER' }]);
    const told = await desk.db.query<unknown[]>(
      `SELECT kind FROM notification WHERE person_id = $1 AND request_id = $2 ORDER BY kind`,
      [desk.id('dustin.brinkmann'), requestId],
    );
    expect(told).toContainEqual({ kind: 'TASK_MOVED' });
    await head('dustin.brinkmann', team);
    await look('k');
  });

  it('the team hangs below another unit: the level above it is asked anew', async () => {
    const requestId = await desk.pending([manager({ resolver: { kind: 'MANAGER', levels: 2 } })]);
    expect((await desk.seatOf(requestId, 'director.central')).state).toBe('OPEN');
    const team = await unit('moses.frase');
    const [before, east] = [await unit('director.central'), await unit('director.east')];
    await moveUnit(desk.db, desk.meta('hr'), team, 'REPORTING', east);
    const id = await lastChange();
    expect(await staffProcess(desk.db, id)).toMatchObject({
      stage: 'STAFF:LINE_CHANGED',
      next: { key: 'look/1' },
    });
    await desk.db.query(`UPDATE staff_change SET created_at = now() - interval '1 minute' WHERE id = $1`, [
      id,
    ]);
    expect((await openProcesses(desk.db)).filter((one) => one.id === id)).toHaveLength(1);
    for (const key of ['k1', 'k2']) await applyStaffChange(desk.db, { key, correlationId: null }, id);
    expect((await desk.seatOf(requestId, 'director.east')).state).toBe('OPEN');
    expect(await staffProcess(desk.db, id)).toMatchObject({ outcome: 'SETTLED' });
    await moveUnit(desk.db, desk.meta('hr'), team, 'REPORTING', before);
    await look('k3');
  });

  it('a role with a higher limit is given, and lost: the line ends earlier, and later again', async () => {
    const chain = manager({
      resolver: { kind: 'CHAIN_TO_LIMIT', mode: 'FINAL_ONLY', topRole: null },
    });
    const subject = await desk.subject(await desk.policy([chain]));
    desk.subjects.set(subject.id, { ...subject, exposure: { amount: '900000', currency: 'CNY' } });
    const requestId = (await desk.submit(subject)).value.requestId;
    const before = (await desk.read(requestId)).state.seats.at(-1)!.holderId;
    expect(before).not.toBe(desk.id('dustin.brinkmann'));
    const grant = {
      personId: desk.id('dustin.brinkmann'),
      role: 'REGIONAL_DIRECTOR',
      unitId: null,
      limit: { amount: '950000', currency: 'CNY' },
      from: null,
      to: null,
    };
    const { value } = await grantRole(desk.db, desk.meta('hr'), grant);
    await look('k1');
    expect((await desk.seatOf(requestId, 'dustin.brinkmann')).state).toBe('OPEN');
    await revokeGrant(desk.db, desk.meta('hr'), value.id);
    await look('k2');
    expect((await desk.read(requestId)).state.seats.at(-1)!.holderId).toBe(before);
  });
});

describe('AE-SOD-1, table of 4.5: the organisation learns something, and open requests are looked at at once', () => {
  it('two accounts are one human: the open task moves before anybody acts', async () => {
    const [other] = await desk.hire(1);
    const requestId = await desk.pending([desk.seats('A', [other!])]);
    await setHuman(desk.db, desk.meta('hr'), desk.id(other!), desk.id('moses.frase'));
    expect(await look('k1')).toMatchObject({ refused: [] });
    const { state } = await desk.read(requestId);
    expect(state.seats.filter(({ state: s }) => s === 'OPEN').map(({ holderId }) => holderId)).not.toContain(
      desk.id(other!),
    );
    expect(await look('second')).toEqual({ changed: 0, refused: [] });
    await setHuman(desk.db, desk.meta('hr'), desk.id(other!), null);
    const [own] = await desk.db.query<unknown[]>(`SELECT identity = id AS own FROM employee WHERE id = $1`, [
      desk.id(other!),
    ]);
    expect(own).toEqual({ own: true });
  });

  it('nobody is left: blocked at once; answers that were given are flagged; operations see both', async () => {
    const [one, two] = (await desk.hire(2)) as [string, string];
    const distinct: Separation[] = [{ kind: 'DISTINCT', stages: ['A', 'B'] }];
    const requestId = await desk.pending(
      [desk.seats('A', [one]), desk.seats('B', [two, 'legal'], { rank: 2 })],
      {
        separation: distinct,
      },
    );
    await desk.vote(requestId, one, 'APPROVE');
    const before = (await opsGauges(desk.db)).stuck;
    await setHuman(desk.db, desk.meta('hr'), desk.id(two), desk.id('moses.frase'));
    await look('k1');
    await setHuman(desk.db, desk.meta('hr'), desk.id(one), desk.id('moses.frase'));
    await look('k2');
    expect((await desk.seatOf(requestId, one)).sodDrift).toBe('NOT_INITIATOR');
    expect(await stuckCauses(requestId)).toEqual([['SOD_FLAGGED', 'A: NOT_INITIATOR']]);
    expect((await opsGauges(desk.db)).stuck).toBe(before + 1);
    for (const account of [one, two]) await setHuman(desk.db, desk.meta('hr'), desk.id(account), null);
  });

  it('NOT_BOTH a second role is given: the task goes to somebody who holds only one', async () => {
    const [one] = await desk.hire(1);
    const both: Separation[] = [{ kind: 'NOT_BOTH', roles: ['FINANCE', 'CREDIT'] }];
    const requestId = await desk.pending([desk.seats('A', [one!])], { separation: both });
    for (const role of ['FINANCE', 'CREDIT']) {
      const grant = { personId: desk.id(one!), role, unitId: null, limit: null, from: null, to: null };
      await grantRole(desk.db, desk.meta('hr'), grant);
      await look(role);
    }
    expect((await desk.read(requestId)).state.seats.find(({ state }) => state === 'OPEN')?.holderId).not.toBe(
      desk.id(one!),
    );
  });

  it('NOT_REPORT_OF_INITIATOR the initiator becomes the approver’s head', async () => {
    const [approver] = await desk.hire(1);
    const requestId = await desk.pending([desk.seats('A', [approver!])], {
      separation: [{ kind: 'NOT_REPORT_OF_INITIATOR' }],
    });
    const team = await unit('moses.frase');
    const member = { unitId: team, position: 'MEMBER' as const };
    await changePost(desk.db, desk.meta('hr'), desk.id(approver!), member);
    await head('moses.frase', team);
    await look('k');
    expect(await stuckCauses(requestId)).toEqual([]);
    const open = (await desk.read(requestId)).state.seats.find(({ state }) => state === 'OPEN');
    expect(open?.holderId).not.toBe(desk.id(approver!));
    await head('dustin.brinkmann', team);
    await look('k2');
  });

  it.each([
    ['one’s own account', 'hr', 'legal', 'SOD_VIOLATION'],
    ['somebody’s account said to be one’s own', 'legal', 'hr', 'SOD_VIOLATION'],
    ['the same account twice', 'legal', 'legal', 'VALIDATION'],
  ])('refused: %s', async (_, of, as, code) => {
    expect(await refusal(setHuman(desk.db, desk.meta('hr'), desk.id(of), desk.id(as)))).toBe(code);
  });

  it('split from the others: open requests of both sides are looked at', async () => {
    const [one, two] = (await desk.hire(2)) as [string, string];
    await setHuman(desk.db, desk.meta('hr'), desk.id(one), desk.id(two));
    await setHuman(desk.db, desk.meta('hr'), desk.id(two), null);
    const told = await desk.db.query<{ person: string }[]>(
      `SELECT employee_id AS person FROM staff_change WHERE kind = 'SAME_HUMAN' AND employee_id = ANY($1::uuid[])`,
      [[desk.id(one), desk.id(two)]],
    );
    expect(told.map(({ person }) => person).sort()).toEqual(
      [desk.id(one), desk.id(one), desk.id(two)].sort(),
    );
  });
});

describe('AE-SOD-3 two accounts of one human: nobody changes who they are through the other one', () => {
  const rights = { role: 'CFO', unitId: null, limit: null, from: null, to: null };
  const member = async () => ({ unitId: await unit('moses.frase'), position: 'MEMBER' as const });
  const acts: [string, (actor: string, of: string) => Promise<unknown>][] = [
    ['grants a role', (by, of) => grantRole(desk.db, desk.meta(by), { ...rights, personId: desk.id(of) })],
    ['changes the post', async (by, of) => changePost(desk.db, desk.meta(by), desk.id(of), await member())],
    ['says it is nobody else', (by, of) => setHuman(desk.db, desk.meta(by), desk.id(of), null)],
    [
      'links an issuer’s subject',
      (by, of) =>
        linkOidcIdentity(desk.db, desk.meta(by), desk.id(of), { issuer: 'https://issuer.test', subject: of }),
    ],
    ['ends the account', (by, of) => deactivatePerson(desk.db, desk.meta(by), desk.id(of))],
  ];

  it.each(acts)('%s: refused of oneself and of the other account, not of anybody else', async (_, act) => {
    const [own, twin, other] = (await desk.hire(3)) as [string, string, string];
    await setHuman(desk.db, desk.meta('hr'), desk.id(twin), desk.id(own));
    expect(await refusal(act(own, own))).toBe('SOD_VIOLATION');
    expect(await refusal(act(own, twin))).toBe('SOD_VIOLATION');
    await act(own, other);
  });
});

describe('a post changes', () => {
  it('whoever headed the unit besides a post of their own keeps that', async () => {
    const [acting, next] = (await desk.hire(2)) as [string, string];
    const [own, headed] = [await unit('moses.frase'), await unit('legal')];
    const [before] = await desk.db.query<{ person: string }[]>(
      `SELECT employee_id AS person FROM assignment WHERE unit_id = $1 AND position = 'HEAD' AND valid @> now()`,
      [headed],
    );
    if (before)
      await desk.db.query(`DELETE FROM assignment WHERE unit_id = $1 AND position = 'HEAD'`, [headed]);
    for (const [unitId, position, primary] of [
      [own, 'MEMBER', true],
      [headed, 'HEAD', false],
    ])
      await desk.db.query(
        `INSERT INTO assignment (id, employee_id, unit_id, position, is_primary, valid)
         VALUES ($1, $2, $3, $4, $5, tstzrange(now() - interval '1 day', NULL))`,
        [randomUUID(), desk.id(acting), unitId, position, primary],
      );
    await head(next, headed);
    expect(
      await desk.db.query<unknown[]>(
        `SELECT unit_id AS unit, position, is_primary AS primary FROM assignment
         WHERE employee_id = $1 AND valid @> now() ORDER BY is_primary`,
        [desk.id(acting)],
      ),
    ).toEqual([
      { unit: headed, position: 'MEMBER', primary: false },
      { unit: own, position: 'MEMBER', primary: true },
    ]);
  });
});
