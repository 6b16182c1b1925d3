import { describe, expect, it } from '@jest/globals';
import { Case, people, stage } from '../../../test/builders/approval.js';
import { actionsFor } from './rights.js';
import type { StageSpec } from './stage-spec.js';

const ALL = { kind: 'ALL' } as const;
const MINUTE = 1 / 60;
const three = (over: Partial<StageSpec> = {}) =>
  new Case([
    stage('lead'),
    stage('x', { rank: 2, ...people('f1', 'f2', 'f3'), quorum: ALL, returnRule: 'MAJORITY', ...over }),
  ]);
const atThree = (over: Partial<StageSpec> = {}) => {
  const request = three(over);
  request.vote('lead', 'APPROVE');
  return request.later(MINUTE);
};

describe('AE-RET-4 returnRule MAJORITY', () => {
  it('one of three who asks for a return waits for the others; the second carries it', () => {
    const request = atThree();
    request.vote('f1', 'RETURN', { returnTo: 'lead' });
    expect(request.stageState('x')).toBe('ACTIVE');
    expect(request.lastSeat('f1')).toMatchObject({ state: 'PARKED', code: 'RETURN_ASKED' });
    expect(request.holders()).toEqual(['f2', 'f3']);
    request.later(MINUTE).vote('f2', 'RETURN', { returnTo: 'lead' });
    expect(request.stageState('x')).toBe('RETURNED');
    expect(request.holders()).toEqual(['lead']);
    expect(request.current.returns).toBe(1);
    expect(request.lastSeat('f1')).toMatchObject({ state: 'CANCELLED', decision: { action: 'RETURN' } });
  });

  it('where and how is said by whoever makes the majority', () => {
    const request = atThree();
    request.vote('f1', 'RETURN', { returnTo: 'INITIATOR' });
    request.later(MINUTE).vote('f3', 'RETURN', { returnTo: 'lead', resume: 'TO_RETURNER' });
    expect(request.current).toMatchObject({
      state: 'PENDING',
      pendingReturn: { to: 'lead', resume: 'TO_RETURNER', fromHolderId: 'f3' },
    });
  });

  it('when the others do not join, whoever asked is asked again for a yes or a no', () => {
    const request = atThree();
    request.vote('f1', 'RETURN');
    request.later(MINUTE).vote('f2', 'APPROVE');
    expect(request.holders()).toEqual(['f3']);
    const events = request.later(MINUTE).vote('f3', 'APPROVE');
    expect(events.map(({ type }) => type)).toEqual(['seat.decided', 'seat.return-lapsed']);
    expect(request.openSeat('f1')).toMatchObject({ decision: null, retractions: 1 });
    request.vote('f1', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('one asking is no yes and no no: it neither passes nor vetoes', () => {
    const request = atThree({ quorum: { kind: 'RATIO', percent: 60, strict: false } });
    request.vote('f1', 'RETURN');
    request.later(MINUTE).vote('f2', 'APPROVE');
    expect(request.stageState('x')).toBe('ACTIVE');
    request.later(MINUTE).vote('f3', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
    expect(request.lastSeat('f1')).toMatchObject({ state: 'CANCELLED', code: 'STAGE_DECIDED' });
  });

  it('two equal halves are no majority', () => {
    const request = new Case([stage('x', { ...people('f1', 'f2'), quorum: ALL, returnRule: 'MAJORITY' })]);
    request.vote('f1', 'RETURN');
    request.later(MINUTE).vote('f2', 'APPROVE');
    expect([request.current.state, ...request.holders()]).toEqual(['PENDING', 'f1']);
  });

  it('of one alone it is the whole', () => {
    const request = new Case([stage('x', { ...people('f1'), returnRule: 'MAJORITY' })]);
    request.vote('f1', 'RETURN');
    expect(request.current.state).toBe('RETURNED');
  });

  it('依次 whoever comes next is asked while somebody waits for a majority', () => {
    const request = atThree({ mode: 'SEQUENTIAL' });
    request.vote('f1', 'RETURN');
    expect(request.holders()).toEqual(['f2']);
    request.later(MINUTE).vote('f2', 'RETURN');
    expect(request.current.state).toBe('RETURNED');
  });

  it('AE-CMD-5 an ask is an answer: it is not given twice, nor taken back as an approval', () => {
    const request = atThree();
    request.vote('f1', 'RETURN');
    expect(() => request.vote('f1', 'APPROVE')).toThrow('SEAT_DECIDED');
    expect(() => request.retract('f1')).toThrow('ACTION_NOT_ALLOWED');
  });

  it('AE-SLA-5 the clock of whoever waits for a majority stands', () => {
    const request = atThree();
    request.vote('f1', 'RETURN');
    const fired = request.later(5).run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    expect(fired.map((event) => (event.type === 'rung.fired' ? event.seatId : ''))).toEqual(
      ['f2', 'f3'].map((holder) => request.openSeat(holder)!.id),
    );
  });
});

describe('AE-RET-4 returnRule LEAD', () => {
  const offered = (request: Case, person: string) =>
    actionsFor(request.current, person, { decide: true, admin: false, ops: false }, request.now).map(
      ({ action }) => action,
    );

  it('only whoever sits first returns; it is not offered to the others', () => {
    const request = atThree({ returnRule: 'LEAD' });
    expect(() => request.vote('f2', 'RETURN')).toThrow('RETURN_NOT_ALLOWED');
    expect(offered(request, 'f2')).not.toContain('RETURN');
    expect(offered(request, 'f1')).toContain('RETURN');
    request.vote('f1', 'RETURN');
    expect(request.current.state).toBe('RETURNED');
  });

  it('AE-RET-5 a seat added below the first speaks for it', () => {
    const request = atThree({ returnRule: 'LEAD' });
    request.add('f1', 'BEFORE', ['f4']);
    request.vote('f4', 'RETURN');
    expect(request.current.state).toBe('RETURNED');
  });
});

describe('AE-RET-4 returnRule ANY', () => {
  it('is the rule of a stage that names none', () => {
    const request = new Case([stage('x', { ...people('f1', 'f2', 'f3'), quorum: ALL })]);
    request.vote('f3', 'RETURN');
    expect(request.current.state).toBe('RETURNED');
  });
});
