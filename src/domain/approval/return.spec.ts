import { describe, expect, it } from '@jest/globals';
import { Case, company, FACTS, people, person, planOf, stage } from '../../../test/builders/approval.js';

const ALL = { kind: 'ALL' } as const;
const two = [stage('lead', { rank: 1 }), stage('director', { rank: 2, ...people('director') })];

describe('return and resubmission', () => {
  const three = [...two, stage('boss', { rank: 3, ...people('boss') })];
  const atBoss = () => {
    const request = new Case(three);
    request.vote('lead', 'APPROVE');
    request.vote('director', 'APPROVE');
    return request;
  };

  it('AE-RET-1 to the initiator stops the round', () => {
    const request = atBoss();
    request.vote('boss', 'RETURN');
    expect(request.current).toMatchObject({ state: 'RETURNED', returns: 1 });
    expect(request.holders()).toEqual([]);
  });

  it('AE-RET-2 to an earlier stage opens its next visit and does not count what followed', () => {
    const request = atBoss();
    request.vote('boss', 'RETURN', { returnTo: 'lead' });
    expect(request.holders()).toEqual(['lead']);
    expect(request.stageState('director')).toBe('INVALIDATED');
    expect(request.current.stages[0]!.visit).toBe(2);
    request.vote('lead', 'APPROVE');
    expect(request.holders()).toEqual(['director']);
    request.vote('director', 'APPROVE');
    request.vote('boss', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('AE-RET-3 TO_RETURNER jumps back to the returning stage', () => {
    const request = atBoss();
    request.vote('boss', 'RETURN', { returnTo: 'lead', resume: 'TO_RETURNER' });
    request.vote('lead', 'APPROVE');
    expect(request.stageState('director')).toBe('PASSED');
    expect(request.holders()).toEqual(['boss']);
  });

  it.each([['boss'], ['unknown']])('AE-RET-1 return to %s is not reachable', (returnTo) => {
    expect(() => atBoss().vote('boss', 'RETURN', { returnTo })).toThrow('NOT_REACHABLE');
  });

  it('AE-RET-1 a sibling branch is not reachable', () => {
    const request = new Case([
      stage('legal', { branch: 'legal', ...people('l1') }),
      stage('finance', { branch: 'finance', ...people('f1') }),
    ]);
    request.vote('l1', 'APPROVE');
    expect(() => request.vote('f1', 'RETURN', { returnTo: 'legal' })).toThrow('NOT_REACHABLE');
  });

  it('AE-RET-2 before the fork it takes the sibling branches along', () => {
    const request = new Case([
      stage('lead'),
      stage('legal', { block: 2, branch: 'legal', ...people('l1') }),
      stage('finance', { block: 2, branch: 'finance', ...people('f1') }),
    ]);
    request.vote('lead', 'APPROVE');
    request.vote('f1', 'RETURN', { returnTo: 'lead' });
    expect(request.lastSeat('l1')).toMatchObject({ state: 'CANCELLED', code: 'RETURNED' });
    expect(request.holders()).toEqual(['lead']);
    request.vote('lead', 'APPROVE');
    expect(request.holders().sort()).toEqual(['f1', 'l1']);
  });

  it('AE-RET-4 any holder of a countersign may return', () => {
    const request = new Case([stage('x', { ...people('f1', 'f2'), quorum: ALL })]);
    request.vote('f1', 'APPROVE');
    request.vote('f2', 'RETURN');
    expect(request.current.state).toBe('RETURNED');
  });

  it('AE-RES-1 only the initiator resubmits, once', () => {
    const request = atBoss();
    expect(() => request.resubmit()).toThrow('NOT_RETURNED');
    request.vote('boss', 'RETURN');
    expect(() =>
      request.run({ type: 'RESUBMIT', facts: FACTS, plan: planOf(three, request.directory) }, 'lead'),
    ).toThrow('NOT_INITIATOR');
    request.resubmit();
    expect(request.current).toMatchObject({ state: 'PENDING', round: 2 });
    expect(() => request.resubmit()).toThrow('NOT_RETURNED');
  });

  it('AE-RES-1 unchanged content is allowed and shown', () => {
    const request = atBoss();
    request.vote('boss', 'RETURN');
    const [submitted] = request.resubmit();
    expect(submitted).toMatchObject({ type: 'request.submitted', changed: false, resumeDowngraded: false });
    expect(request.holders()).toEqual(['lead']);
  });

  it('AE-RET-3 TO_RETURNER over the initiator carries earlier consent on the same content', () => {
    const request = new Case([stage('lead'), stage('x', { rank: 2, ...people('f1', 'f2'), quorum: ALL })]);
    request.vote('lead', 'APPROVE');
    request.vote('f1', 'APPROVE');
    request.vote('f2', 'RETURN', { resume: 'TO_RETURNER' });
    request.resubmit();
    expect(request.stageState('lead')).toBe('PASSED');
    expect(request.lastSeat('f1')).toMatchObject({ state: 'AUTO_APPROVED', code: 'CARRIED' });
    expect(request.holders()).toEqual(['f2']);
  });

  it('AE-RET-3 changed content downgrades TO_RETURNER to the whole walk', () => {
    const request = atBoss();
    request.vote('boss', 'RETURN', { resume: 'TO_RETURNER' });
    const [submitted] = request.resubmit({ ...FACTS, subjectHash: 'hash-2' });
    expect(submitted).toMatchObject({ changed: true, resumeDowngraded: true });
    expect(request.holders()).toEqual(['lead']);
  });

  it('AE-RET-6 the eleventh return is refused', () => {
    const request = new Case([stage('lead')]);
    for (let i = 0; i < 10; i += 1) {
      request.vote('lead', 'RETURN');
      request.resubmit();
    }
    expect(() => request.vote('lead', 'RETURN')).toThrow('RETURN_LIMIT');
  });

  it('AE-REJ-1 a stage may send a rejection back instead of ending', () => {
    const request = new Case([
      stage('lead'),
      stage('x', { rank: 2, ...people('f1'), onReject: { kind: 'RETURN_STAGE', key: 'lead' } }),
    ]);
    request.vote('lead', 'APPROVE');
    request.vote('f1', 'REJECT');
    expect(request.current.state).toBe('PENDING');
    expect(request.holders()).toEqual(['lead']);
  });
});

describe('AE-RES-2 the initiator of a returned request leaves', () => {
  const finance = [stage('finance', people('f1'))];
  const left = company(person('rep', { active: false, managerId: 'lead' }));
  const byLead = { ...FACTS, initiatorId: 'lead', selfIds: ['lead', 'rep'] };

  it('their manager answers in their place, and counts as initiator from then on', () => {
    const request = new Case(finance);
    request.vote('f1', 'RETURN');
    request.run({ type: 'REPLACE_INITIATOR' }, 'system:leave');
    expect(request.current).toMatchObject({ initiatorId: 'lead', selfIds: ['rep', 'lead'] });
    expect(() => request.resubmit(FACTS)).toThrow('NOT_INITIATOR');
    request.resubmit(byLead);
    expect(() => request.transfer('f1', 'lead')).toThrow('SOD_INITIATOR');
  });

  it('so it is when they had left before the return', () => {
    const request = new Case(finance);
    request.directory = left;
    request.vote('f1', 'RETURN');
    expect(request.current).toMatchObject({ state: 'RETURNED', initiatorId: 'lead' });
  });

  it('nobody is replaced on a request that waits for approvers, or above whom nobody is', () => {
    const pending = new Case(finance);
    expect(pending.run({ type: 'REPLACE_INITIATOR' }, 'system:leave')).toEqual([]);
    const alone = new Case(finance, { directory: company(person('rep', { managerId: null })) });
    alone.vote('f1', 'RETURN');
    expect(alone.run({ type: 'REPLACE_INITIATOR' }, 'system:leave')).toEqual([]);
  });
});
