import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApprovalPolicyContent } from '../../src/domain/approval/policy.js';
import type { StageSpec } from '../../src/domain/approval/stage-spec.js';
import { Desk } from '../builders/approval-desk.js';
import type { View } from '../builders/approval-client.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Urged {
  notified: { person: { name: string }; seatId: string; againAt: string; requestId: string }[];
  leftAlone: { person: { name: string } }[];
}

let api: TestApi;
let desk: Desk;
let rep: ApiClient;
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
  rep = await api.as('moses.frase');
});
afterAll(() => api.close());

const both = (over: Partial<StageSpec> = {}) =>
  desk.seats('A', ['legal', 'finance'], { quorum: { kind: 'ALL' }, ...over });
const urge = (requestId: string, body: object = {}, { client = rep, key = randomUUID() } = {}) =>
  client.post<Urged & { code: string; retryAfterSeconds: number }>(`/requests/${requestId}/urge`, body, {
    key,
  });
const told = (requestId: string) =>
  api.dataSource.query<{ username: string; params: { by: string; comment?: string } }[]>(
    `SELECT e.username, n.params FROM notification n JOIN employee e ON e.id = n.person_id
     WHERE n.request_id = $1 AND n.kind = 'URGE' ORDER BY e.username`,
    [requestId],
  );
const pending = (stages: StageSpec[], over: Partial<ApprovalPolicyContent> = {}) =>
  desk.pending(stages, over);

describe('AE-URGE-1 urging', () => {
  it('tells everybody who owes an answer, through the outbox, and says whom; once, however often it is sent', async () => {
    const requestId = await pending([both()]);
    const key = randomUUID();
    const answer = await urge(requestId, { comment: 'the customer waits' }, { key });
    expect(answer.status).toBe(200);
    const names = answer.body.notified.map(({ person }) => person.name).sort();
    expect(names).toHaveLength(2);
    expect((await urge(requestId, { comment: 'the customer waits' }, { key })).body).toEqual(answer.body);
    const rows = await told(requestId);
    expect(rows.map(({ username }) => username)).toEqual(['finance', 'legal']);
    expect(rows[0]!.params).toEqual({ by: desk.id('moses.frase'), comment: 'the customer waits' });
    const view = (await rep.get<View>(`/requests/${requestId}`)).body;
    const lines = view.timeline.filter(({ text }) => text.key === 'seat.urged');
    expect(lines.map(({ text, comment }) => [text.params['person'], comment]).sort()).toEqual(
      names.map((name) => [name, 'the customer waits']),
    );
  });

  it('again within four business hours: 429 with Retry-After, nobody told', async () => {
    const requestId = await pending([both()]);
    const { notified } = (await urge(requestId)).body;
    const again = await urge(requestId);
    expect([again.status, again.body.code]).toEqual([429, 'URGED_RECENTLY']);
    expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(3 * 3600);
    expect(Date.parse(notified[0]!.againAt) - Date.now()).toBeGreaterThan(3 * 3_600_000);
    expect(await told(requestId)).toHaveLength(2);
    const view = (await rep.get<View>(`/requests/${requestId}`)).body;
    expect(view.actions.map(({ action }) => action)).not.toContain('URGE');
  });

  it('the interval is policy data; whoever was urged too lately is named as left alone', async () => {
    const requestId = await pending([both()], { urgeWorkMinutes: 60 });
    const legal = await desk.seatOf(requestId, 'legal');
    const one = (await urge(requestId, { seatId: legal.id })).body;
    expect(one.notified.map(({ seatId }) => seatId)).toEqual([legal.id]);
    const rest = (await urge(requestId)).body;
    expect([rest.notified.length, rest.leftAlone.length]).toEqual([1, 1]);
    await api.dataSource.query(
      `UPDATE approval_seat SET urge_again_at = now() - interval '1 second' WHERE id = $1`,
      [legal.id],
    );
    expect((await urge(requestId)).body.notified.map(({ seatId }) => seatId)).toEqual([legal.id]);
  });

  it('the request’s version stays: an approver’s open page is still good', async () => {
    const requestId = await pending([desk.seats('A', ['legal'])]);
    const before = await desk.ballot(requestId, 'legal', 'APPROVE');
    await urge(requestId);
    expect(await desk.ballot(requestId, 'legal', 'APPROVE')).toEqual(before);
  });

  it.each([
    ['somebody else', 'legal', 'PENDING', 403, 'NOT_INITIATOR'],
    ['a stranger', 'vicki.laflamme', 'PENDING', 404, 'NOT_FOUND'],
    ['of a request that is over', 'moses.frase', 'APPROVE', 409, 'REQUEST_CLOSED'],
    ['of one that was returned', 'moses.frase', 'RETURN', 409, 'REQUEST_STATE'],
  ] as const)('refused: %s', async (_case, by, act, status, code) => {
    const requestId = await pending([desk.seats('A', ['legal'])]);
    if (act !== 'PENDING') await desk.vote(requestId, 'legal', act);
    const answer = await urge(requestId, {}, { client: await api.as(by) });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('of a stage that is a request of its own, those it waits for there', async () => {
    const child = await desk.policy([desk.seats('C', ['legal'])]);
    const requestId = await pending([
      desk.seats('A', [], { resolver: { kind: 'CHILD', policyKind: child } }),
    ]);
    const { notified } = (await urge(requestId)).body;
    expect(notified).toHaveLength(1);
    expect(notified[0]!.requestId).not.toBe(requestId);
    expect(await told(notified[0]!.requestId)).toHaveLength(1);
  });
});
