import { describe, expect, it } from '@jest/globals';
import { Case, people, stage } from '../../../test/builders/approval.js';
import type { StageSpec } from './stage-spec.js';

const MINUTE = 1 / 60;
/** lead → (legal: l1 then l2a) ∥ (finance: f1) → boss */
const forked = () =>
  new Case([
    stage('lead'),
    stage('legal', { block: 2, branch: 'legal', ...people('l1') }),
    stage('legal-2', { block: 2, branch: 'legal', rank: 2, ...people('f4') }),
    stage('finance', { block: 2, branch: 'finance', ...people('f1') }),
    stage('boss', { block: 3, ...people('boss') }),
  ]);
const states = (request: Case) => request.current.stages.map(({ spec, state }) => `${spec.key} ${state}`);

describe('return out of parallel branches', () => {
  it('AE-RET-2 ruoyi#867, JeecgBoot#5813 to before the fork: every branch stops, none is left behind, all are walked again', () => {
    const request = forked();
    request.vote('lead', 'APPROVE');
    request.later(MINUTE).vote('l1', 'APPROVE');
    request.later(MINUTE).vote('f1', 'RETURN', { returnTo: 'lead' });
    expect(states(request)).toEqual([
      'lead ACTIVE',
      'finance RETURNED',
      'legal INVALIDATED',
      'legal-2 INVALIDATED',
      'boss PLANNED',
    ]);
    expect(request.holders()).toEqual(['lead']);
    expect(request.lastSeat('f4')).toMatchObject({ state: 'CANCELLED', code: 'RETURNED' });
    request.later(MINUTE).vote('lead', 'APPROVE');
    expect(request.holders().sort()).toEqual(['f1', 'l1']);
    for (const who of ['l1', 'f4', 'f1', 'boss']) request.later(MINUTE).vote(who, 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('AE-RET-1 inside its own branch: the sibling goes on', () => {
    const request = forked();
    request.vote('lead', 'APPROVE');
    request.later(MINUTE).vote('l1', 'APPROVE');
    request.later(MINUTE).vote('f4', 'RETURN', { returnTo: 'legal' });
    expect(request.holders().sort()).toEqual(['f1', 'l1']);
    expect(request.stageState('finance')).toBe('ACTIVE');
  });

  it('AE-RET-3 TO_RETURNER to before the fork: what had passed beside it stays passed, what ran is asked again', () => {
    const request = forked();
    request.vote('lead', 'APPROVE');
    request.later(MINUTE).vote('l1', 'APPROVE');
    request.later(MINUTE).vote('f1', 'RETURN', { returnTo: 'lead', resume: 'TO_RETURNER' });
    expect(request.stageState('legal')).toBe('PASSED');
    request.later(MINUTE).vote('lead', 'APPROVE');
    expect(request.holders().sort()).toEqual(['f1', 'f4']);
  });

  it('AE-RET-2 behind the join: both branches are walked again', () => {
    const request = forked();
    for (const who of ['lead', 'l1', 'f4', 'f1']) request.later(MINUTE).vote(who, 'APPROVE');
    request.later(MINUTE).vote('boss', 'RETURN', { returnTo: 'lead' });
    request.later(MINUTE).vote('lead', 'APPROVE');
    expect(request.holders().sort()).toEqual(['f1', 'l1']);
  });
});

describe('parallel branches', () => {
  it('AE-Q-6 votes of another branch never count: the yes that would be enough leaves the branch beside it open', () => {
    const one: Partial<StageSpec> = { quorum: { kind: 'COUNT', count: 1 } };
    const request = new Case([
      stage('legal', { block: 1, branch: 'legal', ...one, ...people('l1', 'f4') }),
      stage('finance', { block: 1, branch: 'finance', ...one, ...people('f1', 'f2') }),
    ]);
    request.vote('l1', 'APPROVE');
    expect(states(request)).toEqual(['finance ACTIVE', 'legal PASSED']);
    request.later(MINUTE).vote('f2', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('AE-PAR-2 the fork is what the plan said: passing it again opens the same branches, none is judged anew', () => {
    const request = forked();
    const planned = request.current.stages.map(({ id }) => id);
    request.vote('lead', 'APPROVE');
    request.later(MINUTE).vote('f1', 'RETURN', { returnTo: 'lead' });
    request.later(MINUTE).vote('lead', 'APPROVE');
    expect(request.current.stages.map(({ id }) => id)).toEqual(planned);
    expect(states(request)).toEqual([
      'lead PASSED',
      'finance ACTIVE',
      'legal ACTIVE',
      'legal-2 PLANNED',
      'boss PLANNED',
    ]);
  });
});

describe('a second visit', () => {
  it('AE-RET-2, AE-SLA-5 ruoyi#1018 has a clock of its own, every rung again, none of the first', () => {
    const request = new Case([stage('lead'), stage('boss', { rank: 2, ...people('boss') })]);
    const tick = () => request.run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    request.later(4);
    tick();
    request.vote('lead', 'APPROVE');
    request.later(1).vote('boss', 'RETURN', { returnTo: 'lead' });
    const again = request.openSeat('lead')!;
    expect([again.visit, again.openedAt, again.dueAt]).toEqual([
      2,
      '2026-03-02T06:00:00.000Z',
      '2026-03-02T14:00:00.000Z',
    ]);
    expect(again.rungs.map(({ id, firedAt }) => `${id} ${firedAt}`)).toEqual([
      'remind null',
      'escalate null',
      'incident null',
    ]);
    expect(tick()).toEqual([]);
    request.later(4);
    expect(tick()).toMatchObject([{ seatId: again.id, visit: 2, rungId: 'remind' }]);
  });
});
