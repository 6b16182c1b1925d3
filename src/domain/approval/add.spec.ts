import { describe, expect, it } from '@jest/globals';
import { Case, company, people, person, stage } from '../../../test/builders/approval.js';

const one = [stage('finance', people('f1'))];
const two = [stage('finance', { ...people('f1', 'f2'), quorum: { kind: 'ALL' } })];
const stateOf = (request: Case, holder: string) => request.lastSeat(holder)?.state;

describe('AE-ADD-1 before: the seat waits for those added', () => {
  it('parked, then open again with a fresh clock once all of them agreed', () => {
    const request = new Case(one);
    const { dueAt, rungs } = request.current.seats[0]!;
    request.later(5).add('f1', 'BEFORE', ['f2', 'f3']);
    expect([stateOf(request, 'f1'), ...request.holders()]).toEqual(['PARKED', 'f2', 'f3']);
    request.vote('f2', 'APPROVE');
    expect(stateOf(request, 'f1')).toBe('PARKED');
    request.later(1).vote('f3', 'APPROVE');
    const seat = request.lastSeat('f1')!;
    expect(seat).toMatchObject({ state: 'OPEN', code: null });
    expect(seat.dueAt! > dueAt!).toBe(true);
    expect(seat.rungs.map(({ id }) => id)).not.toEqual(rungs.map(({ id }) => id));
    request.vote('f1', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('their no is the seat’s no, then the stage’s rule applies', () => {
    const request = new Case([
      stage('finance', { ...people('f1', 'f2'), quorum: { kind: 'COUNT', count: 1 } }),
    ]);
    request.add('f1', 'BEFORE', ['f3', 'f4']);
    request.vote('f3', 'REJECT');
    expect(request.lastSeat('f1')).toMatchObject({
      state: 'REJECTED',
      code: 'ADDED_SAID_NO',
      decision: null,
    });
    expect(stateOf(request, 'f4')).toBe('CANCELLED');
    expect(request.current.state).toBe('PENDING');
    request.vote('f2', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('under ANY the first yes is enough; the others vanish', () => {
    const request = new Case(one);
    request.add('f1', 'BEFORE', ['f2', 'f3', 'f4'], { rule: 'ANY' });
    request.vote('f2', 'REJECT');
    request.vote('f3', 'APPROVE');
    expect([stateOf(request, 'f1'), stateOf(request, 'f4')]).toEqual(['OPEN', 'CANCELLED']);
  });

  it('all of them abstained: the holder decides alone', () => {
    const request = new Case(one);
    request.add('f1', 'BEFORE', ['f2']);
    request.vote('f2', 'ABSTAIN');
    expect(request.holders()).toEqual(['f1']);
  });

  it('AE-RET-5 a return of one of them is the stage’s return', () => {
    const request = new Case(one);
    request.add('f1', 'BEFORE', ['f2', 'f3']);
    request.vote('f2', 'RETURN');
    expect(request.current.state).toBe('RETURNED');
    expect(['f1', 'f3'].map((holder) => stateOf(request, holder))).toEqual(['CANCELLED', 'CANCELLED']);
  });
});

describe('AE-ADD-1 after: the holder’s yes waits for theirs', () => {
  it('they are asked when the holder has said yes, and the seat counts when they have', () => {
    const request = new Case(one);
    request.add('f1', 'AFTER', ['f2']);
    expect([stateOf(request, 'f2'), ...request.holders()]).toEqual(['WAITING', 'f1']);
    request.vote('f1', 'APPROVE');
    expect([request.current.state, ...request.holders()]).toEqual(['PENDING', 'f2']);
    request.vote('f2', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('a no of theirs is the seat’s no; the holder’s word stays readable', () => {
    const request = new Case(one);
    request.add('f1', 'AFTER', ['f2', 'f3']);
    request.vote('f1', 'APPROVE');
    request.vote('f3', 'REJECT');
    expect(request.lastSeat('f1')).toMatchObject({ state: 'REJECTED', decision: { action: 'APPROVE' } });
    expect([request.current.state, stateOf(request, 'f2')]).toEqual(['REJECTED', 'CANCELLED']);
  });

  it('the holder’s no cancels them', () => {
    const request = new Case(two);
    request.add('f1', 'AFTER', ['f3']);
    request.vote('f1', 'REJECT');
    expect([request.current.state, stateOf(request, 'f3')]).toEqual(['REJECTED', 'CANCELLED']);
  });

  it('a provisional yes never passes a stage by their abstention', () => {
    const request = new Case(one);
    request.add('f1', 'AFTER', ['f2']);
    request.vote('f1', 'APPROVE');
    request.vote('f2', 'ABSTAIN');
    expect(request.stageState('finance')).toBe('BLOCKED');
  });

  it('AE-SEQ-1 one after the other, the next is asked only when the yes has become final', () => {
    const request = new Case([
      stage('finance', { ...people('f1', 'f2'), quorum: { kind: 'ALL' }, mode: 'SEQUENTIAL' }),
    ]);
    request.add('f1', 'AFTER', ['f3']);
    request.vote('f1', 'APPROVE');
    expect(request.holders()).toEqual(['f3']);
    request.vote('f3', 'APPROVE');
    expect(request.holders()).toEqual(['f2']);
  });
});

describe('AE-ADD-1 parallel: beside the seat, the stage counts more votes', () => {
  it('AE-ADD-3 about to pass becomes open', () => {
    const request = new Case(two);
    request.vote('f1', 'APPROVE');
    request.add('f2', 'PARALLEL', ['f3']);
    request.vote('f2', 'APPROVE');
    expect(request.holders()).toEqual(['f3']);
    expect(request.lastSeat('f3')).toMatchObject({
      parentId: null,
      origin: 'ADDED',
      added: { by: 'f2', relation: 'PARALLEL', reason: 'please look' },
    });
    request.vote('f3', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('AE-SEQ-2 one after the other, it queues behind the open one', () => {
    const request = new Case([
      stage('finance', { ...people('f1', 'f2'), quorum: { kind: 'ALL' }, mode: 'SEQUENTIAL' }),
    ]);
    request.add('f1', 'PARALLEL', ['f3']);
    expect(stateOf(request, 'f3')).toBe('WAITING');
    for (const holder of ['f1', 'f2', 'f3']) request.vote(holder, 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('beside an added seat it is one more of those', () => {
    const request = new Case(one);
    request.add('f1', 'BEFORE', ['f2']);
    request.add('f2', 'PARALLEL', ['f3']);
    request.vote('f2', 'APPROVE');
    expect([stateOf(request, 'f1'), ...request.holders()]).toEqual(['PARKED', 'f3']);
  });
});

describe('AE-ADD-2 what is refused', () => {
  it.each([
    ['the initiator', 'rep', 'SOD_INITIATOR'],
    ['somebody who has left', 'gone', 'PERSON_INACTIVE'],
    ['somebody live in this stage', 'f2', 'ALREADY_IN_STAGE'],
    ['somebody who has decided in it', 'f4', 'ALREADY_IN_STAGE'],
  ])('%s', (_, who, code) => {
    const specs = [stage('finance', { ...people('f1', 'f2', 'f4'), quorum: { kind: 'ALL' } })];
    const request = new Case(specs, { directory: company(person('gone', { active: false })) });
    request.vote('f4', 'APPROVE');
    const before = request.current;
    expect(() => request.add('f1', 'BEFORE', ['f3', who])).toThrow(code);
    expect(request.current).toBe(before);
  });

  it('AE-ADD-4 somebody of a later stage may be added', () => {
    const request = new Case([
      stage('finance', people('f1')),
      stage('boss', { block: 2, ...people('boss') }),
    ]);
    request.add('f1', 'BEFORE', ['boss']);
    expect(request.holders()).toEqual(['boss']);
  });

  it('before and after on one seat, deeper than three, more than fifty, no reason, not the holder', () => {
    const many = Array.from({ length: 50 }, (_, index) => person(`p${index}`));
    const request = new Case(one, { directory: company(...many) });
    expect(() =>
      request.add(
        'f1',
        'BEFORE',
        many.map(({ id }) => id),
      ),
    ).toThrow('ADD_LIMIT');
    expect(() => request.add('f1', 'BEFORE', ['p0'], { reason: ' ' })).toThrow('REQUIREMENT_MISSING');
    expect(() => request.add('f1', 'BEFORE', [])).toThrow('REQUIREMENT_MISSING');
    expect(() => request.add('f3', 'BEFORE', ['p0'])).toThrow();
    request.add('f1', 'BEFORE', ['p0']);
    request.add('p0', 'BEFORE', ['p1']);
    request.add('p1', 'BEFORE', ['p2']);
    expect(() => request.add('p2', 'BEFORE', ['p3'])).toThrow('ADD_LIMIT');
    for (const holder of ['p2', 'p1', 'p0']) request.vote(holder, 'APPROVE');
    expect(() => request.add('f1', 'AFTER', ['p4'])).toThrow('ADD_CONFLICT');
  });
});

describe('AE-DLG-1 consult: an opinion, never a vote', () => {
  it('parks the seat with its clock running; the opinion reopens it as it was', () => {
    const request = new Case(one);
    const { dueAt, rungs } = request.current.seats[0]!;
    request.later(1).add('f1', 'CONSULT', ['l1']);
    expect(request.lastSeat('f1')).toMatchObject({ state: 'PARKED', code: 'CONSULT' });
    request.later(4).run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    const reminded = request.log.flatMap((event) => (event.type === 'rung.fired' ? event.targets : []));
    expect(reminded).toEqual(['f1', 'l1']);
    request.vote('l1', 'OPINION');
    const seat = request.lastSeat('f1')!;
    expect(seat).toMatchObject({ state: 'OPEN', dueAt, code: null });
    expect(seat.rungs.map(({ id }) => id)).toEqual(rungs.map(({ id }) => id));
    request.vote('f1', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('an adviser cannot vote, nobody else gives an opinion, and an opinion has words', () => {
    const request = new Case(one);
    expect(() => request.vote('f1', 'OPINION')).toThrow('ACTION_NOT_ALLOWED');
    request.add('f1', 'CONSULT', ['l1']);
    expect(() => request.vote('l1', 'APPROVE')).toThrow('ACTION_NOT_ALLOWED');
    expect(() => request.vote('l1', 'OPINION', { comment: ' ' })).toThrow('REQUIREMENT_MISSING');
  });

  it('an adviser, the initiator least of all, neither passes it on nor asks others in', () => {
    const request = new Case(one);
    request.add('f1', 'CONSULT', ['rep']);
    expect(() => request.transfer('rep', 'f2')).toThrow('ACTION_NOT_ALLOWED');
    for (const relation of ['BEFORE', 'AFTER', 'PARALLEL', 'CONSULT'] as const)
      expect(() => request.add('rep', relation, ['f2'])).toThrow('ACTION_NOT_ALLOWED');
  });

  it('the initiator may be asked for facts', () => {
    const request = new Case(one);
    request.add('f1', 'CONSULT', ['rep']);
    request.vote('rep', 'OPINION');
    expect(request.holders()).toEqual(['f1']);
  });

  it('the holder recalls it; an adviser who is late is not waited for', () => {
    const recalled = new Case(one);
    recalled.add('f1', 'CONSULT', ['l1']);
    recalled.remove('f1', 'l1');
    expect(recalled.holders()).toEqual(['f1']);
    const late = new Case(one, {
      ladder: [
        ['remind', 'REMIND', 4],
        ['incident', 'INCIDENT', 8],
      ],
    });
    late.add('f1', 'CONSULT', ['l1']);
    for (let hour = 0; hour < 3; hour += 1) late.later(4).run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    expect(late.lastSeat('l1')).toMatchObject({ state: 'CANCELLED', code: 'TIMED_OUT' });
    expect(late.holders()).toEqual(['f1']);
  });

  it('those who wait after the holder stay when an opinion comes', () => {
    const request = new Case(one);
    request.add('f1', 'AFTER', ['f2']);
    request.add('f1', 'CONSULT', ['l1']);
    request.vote('l1', 'OPINION');
    request.vote('f1', 'APPROVE');
    expect(request.holders()).toEqual(['f2']);
  });
});

describe('AE-ADD-5 time treats added seats like those of the policy', () => {
  it('an added seat is escalated to a manager of its own holder, who answers for it alone', () => {
    const request = new Case(one);
    request.add('f1', 'BEFORE', ['lead']);
    request.later(9).run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    request.run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    expect(request.holders()).toEqual(['lead', 'director']);
    request.vote('director', 'APPROVE');
    expect([stateOf(request, 'lead'), stateOf(request, 'f1')]).toEqual(['CANCELLED', 'OPEN']);
  });
});
