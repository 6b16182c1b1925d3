import { describe, expect, it } from '@jest/globals';
import { Case, people, stage } from '../../../test/builders/approval.js';
import type { QuorumRule } from './stage-spec.js';

const ADMIN = { asAdmin: true };
const of = (quorum: QuorumRule, ...ids: string[]) => new Case([stage('s', { ...people(...ids), quorum })]);

describe('AE-REM-1 who may remove', () => {
  it('an added seat by whoever added it, or an admin; nobody else', () => {
    const request = of({ kind: 'ALL' }, 'f1', 'f2');
    request.add('f1', 'PARALLEL', ['f3', 'f4']);
    expect(() => request.remove('f2', 'f3')).toThrow('REMOVE_FORBIDDEN');
    request.remove('f1', 'f3');
    request.remove('a1', 'f4', ADMIN);
    expect(request.holders()).toEqual(['f1', 'f2']);
    expect(request.lastSeat('f3')).toMatchObject({ state: 'REMOVED', code: 'REMOVED' });
  });

  it('a seat of the policy only by an admin who is neither initiator nor in the stage', () => {
    const request = of({ kind: 'ALL' }, 'f1', 'f2', 'f3');
    expect(() => request.remove('f1', 'f2')).toThrow('REMOVE_FORBIDDEN');
    expect(() => request.remove('f1', 'f2', ADMIN)).toThrow('REMOVE_FORBIDDEN');
    expect(() => request.remove('rep', 'f2', ADMIN)).toThrow('REMOVE_FORBIDDEN');
    request.remove('a1', 'f2', ADMIN);
    expect(request.holders()).toEqual(['f1', 'f3']);
  });
});

describe('AE-REM-2 what cannot be removed', () => {
  it('a vote that was given, the last seat, what minApprovals needs', () => {
    const request = of({ kind: 'ALL' }, 'f1', 'f2');
    request.vote('f1', 'APPROVE');
    expect(() => request.remove('a1', 'f1', ADMIN)).toThrow('SEAT_DECIDED');
    expect(() => of({ kind: 'ALL' }, 'f1').remove('a1', 'f1', ADMIN)).toThrow('LAST_SEAT');
    const two = new Case([stage('s', { ...people('f1', 'f2'), quorum: { kind: 'ALL' }, minApprovals: 2 })]);
    expect(() => two.remove('a1', 'f1', ADMIN)).toThrow('QUORUM_UNREACHABLE');
  });

  it('AE-REM-5 after the stage has ended nothing; after the removal the vote is refused', () => {
    const request = of({ kind: 'ALL' }, 'f1', 'f2', 'f3');
    request.remove('a1', 'f3', ADMIN);
    expect(() => request.vote('f3', 'APPROVE')).toThrow('STAGE_CLOSED');
    request.vote('f1', 'REJECT');
    expect(() => request.remove('a1', 'f2', ADMIN)).toThrow('REQUEST_CLOSED');
  });
});

describe('AE-REM-3 a removal that would decide the stage', () => {
  const accept = { ...ADMIN, acceptOutcome: true };
  const votes = (request: Case, text: string) =>
    [...text].forEach((vote, index) => request.vote(`f${index + 1}`, vote === 'y' ? 'APPROVE' : 'REJECT'));

  it('ALL, yes, yes, open: refused with PASSED, accepted it passes', () => {
    const request = of({ kind: 'ALL' }, 'f1', 'f2', 'f3');
    votes(request, 'yy');
    expect(() => request.remove('a1', 'f3', ADMIN)).toThrow(
      expect.objectContaining({
        code: 'OUTCOME_CHANGE',
        details: expect.objectContaining({ projected: 'PASSED' }),
      }),
    );
    request.remove('a1', 'f3', accept);
    expect(request.current.state).toBe('APPROVED');
  });

  it('RATIO 60 of five, two yes, one no: removing one stays open, removing the other would pass at 2/3', () => {
    const request = of({ kind: 'RATIO', percent: 60, strict: false }, 'f1', 'f2', 'f3', 'f4', 'l1');
    votes(request, 'yyn');
    request.remove('a1', 'f4', ADMIN);
    expect(request.stageState('s')).toBe('ACTIVE');
    expect(() => request.remove('a1', 'l1', ADMIN)).toThrow('OUTCOME_CHANGE');
    request.remove('a1', 'l1', accept);
    expect(request.stageState('s')).toBe('PASSED');
  });

  it('RATIO 60 of five, two yes, two no, one open: removing it would reject', () => {
    const request = of({ kind: 'RATIO', percent: 60, strict: false }, 'f1', 'f2', 'f3', 'f4', 'l1');
    votes(request, 'yynn');
    expect(() => request.remove('a1', 'l1', ADMIN)).toThrow('OUTCOME_CHANGE');
    request.remove('a1', 'l1', accept);
    expect(request.stageState('s')).toBe('REJECTED');
  });
});

describe('AE-REM-4 removing below a seat', () => {
  it('all before-seats gone: the holder is asked again', () => {
    const request = of({ kind: 'ALL' }, 'f1');
    request.add('f1', 'BEFORE', ['f2', 'f3']);
    request.remove('f1', 'f2');
    expect(request.lastSeat('f1')!.state).toBe('PARKED');
    request.remove('f1', 'f3');
    expect(request.holders()).toEqual(['f1']);
  });

  it('the last undecided before-seat gone: the others’ word holds', () => {
    const request = of({ kind: 'ALL' }, 'f1');
    request.add('f1', 'BEFORE', ['f2', 'f3']);
    request.vote('f2', 'APPROVE');
    request.remove('f1', 'f3');
    expect(request.holders()).toEqual(['f1']);
  });

  it('all after-seats gone: an open holder stays open, a yes that was given becomes final', () => {
    const open = of({ kind: 'ALL' }, 'f1');
    open.add('f1', 'AFTER', ['f2']);
    open.remove('f1', 'f2');
    expect(open.holders()).toEqual(['f1']);
    const given = of({ kind: 'ALL' }, 'f1');
    given.add('f1', 'AFTER', ['f2']);
    given.vote('f1', 'APPROVE');
    expect(() => given.remove('f1', 'f2')).toThrow('OUTCOME_CHANGE');
    given.remove('f1', 'f2', { acceptOutcome: true });
    expect(given.current.state).toBe('APPROVED');
  });

  it('a seat takes its subtree with it', () => {
    const request = of({ kind: 'ALL' }, 'f1', 'l1');
    request.add('f1', 'BEFORE', ['f2']);
    request.add('f2', 'BEFORE', ['f3']);
    request.remove('a1', 'f1', ADMIN);
    expect(['f1', 'f2', 'f3'].map((holder) => request.lastSeat(holder)!.state)).toEqual([
      'REMOVED',
      'REMOVED',
      'REMOVED',
    ]);
    expect(request.holders()).toEqual(['l1']);
  });
});
