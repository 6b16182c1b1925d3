import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { StageSpec } from '../../src/domain/approval/stage-spec.js';
import { Desk } from '../builders/approval-desk.js';
import { ballot, task } from '../builders/approval-client.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Result {
  results: {
    seatId: string;
    status: number;
    requestId: string | null;
    requestState: string | null;
    seatState: string | null;
    replayed: boolean;
    problem: { code: string; obstacle?: string } | null;
  }[];
  summary: { total: number; succeeded: number; failed: number; light: string };
}
type Ballot = ReturnType<typeof ballot> & { seatId: string };

let api: TestApi;
let desk: Desk;
let legal: ApiClient;
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
  legal = await api.as('legal');
});
afterAll(() => api.close());

const send = (items: readonly object[], { client = legal, key = randomUUID() } = {}) =>
  client.post<Result>('/seats/bulk-decisions', { items }, { key });

async function waiting(over: Partial<StageSpec> = {}): Promise<Ballot> {
  const requestId = await desk.pending([desk.seats('A', ['legal'], over)]);
  const item = await task(legal, requestId);
  return { seatId: item.seatId, ...ballot(item) };
}

async function requestOf({ seatId }: Ballot): Promise<string> {
  const [row] = await api.dataSource.query<{ id: string }[]>(
    `SELECT request_id AS id FROM approval_seat WHERE id = $1`,
    [seatId],
  );
  return row!.id;
}

async function stateOf(item: Ballot): Promise<string> {
  return (await desk.read(await requestOf(item))).state.state;
}

describe('AE-BULK-1 many answers in one call', () => {
  it('is for people who decide', async () => {
    const item = await waiting();
    expect((await send([item], { client: api.anonymous })).status).toBe(401);
    const hr = await api.as('hr');
    await api.dataSource.query(`DELETE FROM role_grant WHERE employee_id = $1`, [desk.id('hr')]);
    expect((await send([item], { client: hr })).status).toBe(403);
    expect(await stateOf(item)).toBe('PENDING');
  });

  it('takes 1 to 200 items, each seat once', async () => {
    const item = await waiting();
    expect((await send([])).status).toBe(400);
    expect((await send([item, item])).status).toBe(400);
    expect((await send(Array.from({ length: 201 }, () => ({ ...item, seatId: randomUUID() })))).status).toBe(
      400,
    );
    expect((await send([{ ...item, onBehalfOf: randomUUID() }])).status).toBe(400);
    expect(await stateOf(item)).toBe('PENDING');
  });

  it('answers 207 with a result per item, green when all went well', async () => {
    const items = [await waiting(), { ...(await waiting()), action: 'REJECT' }];
    const answer = await send(items);
    expect(answer.status).toBe(207);
    expect(answer.body.summary).toEqual({ total: 2, succeeded: 2, failed: 0, light: 'GREEN' });
    expect(
      answer.body.results.map(({ seatId, status, requestState }) => [seatId, status, requestState]),
    ).toEqual([
      [items[0]!.seatId, 200, 'APPROVED'],
      [items[1]!.seatId, 200, 'REJECTED'],
    ]);
  });

  it('frappe#9441 items that are stale or gone do not stop the others, and nothing that succeeded is taken back', async () => {
    const [first, old, changed, closed, last] = [
      await waiting(),
      await waiting(),
      await waiting(),
      await waiting(),
      await waiting(),
    ];
    await desk.vote(await requestOf(closed), 'legal', 'REJECT');
    const unknown = { ...first, seatId: randomUUID() };
    const answer = await send([
      first,
      { ...old, expectedSeatVersion: old.expectedSeatVersion + 1 },
      { ...changed, subjectHash: '0'.repeat(64) },
      closed,
      unknown,
      last,
    ]);
    expect(answer.status).toBe(207);
    expect(answer.body.summary).toEqual({ total: 6, succeeded: 2, failed: 4, light: 'AMBER' });
    expect(answer.body.results.map(({ status, problem }) => [status, problem?.code ?? null])).toEqual([
      [200, null],
      [409, 'STALE_VERSION'],
      [409, 'STALE_SUBJECT'],
      [409, 'SEAT_DECIDED'],
      [404, 'NOT_FOUND'],
      [200, null],
    ]);
    expect([await stateOf(first), await stateOf(old), await stateOf(last)]).toEqual([
      'APPROVED',
      'PENDING',
      'APPROVED',
    ]);
  });

  it('is red when nothing went through; each refusal is in the attempt log', async () => {
    const mine = await desk.pending([desk.seats('A', ['finance'])]);
    const item = await task(await api.as('finance'), mine);
    const answer = await send([{ seatId: item.seatId, ...ballot(item) }]);
    expect(answer.body.summary).toMatchObject({ failed: 1, light: 'RED' });
    expect(answer.body.results[0]!.problem!.code).toBe('NOT_HOLDER');
    const [row] = await api.dataSource.query<{ code: string }[]>(
      `SELECT payload->>'code' AS code FROM event WHERE aggregate_kind = 'attempt' AND aggregate_id = $1 ORDER BY seq DESC LIMIT 1`,
      [desk.id('legal')],
    );
    expect(row!.code).toBe('NOT_HOLDER');
  });

  it('noBulk and high-risk items are refused as items, and can be decided alone', async () => {
    const alone = await waiting({ noBulk: true });
    const large = await waiting({ bulkLimit: '99999.99' });
    const fine = await waiting();
    const answer = await send([alone, large, fine]);
    expect(
      answer.body.results.map(({ status, problem }) => [status, problem?.code, problem?.obstacle]),
    ).toEqual([
      [422, 'BULK_NOT_ALLOWED', 'NO_BULK'],
      [422, 'BULK_NOT_ALLOWED', 'HIGH_RISK'],
      [200, undefined, undefined],
    ]);
    const { seatId, ...body } = alone;
    expect((await legal.post(`/seats/${seatId}/decisions`, body)).status).toBe(200);
  });

  it('frappe#34080 the whole call again answers with the first answers and tries the rest', async () => {
    const key = randomUUID();
    const [good, stale] = [await waiting(), await waiting()];
    const items = [good, { ...stale, expectedSeatVersion: 9 }];
    await send(items, { key });
    const again = (await send(items, { key })).body;
    expect(again.results.map(({ status, replayed }) => [status, replayed])).toEqual([
      [200, true],
      [409, false],
    ]);
    const corrected = (await send([good, stale], { key })).body;
    expect(corrected.summary.light).toBe('GREEN');
    expect(corrected.results.map(({ replayed }) => replayed)).toEqual([true, false]);
    const changed = (await send([{ ...good, comment: 'something else' }], { key })).body;
    expect(changed.results[0]!.problem!.code).toBe('KEY_REUSED');
    const [row] = await api.dataSource.query<{ n: string }[]>(
      `SELECT count(*) AS n FROM command_key WHERE key = $1 || ':' || $2`,
      [key, await requestOf(good)],
    );
    expect(row!.n).toBe('1');
  });

  it('two at once with the same items: each item once', async () => {
    const items = [await waiting(), await waiting(), await waiting()];
    const answers = await Promise.all([send(items), send(items)]);
    const won = answers.flatMap(({ body }) => body.results).filter(({ status }) => status === 200);
    expect(won.map(({ seatId }) => seatId).sort()).toEqual(items.map(({ seatId }) => seatId).sort());
  });

  it('before the click: how many, how much per currency, and what is left out with the reason', async () => {
    const [one, two, alone, old] = [
      await waiting(),
      await waiting(),
      await waiting({ noBulk: true }),
      await waiting(),
    ];
    const gone = randomUUID();
    const seen = [one, two, alone, { ...old, subjectHash: '0'.repeat(64) }, { ...one, seatId: gone }].map(
      ({ seatId, expectedSeatVersion, subjectHash }) => ({ seatId, expectedSeatVersion, subjectHash }),
    );
    const preview = (action: string, client = legal) =>
      client.post<object>('/seats/bulk-decisions/preview', { action, items: seen });
    expect((await preview('APPROVE', api.anonymous)).status).toBe(401);
    const answer = await preview('APPROVE');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      seatIds: [one.seatId, two.seatId],
      totals: [{ amount: '200000.00', currency: 'CNY' }],
      excluded: [
        { seatId: alone.seatId, obstacle: 'NO_BULK' },
        { seatId: old.seatId, obstacle: 'CHANGED' },
        { seatId: gone, obstacle: 'GONE' },
      ],
      commentRequired: false,
    });
    expect((await preview('REJECT')).body).toMatchObject({ commentRequired: true });
    expect((await preview('APPROVE', await api.as('finance'))).body).toMatchObject({
      seatIds: [],
      totals: [],
    });
    expect(await stateOf(one)).toBe('PENDING');
  });

  it('the inbox says before the click which rows may go together, and why not', async () => {
    const requestId = await desk.pending([desk.seats('A', ['legal'], { noBulk: true })]);
    const item = await task(legal, requestId);
    expect(item).toMatchObject({
      bulk: [
        { action: 'APPROVE', obstacle: 'NO_BULK', commentRequired: false },
        { action: 'REJECT', obstacle: 'NO_BULK', commentRequired: true },
      ],
    });
    const free = await task(legal, await desk.pending([desk.seats('A', ['legal'])]));
    expect(free).toMatchObject({ bulk: [{ obstacle: null }, { obstacle: null }] });
    const mine = await api.as('moses.frase');
    const { items } = (await mine.get<{ items: { bulk: unknown[] }[] }>('/inbox?tab=mine')).body;
    expect(items[0]!.bulk).toEqual([]);
  });
});
