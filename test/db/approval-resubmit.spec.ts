import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resubmitRequest, setInitiator } from '../../src/commands/approval/takeback.js';
import { previewApproval } from '../../src/commands/approval/preview.js';
import { Desk, refusal } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const [REP, LEAD] = ['moses.frase', 'dustin.brinkmann'];

/** Returned under version 1 of its policy, which asks the lead; version 2 asks legal. */
async function returned(resubmitPolicy?: 'LATEST' | 'PINNED') {
  const kind = await desk.policy([desk.seats('LEAD', [LEAD])], resubmitPolicy ? { resubmitPolicy } : {});
  const subject = await desk.subject(kind);
  const { requestId } = (await desk.submit(subject)).value;
  await desk.vote(requestId, LEAD, 'RETURN');
  await desk.publish(kind, 2, [desk.seats('LEGAL', ['legal'])]);
  return { requestId, subject };
}

async function holdersAfter(requestId: string): Promise<string[]> {
  const { state } = await desk.read(requestId);
  return state.seats.filter((seat) => seat.state === 'OPEN').map(({ holderId }) => holderId);
}

describe('AE-RES-1 which version judges a resubmission', () => {
  it.each([
    ['the policy says nothing', undefined, 2, 'legal'],
    ['LATEST', 'LATEST' as const, 2, 'legal'],
    ['PINNED', 'PINNED' as const, 1, LEAD],
  ])('%s', async (_rule, resubmitPolicy, version, holder) => {
    const { requestId, subject } = await returned(resubmitPolicy);
    const previewed = await desk.db.transaction((tx) => previewApproval(tx, desk.meta(REP).actor, subject));
    expect(previewed.policy.version).toBe(version);
    const { planHash } = previewed;
    await resubmitRequest(desk.db, desk.meta(REP), { requestId, planHash });
    expect((await desk.read(requestId)).state.policy.version).toBe(version);
    expect(await holdersAfter(requestId)).toEqual([desk.id(holder)]);
  });
});

describe('AE-RES-1 a replacement for the initiator', () => {
  const name = (requestId: string, who: string) =>
    setInitiator(desk.db, desk.meta('admin'), {
      requestId,
      personId: desk.id(who),
      reason: 'on leave',
      sees: () => Promise.resolve(true),
    });

  it('named by an admin resubmits in their place; the first no longer does', async () => {
    const { requestId } = await returned();
    await name(requestId, 'director.central');
    expect(await refusal(resubmitRequest(desk.db, desk.meta(REP), { requestId }))).toBe('NOT_INITIATOR');
    await resubmitRequest(desk.db, desk.meta('director.central'), { requestId });
    const { state } = await desk.read(requestId);
    expect([state.state, state.initiatorId]).toEqual(['PENDING', desk.id('director.central')]);
    const [round] = await desk.db.query<{ submitted_by: string }[]>(
      `SELECT submitted_by FROM approval_round WHERE request_id = $1 AND round = 2`,
      [requestId],
    );
    expect(round!.submitted_by).toBe(desk.id('director.central'));
    expect(await refusal(name(requestId, REP))).toBe('NOT_RETURNED');
  });
});
