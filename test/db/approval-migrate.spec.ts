import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrateRequests, tryMigration, type RequestMigrated } from '../../src/commands/approval/migrate.js';
import { verifyChain } from '../../src/commands/audit/verify.js';
import { evolve } from '../../src/domain/approval/engine.js';
import type { ApprovalState } from '../../src/domain/approval/model.js';
import type { StageSpec } from '../../src/domain/approval/stage-spec.js';
import { requestEvents } from '../../src/queries/request/request-events.js';
import { Desk } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const [LEAD, DIRECTOR, MANAGER, OWNER] = ['dustin.brinkmann', 'director.central', 'manager', 'cfo'];
const lead = (over: Partial<StageSpec> = {}) => desk.seats('LEAD', [LEAD], { rank: 0, ...over });
const director = () => desk.seats('DIRECTOR', [DIRECTOR], { rank: 2 });
const manager = () => desk.seats('MANAGER', [MANAGER], { rank: 1 });

/** Requests on version 1 of a kind of their own, and the id of the version 2 that came after. */
async function opened(
  count: number,
  before: readonly StageSpec[],
  after: readonly StageSpec[],
): Promise<{ ids: string[]; policyId: string }> {
  const kind = await desk.policy(before);
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push((await desk.submit(await desk.subject(kind))).value.requestId);
  await desk.publish(kind, 2, after);
  const [row] = await desk.db.query<{ id: string }[]>(
    `SELECT id FROM policy_version WHERE kind = $1 AND version = 2`,
    [kind],
  );
  return { ids, policyId: row!.id };
}

function migrate(
  { ids, policyId }: { ids: string[]; policyId: string },
  {
    by = OWNER,
    acceptOutcome = [] as string[],
    key,
  }: { by?: string; acceptOutcome?: string[]; key?: string } = {},
): Promise<RequestMigrated[]> {
  const reason = 'the manager looks first now';
  const sees = () => Promise.resolve(true);
  const input = { policyId, requestIds: ids, acceptOutcome, reason, sees };
  return migrateRequests(desk.db, desk.meta(by, key ? { key } : {}), input);
}

const told = ({ refusal, migrated }: RequestMigrated) => refusal?.code ?? migrated?.moved;

async function replayed(requestId: string): Promise<ApprovalState> {
  const events = await requestEvents(desk.db, requestId);
  return events.reduce<ApprovalState | null>((state, { payload }) => evolve(state, payload), null)!;
}

const byId = (state: ApprovalState) => ({
  ...state,
  seats: [...state.seats].sort((a, b) => (a.id < b.id ? -1 : 1)),
});

const outbox = (requestId: string) =>
  desk.db.query<{ n: string }[]>(
    `SELECT count(*) AS n FROM outbox o JOIN approval_request r ON o.workflow_id LIKE '%' || r.subject_id || '%' WHERE r.id = $1`,
    [requestId],
  );

describe('AE-POL-2 open requests are moved to the version in force', () => {
  it('with the yes that carries; the seats of before end in the same transaction, the process hears, the clock is new', async () => {
    const on = await opened(1, [lead(), director()], [lead(), manager(), director()]);
    const [id] = on.ids as [string];
    await desk.vote(id, LEAD, 'APPROVE');
    const before = (await desk.read(id)).state;
    const [{ n }] = (await outbox(id)) as [{ n: string }];
    expect((await migrate(on)).map(told)).toEqual([true]);
    const { state } = await desk.read(id);
    expect(state).toMatchObject({ state: 'PENDING', round: 2, policy: { version: 2, id: on.policyId } });
    expect(state.stages.map(({ spec, state: s, code }) => [spec.key, s, code])).toEqual([
      ['LEAD', 'PASSED', 'CARRIED'],
      ['MANAGER', 'ACTIVE', null],
      ['DIRECTOR', 'PLANNED', null],
    ]);
    const open = await desk.db.query<
      { holder_id: string; round: number; opened_at: Date; due_at: Date | null }[]
    >(
      `SELECT holder_id, round, opened_at, due_at FROM approval_seat WHERE request_id = $1 AND state IN ('OPEN', 'WAITING', 'PARKED')`,
      [id],
    );
    expect(open).toMatchObject([{ holder_id: desk.id(MANAGER), round: 2 }]);
    const [{ opened_at: since, due_at: due }] = open as [(typeof open)[0]];
    expect([since.toISOString() > before.seats[0]!.openedAt!, due !== null && due > since]).toEqual([
      true,
      true,
    ]);
    expect(Number((await outbox(id))[0]!.n)).toBe(Number(n) + 1);
    const [event] = await desk.db.query<{ actor: string; cause: string; payload: { moves: object[] } }[]>(
      `SELECT actor, cause, payload FROM event WHERE aggregate_id = $1 AND type = 'request.migrated'`,
      [id],
    );
    expect(event).toMatchObject({ actor: desk.id(OWNER), cause: 'MIGRATE', payload: { accepted: false } });
    expect(event!.payload.moves).toHaveLength(3);
  });

  it('the log folds to the rows, the chain verifies, and the request goes on to its end', async () => {
    const on = await opened(1, [lead(), director()], [lead(), manager(), director()]);
    const [id] = on.ids as [string];
    await desk.vote(id, LEAD, 'APPROVE');
    await migrate(on);
    expect(byId(await replayed(id))).toEqual(byId((await desk.read(id)).state));
    await desk.vote(id, MANAGER, 'APPROVE');
    await desk.vote(id, DIRECTOR, 'APPROVE');
    expect((await desk.read(id)).state.state).toBe('APPROVED');
    expect(await verifyChain(desk.db, 'request', id)).toMatchObject({ firstBadSeq: null });
  });

  it('a repeat is a no-op, under the same key and under another', async () => {
    const on = await opened(1, [lead()], [manager()]);
    expect((await migrate(on, { key: 'once' })).map(told)).toEqual([true]);
    const { state } = await desk.read(on.ids[0]!);
    expect((await migrate(on, { key: 'once' })).map(told)).toEqual([true]);
    expect((await migrate(on)).map(told)).toEqual([false]);
    expect((await desk.read(on.ids[0]!)).state).toEqual(state);
  });

  it('each by itself: one that refuses does not hold up the others', async () => {
    const on = await opened(3, [lead(), director()], [lead()]);
    const [first, passed, third] = on.ids as [string, string, string];
    await desk.vote(passed, LEAD, 'APPROVE');
    const nobody = '00000000-0000-4000-8000-000000000000';
    const moved = await migrate({ ...on, ids: [first, passed, nobody, third] });
    expect(moved.map(told)).toEqual([true, 'OUTCOME_CHANGE', 'NOT_FOUND', true]);
    expect((await desk.read(passed)).state).toMatchObject({
      state: 'PENDING',
      round: 1,
      policy: { version: 1 },
    });
    expect((await migrate({ ...on, ids: [passed] }, { acceptOutcome: [passed] })).map(told)).toEqual([true]);
    expect((await desk.read(passed)).state.state).toBe('APPROVED');
    expect(desk.told.filter(({ requestId }) => requestId === passed).at(-1)).toMatchObject({
      step: 'closed',
      outcome: 'APPROVED',
    });
  });

  it('not by the initiator, not to a version that is not in force', async () => {
    const on = await opened(1, [lead()], [manager()]);
    expect((await migrate(on, { by: 'moses.frase' })).map(told)).toEqual(['SOD_INITIATOR']);
    const [old] = await desk.db.query<{ id: string }[]>(
      `SELECT v.id FROM policy_version v JOIN policy_version n ON n.kind = v.kind AND v.version = 1 WHERE n.id = $1`,
      [on.policyId],
    );
    await expect(migrate({ ...on, policyId: old!.id })).rejects.toMatchObject({ code: 'POLICY.NOT_ACTIVE' });
  });

  it('against an approval at the same instant: the yes counts once, before or after the move', async () => {
    const on = await opened(8, [lead(), director()], [lead(), manager(), director()]);
    await Promise.all(
      on.ids.map((id) =>
        Promise.all([migrate({ ...on, ids: [id] }), desk.vote(id, LEAD, 'APPROVE').catch(() => null)]),
      ),
    );
    for (const id of on.ids) {
      const { state } = await desk.read(id);
      const asked = state.seats.filter(({ state: s }) => s === 'OPEN').map(({ holderId }) => holderId);
      const passed = state.stages[0]!.state === 'PASSED';
      expect([state.round, asked]).toEqual([2, [desk.id(passed ? MANAGER : LEAD)]]);
      expect(byId(await replayed(id))).toEqual(byId(state));
    }
  });
});

describe('AE-POL-2 the dry run', () => {
  const actor = () => desk.meta(OWNER).actor;

  it('says stage by stage what the move then does, and writes nothing', async () => {
    const on = await opened(1, [lead(), director()], [lead(), manager()]);
    const [id] = on.ids as [string];
    await desk.vote(id, LEAD, 'APPROVE');
    const { state } = await desk.read(id);
    const trial = await tryMigration(desk.db.manager, actor(), on.policyId, id);
    expect(trial).toMatchObject({ needsAcceptance: false, refusal: null });
    expect(trial.moves.map(({ key, effect, carried }) => [key, effect, carried])).toEqual([
      ['LEAD', 'KEPT', [desk.id(LEAD)]],
      ['MANAGER', 'ADDED', []],
      ['DIRECTOR', 'DROPPED', []],
    ]);
    expect((await desk.read(id)).state).toEqual(state);
    await migrate(on);
    const [event] = await desk.db.query<{ moves: unknown }[]>(
      `SELECT payload->'moves' AS moves FROM event WHERE aggregate_id = $1 AND type = 'request.migrated'`,
      [id],
    );
    expect(event!.moves).toEqual(JSON.parse(JSON.stringify(trial.moves)));
  });

  it('says that the outcome needs somebody to answer for it, and what would be refused', async () => {
    const on = await opened(1, [lead(), director()], [lead()]);
    await desk.vote(on.ids[0]!, LEAD, 'APPROVE');
    const trial = await tryMigration(desk.db.manager, actor(), on.policyId, on.ids[0]!);
    expect([trial.needsAcceptance, trial.refusal]).toEqual([true, null]);
    const own = await tryMigration(desk.db.manager, desk.meta('moses.frase').actor, on.policyId, on.ids[0]!);
    expect(own.refusal?.code).toBe('SOD_INITIATOR');
  });
});
