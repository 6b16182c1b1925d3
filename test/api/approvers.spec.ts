import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { evolve } from '../../src/domain/approval/engine.js';
import type { ApprovalState } from '../../src/domain/approval/model.js';
import { requestEvents } from '../../src/queries/request/request-events.js';
import type { View } from '../builders/approval-client.js';
import { Desk } from '../builders/approval-desk.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

const [LEAD, DIRECTOR, OTHER] = ['dustin.brinkmann', 'director.central', 'finance'] as const;

let api: TestApi;
let desk: Desk;
let rep: ApiClient;
let admin: ApiClient;
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
  [rep, admin] = (await Promise.all(['moses.frase', 'admin'].map((name) => api.as(name)))) as [
    ApiClient,
    ApiClient,
  ];
});
afterAll(() => api.close());

async function waiting(): Promise<{ requestId: string; first: string; second: string }> {
  const stages = [desk.seats('FIRST', [LEAD]), desk.seats('SECOND', [DIRECTOR], { rank: 2 })];
  const requestId = await desk.pending(stages);
  const [first, second] = (await desk.read(requestId)).state.stages;
  return { requestId, first: first!.id, second: second!.id };
}

const bodyFor = (stageId: string, over: object = {}) => ({
  stageId,
  personIds: [desk.id(OTHER)],
  reason: 'knows the customer',
  ...over,
});

type Named = Omit<View, 'path'> & {
  code: string;
  path: { id: string; seats: { holder: { id: string } | null; certainty: string }[] }[];
};

describe('AE-SEQ-2 POST /requests/:id/approvers', () => {
  it('is for an approval administrator, and for the initiator only where the policy lets them choose late', async () => {
    const { requestId, second } = await waiting();
    const path = `/requests/${requestId}/approvers`;
    expect((await api.anonymous.post(path, bodyFor(second))).status).toBe(401);
    const refused = await rep.post<Named>(path, bodyFor(second));
    expect([refused.status, refused.body.code]).toEqual([403, 'NOT_INITIATOR']);
    expect((await (await api.as('rosalina.dieter')).post(path, bodyFor(second))).status).toBe(404);
  });

  it.each([
    ['no reason', { reason: undefined }, 400, 'VALIDATION'],
    ['nobody', { personIds: [] }, 400, 'VALIDATION'],
    ['a stage of another request', { stageId: '00000000-0000-7000-8000-000000000000' }, 404, 'NOT_FOUND'],
  ])('with %s is %s', async (_what, over, status, code) => {
    const { requestId, second } = await waiting();
    const answer = await admin.post<Named>(`/requests/${requestId}/approvers`, bodyFor(second, over));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('a stage that has begun is 409', async () => {
    const { requestId, first } = await waiting();
    const answer = await admin.post<Named>(`/requests/${requestId}/approvers`, bodyFor(first));
    expect([answer.status, answer.body.code]).toEqual([409, 'STAGE_BEGUN']);
  });

  it('shows them in the path and in the timeline, and asks them when the stage begins', async () => {
    const { requestId, second } = await waiting();
    const offered = await admin.get<View>(`/requests/${requestId}`);
    expect(offered.body.actions.map(({ action }) => action)).toContain('NAME_APPROVERS');
    const answer = await admin.post<Named>(`/requests/${requestId}/approvers`, bodyFor(second));
    expect(answer.status).toBe(200);
    const shown = answer.body.path.find(({ id }) => id === second)!.seats;
    expect(shown.map(({ holder, certainty }) => [holder!.id, certainty])).toEqual([
      [desk.id(OTHER), 'FIXED'],
    ]);
    expect(answer.body.timeline.find(({ text }) => text.key === 'stage.named')).toMatchObject({
      comment: 'knows the customer',
      text: { params: { stage: 'SECOND' } },
    });
    await desk.vote(requestId, LEAD, 'APPROVE');
    const { state } = await desk.read(requestId);
    const seats = state.seats.filter(({ stageId }) => stageId === second);
    expect(seats.map(({ holderId }) => holderId)).toEqual([desk.id(OTHER)]);
    const events = await requestEvents(desk.db, requestId);
    const folded = events.reduce<ApprovalState | null>(
      (before, { payload }) => evolve(before, payload),
      null,
    );
    expect(folded!.stages).toEqual(state.stages);
  });
});
