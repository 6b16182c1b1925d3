import { describe, expect, it } from '@jest/globals';
import { Case, people, stage } from '../../../test/builders/approval.js';
import type { ChildEnd } from './command.js';
import { waitsForSomebody } from './submit.js';

const credit = stage('credit', { block: 2, resolver: { kind: 'CHILD', policyKind: 'approval.credit' } });
const list = [stage('lead', people('lead')), credit, stage('boss', { block: 3, ...people('boss') })];

/** The lead has said yes: the child is asked. */
function atChild(specs = list): { request: Case; stageId: string; childId: string } {
  const request = new Case(specs);
  request.vote('lead', 'APPROVE');
  const { id, childId } = request.current.stages.find(({ spec }) => spec.key === 'credit')!;
  return { request, stageId: id, childId: childId! };
}

function end(of: ReturnType<typeof atChild>, how: ChildEnd, childId = of.childId) {
  return of.request.run({ type: 'CHILD_ENDED', stageId: of.stageId, childId, end: how }, 'system:child');
}

const yes: ChildEnd = { state: 'APPROVED', subjectHash: 'hash-1' };

describe('AE-CHILD-1 a stage that is a request of its own', () => {
  it('runs without seats of its own, and somebody is still waited for', () => {
    const { request, childId } = atChild();
    expect(request.stageState('credit')).toBe('ACTIVE');
    expect(childId).not.toBeNull();
    expect(request.holders()).toEqual([]);
    expect(waitsForSomebody(request.current)).toBe(true);
  });

  it('passes with the child, then the next stage is asked', () => {
    const of = atChild();
    end(of, yes);
    expect(of.request.stageState('credit')).toBe('PASSED');
    expect(of.request.holders()).toEqual(['boss']);
  });

  it.each(['REJECTED', 'EXPIRED', 'TERMINATED', 'WITHDRAWN'] as const)(
    'is rejected when the child ends as %s',
    (state) => {
      const of = atChild();
      end(of, { state, subjectHash: 'hash-1' });
      expect(of.request.current.stages[1]).toMatchObject({ state: 'REJECTED', code: `CHILD_${state}` });
      expect(of.request.current.state).toBe('REJECTED');
    },
  );

  it('a yes to other content passes nothing: the stage is blocked, and an admin may staff it', () => {
    const of = atChild();
    end(of, { state: 'APPROVED', subjectHash: 'hash-2' });
    expect(of.request.current.stages[1]).toMatchObject({
      state: 'BLOCKED',
      code: 'CHILD_STALE',
      childId: null,
    });
    of.request.run({ type: 'RESTAFF', stageId: of.stageId, personIds: ['f1'], reason: 'by hand' }, 'a1');
    of.request.vote('f1', 'APPROVE');
    expect(of.request.holders()).toEqual(['boss']);
  });

  it('a child that could not be opened blocks the stage with the reason', () => {
    const of = atChild();
    end(of, { state: 'NOT_OPENED', code: 'NO_POLICY_ROW' });
    expect(of.request.current.stages[1]).toMatchObject({ state: 'BLOCKED', code: 'NO_POLICY_ROW' });
  });

  it('somebody else’s child, or one whose stage has ended, changes nothing', () => {
    const of = atChild();
    expect(end(of, yes, 'another')).toEqual([]);
    of.request.run({ type: 'WITHDRAW', reason: null }, 'rep');
    expect(of.request.stageState('credit')).toBe('CANCELLED');
    expect(end(of, yes)).toEqual([]);
  });

  it('a later stage may return to it: the next visit is a child of its own', () => {
    const of = atChild();
    end(of, yes);
    of.request.vote('boss', 'RETURN', { returnTo: 'credit', resume: 'NEXT' });
    const again = of.request.current.stages[1]!;
    expect(again).toMatchObject({ state: 'ACTIVE', visit: 2 });
    expect(again.childId).not.toBe(of.childId);
  });
});
