import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk } from '../builders/approval-desk.js';
import type { Problem } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

const HOLDERS = 50;
const TURNS = 100;

interface Loser extends Problem {
  winning: { by: { name: string } } | null;
  byYou: boolean;
}

let api: TestApi;
let desk: Desk;
let voters: { name: string; client: ApiClient }[];
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
  const names = await desk.hire(HOLDERS);
  voters = await Promise.all(names.map(async (name) => ({ name, client: await api.as(name) })));
}, 30_000);
afterAll(() => api.close());

/** Every holder posts their answer over HTTP at the same instant. */
async function race() {
  const requestId = await desk.pending([
    desk.seats(
      'CROWD',
      voters.map(({ name }) => name),
      { quorum: { kind: 'ANY', first: 'ANY_ANSWER' } },
    ),
    desk.seats('LAST', ['director.central'], { block: 2 }),
  ]);
  const { state } = await desk.read(requestId);
  const seatOf = new Map(state.seats.map((seat) => [seat.holderId, seat]));
  const answers = await Promise.all(
    voters.map(async ({ name, client }) => {
      const seat = seatOf.get(desk.id(name))!;
      const ballot = {
        action: 'APPROVE',
        expectedSeatVersion: seat.version,
        subjectHash: state.subjectHash,
        comment: `from ${name}`,
      };
      // a machine too busy for fifty at once says 503 with Retry-After (AE-CMD-6): ask again, as a client does
      for (;;) {
        const { status, body } = await client.post<Loser>(`/seats/${seat.id}/decisions`, ballot);
        if (status !== 503) return { name, status, body };
        await pause(1_000);
      }
    }),
  );
  const events = await api.dataSource.query<{ type: string }[]>(
    `SELECT type FROM event WHERE aggregate_kind = 'request' AND aggregate_id = $1 ORDER BY seq`,
    [requestId],
  );
  return { answers, types: events.map(({ type }) => type), after: (await desk.read(requestId)).state };
}

describe('AE-CMD-5 fifty holders decide one request over HTTP at the same instant', () => {
  it('a hundred times: one outcome, one advance, every loser a clear 409 that names the winner', async () => {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const { answers, types, after } = await race();
      const winners = answers.filter(({ status }) => status === 200);
      const losers = answers.filter(({ status }) => status === 409);
      expect([winners.length, losers.length]).toEqual([1, HOLDERS - 1]);
      for (const { body } of losers) {
        expect(['SEAT_DECIDED', 'STAGE_CLOSED']).toContain(body.code);
        expect([body.winning?.by.name, body.byYou]).toEqual([winners[0]!.name, false]);
      }
      expect(types.filter((type) => type === 'seat.decided')).toHaveLength(1);
      expect(types.filter((type) => type === 'stage.activated')).toHaveLength(2);
      expect(after.state).toBe('PENDING');
    }
  }, 600_000);
});
