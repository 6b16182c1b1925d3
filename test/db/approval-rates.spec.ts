import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { resubmitRequest } from '../../src/commands/approval/takeback.js';
import { approvalRates } from '../../src/queries/request/rates.js';
import { Desk } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const LEAD = 'dustin.brinkmann';

it('AE-STAT-1 return rate, first-pass yield, auto rate and touches of what was closed since', async () => {
  const since = new Date(Date.now() - 60_000).toISOString();
  expect(await approvalRates(desk.db, since)).toEqual({
    closed: 0,
    returnPct: null,
    firstPassPct: null,
    autoPct: null,
    touches: null,
  });
  const pending = () => desk.pending([desk.seats('LEAD', [LEAD]), desk.seats('GM', ['gm'], { block: 2 })]);
  const [straight, bounced, refused] = [await pending(), await pending(), await pending()];
  await pending();
  await desk.pending([], {
    rows: [{ id: 'none', when: {}, stages: [], rule: 'none', text: 'nobody' }],
  } as never);
  await desk.vote(straight, LEAD, 'APPROVE');
  await desk.vote(straight, 'gm', 'APPROVE');
  await desk.vote(bounced, LEAD, 'RETURN');
  await resubmitRequest(desk.db, desk.meta('moses.frase'), { requestId: bounced });
  await desk.vote(bounced, LEAD, 'APPROVE');
  await desk.vote(bounced, 'gm', 'APPROVE');
  await desk.vote(refused, LEAD, 'REJECT');
  // four closed: one returned; two approved at first pass, one of them by nobody; 2 + 3 + 1 + 0 answers
  expect(await approvalRates(desk.db, since)).toEqual({
    closed: 4,
    returnPct: 25,
    firstPassPct: 50,
    autoPct: 25,
    touches: 1.5,
  });
});
