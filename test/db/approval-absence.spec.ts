import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyAbsence } from '../../src/commands/approval/absence.js';
import { decideSeat } from '../../src/commands/approval/decide.js';
import { cancelAbsence, enterAbsence, type NewAbsence } from '../../src/commands/org/absence.js';
import { readInbox } from '../../src/queries/inbox/inbox.js';
import { readRequestView } from '../../src/queries/request/request-view.js';
import { absenceProcess } from '../../src/queries/process/absence-process.js';
import { Desk, refusal } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const LATER = '2099-01-01T00:00:00.000Z';

async function away(username: string, delegate: string, over: Partial<NewAbsence> = {}): Promise<string> {
  const absence = {
    personId: desk.id(username),
    delegateId: desk.id(delegate),
    from: '2000-01-01T00:00:00.000Z',
    to: LATER,
    note: null,
    ...over,
  };
  return (await enterAbsence(desk.db, desk.meta('hr'), absence)).value.id;
}

const act = (id: string, key: string) => applyAbsence(desk.db, { key, correlationId: null }, id);
const named = (...usernames: string[]) => desk.seats('NAMED', usernames, { quorum: { kind: 'ALL' } });
const todo = async (username: string, tab: 'todo' | 'delegated' = 'todo') =>
  (await readInbox(desk.db.manager, desk.id(username), { tab }, { limit: 50, after: null })).items;

describe('AE-ABS-1 an absence and what is open', () => {
  it('includeOpen: it goes to the stand-in when the absence begins, and back when it is taken back', async () => {
    const [owner, standIn] = (await desk.hire(2)) as [string, string];
    const requestId = await desk.pending([named(owner, 'legal')]);
    const id = await away(owner, standIn, { includeOpen: true });
    expect((await absenceProcess(desk.db.manager, id))!.next).toMatchObject({
      key: 'over/1',
      kind: 'MOVE_SEATS',
    });
    expect(await act(id, 'over')).toEqual({ changed: 1, refused: [] });
    expect((await absenceProcess(desk.db.manager, id))!.next).toMatchObject({ key: 'back/1', at: LATER });
    const seat = await desk.seatOf(requestId, standIn);
    expect(seat).toMatchObject({
      ownerId: desk.id(owner),
      standIn: { forId: desk.id(owner), absenceIds: [id] },
    });
    const stale = await desk.ballot(requestId, standIn, 'APPROVE');

    await cancelAbsence(desk.db, desk.meta('hr'), id);
    const due = (await absenceProcess(desk.db.manager, id))!;
    expect(due).toMatchObject({ stage: 'ABSENCE:OVER', next: { key: 'back/1' } });
    expect(due.next!.inMs).toBeLessThanOrEqual(0);
    expect(await act(id, 'back')).toEqual({ changed: 1, refused: [] });
    expect(await desk.seatOf(requestId, owner)).toMatchObject({ state: 'OPEN', standIn: null });
    expect(await refusal(decideSeat(desk.db, desk.meta(standIn), stale))).toBe('NOT_HOLDER');
    const viewer = {
      personId: desk.id(owner),
      permissions: { 'approval:decide': 'OWN' as const },
      unitIds: {},
    };
    const { timeline } = await readRequestView(desk.db.manager, viewer, requestId);
    expect(
      timeline.slice(-2).map(({ text }) => [text.key, text.params['person'], text.params['to']]),
    ).toEqual([
      ['seat.transferred.absence', owner, standIn],
      ['seat.transferred.absence_end', standIn, owner],
    ]);
    await act(id, 'back again');
    expect(await absenceProcess(desk.db.manager, id)).toMatchObject({ outcome: 'SETTLED', next: null });
  });

  it('not told to: what is open stays, what opens goes to the stand-in', async () => {
    const [owner, standIn] = (await desk.hire(2)) as [string, string];
    const open = await desk.pending([named(owner)]);
    const id = await away(owner, standIn);
    expect(await act(id, 'over')).toEqual({ changed: 0, refused: [] });
    expect((await desk.seatOf(open, owner)).state).toBe('OPEN');
    const opened = await desk.pending([named(owner)]);
    expect((await desk.seatOf(opened, standIn)).ownerId).toBe(desk.id(owner));
  });

  it('does nothing before it begins', async () => {
    const [owner, standIn] = (await desk.hire(2)) as [string, string];
    const id = await away(owner, standIn, { from: '2098-01-01T00:00:00.000Z', includeOpen: true });
    expect(await refusal(act(id, 'early'))).toBe('NOT_FOUND');
    expect(await absenceProcess(desk.db.manager, id)).toMatchObject({
      stage: 'ABSENCE:COMING',
      next: { key: 'over/1', at: '2098-01-01T00:00:00.000Z' },
    });
  });

  it.each<[string, Partial<NewAbsence>, string[]]>([
    ['of other kinds', { kinds: ['approval.contract'] }, ['owner']],
    ['above maxAmount', { maxAmount: { amount: '99999.99', currency: 'CNY' } }, []],
    ['at maxAmount', { maxAmount: { amount: '100000', currency: 'CNY' } }, ['standIn']],
  ])('a request %s', async (_, over, holders) => {
    const [owner, standIn] = (await desk.hire(2)) as [string, string];
    await away(owner, standIn, over);
    const requestId = await desk.pending([named(owner, 'legal')]);
    const { seats } = (await desk.read(requestId)).state;
    const names: Record<string, string> = { [desk.id(owner)]: 'owner', [desk.id(standIn)]: 'standIn' };
    expect(seats.flatMap(({ holderId }) => names[holderId] ?? [])).toEqual(holders);
  });

  it('two for one kind overlap: 409; for different kinds they do not', async () => {
    const [owner] = (await desk.hire(1)) as [string];
    await away(owner, 'legal', { kinds: ['approval.quote'] });
    expect(await refusal(away(owner, 'legal', { kinds: ['approval.quote', 'approval.contract'] }))).toBe(
      'ORG.OVERLAP',
    );
    expect(await refusal(away(owner, 'legal'))).toBe('ORG.OVERLAP');
    await away(owner, 'finance', { kinds: ['approval.contract'] });
  });

  it.each<[string, Partial<NewAbsence>]>([
    ['sharing with nobody', { share: true, delegateId: null }],
    ['a limit below zero', { maxAmount: { amount: '-1', currency: 'CNY' } }],
  ])('%s is refused', async (_, over) => {
    const [owner] = (await desk.hire(1)) as [string];
    expect(await refusal(away(owner, 'legal', over))).toBe('VALIDATION');
  });

  it('the process is told when it is entered and when it is taken back', async () => {
    const [owner] = (await desk.hire(1)) as [string];
    const id = await away(owner, 'legal');
    await cancelAbsence(desk.db, desk.meta('hr'), id);
    const told = await desk.db.query<unknown[]>(
      `SELECT workflow_type FROM outbox WHERE workflow_id = $1 ORDER BY seq`,
      [`absence/${id}`],
    );
    expect(told).toEqual([{ workflow_type: 'absence' }, { workflow_type: 'absence' }]);
  });
});

describe('AE-ABS-4 SHARE', () => {
  it('both have it in their list; the first decision wins and the other’s item vanishes', async () => {
    const [owner, standIn] = (await desk.hire(2)) as [string, string];
    await away(owner, standIn, { share: true });
    const requestId = await desk.pending([named(owner, 'legal')]);
    expect((await todo(owner)).map((item) => item.requestId)).toEqual([requestId]);
    expect((await todo(standIn)).map((item) => item.requestId)).toEqual([requestId]);
    await desk.vote(requestId, standIn, 'APPROVE');
    expect(await todo(owner)).toEqual([]);
    await desk.vote(requestId, 'legal', 'APPROVE');
    expect((await desk.read(requestId)).state.state).toBe('APPROVED');
  });

  it('the owner sees what others hold for them, read-only', async () => {
    const [owner, standIn] = (await desk.hire(2)) as [string, string];
    await away(owner, standIn);
    const requestId = await desk.pending([named(owner)]);
    expect(await todo(owner)).toEqual([]);
    expect(await todo(owner, 'delegated')).toEqual([
      expect.objectContaining({ requestId, heldBy: expect.objectContaining({ id: desk.id(standIn) }) }),
    ]);
    expect(await todo(standIn, 'delegated')).toEqual([]);
    await desk.vote(requestId, standIn, 'APPROVE');
    expect(await todo(owner, 'delegated')).toEqual([]);
  });
});
