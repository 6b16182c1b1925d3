import { describe, expect, it } from '@jest/globals';
import {
  Case,
  company,
  FACTS,
  people,
  person,
  stage,
  type LadderRung,
} from '../../../test/builders/approval.js';

const tick = (request: Case) => request.run({ type: 'FIRE_RUNGS' }, 'system:timeout');
const CAP = { amount: '100000', currency: 'CNY' };

describe('AE-SLA-2 time says yes', () => {
  const after = (exposure: { amount: string; currency: string } | null, cap = CAP) => {
    const request = new Case([stage('lead'), stage('boss', { rank: 2, ...people('boss') })], {
      facts: { ...FACTS, exposure },
      ladder: [['yes', 'AUTO_APPROVE', 1, cap]],
    }).later(1);
    tick(request);
    return request;
  };

  it.each([
    ['99999.9999', 'CNY', 'AUTO_APPROVED'],
    ['100000', 'CNY', 'AUTO_APPROVED'],
    ['100000.0001', 'CNY', 'OPEN'],
    ['1', 'EUR', 'OPEN'],
  ])('of an exposure of %s %s under a cap of 100000 CNY the seat is %s', (amount, currency, state) => {
    expect(after({ amount, currency }).lastSeat('lead')!.state).toBe(state);
  });

  it('where nothing is at stake', () => {
    expect(after(null).lastSeat('lead')!.state).toBe('AUTO_APPROVED');
  });

  it('AE-SLA-3 by the system with the rung’s id, told apart from a person’s yes, and the next is asked', () => {
    const request = after(null);
    expect(request.lastSeat('lead')).toMatchObject({
      state: 'AUTO_APPROVED',
      code: 'TIMEOUT',
      decision: { actor: 'system:timeout', onBehalfOf: null, comment: 'timeout yes' },
    });
    expect(request.holders()).toEqual(['boss']);
  });

  it('AE-SLA-4 above the cap it is not silent: operations hear of it', () => {
    const fired = after({ amount: '200000', currency: 'CNY' }).log.filter(
      ({ type }) => type === 'rung.fired',
    );
    expect(fired).toMatchObject([{ rungId: 'yes', kind: 'INCIDENT' }]);
  });

  it('AE-TB-1 nobody takes back what time has said', () => {
    expect(() => after(null).retract('lead')).toThrow('NOT_ACTOR');
  });

  it('those whom the holder wanted to be asked afterwards still are', () => {
    const request = new Case([stage('lead')], { ladder: [['yes', 'AUTO_APPROVE', 1, CAP]] });
    request.add('lead', 'AFTER', ['f1']);
    tick(request.later(1));
    expect([request.current.state, ...request.holders()]).toEqual(['PENDING', 'f1']);
    request.vote('f1', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });
});

describe('AE-SLA-4 escalation', () => {
  const line = (...ids: string[]) =>
    ids.map((id, index) => person(id, { managerId: ids[index + 1] ?? null }));
  const up = (kind: 'ESCALATE_ADD' | 'ESCALATE_REPLACE') =>
    new Case([stage('x', people('m1'))], {
      directory: company(...line('m1', 'm2', 'm3', 'm4', 'm5')),
      ladder: [1, 2, 3, 4].map((hour) => [`up-${hour}`, kind, hour]),
    });

  it.each(['ESCALATE_ADD', 'ESCALATE_REPLACE'] as const)(
    '%s climbs three levels, then operations hear of it',
    (kind) => {
      const request = up(kind).later(5);
      const fired = [1, 2, 3, 4].flatMap(() => tick(request).filter((event) => event.type === 'rung.fired'));
      expect(fired.map((event) => [event.kind, ...event.targets])).toEqual([
        [kind, 'm2'],
        [kind, 'm3'],
        [kind, 'm4'],
        ['INCIDENT'],
      ]);
    },
  );

  it('AE-MGR-1 a line that goes in a circle ends where it closes: time does not stand still for it', () => {
    const circle = [person('m1', { managerId: 'm2' }), person('m2', { managerId: 'm1' })];
    const ladder: LadderRung[] = [
      ['up-1', 'ESCALATE_ADD', 1],
      ['up-2', 'ESCALATE_ADD', 2],
    ];
    const request = new Case([stage('x', people('m1'))], { directory: company(...circle), ladder }).later(3);
    const fired = [1, 2].flatMap(() => tick(request).filter((event) => event.type === 'rung.fired'));
    expect(fired.map((event) => [event.kind, ...event.targets])).toEqual([
      ['ESCALATE_ADD', 'm2'],
      ['INCIDENT'],
    ]);
  });

  it('at the top of the line there is nobody to escalate to', () => {
    const request = new Case([stage('x', people('boss'))], { ladder: [['up', 'ESCALATE_ADD', 1]] }).later(1);
    expect(tick(request)).toMatchObject([{ type: 'rung.fired', kind: 'INCIDENT', targets: [] }]);
  });

  it('AE-DLG-1 whoever is escalated to answers at once, also while the holder waits for an opinion', () => {
    const request = new Case([stage('lead')], { ladder: [['up', 'ESCALATE_ADD', 1]] });
    request.add('lead', 'CONSULT', ['f1']);
    tick(request.later(1));
    expect(request.openSeat('director')).toMatchObject({ origin: 'ESCALATION', state: 'OPEN' });
  });
});
