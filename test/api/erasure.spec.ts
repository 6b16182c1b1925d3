import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { verifyEverything } from '../../src/commands/audit/verify.js';
import { Desk } from '../builders/approval-desk.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Entry {
  type: string;
  comment: string | null;
  erased: boolean;
}

const LEAD = 'dustin.brinkmann';
let secret: string;
let api: TestApi;
let desk: Desk;
let admin: ApiClient;
let requestId: string;
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
  admin = await api.as('admin');
});
afterAll(() => api.close());
beforeEach(async () => {
  secret = `王女士的电话是 ${randomUUID()}`;
  requestId = await desk.pending([desk.seats('LEAD', [LEAD]), desk.seats('GM', ['gm'], { block: 2 })]);
  await desk.vote(requestId, LEAD, 'APPROVE', { comment: secret });
  await desk.vote(requestId, 'gm', 'REJECT', { comment: 'too cheap' });
});

const erase = (body: object) => admin.post<{ texts: number }>('/audit/erasures', body);
const answers = async () => {
  const { body } = await (await api.as('gm')).get<{ timeline: Entry[] }>(`/requests/${requestId}`);
  return body.timeline
    .filter(({ type }) => type === 'seat.decided')
    .map(({ comment, erased }) => ({ comment, erased }));
};
/** Every column of every table that could hold it. */
const traces = async (text: string) => {
  const tables = [
    'event',
    'personal_text',
    'approval_decision',
    'approval_round',
    'approval_seat',
    'approval_stage',
    'notification',
  ];
  const found = await Promise.all(
    tables.map(async (table) => {
      const rows = await desk.db.query<unknown[]>(
        `SELECT 1 FROM ${table} t WHERE t::text LIKE '%' || $1 || '%'`,
        [text],
      );
      return rows.length > 0 ? [table] : [];
    }),
  );
  return found.flat();
};

describe('AE-AUD-3 what people wrote', () => {
  it('is erased by administrators only, with a reason', async () => {
    const body = { personId: desk.id(LEAD), reason: 'asked for it' };
    for (const name of ['moses.frase', LEAD, 'auditor', 'ops', 'hr'])
      expect((await (await api.as(name)).post('/audit/erasures', body)).status).toBe(403);
    expect((await erase({ ...body, reason: '' })).status).toBe(400);
    expect((await erase({ ...body, personId: randomUUID() })).status).toBe(404);
  });

  it('stands beside the chain, never in it, and is shown', async () => {
    expect(await traces(secret)).toEqual(['personal_text', 'approval_decision']);
    expect(await answers()).toEqual([
      { comment: secret, erased: false },
      { comment: 'too cheap', erased: false },
    ]);
  });

  it('is gone after the erasure; every chain verifies, views say so, and what others wrote stays', async () => {
    const before = await verifyEverything(desk.db);
    const answer = await erase({ personId: desk.id(LEAD), requestId, reason: 'asked for it' });
    expect([answer.status, answer.body]).toEqual([200, { texts: 1 }]);
    expect(await traces(secret)).toEqual([]);
    expect(await answers()).toEqual([
      { comment: null, erased: true },
      { comment: 'too cheap', erased: false },
    ]);
    const { bad, events } = await verifyEverything(desk.db);
    expect(bad).toEqual([]);
    expect(events).toBeGreaterThan(before.events);
  });

  it('is gone from a stage that was staffed ahead, too', async () => {
    const open = await desk.pending([
      desk.seats('LEAD', [LEAD]),
      desk.seats('GM', ['gm'], { block: 2, rank: 2 }),
    ]);
    const [, later] = (await desk.read(open)).state.stages;
    const named = { stageId: later!.id, personIds: [desk.id('director.central')], reason: secret };
    expect((await admin.post(`/requests/${open}/approvers`, named)).status).toBe(200);
    await erase({ personId: desk.id(LEAD), reason: 'asked for it' });
    expect(await traces(secret)).toEqual(['personal_text', 'approval_stage']);
    await erase({ personId: desk.id('admin'), requestId: open, reason: 'asked for it' });
    expect(await traces(secret)).toEqual([]);
  });

  it('is on a chain of its own: who erased, whose, how many', async () => {
    await erase({ personId: desk.id(LEAD), requestId, reason: 'asked for it' });
    const rows = await desk.db.query<{ actor: string; payload: { texts: string[]; reason: string } }[]>(
      `SELECT actor, payload FROM event WHERE aggregate_kind = 'erasure' AND aggregate_id = $1 ORDER BY seq DESC LIMIT 1`,
      [desk.id(LEAD)],
    );
    expect(rows[0]).toMatchObject({ actor: desk.id('admin'), payload: { personId: desk.id(LEAD) } });
    expect(rows[0]!.payload.texts).toHaveLength(1);
    expect(rows[0]!.payload.reason).toMatch(/^sealed:/);
  });

  it('without a request is of all of them, and again of what came since', async () => {
    const erased = (await erase({ personId: desk.id(LEAD), reason: 'asked for it' })).body.texts;
    expect(erased).toBeGreaterThan(0);
    expect(await traces(secret)).toEqual([]);
    expect((await erase({ personId: desk.id(LEAD), reason: 'asked for it' })).body).toEqual({ texts: 0 });
  });

  it('a text that was changed is found; the tables let a comment go and nothing else', async () => {
    await expect(desk.db.query(`UPDATE approval_decision SET action = 'REJECT'`)).rejects.toThrow(
      /append-only/,
    );
    await expect(desk.db.query(`UPDATE approval_decision SET comment = 'other'`)).rejects.toThrow(
      /append-only/,
    );
    const rows = await desk.db.query<{ same: boolean }[]>(
      `SELECT digest = sha256(salt || convert_to(text, 'UTF8')) AS same FROM personal_text WHERE erased_at IS NULL`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ same }) => same)).toBe(true);
  });
});
