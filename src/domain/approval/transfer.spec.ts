import { describe, expect, it } from '@jest/globals';
import { Case, company, FACTS, grant, people, person, stage } from '../../../test/builders/approval.js';
import type { StageSpec } from './stage-spec.js';

const one = [stage('finance', people('f1'))];
const all = [stage('finance', { ...people('f1', 'f2'), quorum: { kind: 'ALL' } })];

describe('AE-XFER-1 the holder hands the seat to somebody else', () => {
  it('the holder changes, the owner stays; the old holder’s rights end', () => {
    const request = new Case(one);
    request.transfer('f1', 'f2');
    expect(request.current.seats[0]).toMatchObject({ ownerId: 'f1', holderId: 'f2', hops: 1, state: 'OPEN' });
    expect(() => request.vote('f1', 'APPROVE', { seatId: request.current.seats[0]!.id })).toThrow(
      'NOT_HOLDER',
    );
    request.vote('f2', 'APPROVE');
    expect(request.current.seats[0]!.decision).toMatchObject({ actor: 'f2', onBehalfOf: 'f1' });
    expect(request.current.state).toBe('APPROVED');
  });

  it('back to a former holder is allowed, a sixth hop is not', () => {
    const request = new Case(one);
    for (const [from, to] of [
      ['f1', 'f2'],
      ['f2', 'f1'],
      ['f1', 'f2'],
      ['f2', 'f1'],
      ['f1', 'f2'],
    ] as const)
      request.transfer(from, to);
    expect(() => request.transfer('f2', 'f3')).toThrow('TRANSFER_LIMIT');
  });

  it.each<[string, StageSpec[], string, string]>([
    ['nobody else’s seat', one, 'f2', 'NOT_HOLDER'],
    ['not to the initiator', one, 'rep', 'SOD_INITIATOR'],
    ['not to somebody who has left', one, 'gone', 'PERSON_INACTIVE'],
    ['not to somebody unknown', one, 'x', 'PERSON_INACTIVE'],
    ['not to somebody in the stage', all, 'f2', 'ALREADY_IN_STAGE'],
    ['not to somebody in the stage under another name', all, 'f2-alias', 'ALREADY_IN_STAGE'],
  ])('%s', (_, specs, to, code) => {
    const directory = company(person('gone', { active: false }), person('f2-alias', { identity: 'f2' }));
    const request = new Case(specs, { directory });
    const before = request.current;
    const by = code === 'NOT_HOLDER' ? 'f3' : 'f1';
    const seat = before.seats[0]!;
    expect(() =>
      request.run(
        { type: 'TRANSFER', seatId: seat.id, toPersonId: to, expectedSeatVersion: seat.version, reason: 'x' },
        by,
      ),
    ).toThrow(code);
    expect(request.current).toBe(before);
  });

  it('a reason is mandatory, and a seat that was answered stays', () => {
    const request = new Case(all);
    expect(() => request.transfer('f1', 'f3', '  ')).toThrow('REQUIREMENT_MISSING');
    request.vote('f1', 'APPROVE');
    expect(() => request.transfer('f1', 'f3')).toThrow('SEAT_DECIDED');
  });

  it('a seat bound to its owner’s authority goes only to somebody who may approve as much', () => {
    const specs = [
      stage('line', {
        resolver: { kind: 'CHAIN_TO_LIMIT', mode: 'FINAL_ONLY', topRole: null },
        self: 'UP_CHAIN',
      }),
    ];
    const deputy = person('deputy', { grants: [grant('REGIONAL_DIRECTOR', 'region', '700000')] });
    const facts = { ...FACTS, exposure: { amount: '700000', currency: 'CNY' } };
    const request = new Case(specs, { directory: company(deputy), facts });
    expect(request.holders()).toEqual(['director']);
    expect(() => request.transfer('director', 'lead')).toThrow('INSUFFICIENT_AUTHORITY');
    request.transfer('director', 'deputy');
    expect(request.holders()).toEqual(['deputy']);
  });
});

describe('AE-XFER-2 the clock of a seat that was passed on', () => {
  it('keeps its due time when more than a business day remains', () => {
    const request = new Case(one, { ladder: [['remind', 'REMIND', 30]] });
    const { dueAt, rungs } = request.current.seats[0]!;
    expect(dueAt).toBe('2026-03-02T09:00:00.000Z');
    request.now = '2026-03-01T08:00:00.000Z';
    request.transfer('f1', 'f2');
    expect(request.current.seats[0]).toMatchObject({ dueAt, rungs });
  });

  it('leaves at least one business day; rungs at or after the due time move with it, earlier and fired ones stay', () => {
    const request = new Case(one);
    request.later(5).run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    request.later(1).transfer('f1', 'f2');
    const { dueAt, rungs } = request.current.seats[0]!;
    expect(dueAt).toBe('2026-03-03T07:00:00.000Z');
    expect(rungs.map(({ id, at }) => [id, at])).toEqual([
      ['remind', '2026-03-02T05:00:00.000Z'],
      ['escalate', '2026-03-03T07:00:00.000Z'],
      ['incident', '2026-03-03T07:00:00.000Z'],
    ]);
  });
});
