import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subjectChanged } from '../../src/commands/approval/amend.js';
import { lockRequest } from '../../src/commands/approval/request-lock.js';
import { submitAmendment } from '../../src/commands/approval/submit.js';
import { resubmitRequest, withdrawRequest } from '../../src/commands/approval/takeback.js';
import { fireDueRungs } from '../../src/commands/approval/time.js';
import { runCommand } from '../../src/commands/transaction.js';
import { evolve } from '../../src/domain/approval/engine.js';
import type { ApprovalState } from '../../src/domain/approval/model.js';
import type { DecisionAction } from '../../src/domain/approval/stage-spec.js';
import { requestEvents } from '../../src/queries/request/request-events.js';
import { Desk } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** Small deterministic generator: the same walks in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % sides;
  };
}

async function replayed(requestId: string): Promise<ApprovalState> {
  const events = await requestEvents(desk.db, requestId);
  return events.reduce<ApprovalState | null>((state, { payload }) => evolve(state, payload), null)!;
}

const byId = (state: ApprovalState) => ({
  ...state,
  seats: [...state.seats].sort((a, b) => (a.id < b.id ? -1 : 1)),
});
const ACTIONS: readonly DecisionAction[] = ['APPROVE', 'APPROVE', 'APPROVE', 'REJECT', 'RETURN', 'ABSTAIN'];

async function step(requestId: string, roll: (sides: number) => number): Promise<boolean> {
  const { state } = await desk.read(requestId);
  if (state.state === 'RETURNED') {
    await resubmitRequest(desk.db, desk.meta('moses.frase'), { requestId });
    return true;
  }
  const open = state.seats.filter((seat) => seat.state === 'OPEN');
  const seat = open[roll(Math.max(open.length, 1))];
  if (state.state !== 'PENDING' || !seat) return false;
  const by = NAMES.find((name) => desk.id(name) === seat.holderId)!;
  const action = ACTIONS[roll(ACTIONS.length)]!;
  const passed = state.stages.filter((stage) => stage.state === 'PASSED' && stage.spec.block === 1);
  const back =
    action === 'RETURN' && seat.stageId === state.stages.at(-1)!.id && passed.length === 2 && roll(2) === 0;
  await desk.vote(requestId, by, action, {
    ...(back ? { returnTo: 'LEAD' } : {}),
    resume: roll(2) === 0 ? 'NEXT' : 'TO_RETURNER',
  });
  return true;
}

/** An approved subject is changed, or its change submitted; else somebody answers, often with an edit. */
async function changeOrVote(
  requestId: string,
  subjectId: string,
  roll: (sides: number) => number,
): Promise<void> {
  const { state } = await desk.read(requestId);
  const by = desk.meta('moses.frase');
  if (state.state === 'APPROVED' && state.stale) {
    await runCommand(desk.db, by, (tx) => submitAmendment(tx, by, requestId));
    return;
  }
  const discountPct = String(8 + roll(6));
  if (state.state === 'APPROVED') {
    desk.subjects.set(subjectId, desk.withDiscount(subjectId, discountPct));
    await runCommand(desk.db, by, async (tx) => {
      const stale = await subjectChanged(tx, by, await lockRequest(tx, requestId));
      return { isStale: stale !== null };
    });
    return;
  }
  const open = state.seats.filter((seat) => seat.state === 'OPEN');
  const seat = open[roll(Math.max(open.length, 1))];
  if (!seat) return;
  const holder = NAMES.find((name) => desk.id(name) === seat.holderId)!;
  if (roll(8) === 0 && state.amends) return void (await desk.vote(requestId, holder, 'REJECT'));
  const edit = roll(2) === 0 ? { edits: { '/discountPct': discountPct }, acceptInvalidation: KEYS } : {};
  await desk.vote(requestId, holder, 'APPROVE', edit);
}

const KEYS = ['LEAD', 'LEGAL', 'DIRECTOR'];
const NAMES = ['dustin.brinkmann', 'legal', 'legal2', 'finance', 'director.central', 'manager'];

describe('4.18-8 the event log', () => {
  it('folded again gives the rows, after every command of 25 random walks', async () => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const roll = dice(seed);
      const requestId = await desk.pending([
        desk.seats('LEAD', ['dustin.brinkmann'], { branch: 'a' }),
        desk.seats('LEGAL', ['legal', 'legal2', 'finance'], {
          branch: 'b',
          quorum: { kind: 'COUNT', count: 2 },
          mode: seed % 2 ? 'PARALLEL' : 'SEQUENTIAL',
        }),
        desk.seats('DIRECTOR', ['director.central', 'manager'], { block: 2, quorum: { kind: 'ALL' } }),
      ]);
      for (let steps = 0; steps < 15 && (await step(requestId, roll)); steps += 1) {
        const { state } = await desk.read(requestId);
        expect(byId(await replayed(requestId))).toEqual(byId(state));
      }
      const { state } = await desk.read(requestId);
      const live = state.seats.some((seat) => ['OPEN', 'WAITING', 'PARKED'].includes(seat.state));
      const blocked = state.stages.some((stage) => stage.state === 'BLOCKED');
      expect(state.state === 'PENDING' ? live || blocked : !live).toBe(true);
    }
  }, 60_000);

  it('AE-ENV-3, AE-SUB-2 holds through edits in decisions, changes of what was approved and their rounds', async () => {
    const reached = { edited: 0, askedAgain: 0, amended: 0, rounds: 0, reverted: 0 };
    for (let seed = 1; seed <= 25; seed += 1) {
      const roll = dice(seed);
      const envelope = [{ name: 'discountPct', direction: 'AT_MOST' as const }];
      const policy = await desk.policy([
        desk.seats('LEAD', ['dustin.brinkmann'], { branch: 'a', envelope }),
        desk.seats('LEGAL', ['legal', 'legal2'], { branch: 'b', quorum: { kind: 'ALL' }, envelope }),
        desk.seats('DIRECTOR', ['director.central'], { block: 2, ...(seed % 2 ? { envelope } : {}) }),
      ]);
      const { id } = await desk.subject(policy);
      desk.subjects.set(id, desk.withDiscount(id, '10'));
      const { requestId } = (await desk.submit(desk.subjects.get(id)!)).value;
      for (let steps = 0; steps < 15; steps += 1) {
        await changeOrVote(requestId, id, roll);
        const { state } = await desk.read(requestId);
        expect(byId(await replayed(requestId))).toEqual(byId(state));
      }
      const events = (await requestEvents(desk.db, requestId)).map(({ payload }) => payload);
      const count = (type: string) => events.filter((event) => event.type === type).length;
      reached.edited += count('subject.edited');
      reached.askedAgain += events.filter(
        (event) => event.type === 'subject.edited' && event.broken.length > 0,
      ).length;
      reached.amended += count('request.amended');
      reached.rounds += count('request.submitted') - 1;
      reached.reverted += count('request.reverted');
    }
    for (const times of Object.values(reached)) expect(times).toBeGreaterThan(0);
  }, 120_000);

  it('holds through withdrawal and through time', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', ['dustin.brinkmann'])]);
    await fireDueRungs(desk.db, { key: 'w/1', correlationId: null }, requestId);
    await withdrawRequest(desk.db, desk.meta('moses.frase'), { requestId, reason: null });
    expect(byId(await replayed(requestId))).toEqual(byId((await desk.read(requestId)).state));
  });
});
