import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resubmitRequest } from '../../src/commands/approval/takeback.js';
import type { Scope, Viewer } from '../../src/queries/org/scope.js';
import { readRequestView } from '../../src/queries/request/request-view.js';
import { Desk, refusal } from '../builders/approval-desk.js';

const LEAD = 'dustin.brinkmann';
const DIRECTOR = 'director.central';

let desk: Desk;
let requestId: string;
beforeAll(async () => {
  desk = await Desk.open();
  const kind = await desk.policy([
    desk.seats('LEAD', [LEAD]),
    desk.seats('DIRECTOR', [DIRECTOR], { block: 2 }),
  ]);
  const subject = await desk.subject(kind, 'moses.frase', { discountPct: '10', note: 'first' });
  requestId = (await desk.submit(subject)).value.requestId;
  await desk.vote(requestId, LEAD, 'APPROVE');
  await desk.vote(requestId, DIRECTOR, 'RETURN', { comment: 'too much' });
  desk.subjects.set(subject.id, {
    ...subject,
    version: 2,
    content: { discountPct: '12', note: 'first' },
    confidential: { marginPct: '9.5' },
  });
  await resubmitRequest(desk.db, desk.meta('moses.frase'), { requestId, comment: 'cheaper now' });
});
afterAll(() => desk.close());

const viewer = (username: string, permissions: Record<string, Scope> = {}): Viewer => ({
  personId: desk.id(username),
  permissions: { 'approval:read': 'OWN', 'approval:decide': 'OWN', ...permissions },
  unitIds: {},
});

describe('the page of a request', () => {
  it('does not exist for a stranger, and exists for past holders, the initiator and a wide enough scope', async () => {
    expect(await refusal(readRequestView(desk.db, viewer('credit'), requestId))).toBe('NOT_FOUND');
    for (const who of [viewer(DIRECTOR), viewer('moses.frase'), viewer('credit', { 'approval:read': 'ALL' })])
      expect((await readRequestView(desk.db, who, requestId)).id).toBe(requestId);
  });

  it('shows confidential fields, and their changes, only with cost:read', async () => {
    const open = await readRequestView(
      desk.db,
      viewer('finance', { 'approval:read': 'ALL', 'cost:read': 'ALL' }),
      requestId,
    );
    expect(open.subject.document).toEqual({ discountPct: '12', note: 'first', marginPct: '9.5' });
    expect(open.changes).toContainEqual(
      expect.objectContaining({ path: '/marginPct', before: '12.5', after: '9.5', direction: 'WORSE' }),
    );
    const closed = await readRequestView(desk.db, viewer(LEAD), requestId);
    expect(JSON.stringify(closed)).not.toContain('marginPct');
  });

  it('compares with what this approver approved last, else with the last round', async () => {
    const change = {
      path: '/discountPct',
      label: 'discountPct',
      before: '10',
      after: '12',
      direction: 'WORSE',
    };
    expect(await readRequestView(desk.db, viewer(LEAD), requestId)).toMatchObject({
      round: 2,
      changedSinceLastRound: true,
      changesBase: { round: 1, label: 'APPROVED_BY_YOU' },
      changes: [change],
    });
    expect(await readRequestView(desk.db, viewer(DIRECTOR), requestId)).toMatchObject({
      changesBase: { round: 1, label: 'LAST_ROUND' },
      changes: [change],
    });
  });

  it('says why this person is asked, what has been said, and what comes next', async () => {
    const view = await readRequestView(desk.db, viewer(LEAD), requestId);
    expect(view.why[0]).toMatchObject({ rule: 'all', policyVersion: 1, inputs: {} });
    expect(
      view.timeline
        .filter(({ comment }) => comment)
        .map(({ text, comment }) => [text.key, text.params['person'], comment]),
    ).toEqual([
      ['seat.approve', 'Dustin Brinkmann', 'because'],
      ['seat.return', 'Grace Chen', 'too much'],
      ['request.resubmitted', undefined, 'cheaper now'],
    ]);
    expect(
      view.path.map(({ key, state, seats }) => [
        key,
        state,
        seats.map(({ holder, state: s }) => `${holder?.name} ${s}`),
      ]),
    ).toEqual([
      ['LEAD', 'ACTIVE', ['Dustin Brinkmann OPEN']],
      ['DIRECTOR', 'PLANNED', ['Grace Chen PLANNED']],
    ]);
  });
});
