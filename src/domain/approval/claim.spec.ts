import { describe, expect, it } from '@jest/globals';
import { Case, company, grant, people, person, stage } from '../../../test/builders/approval.js';
import type { StageSpec } from './stage-spec.js';

const pool = (over: Partial<StageSpec> = {}): StageSpec[] => [
  stage('finance', {
    resolver: { kind: 'ROLE', role: 'FINANCE', take: 'EVERY' },
    quorum: { kind: 'ANY', first: 'ANY_ANSWER' },
    pool: true,
    ...over,
  }),
];

function claim(request: Case, by: string) {
  const { id: seatId = 'none', version: expectedSeatVersion = 0 } = request.lastSeat(by) ?? {};
  return request.run({ type: 'CLAIM', seatId, expectedSeatVersion }, by);
}
const release = (request: Case, by: string) =>
  request.run({ type: 'RELEASE', seatId: request.lastSeat(by)?.id ?? 'none' }, by);

describe('AE-IN-2 a claim from a pool', () => {
  it('is exclusive: the others neither claim nor answer nor pass on', () => {
    const request = new Case(pool());
    expect(claim(request, 'f1')).toEqual([
      expect.objectContaining({ type: 'stage.claimed', personId: 'f1', until: '2026-03-02T05:00:00.000Z' }),
    ]);
    expect(request.holders()).toEqual(['f1', 'f2', 'f3', 'f4']);
    expect(() => claim(request, 'f2')).toThrow('CLAIMED');
    expect(() => request.vote('f2', 'APPROVE')).toThrow('CLAIMED');
    expect(() => request.transfer('f2', 'l1')).toThrow('CLAIMED');
    request.vote('f1', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('ends four business hours after it was made, or made again', () => {
    const request = new Case(pool());
    claim(request, 'f1');
    request.later(3.9);
    claim(request, 'f1');
    request.later(3.9);
    expect(() => request.vote('f2', 'APPROVE')).toThrow('CLAIMED');
    request.later(0.1);
    request.vote('f2', 'APPROVE');
    expect(request.lastSeat('f2')!.state).toBe('APPROVED');
  });

  it('can be given up, by whoever holds it only', () => {
    const request = new Case(pool());
    expect(() => release(request, 'f1')).toThrow('NOT_CLAIMED');
    claim(request, 'f1');
    expect(() => release(request, 'f2')).toThrow('NOT_CLAIMED');
    release(request, 'f1');
    claim(request, 'f2');
    expect(request.current.stages[0]!.claim).toMatchObject({ personId: 'f2' });
  });

  it('deciding without one is claim and decision', () => {
    const request = new Case(pool({ quorum: { kind: 'ANY', first: 'UNTIL_ALL_NO' } }));
    expect(
      request
        .vote('f3', 'REJECT')
        .map(({ type }) => type)
        .slice(0, 2),
    ).toEqual(['stage.claimed', 'seat.decided']);
    request.vote('f1', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('goes with the seat: passed on, the pool is free again', () => {
    const request = new Case(pool());
    claim(request, 'f1');
    request.transfer('f1', 'l1');
    request.vote('f2', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('does not hold back whom a member asked for an opinion', () => {
    const request = new Case(pool());
    request.add('f1', 'CONSULT', ['l1']);
    claim(request, 'f2');
    request.vote('l1', 'OPINION');
    expect(request.openSeat('f1')).toBeDefined();
  });

  it('there is none where the stage is no pool; the initiator takes none', () => {
    expect(() => claim(new Case([stage('named', people('f1'))]), 'f1')).toThrow('ACTION_NOT_ALLOWED');
    const request = new Case(pool());
    request.directory = company(person('f1', { grants: [grant('FINANCE')], identity: 'rep' }));
    expect(() => claim(request, 'f1')).toThrow('SOD_INITIATOR');
  });

  it('a new visit begins unclaimed', () => {
    const request = new Case([...pool(), stage('second', { ...people('l1'), rank: 2 })]);
    request.vote('f1', 'APPROVE');
    request.vote('l1', 'RETURN', { returnTo: 'finance' });
    expect(request.current.stages[0]).toMatchObject({ visit: 2, state: 'ACTIVE', claim: null });
  });
});

describe('AE-LEAVE-4 somebody new in the role', () => {
  const hired = company(person('f5', { grants: [grant('FINANCE')] }));
  const join = (request: Case) => {
    request.directory = hired;
    return request.run({ type: 'JOIN_POOLS', personId: 'f5', role: 'FINANCE' }, 'system:staff');
  };

  it('sees what the pool holds already, with the time that is left; once', () => {
    const request = new Case(pool()).later(2);
    join(request);
    expect(join(request)).toEqual([]);
    expect(request.openSeat('f5')).toMatchObject({
      ownerId: 'f5',
      origin: 'POLICY',
      dueAt: request.openSeat('f1')!.dueAt,
      openedAt: '2026-03-02T03:00:00.000Z',
    });
    request.vote('f5', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('a countersign set is fixed when it opens', () => {
    expect(join(new Case(pool({ quorum: { kind: 'ALL' }, pool: false })))).toEqual([]);
  });

  it('not the initiator, who joined the role afterwards (AE-SOD-3)', () => {
    const request = new Case(pool());
    request.directory = company(person('rep', { managerId: null, grants: [grant('FINANCE')] }));
    expect(request.run({ type: 'JOIN_POOLS', personId: 'rep', role: 'FINANCE' }, 'system:staff')).toEqual([]);
  });
});
