import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resubmitRequest, withdrawRequest } from '../../src/commands/approval/takeback.js';
import { previewApproval } from '../../src/commands/approval/preview.js';
import { decideSeat } from '../../src/commands/approval/decide.js';
import { Desk, refusal } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const LEAD = 'dustin.brinkmann';
const DIRECTOR = 'director.central';
const two = () => [desk.seats('LEAD', [LEAD]), desk.seats('DIRECTOR', [DIRECTOR], { block: 2 })];
const seqOf = async (requestId: string) => (await desk.read(requestId)).state.seq;

describe('a decision', () => {
  it('AE-CMD-4 of somebody who may not see the request finds nothing, and is logged as an attempt', async () => {
    const requestId = await desk.pending(two());
    const input = await desk.ballot(requestId, LEAD, 'APPROVE');
    expect(await refusal(decideSeat(desk.db, desk.meta('credit'), input))).toBe('NOT_FOUND');
    expect(await seqOf(requestId)).toBe(2);
    const [attempt] = await desk.db.query<{ type: string; payload: { code: string } }[]>(
      `SELECT type, payload FROM event WHERE aggregate_kind = 'attempt' AND aggregate_id = $1`,
      [desk.id('credit')],
    );
    expect(attempt).toMatchObject({ type: 'command.refused', payload: { code: 'NOT_FOUND' } });
  });

  it('AE-CMD-4 of somebody who may see it but does not hold the seat is refused', async () => {
    const requestId = await desk.pending(two());
    const input = await desk.ballot(requestId, LEAD, 'APPROVE');
    const sees = () => Promise.resolve(true);
    expect(await refusal(decideSeat(desk.db, desk.meta('credit'), input, sees))).toBe('NOT_HOLDER');
    const initiator = desk.meta('moses.frase');
    const no = { ...input, action: 'REJECT' as const };
    expect(await refusal(decideSeat(desk.db, initiator, no))).toBe('NOT_HOLDER');
    expect(await refusal(decideSeat(desk.db, desk.meta('moses.frase'), input))).toBe('SOD_INITIATOR');
    expect(await seqOf(requestId)).toBe(2);
  });

  it.each([
    ['SEAT version moved', 'STALE_VERSION', { expectedSeatVersion: 7 }],
    ['content moved', 'STALE_SUBJECT', { subjectHash: 'f'.repeat(64) }],
    ['reject without a comment', 'REQUIREMENT_MISSING', { action: 'REJECT' as const, comment: null }],
  ])('with %s changes nothing: %s', async (_case, code, over) => {
    const requestId = await desk.pending(two());
    expect(await refusal(desk.vote(requestId, LEAD, 'APPROVE', over))).toBe(code);
    expect(await seqOf(requestId)).toBe(2);
    expect((await desk.vote(requestId, LEAD, 'APPROVE')).value.stageState).toBe('PASSED');
  });

  it('AE-CMD-2 sent 30 times at once under one key is taken once and answered alike', async () => {
    const requestId = await desk.pending(two());
    const input = await desk.ballot(requestId, LEAD, 'APPROVE');
    const meta = desk.meta(LEAD, { key: 'same', scope: 'decide', body: { ...input } });
    const answers = await Promise.all(Array.from({ length: 30 }, () => decideSeat(desk.db, meta, input)));
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map(({ value }) => JSON.stringify(Object.entries(value).sort()))).size).toBe(1);
    expect(await refusal(decideSeat(desk.db, { ...meta, body: { other: true } }, input))).toBe('KEY_REUSED');
    const other = { ...meta, actor: { ...meta.actor, id: desk.id(DIRECTOR) } as typeof meta.actor };
    expect(await refusal(decideSeat(desk.db, other, input))).toBe('NOT_HOLDER');
  });

  it('AE-CMD-2 is answered again after the request has closed', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    const meta = { key: 'kept', scope: 'decide', body: 'the same' };
    const first = await desk.vote(requestId, LEAD, 'APPROVE', {}, meta);
    const again = await desk.vote(requestId, LEAD, 'APPROVE', {}, meta);
    expect(first).toMatchObject({
      replayed: false,
      value: { requestState: 'APPROVED', seatState: 'APPROVED' },
    });
    expect(again).toEqual({ replayed: true, value: first.value });
  });

  it('AE-CMD-5 again under a new key says who decided, and that it was you', async () => {
    const requestId = await desk.pending(two());
    await desk.vote(requestId, LEAD, 'APPROVE');
    await expect(desk.vote(requestId, LEAD, 'APPROVE', { expectedSeatVersion: 1 })).rejects.toMatchObject({
      code: 'SEAT_DECIDED',
      details: { byYou: true, winning: { action: 'APPROVE', by: { name: 'Dustin Brinkmann' } } },
    });
  });
});

describe('a submission', () => {
  it('AE-START-1 of a subject with an open request names that request; of 8 at once one opens', async () => {
    const subject = await desk.subject(await desk.policy(two()));
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => desk.submit(subject)));
    const opened = results.flatMap((result) =>
      result.status === 'fulfilled' ? [result.value.value.requestId] : [],
    );
    expect(opened).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({
          code: 'OPEN_REQUEST_EXISTS',
          details: { openRequestId: opened[0] },
        });
    }
  });

  it('AE-PLAN-1 gets byte for byte the plan of the preview', async () => {
    const subject = await desk.subject(await desk.policy(two()));
    const { planHash } = await previewApproval(desk.db.manager, desk.meta('moses.frase').actor, subject);
    const { requestId } = (await desk.submit(subject, 'moses.frase', { planHash })).value;
    const [round] = await desk.db.query<{ plan_hash: string }[]>(
      `SELECT plan_hash FROM approval_round WHERE request_id = $1`,
      [requestId],
    );
    expect(round!.plan_hash).toBe(planHash);
  });

  it('AE-PLAN-1 on a policy that moved since is refused with the difference, unless accepted', async () => {
    const kind = await desk.policy(two());
    const subject = await desk.subject(kind);
    const { planHash } = await previewApproval(desk.db.manager, desk.meta('moses.frase').actor, subject);
    await desk.publish(kind, 2, [
      desk.seats('LEAD', ['melvin.marxen']),
      desk.seats('LEGAL', ['legal'], { block: 2 }),
    ]);
    const accepted = { planHash, acceptPlanChange: true };
    await expect(desk.submit(subject, 'moses.frase', { planHash })).rejects.toMatchObject({
      code: 'PLAN_CHANGED',
      details: {
        diff: [
          { stageKey: 'LEAD', change: 'CHANGED', people: [{ name: 'Melvin Marxen' }] },
          { stageKey: 'LEGAL', change: 'ADDED', people: [{ name: 'Laura Shen' }] },
          { stageKey: 'DIRECTOR', change: 'REMOVED', people: [] },
        ],
      },
    });
    expect((await desk.submit(subject, 'moses.frase', accepted)).value.state).toBe('PENDING');
  });

  it('AE-PLAN-2 that needs nobody is approved at once; one that no row speaks of is refused', async () => {
    const auto = await desk.policy([], {
      rows: [{ id: 'auto', when: {}, stages: [], rule: 'auto', text: 'auto' }],
    });
    const { value } = await desk.submit(await desk.subject(auto));
    expect(value.state).toBe('APPROVED');
    expect(desk.told.slice(-2)).toMatchObject([{ step: 'opened' }, { step: 'closed', outcome: 'APPROVED' }]);
    const none = await desk.policy([], {
      rows: [{ id: 'high', when: { amount: '> 900000' }, stages: [], rule: 'r', text: 't' }],
    });
    expect(await refusal(desk.submit(await desk.subject(none)))).toBe('NO_POLICY_ROW');
  });

  it('AE-EMPTY-1 that nobody could decide is refused', async () => {
    const subject = await desk.subject(
      await desk.policy([desk.seats('SELF', ['moses.frase'], { self: 'BLOCK' })]),
    );
    expect(await refusal(desk.submit(subject))).toBe('NO_APPROVER');
    expect(await desk.db.query(`SELECT 1 FROM approval_request WHERE subject_id = $1`, [subject.id])).toEqual(
      [],
    );
  });

  it('AE-POL-1 keeps its policy version whatever is published later', async () => {
    const kind = await desk.policy(two());
    const { requestId } = (await desk.submit(await desk.subject(kind))).value;
    await desk.publish(kind, 2, [desk.seats('LEGAL', ['legal'])]);
    await desk.vote(requestId, LEAD, 'APPROVE');
    expect((await desk.vote(requestId, DIRECTOR, 'APPROVE')).value.requestState).toBe('APPROVED');
    expect((await desk.read(requestId)).state.policy.version).toBe(1);
  });

  it('tells its process once when it opens, and again only when what is waited for changes', async () => {
    const subject = await desk.subject(await desk.policy(two()));
    const { requestId } = (await desk.submit(subject)).value;
    await desk.vote(requestId, LEAD, 'APPROVE');
    await desk.vote(requestId, DIRECTOR, 'REJECT');
    const rows = await desk.db.query<{ seq: string }[]>(
      `SELECT seq FROM outbox WHERE workflow_id = $1 ORDER BY id`,
      [`quote-to-contract/${subject.id}`],
    );
    expect(rows.map(({ seq }) => Number(seq))).toEqual([2, 5, 8]);
  });
});

describe('a returned request', () => {
  it('AE-RES-1 is resubmitted by its initiator alone, once; the new round keeps the old one readable', async () => {
    const subject = await desk.subject(await desk.policy(two()));
    const { requestId } = (await desk.submit(subject)).value;
    await desk.vote(requestId, LEAD, 'RETURN');
    expect(desk.told.at(-1)).toMatchObject({ step: 'closed', outcome: 'RETURNED' });
    expect(await refusal(resubmitRequest(desk.db, desk.meta(LEAD), { requestId }))).toBe('NOT_INITIATOR');
    expect(
      await refusal(resubmitRequest(desk.db, desk.meta('moses.frase'), { requestId, expectedVersion: 1 })),
    ).toBe('STALE_VERSION');
    desk.subjects.set(subject.id, { ...subject, version: 2, content: { text: 'two' } });
    const both = await Promise.allSettled(
      [1, 2].map(() => resubmitRequest(desk.db, desk.meta('moses.frase'), { requestId, expectedVersion: 2 })),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'NOT_RETURNED' },
    });
    expect(
      await desk.db.query(
        `SELECT round, changed, document FROM approval_round WHERE request_id = $1 ORDER BY round`,
        [requestId],
      ),
    ).toEqual([
      { round: 1, changed: true, document: { text: 'one' } },
      { round: 2, changed: true, document: { text: 'two' } },
    ]);
    expect((await desk.read(requestId)).state).toMatchObject({ state: 'PENDING', round: 2, returns: 1 });
  });
});

describe('withdrawing', () => {
  it('AE-WD-1 is the initiator’s alone, ends every seat and tells the owner', async () => {
    const requestId = await desk.pending(two());
    expect(await refusal(withdrawRequest(desk.db, desk.meta(LEAD), { requestId, reason: null }))).toBe(
      'NOT_INITIATOR',
    );
    const { value } = await withdrawRequest(desk.db, desk.meta('moses.frase'), {
      requestId,
      expectedVersion: 1,
      reason: 'mistake',
    });
    expect(value.state).toBe('WITHDRAWN');
    expect((await desk.seatOf(requestId, LEAD)).state).toBe('CANCELLED');
    expect(await refusal(desk.vote(requestId, LEAD, 'APPROVE'))).toBe('REQUEST_CLOSED');
    expect(desk.told.at(-1)).toMatchObject({ step: 'closed', outcome: 'WITHDRAWN' });
  });

  it('AE-WD-2 against the last approval: exactly one wins, 20 times', async () => {
    for (let round = 0; round < 20; round += 1) {
      const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
      const input = await desk.ballot(requestId, LEAD, 'APPROVE');
      const withdraw = () =>
        withdrawRequest(desk.db, desk.meta('moses.frase'), { requestId, expectedVersion: 1, reason: null });
      const approve = () => decideSeat(desk.db, desk.meta(LEAD), input);
      const [a, b] = await Promise.allSettled(
        round % 2 === 0 ? [withdraw(), approve()] : [approve(), withdraw()],
      );
      const lost = [a, b].filter((result) => result!.status === 'rejected');
      expect(lost).toHaveLength(1);
      expect(['ALREADY_APPROVED', 'REQUEST_CLOSED']).toContain(
        (lost[0] as { reason: { code: string } }).reason.code,
      );
      expect(desk.told.filter((told) => told.requestId === requestId && told.step === 'closed')).toHaveLength(
        1,
      );
    }
  });
});
