import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { resubmitRequest } from '../../src/commands/approval/takeback.js';
import { deactivatePerson } from '../../src/commands/org/person.js';
import type { Viewer } from '../../src/queries/org/scope.js';
import { readRequestView } from '../../src/queries/request/request-view.js';
import { Desk, refusal } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const LEAD = 'dustin.brinkmann';

it('AE-RES-2 a leaver’s returned request goes to their manager, who resubmits it and does not approve it', async () => {
  const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
  const untouched = await desk.pending([desk.seats('LEAD', [LEAD])]);
  await desk.vote(requestId, LEAD, 'RETURN');
  await deactivatePerson(desk.db, desk.meta('hr'), desk.id('moses.frase'));
  const { state } = await desk.read(requestId);
  expect(state).toMatchObject({ state: 'RETURNED', initiatorId: desk.id(LEAD) });
  expect((await desk.read(untouched)).state.initiatorId).toBe(desk.id('moses.frase'));
  const viewer: Viewer = { personId: desk.id(LEAD), permissions: { 'approval:decide': 'OWN' }, unitIds: {} };
  const view = await readRequestView(desk.db.manager, viewer, requestId);
  expect(view.timeline.at(-1)?.text).toEqual({
    key: 'initiator.replaced',
    params: { person: 'Dustin Brinkmann' },
  });
  expect(view.actions.map(({ action }) => action)).toContain('RESUBMIT');

  expect(await refusal(resubmitRequest(desk.db, desk.meta('moses.frase'), { requestId }))).toBe(
    'NOT_INITIATOR',
  );
  await resubmitRequest(desk.db, desk.meta(LEAD), { requestId });
  const holders = (await desk.read(requestId)).state.seats.map(({ holderId }) => holderId);
  expect(holders).toEqual([desk.id('director.central')]);
});
