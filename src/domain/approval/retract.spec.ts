import { describe, expect, it } from '@jest/globals';
import { Case, company, FACTS, people, person, stage } from '../../../test/builders/approval.js';
import type { StageSpec } from './stage-spec.js';

const ALL = { kind: 'ALL' } as const;
const line = [
  stage('lead'),
  stage('director', { rank: 2, ...people('director') }),
  stage('boss', { rank: 3, ...people('boss') }),
];
const MINUTE = 1 / 60;

/** lead has approved at 01:00, director is asked. */
function atDirector(over: Partial<typeof FACTS> = {}): Case {
  const request = new Case(line, { facts: { ...FACTS, ...over } });
  request.vote('lead', 'APPROVE');
  return request;
}

describe('AE-TB-1 whoever approved takes it back', () => {
  it('their seat is open again, the next stage ends, and it is walked again after the new answer', () => {
    const request = atDirector();
    const due = request.lastSeat('lead')!.dueAt;
    request.later(10 * MINUTE).retract('lead');
    expect(request.holders()).toEqual(['lead']);
    expect(request.lastSeat('lead')).toMatchObject({ decision: null, retractions: 1, dueAt: due });
    expect(request.lastSeat('director')).toMatchObject({ state: 'CANCELLED', code: 'RETRACTED' });
    expect([request.stageState('lead'), request.stageState('director')]).toEqual(['ACTIVE', 'INVALIDATED']);
    request.vote('lead', 'APPROVE');
    expect(request.holders()).toEqual(['director']);
    request.vote('director', 'APPROVE');
    request.vote('boss', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('CordysCRM#2342 the next stage shows each person once', () => {
    const request = atDirector();
    request.later(MINUTE).retract('lead');
    request.vote('lead', 'APPROVE');
    const stageOf = request.current.stages[1]!;
    const shown = request.current.seats.filter(
      ({ stageId, visit }) => stageId === stageOf.id && visit === stageOf.visit,
    );
    expect(stageOf.visit).toBe(2);
    expect(shown.map(({ holderId, state }) => [holderId, state])).toEqual([['director', 'OPEN']]);
  });

  it('the log keeps the old answer, and what was said when it was taken back', () => {
    const request = atDirector();
    request.later(MINUTE).retract('lead');
    expect(request.log.filter(({ type }) => type === 'seat.retracted')).toEqual([
      {
        type: 'seat.retracted',
        seatId: request.lastSeat('lead')!.id,
        decision: expect.objectContaining({
          action: 'APPROVE',
          actor: 'lead',
          at: '2026-03-02T01:00:00.000Z',
        }),
        reason: null,
        at: '2026-03-02T01:01:00.000Z',
      },
    ]);
  });

  it.each([
    ['29 minutes and 59 seconds', 30, 29 * 60 + 59, null],
    ['30 minutes', 30, 30 * 60, 'RETRACT_WINDOW_OVER'],
    ['31 minutes', 30, 31 * 60, 'RETRACT_WINDOW_OVER'],
    ['5 minutes of 5', 5, 300, 'RETRACT_WINDOW_OVER'],
    ['no time where the policy gives none', 0, 0, 'RETRACT_WINDOW_OVER'],
  ])('after %s', (_when, retractMinutes, seconds, code) => {
    const request = atDirector({ retractMinutes }).later(seconds / 3600);
    const act = () => request.retract('lead');
    if (code) expect(act).toThrow(code);
    else expect(act()).not.toEqual([]);
  });

  it('half an hour is the window of a policy that names none', () => {
    expect(atDirector().current.retractMinutes).toBe(30);
  });

  it('not after somebody has decided behind them', () => {
    const request = atDirector().later(MINUTE);
    request.vote('director', 'APPROVE');
    expect(() => request.later(MINUTE).retract('lead')).toThrow('LATER_DECISION');
    request.retract('director');
    expect(request.holders()).toEqual(['director']);
    request.retract('lead');
    expect(request.holders()).toEqual(['lead']);
  });

  it('not after a later answer in the same stage, but an answer in a sibling branch is none', () => {
    const request = new Case([
      stage('x', { branch: 'x', ...people('f1', 'f2'), quorum: ALL }),
      stage('legal', { branch: 'legal', ...people('l1') }),
    ]);
    request.vote('f1', 'APPROVE');
    request.later(MINUTE).vote('l1', 'APPROVE');
    request.later(MINUTE).retract('f1');
    expect(request.holders()).toEqual(['f1', 'f2']);
    expect(request.stageState('legal')).toBe('PASSED');
    request.vote('f1', 'APPROVE');
    request.later(MINUTE).vote('f2', 'ABSTAIN');
    expect(() => request.retract('f1')).toThrow('ALREADY_APPROVED');
  });

  it('what time did meanwhile is no decision', () => {
    const request = atDirector().later(5 * MINUTE);
    request.run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    request.retract('lead');
    expect(request.holders()).toEqual(['lead']);
  });

  it('seats that the answer had ended are open again', () => {
    const request = new Case([
      stage('x', { ...people('f1', 'f2', 'f3'), quorum: { kind: 'COUNT', count: 1 } }),
      stage('boss', { rank: 2, ...people('boss') }),
    ]);
    request.later(1).vote('f2', 'APPROVE');
    expect(request.holders()).toEqual(['boss']);
    request.later(MINUTE).retract('f2');
    expect(request.holders()).toEqual(['f1', 'f2', 'f3']);
    request.vote('f3', 'APPROVE');
    expect(request.holders()).toEqual(['boss']);
  });

  it('seats that an admin ended by taking out the last other one are open again', () => {
    const request = new Case([
      stage('x', { ...people('f1', 'f2', 'f3'), quorum: { kind: 'RATIO', percent: 50, strict: false } }),
      stage('boss', { rank: 2, ...people('boss') }),
    ]);
    request.vote('f1', 'APPROVE');
    request.later(MINUTE).remove('a1', 'f3', { asAdmin: true, acceptOutcome: true });
    expect(request.holders()).toEqual(['boss']);
    request.later(MINUTE).retract('f1');
    expect(request.holders()).toEqual(['f1', 'f2']);
    expect(request.lastSeat('f3')).toMatchObject({ state: 'REMOVED' });
  });

  it('依次 whoever was next waits for their turn again, and gets a new clock with it', () => {
    const request = new Case([stage('x', { ...people('f1', 'f2'), quorum: ALL, mode: 'SEQUENTIAL' })]);
    request.vote('f1', 'APPROVE');
    request.later(10 * MINUTE).retract('f1');
    expect(request.lastSeat('f2')).toMatchObject({ state: 'WAITING', openedAt: null, dueAt: null });
    request.later(1).vote('f1', 'APPROVE');
    const next = request.openSeat('f2')!;
    expect(next.dueAt).toBe('2026-03-02T10:10:00.000Z');
    expect(next.rungs.map(({ id }) => id)).toEqual(['remind~3', 'escalate~3', 'incident~3']);
  });

  it('stages that nobody was needed for are walked again', () => {
    const nobody: Partial<StageSpec> = { empty: { kind: 'SKIP' }, risk: 'LOW', ...people() };
    const request = new Case([line[0]!, stage('skipped', { rank: 2, ...nobody }), line[2]!]);
    request.vote('lead', 'APPROVE');
    expect(request.stageState('skipped')).toBe('SKIPPED');
    request.later(MINUTE).retract('lead');
    expect(request.stageState('skipped')).toBe('INVALIDATED');
    request.vote('lead', 'APPROVE');
    expect([request.stageState('skipped'), ...request.holders()]).toEqual(['SKIPPED', 'boss']);
  });

  it('a yes carried into the returning stage is carried again', () => {
    const request = new Case([stage('lead'), stage('x', { rank: 2, ...people('f1', 'f2'), quorum: ALL })]);
    request.vote('lead', 'APPROVE');
    request.later(MINUTE).vote('f1', 'APPROVE');
    request.later(MINUTE).vote('f2', 'RETURN', { returnTo: 'lead', resume: 'TO_RETURNER' });
    request.later(MINUTE).vote('lead', 'APPROVE');
    request.later(MINUTE).retract('lead');
    expect(request.holders()).toEqual(['lead']);
    request.later(MINUTE).vote('lead', 'APPROVE');
    expect(request.lastSeat('f1')).toMatchObject({ state: 'AUTO_APPROVED', code: 'CARRIED' });
    expect(request.holders()).toEqual(['f2']);
  });

  it('a sibling branch goes on', () => {
    const request = new Case([
      stage('a1', { block: 1, branch: 'a', ...people('f1') }),
      stage('a2', { block: 1, branch: 'a', rank: 2, ...people('f2') }),
      stage('b1', { block: 1, branch: 'b', ...people('l1') }),
    ]);
    request.vote('f1', 'APPROVE');
    request.later(MINUTE).retract('f1');
    expect(request.holders()).toEqual(['f1', 'l1']);
    expect(request.stageState('b1')).toBe('ACTIVE');
  });

  it('a delegate takes back their own act, the owner not the delegate’s', () => {
    const away = {
      until: '2026-04-01T00:00:00.000Z',
      delegateId: 'f1',
      absenceId: 'a',
      share: false,
    };
    const request = new Case(line, {
      directory: company(person('lead', { managerId: 'director', away })),
    });
    request.vote('f1', 'APPROVE');
    expect(request.lastSeat('f1')).toMatchObject({ ownerId: 'lead', decision: { onBehalfOf: 'lead' } });
    request.later(MINUTE);
    expect(() => request.retract('lead', 'f1')).toThrow('NOT_ACTOR');
    request.retract('f1');
    expect(request.holders()).toEqual(['f1']);
  });

  it('it can be given and taken back again', () => {
    const request = atDirector();
    request.later(MINUTE).retract('lead');
    request.later(MINUTE).vote('lead', 'APPROVE');
    request.later(MINUTE).retract('lead');
    expect(request.lastSeat('lead')).toMatchObject({ retractions: 2, state: 'OPEN' });
    expect(() => request.retract('lead')).toThrow('NOT_DECIDED');
  });

  it('not what is no approval, and not on a seat seen in another version', () => {
    const request = new Case([
      stage('x', { ...people('f1', 'f2', 'f3'), quorum: { kind: 'COUNT', count: 2 } }),
    ]);
    request.vote('f1', 'REJECT');
    expect(() => request.retract('f1')).toThrow('ACTION_NOT_ALLOWED');
    request.later(MINUTE).vote('f2', 'APPROVE');
    const { id: seatId } = request.lastSeat('f2')!;
    const stale = { seatId, expectedSeatVersion: 1, reason: null, childrenDecided: [] };
    expect(() => request.later(MINUTE).run({ type: 'RETRACT', ...stale }, 'f2')).toThrow('STALE_VERSION');
  });

  it.each([
    ['f4 abstained, nobody else was asked', ['f4', 'boss'], 'ANY', [], 'SKIPPED'],
    ['f4 abstained, f1 said yes', ['f4', 'f1', 'boss'], 'ALL', ['f1'], 'PASSED'],
  ] as const)(
    'AE-DUP-4 a stage left to a later one stands as it had ended: %s',
    (_what, ids, kind, yes, state) => {
      const quorum = kind === 'ALL' ? ALL : ({ kind: 'ANY', first: 'ANY_ANSWER' } as const);
      const request = new Case(
        [stage('s1', { ...people(...ids), quorum }), stage('s2', { rank: 2, ...people('f3', 'boss') })],
        { facts: { ...FACTS, dedupe: 'LAST_COUNTS', effectDelayMinutes: 60 } },
      );
      request.vote('f4', 'ABSTAIN');
      for (const by of yes) request.later(MINUTE).vote(by, 'APPROVE');
      expect([request.stageState('s1'), ...request.holders()]).toEqual([state, 'f3', 'boss']);
      for (let times = 0; times < 2; times += 1) {
        request.later(MINUTE).vote('f3', 'APPROVE');
        expect(request.holders()).toEqual(['f4', 'boss']);
        request.later(MINUTE).retract('f3');
        expect([request.stageState('s1'), ...request.holders()]).toEqual([state, 'f3', 'boss']);
      }
      request.later(MINUTE).vote('boss', 'APPROVE');
      expect(request.stageState('s1')).toBe(state);
      expect(request.holders()).toEqual([]);
    },
  );

  it('AE-CHILD-1 not after somebody has decided in the request of a stage behind', () => {
    const request = new Case([
      stage('lead'),
      stage('child', { rank: 2, resolver: { kind: 'CHILD', policyKind: 'approval.credit' } }),
    ]);
    request.vote('lead', 'APPROVE');
    const { childId } = request.current.stages[1]!;
    request.later(MINUTE);
    expect(() => request.retract('lead', 'lead', { childrenDecided: [childId!] })).toThrow('LATER_DECISION');
    request.retract('lead');
    expect(request.stageState('child')).toBe('INVALIDATED');
  });
});

describe('AE-TB-2 what closed the request stays', () => {
  it('a rejection is not taken back', () => {
    const request = atDirector();
    request.later(MINUTE).vote('director', 'REJECT');
    expect(() => request.retract('director')).toThrow('REQUEST_CLOSED');
    expect(() => request.retract('lead')).toThrow('REQUEST_CLOSED');
  });

  it('an approval that is in effect is revoked instead', () => {
    const request = new Case([stage('lead')]);
    request.vote('lead', 'APPROVE');
    expect(() => request.retract('lead')).toThrow('ALREADY_APPROVED');
  });

  it('nor is the yes before a return', () => {
    const request = atDirector();
    request.later(MINUTE).vote('director', 'RETURN');
    expect(() => request.retract('lead')).toThrow('LATER_DECISION');
  });
});
