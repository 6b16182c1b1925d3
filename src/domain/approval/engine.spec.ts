import { describe, expect, it } from '@jest/globals';
import { Case, company, FACTS, people, person, grant, stage, planOf } from '../../../test/builders/approval.js';
import { decide, evolve } from './engine.js';
import type { ApprovalState } from './model.js';

const ALL = { kind: 'ALL' } as const;
const two = [stage('lead', { rank: 1 }), stage('director', { rank: 2, ...people('director') })];

describe('submission', () => {
  it('AE-PLAN-2 no stage needed is approved at once', () => {
    const request = new Case([]);
    expect(request.current.state).toBe('APPROVED');
    expect(request.log.at(-1)).toMatchObject({ type: 'request.closed', code: 'POLICY_NO_APPROVAL' });
  });

  it('AE-START-1 an existing request cannot be submitted again', () => {
    const request = new Case(two);
    const again = { type: 'SUBMIT' as const, requestId: 'request', facts: FACTS, plan: planOf(two, request.directory) };
    expect(() => request.run(again, 'rep')).toThrow('OPEN_REQUEST_EXISTS');
  });

  it('AE-EMPTY-1 a stage nobody can staff refuses the submission by default', () => {
    expect(() => new Case([stage('x', { resolver: { kind: 'ROLE', role: 'HR', take: 'EVERY' } })])).toThrow('NO_APPROVER');
  });

  it('AE-Q-9 a quorum above the number of seats refuses the submission', () => {
    expect(() => new Case([stage('x', { ...people('lead'), quorum: { kind: 'COUNT', count: 2 } })])).toThrow('NO_APPROVER');
  });
});

describe('a decision', () => {
  it('passes the stage and opens the next in the same command', () => {
    const request = new Case(two);
    request.vote('lead', 'APPROVE');
    expect(request.stageState('lead')).toBe('PASSED');
    expect(request.holders()).toEqual(['director']);
    request.vote('director', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('AE-CMD-3 of someone who does not hold the seat is refused', () => {
    const request = new Case(two);
    const seat = request.openSeat('lead')!;
    expect(() => request.vote('f1', 'APPROVE', { seatId: seat.id, expectedSeatVersion: seat.version })).toThrow('NOT_HOLDER');
  });

  it('AE-CMD-5 repeated with a new key says that it was you', () => {
    const request = new Case([stage('x', { ...people('f1', 'f2'), quorum: ALL })]);
    request.vote('f1', 'APPROVE');
    expect(() => request.vote('f1', 'APPROVE')).toThrow(
      expect.objectContaining({ code: 'SEAT_DECIDED', details: expect.objectContaining({ byYou: true }) }),
    );
  });

  it('AE-CMD-3 after the stage closed names the winning decision', () => {
    const request = new Case([stage('x', people('f1', 'f2')), stage('y', { rank: 2, ...people('boss') })]);
    request.vote('f1', 'APPROVE');
    expect(() => request.vote('f2', 'APPROVE')).toThrow(
      expect.objectContaining({
        code: 'STAGE_CLOSED',
        details: expect.objectContaining({ winning: expect.objectContaining({ actor: 'f1', action: 'APPROVE' }) }),
      }),
    );
  });

  it('AE-SUB-1 on another content than the one shown is refused', () => {
    const request = new Case(two);
    expect(() => request.vote('lead', 'APPROVE', { subjectHash: 'old' })).toThrow('STALE_SUBJECT');
  });

  it('AE-CMD-3 on an outdated seat is refused', () => {
    const request = new Case(two);
    expect(() => request.vote('lead', 'APPROVE', { expectedSeatVersion: 9 })).toThrow('STALE_VERSION');
  });

  it('AE-REQ-1 to reject needs a comment', () => {
    const request = new Case(two);
    expect(() => request.vote('lead', 'REJECT', { comment: '  ' })).toThrow(
      expect.objectContaining({ code: 'REQUIREMENT_MISSING', fields: [expect.objectContaining({ pointer: '/comment' })] }),
    );
    expect(request.current.state).toBe('PENDING');
  });

  it('AE-Q-5 that ends the stage cancels the other seats in the same command', () => {
    const request = new Case([stage('x', people('f1', 'f2', 'f3'))]);
    request.vote('f2', 'APPROVE');
    expect(request.current.seats.map((seat) => [seat.holderId, seat.state, seat.code])).toEqual([
      ['f1', 'CANCELLED', 'STAGE_DECIDED'],
      ['f2', 'APPROVED', null],
      ['f3', 'CANCELLED', 'STAGE_DECIDED'],
    ]);
  });

  it('AE-Q-7 all abstaining blocks the stage; an admin staffs it again', () => {
    const request = new Case([stage('x', { ...people('f1', 'f2'), quorum: ALL })]);
    request.vote('f1', 'ABSTAIN');
    request.vote('f2', 'ABSTAIN');
    expect(request.current.stages[0]).toMatchObject({ state: 'BLOCKED', code: 'ALL_ABSTAINED' });
    const stageId = request.current.stages[0]!.id;
    request.run({ type: 'RESTAFF', stageId, personIds: ['f3'], reason: 'nobody decided' }, 'a1');
    request.vote('f3', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });
});

describe('依次 and parallel', () => {
  it('AE-SEQ-1 only the first seat is open; each answer opens the next', () => {
    const request = new Case([stage('x', { ...people('f1', 'f2', 'f3'), mode: 'SEQUENTIAL', quorum: ALL })]);
    expect(request.holders()).toEqual(['f1']);
    request.vote('f1', 'APPROVE');
    expect(request.holders()).toEqual(['f2']);
    request.vote('f2', 'ABSTAIN');
    expect(request.holders()).toEqual(['f3']);
    request.vote('f3', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('AE-SEQ-1 a veto cancels the seats behind it', () => {
    const request = new Case([stage('x', { ...people('f1', 'f2'), mode: 'SEQUENTIAL', quorum: ALL })]);
    request.vote('f1', 'REJECT');
    expect(request.lastSeat('f2')).toMatchObject({ state: 'CANCELLED', code: 'STAGE_DECIDED' });
    expect(request.current.state).toBe('REJECTED');
  });

  const branches = (onBranchReject: 'FAIL_FAST' | 'WAIT_ALL') => [
    stage('legal', { branch: 'legal', onBranchReject, ...people('l1') }),
    stage('finance', { branch: 'finance', onBranchReject, ...people('f1') }),
    stage('boss', { block: 2, ...people('boss') }),
  ];

  it('AE-PAR-1 branches join when all have passed', () => {
    const request = new Case(branches('FAIL_FAST'));
    expect(request.holders()).toEqual(['f1', 'l1']);
    request.vote('l1', 'APPROVE');
    expect(request.stageState('boss')).toBe('PLANNED');
    request.vote('f1', 'APPROVE');
    expect(request.holders()).toEqual(['boss']);
  });

  it('AE-PAR-1 FAIL_FAST cancels the siblings', () => {
    const request = new Case(branches('FAIL_FAST'));
    request.vote('l1', 'REJECT');
    expect(request.current.state).toBe('REJECTED');
    expect(request.lastSeat('f1')).toMatchObject({ state: 'CANCELLED', code: 'BRANCH_REJECTED' });
  });

  it('AE-PAR-1 WAIT_ALL hears the others first, then rejects', () => {
    const request = new Case(branches('WAIT_ALL'));
    request.vote('l1', 'REJECT');
    expect(request.current.state).toBe('PENDING');
    request.vote('f1', 'APPROVE');
    expect(request.current.state).toBe('REJECTED');
    expect(request.stageState('boss')).toBe('CANCELLED');
  });
});

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
    expect(() => request.run({ type: 'RESUBMIT', facts: FACTS, plan: planOf(three, request.directory) }, 'lead')).toThrow(
      'NOT_INITIATOR',
    );
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
    const request = new Case([stage('lead'), stage('x', { rank: 2, ...people('f1'), onReject: { kind: 'RETURN_STAGE', key: 'lead' } })]);
    request.vote('lead', 'APPROVE');
    request.vote('f1', 'REJECT');
    expect(request.current.state).toBe('PENDING');
    expect(request.holders()).toEqual(['lead']);
  });
});

describe('taking back', () => {
  it('AE-WD-1 withdraw ends every live seat', () => {
    const request = new Case(two);
    request.run({ type: 'WITHDRAW', reason: null }, 'rep');
    expect(request.current.state).toBe('WITHDRAWN');
    expect(request.lastSeat('lead')).toMatchObject({ state: 'CANCELLED', code: 'WITHDRAWN' });
  });

  it('AE-WD-1 only by the initiator', () => {
    expect(() => new Case(two).run({ type: 'WITHDRAW', reason: null }, 'lead')).toThrow('NOT_INITIATOR');
  });

  it('AE-WD-1 not after the first decision when the policy says so', () => {
    const request = new Case(two, { facts: { ...FACTS, withdrawPolicy: 'BEFORE_FIRST_DECISION' } });
    request.vote('lead', 'APPROVE');
    expect(() => request.run({ type: 'WITHDRAW', reason: null }, 'rep')).toThrow('WITHDRAW_NOT_ALLOWED');
  });

  it('AE-WD-2 whoever comes second is told', () => {
    const approved = new Case([stage('lead')]);
    approved.vote('lead', 'APPROVE');
    expect(() => approved.run({ type: 'WITHDRAW', reason: null }, 'rep')).toThrow('ALREADY_APPROVED');
    const withdrawn = new Case([stage('lead')]);
    withdrawn.run({ type: 'WITHDRAW', reason: null }, 'rep');
    expect(() => withdrawn.vote('lead', 'APPROVE')).toThrow('REQUEST_CLOSED');
  });

  it('AE-TERM-1 terminate needs a running request', () => {
    const request = new Case(two);
    request.run({ type: 'TERMINATE', reason: 'wrong customer' }, 'a1');
    expect(request.current.state).toBe('TERMINATED');
    expect(() => request.run({ type: 'TERMINATE', reason: 'again' }, 'a1')).toThrow('REQUEST_CLOSED');
  });
});

describe('time', () => {
  const tick = (request: Case) => request.run({ type: 'FIRE_RUNGS' }, 'system:timeout');

  it('AE-SLA-2 each rung fires once, and none before it is due', () => {
    const request = new Case(two);
    expect(tick(request)).toEqual([]);
    request.later(4);
    expect(tick(request)).toMatchObject([{ type: 'rung.fired', rungId: 'remind', targets: ['lead'] }]);
    expect(tick(request)).toEqual([]);
  });

  it('AE-SLA-4 escalation ADD: either may decide, the stage still counts one vote', () => {
    const request = new Case([stage('lead', { quorum: ALL })]).later(9);
    tick(request);
    tick(request);
    expect(request.holders()).toEqual(['lead', 'director']);
    request.vote('director', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
    expect(request.lastSeat('lead')).toMatchObject({ state: 'CANCELLED', code: 'ANSWERED_BY_OTHER' });
  });

  it('a late tick fires one rung per seat and re-reads', () => {
    const request = new Case(two).later(100);
    expect(tick(request).map((event) => event.type)).toEqual(['rung.fired']);
    expect(tick(request).map((event) => event.type)).toEqual(['rung.fired', 'seat.added']);
    expect(tick(request)).toMatchObject([{ rungId: 'incident' }]);
    expect(tick(request)).toEqual([]);
  });

  it('AE-SLA-2 no rung after the seat has answered', () => {
    const request = new Case([stage('x', { ...people('f1', 'f2'), quorum: ALL })]);
    request.vote('f1', 'APPROVE');
    request.later(5);
    expect(tick(request)).toMatchObject([{ seatId: request.lastSeat('f2')!.id }]);
  });

  it('AE-SLA-3 auto-reject is one seat’s no, by the system', () => {
    const pool = stage('x', { ...people('f1', 'f2', 'f3'), quorum: { kind: 'COUNT', count: 2 } });
    const request = new Case([pool], { ladder: [['auto', 'AUTO_REJECT', 1]] });
    request.vote('f1', 'APPROVE');
    request.later(1);
    tick(request);
    expect(request.lastSeat('f2')).toMatchObject({ state: 'REJECTED', decision: { actor: 'system:timeout' } });
    expect(request.current.state).toBe('REJECTED');
  });

  it('AE-SLA-4 escalation REPLACE hands the seat over; the old holder loses it', () => {
    const request = new Case([stage('lead')], { ladder: [['up', 'ESCALATE_REPLACE', 1]] }).later(1);
    tick(request);
    expect(request.holders()).toEqual(['director']);
    expect(request.current.seats[0]).toMatchObject({ ownerId: 'lead', holderId: 'director', version: 2 });
  });

  it('AE-SLA-5 a new visit starts a new ladder', () => {
    const request = new Case(two);
    request.vote('lead', 'APPROVE');
    request.later(4);
    request.vote('director', 'RETURN', { returnTo: 'lead' });
    expect(tick(request)).toEqual([]);
    request.later(4);
    expect(tick(request)).toMatchObject([{ rungId: 'remind', visit: 2 }]);
  });

  it('AE-SLA-2 EXPIRE ends the request', () => {
    const request = new Case(two);
    request.run({ type: 'EXPIRE', reason: 'quote lapsed' }, 'system:timeout');
    expect(request.current.state).toBe('EXPIRED');
    expect(request.holders()).toEqual([]);
  });
});

describe('self-approval', () => {
  it('AE-SOD-3 a seat that came to the initiator cannot approve', () => {
    const request = new Case([stage('x', people('f1'))]);
    request.directory = company(person('f1', { grants: [grant('FINANCE')], identity: 'rep' }));
    expect(() => request.vote('f1', 'APPROVE')).toThrow('SOD_INITIATOR');
  });

  it('AE-SOD-4 self-reject is allowed', () => {
    const request = new Case([stage('x', people('f1'))]);
    request.directory = company(person('f1', { grants: [grant('FINANCE')], identity: 'rep' }));
    request.vote('f1', 'REJECT');
    expect(request.current.state).toBe('REJECTED');
  });
});

describe('the event log', () => {
  it('4.18-8 folded again gives the same request', () => {
    const request = new Case(two);
    request.vote('lead', 'APPROVE');
    request.vote('director', 'RETURN', { returnTo: 'lead' });
    request.vote('lead', 'APPROVE');
    request.vote('director', 'APPROVE');
    const folded = request.log.reduce<ApprovalState | null>((state, event) => evolve(state, event), null);
    expect(folded).toEqual(request.current);
    expect(request.current.seq).toBe(request.log.length);
  });

  it('a command on nothing is refused', () => {
    const request = new Case(two);
    const context = { now: request.now, actor: { kind: 'PERSON', id: 'rep', permissions: [] } } as const;
    const ladder = () => ({ rungs: [], dueAt: null });
    expect(() =>
      decide(null, { type: 'WITHDRAW', reason: null }, { ...context, directory: company(), newId: () => 'x', ladder }),
    ).toThrow('NOT_FOUND');
  });
});
