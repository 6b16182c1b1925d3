import { describe, expect, it } from '@jest/globals';
import { Case, company, grant, people, person, stage } from '../../../test/builders/approval.js';
import type { DirectoryPerson } from '../org/directory.js';
import type { StageSpec } from './stage-spec.js';

/** The company after `id` has left: inactive, without rights; the reporting line above them is remembered. */
function without(id: string, over: Partial<DirectoryPerson> = {}, ...others: DirectoryPerson[]) {
  const before = company(...others).people[id]!;
  return company(...others, { ...before, active: false, grants: [], ...over });
}

function left(request: Case, id: string, over: Partial<DirectoryPerson> = {}, ...others: DirectoryPerson[]) {
  request.directory = without(id, over, ...others);
  return request.run({ type: 'PERSON_LEFT', personId: id }, 'system:leave');
}

const finance = { resolver: { kind: 'ROLE', role: 'FINANCE', take: 'EVERY' } } satisfies Partial<StageSpec>;
const ALL = { quorum: { kind: 'ALL' } } satisfies Partial<StageSpec>;

describe('AE-LEAVE-1 a seat found by a strategy', () => {
  it('is found anew: the manager who comes next, who is then its owner', () => {
    const request = new Case([stage('line', { resolver: { kind: 'MANAGER', levels: 1 } })]);
    expect(request.holders()).toEqual(['lead']);
    const gone = { ...company().people.rep!, managerId: 'director' };
    const events = left(request, 'lead', {}, gone);
    expect(events).toEqual([
      expect.objectContaining({
        type: 'seat.transferred',
        cause: 'LEAVE',
        holderId: 'director',
        ownerId: 'director',
      }),
    ]);
    request.vote('director', 'APPROVE');
    expect(request.current.seats[0]!.decision).toMatchObject({ actor: 'director', onBehalfOf: null });
    expect(request.current.state).toBe('APPROVED');
  });

  it('goes as MERGED when everybody the strategy finds sits there already; the others still decide', () => {
    const request = new Case([stage('finance', { ...finance, ...ALL })]);
    left(request, 'f1');
    expect(request.current.seats[0]).toMatchObject({ holderId: 'f1', state: 'REMOVED', code: 'MERGED' });
    for (const id of ['f2', 'f3', 'f4']) request.vote(id, 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('keeps its due time, but at least one business day remains', () => {
    const request = new Case([stage('line', { resolver: { kind: 'MANAGER', levels: 1 } })]).later(7);
    left(request, 'lead', {}, { ...company().people.rep!, managerId: 'director' });
    expect(request.current.seats[0]!.dueAt).toBe('2026-03-03T08:00:00.000Z');
  });
});

describe('AE-LEAVE-1 a seat meant in person', () => {
  const one = [stage('named', people('lead'))];

  it.each<[string, Partial<DirectoryPerson>, DirectoryPerson[], string]>([
    ['goes to the named successor', { successorId: 'l1' }, [], 'l1'],
    [
      'past a successor who has left, to the manager',
      { successorId: 'x' },
      [person('x', { active: false })],
      'director',
    ],
    ['past a successor who is the initiator, to the manager', { successorId: 'rep' }, [], 'director'],
    ['to the manager when nobody was named', {}, [], 'director'],
    [
      'past a manager who is away, to whoever stands in',
      {},
      [
        person('director', {
          managerId: 'boss',
          away: { until: '2026-04-01T00:00:00.000Z', delegateId: 'l1' },
        }),
      ],
      'l1',
    ],
    ['to an admin when there is no manager', { managerId: null }, [], 'a1'],
  ])('%s', (_, over, others, holder) => {
    const request = new Case(one);
    left(request, 'lead', over, ...others);
    expect(request.current.seats[0]).toMatchObject({
      ownerId: 'lead',
      holderId: holder,
      state: 'OPEN',
      hops: 0,
    });
  });

  it('says who came first and could not take it', () => {
    const request = new Case(one);
    const events = left(request, 'lead', { successorId: 'rep' });
    expect(events[0]).toMatchObject({
      holderId: 'director',
      skipped: [{ personId: 'rep', code: 'INITIATOR' }],
    });
  });

  it('that another held for somebody still here goes back to them', () => {
    const request = new Case([stage('named', people('f1'))]);
    request.transfer('f1', 'lead');
    left(request, 'lead');
    expect(request.current.seats[0]).toMatchObject({ ownerId: 'f1', holderId: 'f1', state: 'OPEN' });
  });
});

describe('AE-LEAVE-2 a shrink the system causes never decides a stage', () => {
  const named = (quorum: StageSpec['quorum'], ...ids: string[]) => [
    stage('named', { ...people(...ids), quorum }),
  ];
  const nobodyElse: Partial<DirectoryPerson> = { managerId: 'f2' };

  it('would pass: BLOCKED(LEAVER), and the votes stand', () => {
    const request = new Case(named({ kind: 'ALL' }, 'f1', 'f2'));
    request.vote('f2', 'APPROVE');
    left(request, 'f1', nobodyElse, person('a1'));
    expect(request.current.seats.map(({ holderId, state, code }) => [holderId, state, code])).toEqual([
      ['f1', 'REMOVED', 'MERGED'],
      ['f2', 'APPROVED', null],
    ]);
    expect(request.current.stages[0]).toMatchObject({ state: 'BLOCKED', code: 'LEAVER' });
    expect(request.current.state).toBe('PENDING');
  });

  it('would fail: BLOCKED(LEAVER)', () => {
    const request = new Case(named({ kind: 'COUNT', count: 2 }, 'f1', 'f2', 'f3'));
    request.vote('f2', 'APPROVE');
    request.vote('f3', 'REJECT');
    left(request, 'f1', nobodyElse, person('a1'));
    expect(request.current.stages[0]).toMatchObject({ state: 'BLOCKED', code: 'LEAVER' });
  });

  it('would leave it below minApprovals: BLOCKED(LEAVER)', () => {
    const spec = stage('named', {
      ...people('f1', 'f2'),
      quorum: { kind: 'ANY', first: 'UNTIL_ALL_NO' },
      minApprovals: 2,
    });
    const request = new Case([spec]);
    left(request, 'f1', nobodyElse, person('a1'));
    expect(request.current.stages[0]).toMatchObject({ state: 'BLOCKED', code: 'LEAVER' });
  });

  it('would not decide: goes on', () => {
    const request = new Case(named({ kind: 'RATIO', percent: 60, strict: false }, 'f1', 'f2', 'f3', 'f4'));
    request.vote('f2', 'APPROVE');
    left(request, 'f1', nobodyElse, person('a1'));
    expect(request.current.stages[0]!.state).toBe('ACTIVE');
  });

  it('an admin staffs it anew, and the new one decides', () => {
    const request = new Case(named({ kind: 'ALL' }, 'f1', 'f2'));
    request.vote('f2', 'APPROVE');
    left(request, 'f1', nobodyElse, person('a1'));
    const stageId = request.current.stages[0]!.id;
    request.run({ type: 'RESTAFF', stageId, personIds: ['f3'], reason: 'replaces the leaver' }, 'l1');
    expect(request.stageState('named')).toBe('ACTIVE');
    request.vote('f3', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  const accept = (request: Case, by: string) => {
    const stageId = request.current.stages[0]!.id;
    return request.run({ type: 'ACCEPT_OUTCOME', stageId, reason: 'enough have spoken' }, by);
  };

  it('or accepts the outcome', () => {
    const request = new Case(named({ kind: 'ALL' }, 'f1', 'f2'));
    request.vote('f2', 'APPROVE');
    left(request, 'f1', nobodyElse, person('a1'));
    expect(accept(request, 'l1')[0]).toMatchObject({ type: 'stage.outcome-accepted', outcome: 'PASSED' });
    expect(request.current.state).toBe('APPROVED');
  });

  it.each([
    ['rep', 'SOD_INITIATOR'],
    ['f2', 'REMOVE_FORBIDDEN'],
  ])('not %s: %s', (by, code) => {
    const request = new Case(named({ kind: 'ALL' }, 'f1', 'f2'));
    request.vote('f2', 'APPROVE');
    left(request, 'f1', nobodyElse, person('a1'));
    expect(() => accept(request, by)).toThrow(code);
  });

  it('there is no outcome to accept when nobody voted, nor in a stage that runs', () => {
    const request = new Case(named({ kind: 'ALL' }, 'f1'));
    expect(() => accept(request, 'l1')).toThrow('STAGE_NOT_BLOCKED');
    left(request, 'f1', { managerId: null }, person('a1'));
    expect(request.current.stages[0]).toMatchObject({ state: 'BLOCKED', code: 'LEAVER' });
    expect(() => accept(request, 'l1')).toThrow('LAST_SEAT');
  });
});

describe('AE-LEAVE-3 late, repeated, mistaken', () => {
  it('a second time nothing happens; nor for somebody who is here', () => {
    const request = new Case([stage('named', people('lead'))]);
    left(request, 'lead');
    expect(request.run({ type: 'PERSON_LEFT', personId: 'lead' }, 'system:leave')).toEqual([]);
    expect(request.run({ type: 'PERSON_LEFT', personId: 'director' }, 'system:leave')).toEqual([]);
  });

  it('a vote the server receives afterwards is not theirs to give; one before stands', () => {
    const request = new Case([stage('named', { ...people('lead', 'f1'), ...ALL })]);
    request.vote('f1', 'APPROVE');
    const seatId = request.openSeat('lead')!.id;
    left(request, 'lead');
    left(request, 'f1');
    expect(() => request.vote('lead', 'APPROVE', { seatId, expectedSeatVersion: 1 })).toThrow('NOT_HOLDER');
    expect(request.lastSeat('f1')).toMatchObject({ state: 'APPROVED', decision: { actor: 'f1' } });
  });

  it('nothing on a closed request', () => {
    const request = new Case([stage('named', people('lead'))]);
    request.vote('lead', 'APPROVE');
    expect(left(request, 'lead')).toEqual([]);
  });
});

describe('AE-ADD-5, AE-DLG-1 seats in a tree', () => {
  it('an adviser who left is not waited for', () => {
    const request = new Case([stage('named', people('f1'))]);
    request.add('f1', 'CONSULT', ['l1']);
    left(request, 'l1');
    expect(request.holders()).toEqual(['f1']);
  });

  it('a parked seat moves, those it waits for stay', () => {
    const request = new Case([stage('named', people('f1'))]);
    request.add('f1', 'BEFORE', ['l1']);
    left(request, 'f1', { successorId: 'f2' });
    expect(request.current.seats[0]).toMatchObject({ holderId: 'f2', state: 'PARKED' });
    request.vote('l1', 'APPROVE');
    expect(request.holders()).toEqual(['f2']);
  });

  it('a yes that others were to confirm does not become one by their leaving', () => {
    const request = new Case([stage('named', people('f1'))]);
    request.add('f1', 'AFTER', ['l1']);
    request.vote('f1', 'APPROVE');
    left(request, 'l1', { managerId: 'f1' }, person('a1'));
    expect(request.current.stages[0]).toMatchObject({ state: 'BLOCKED', code: 'LEAVER' });
  });

  it('whoever it was escalated to simply goes on', () => {
    const request = new Case([stage('named', people('lead'))]).later(4);
    request.run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    request.later(4).run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    expect(request.holders()).toEqual(['lead', 'director']);
    left(request, 'lead', { successorId: 'l1' });
    expect(request.holders()).toEqual(['director']);
    request.vote('director', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });
});

describe('4.5 loses the role', () => {
  const lost = (request: Case, over: Partial<DirectoryPerson>) => {
    request.directory = company(person('f1', over), person('f5', { grants: [grant('FINANCE')] }));
    return request.run({ type: 'ROLE_LOST', personId: 'f1', role: 'FINANCE' }, 'system:leave');
  };

  it('the seat is kept by default', () => {
    expect(lost(new Case([stage('finance', { ...finance, ...ALL })]), {})).toEqual([]);
  });

  it('strictRole: it is staffed anew', () => {
    const request = new Case([stage('finance', { ...finance, ...ALL, strictRole: true })]);
    lost(request, {});
    expect(request.current.seats[0]).toMatchObject({ holderId: 'f5', ownerId: 'f5', state: 'OPEN' });
  });

  it('strictRole: kept when another grant still gives the role; a vote stands', () => {
    const strict = stage('finance', { ...finance, ...ALL, strictRole: true });
    expect(lost(new Case([strict]), { grants: [grant('FINANCE', 'region')] })).toEqual([]);
    const voted = new Case([strict]);
    voted.vote('f1', 'APPROVE');
    expect(lost(voted, {})).toEqual([]);
  });
});
