import { describe, expect, it } from '@jest/globals';
import { Case, people, stage } from '../../../test/builders/approval.js';

const ALL = { kind: 'ALL' } as const;
const two = [stage('lead', { rank: 1 }), stage('director', { rank: 2, ...people('director') })];

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
    expect(request.lastSeat('f2')).toMatchObject({
      state: 'REJECTED',
      decision: { actor: 'system:timeout' },
    });
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
