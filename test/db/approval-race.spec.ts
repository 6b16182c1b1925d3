import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decideSeat } from '../../src/commands/approval/decide.js';
import type { DecisionAction, QuorumRule } from '../../src/domain/approval/stage-spec.js';
import { Desk } from '../builders/approval-desk.js';

const HOLDERS = 50;
/** of each rule; decision-race.spec.ts does a hundred over HTTP */
const ROUNDS = 12;
const LOSER = ['SEAT_DECIDED', 'STAGE_CLOSED', 'REQUEST_CLOSED'];

let desk: Desk;
let voters: string[];
beforeAll(async () => {
  desk = await Desk.open();
  voters = await desk.hire(HOLDERS);
});
afterAll(() => desk.close());

interface Outcome {
  taken: number;
  codes: string[];
  requestState: string;
  /** how often the next stage was opened */
  advances: number;
}

/** A machine too busy for fifty at once refuses with COMMAND_BUSY (AE-CMD-6): ask again, as a client does. */
async function patiently<T>(command: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await command();
    } catch (error) {
      if ((error as { code?: string }).code !== 'COMMAND_BUSY') throw error;
      await pause(1_000);
    }
  }
}

/** Every holder answers at the same instant, over a pool of ten connections. */
async function race(quorum: QuorumRule, actionOf: (index: number) => DecisionAction): Promise<Outcome> {
  const requestId = await desk.pending([
    desk.seats('CROWD', voters, { quorum }),
    desk.seats('LAST', ['director.central'], { block: 2 }),
  ]);
  const { state } = await desk.read(requestId);
  const seatOf = new Map(state.seats.map((seat) => [seat.holderId, seat]));
  const results = await Promise.allSettled(
    voters.map((voter, index) => {
      const seat = seatOf.get(desk.id(voter))!;
      const input = {
        seatId: seat.id,
        action: actionOf(index),
        expectedSeatVersion: 1,
        subjectHash: state.subjectHash,
        comment: 'now',
      };
      return patiently(() => decideSeat(desk.db, desk.meta(voter), input));
    }),
  );
  const [after] = await desk.db.query<{ state: string; advances: string }[]>(
    `SELECT r.state, (SELECT count(*) FROM event e WHERE e.aggregate_id = r.id AND e.type = 'stage.activated') AS advances
     FROM approval_request r WHERE r.id = $1`,
    [requestId],
  );
  return {
    taken: results.filter(({ status }) => status === 'fulfilled').length,
    codes: results.flatMap((result) =>
      result.status === 'rejected'
        ? [(result.reason as { code?: string }).code ?? String(result.reason)]
        : [],
    ),
    requestState: after!.state,
    advances: Number(after!.advances),
  };
}

describe('fifty holders who answer at the same instant', () => {
  it('ANY: one answer counts, the stage advances once, 49 hear clearly that it is over; twelve times', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { taken, codes, requestState, advances } = await race(
        { kind: 'ANY', first: 'ANY_ANSWER' },
        () => 'APPROVE',
      );
      expect({ taken, requestState, advances }).toEqual({ taken: 1, requestState: 'PENDING', advances: 2 });
      expect(codes).toHaveLength(49);
      expect(codes.every((code) => LOSER.includes(code))).toBe(true);
    }
  }, 300_000);

  it('COUNT 3 of yes and no mixed: the rule decides, whatever the order; twelve times', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { taken, codes, advances, requestState } = await race({ kind: 'COUNT', count: 3 }, (index) =>
        index % 2 === 0 ? 'APPROVE' : 'REJECT',
      );
      expect({ requestState, advances }).toEqual({ requestState: 'PENDING', advances: 2 });
      expect(taken).toBeGreaterThanOrEqual(3);
      expect(taken + codes.length).toBe(HOLDERS);
      expect(codes.every((code) => LOSER.includes(code))).toBe(true);
    }
  }, 300_000);

  it('ALL: every yes counts and the last one closes the stage; twelve times', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { taken, codes, requestState, advances } = await race({ kind: 'ALL' }, () => 'APPROVE');
      expect({ taken, codes, requestState, advances }).toEqual({
        taken: 50,
        codes: [],
        requestState: 'PENDING',
        advances: 2,
      });
    }
  }, 300_000);

  it('ALL with one no: rejected once, and nobody after it counts', async () => {
    const { taken, codes, requestState, advances } = await race({ kind: 'ALL' }, (index) =>
      index === 20 ? 'REJECT' : 'APPROVE',
    );
    expect({ requestState, advances }).toEqual({ requestState: 'REJECTED', advances: 1 });
    expect(taken + codes.length).toBe(HOLDERS);
    expect(codes.every((code) => LOSER.includes(code))).toBe(true);
  });
});

describe('a request whose lock is stuck', () => {
  it('AE-CMD-6 answers its own crowd busy after five seconds and never holds up another request', async () => {
    const stuck = await desk.pending([desk.seats('CROWD', voters)]);
    const other = await desk.pending([desk.seats('LEAD', ['dustin.brinkmann'])]);
    const ballots = await Promise.all(
      voters.slice(0, 20).map(async (by) => ({ by, input: await desk.ballot(stuck, by, 'APPROVE') })),
    );
    const holder = desk.db.createQueryRunner();
    await holder.startTransaction();
    await holder.query(`SELECT 1 FROM event_head WHERE aggregate_id = $1 FOR UPDATE`, [stuck]);
    const crowd = Promise.allSettled(
      ballots.map(({ by, input }) => decideSeat(desk.db, desk.meta(by), input)),
    );
    expect((await desk.vote(other, 'dustin.brinkmann', 'APPROVE')).value.requestState).toBe('APPROVED');
    const stillWaiting = await Promise.race([crowd, Promise.resolve('waiting')]);
    expect(stillWaiting).toBe('waiting');
    const codes = (await crowd).map((result) =>
      result.status === 'rejected' ? (result.reason as { code: string }).code : 'taken',
    );
    expect(new Set(codes)).toEqual(new Set(['COMMAND_BUSY']));
    await holder.rollbackTransaction();
    await holder.release();
    expect((await desk.vote(stuck, voters[0]!, 'APPROVE')).value.requestState).toBe('APPROVED');
  }, 20_000);
});
