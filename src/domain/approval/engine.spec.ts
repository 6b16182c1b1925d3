import { describe, expect, it } from '@jest/globals';
import {
  Case,
  company,
  FACTS,
  people,
  person,
  grant,
  stage,
  planOf,
} from '../../../test/builders/approval.js';
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
    const again = {
      type: 'SUBMIT' as const,
      requestId: 'request',
      facts: FACTS,
      plan: planOf(two, request.directory),
    };
    expect(() => request.run(again, 'rep')).toThrow('OPEN_REQUEST_EXISTS');
  });

  it('AE-EMPTY-1 a stage nobody can staff refuses the submission by default', () => {
    expect(() => new Case([stage('x', { resolver: { kind: 'ROLE', role: 'HR', take: 'EVERY' } })])).toThrow(
      'NO_APPROVER',
    );
  });

  it('AE-Q-9 a quorum above the number of seats refuses the submission', () => {
    expect(() => new Case([stage('x', { ...people('lead'), quorum: { kind: 'COUNT', count: 2 } })])).toThrow(
      'NO_APPROVER',
    );
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
    expect(() =>
      request.vote('f1', 'APPROVE', { seatId: seat.id, expectedSeatVersion: seat.version }),
    ).toThrow('NOT_HOLDER');
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
        details: expect.objectContaining({
          winning: expect.objectContaining({ actor: 'f1', action: 'APPROVE' }),
        }),
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
      expect.objectContaining({
        code: 'REQUIREMENT_MISSING',
        fields: [expect.objectContaining({ pointer: '/comment' })],
      }),
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
      decide(
        null,
        { type: 'WITHDRAW', reason: null },
        {
          ...context,
          directory: company(),
          newId: () => 'x',
          workDayAfter: (from) => from,
          claimUntil: (from) => from,
          urgeAgainAt: (from) => from,
          ladder,
          office: () => ({ key: 'CN', calendar: request.calendar }),
        },
      ),
    ).toThrow('NOT_FOUND');
  });
});
