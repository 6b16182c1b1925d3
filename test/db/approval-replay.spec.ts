import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resubmitRequest, withdrawRequest } from '../../src/commands/approval/takeback.js';
import { fireDueRungs } from '../../src/commands/approval/time.js';
import { evolve } from '../../src/domain/approval/engine.js';
import type { ApprovalState } from '../../src/domain/approval/model.js';
import type { DecisionAction } from '../../src/domain/approval/stage-spec.js';
import { requestEvents } from '../../src/queries/request/timeline.js';
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

  it('holds through withdrawal and through time', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', ['dustin.brinkmann'])]);
    await fireDueRungs(desk.db, { key: 'w/1', correlationId: null }, requestId);
    await withdrawRequest(desk.db, desk.meta('moses.frase'), { requestId, reason: null });
    expect(byId(await replayed(requestId))).toEqual(byId((await desk.read(requestId)).state));
  });
});
