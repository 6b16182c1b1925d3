import { describe, expect, it } from '@jest/globals';
import { Case, company, grant, people, person, stage } from '../../../test/builders/approval.js';

const one = [stage('named', people('lead'))];
const all = [stage('named', { ...people('f1', 'f2', 'f3'), quorum: { kind: 'ALL' } })];

function reassign(
  request: Case,
  from: string,
  to: string,
  { by = 'a1', merge = false, reason = 'new desk' } = {},
) {
  const seatId = request.lastSeat(from)?.id ?? 'none';
  return request.run({ type: 'REASSIGN', seatId, fromPersonId: from, toPersonId: to, reason, merge }, by);
}

describe('AE-XFER-3 an admin hands a seat of somebody else on', () => {
  it('the holder changes, the owner stays, no hop of theirs is used up', () => {
    const request = new Case(one);
    expect(reassign(request, 'lead', 'f1')).toEqual([
      expect.objectContaining({
        type: 'seat.transferred',
        cause: 'REASSIGNED',
        holderId: 'f1',
        reason: 'new desk',
      }),
    ]);
    expect(request.current.seats[0]).toMatchObject({
      ownerId: 'lead',
      holderId: 'f1',
      hops: 0,
      state: 'OPEN',
    });
  });

  it('also a seat that waits for others, whose answers stay', () => {
    const request = new Case(one);
    request.add('lead', 'BEFORE', ['l1']);
    reassign(request, 'lead', 'f1');
    expect(request.current.seats[0]).toMatchObject({ holderId: 'f1', state: 'PARKED' });
    expect(request.holders()).toEqual(['l1']);
  });

  it.each([
    ['the admin is the initiator', one, 'lead', 'f1', 'rep', 'SOD_INITIATOR'],
    ['to the initiator', one, 'lead', 'rep', 'a1', 'SOD_INITIATOR'],
    ['to somebody who has left', one, 'lead', 'gone', 'a1', 'PERSON_INACTIVE'],
    ['to somebody in the stage', all, 'f1', 'f2', 'a1', 'ALREADY_IN_STAGE'],
  ])('not when %s', (_, specs, from, to, by, code) => {
    const request = new Case(specs, { directory: company(person('gone', { active: false })) });
    const before = request.current;
    expect(() => reassign(request, from, to, { by })).toThrow(code);
    expect(request.current).toBe(before);
  });

  it('a seat that was answered stays, one that has moved on meanwhile too, an opinion is nobody else’s', () => {
    const request = new Case(all);
    const seatId = request.openSeat('f2')!.id;
    request.vote('f1', 'APPROVE');
    expect(() => reassign(request, 'f1', 'l1')).toThrow('SEAT_DECIDED');
    reassign(request, 'f2', 'l1');
    const again = {
      type: 'REASSIGN',
      seatId,
      fromPersonId: 'f2',
      toPersonId: 'f4',
      reason: 'x',
      merge: false,
    } as const;
    expect(() => request.run(again, 'a1')).toThrow('NOT_HOLDER');
    request.add('f3', 'CONSULT', ['f4']);
    expect(() => reassign(request, 'f4', 'lead')).toThrow('ACTION_NOT_ALLOWED');
  });

  it('an authority-bound seat stays with somebody who may', () => {
    const bound = stage('line', { resolver: { kind: 'CHAIN_TO_LIMIT', mode: 'FINAL_ONLY', topRole: null } });
    const request = new Case([bound], {
      directory: company(person('f5', { grants: [grant('FINANCE', null, '1')] })),
    });
    expect(() => reassign(request, 'lead', 'f5')).toThrow('INSUFFICIENT_AUTHORITY');
  });
});

describe('AE-XFER-1 merge', () => {
  it('the target answers once for both', () => {
    const request = new Case(all);
    reassign(request, 'f1', 'f2', { merge: true });
    expect(request.current.seats[0]).toMatchObject({ holderId: 'f1', state: 'REMOVED', code: 'MERGED' });
    expect(request.holders()).toEqual(['f2', 'f3']);
  });

  it('a holder merges into somebody else’s seat', () => {
    const request = new Case(all);
    const { id: seatId, version: expectedSeatVersion } = request.openSeat('f1')!;
    const transfer = {
      type: 'TRANSFER',
      seatId,
      toPersonId: 'f2',
      expectedSeatVersion,
      reason: 'x',
    } as const;
    expect(() => request.run(transfer, 'f1')).toThrow('ALREADY_IN_STAGE');
    request.run({ ...transfer, merge: true }, 'f1');
    expect(request.holders()).toEqual(['f2', 'f3']);
  });

  it('is no way to decide a stage, nor to leave one below what it asks for', () => {
    const request = new Case(all);
    request.vote('f2', 'APPROVE');
    request.vote('f3', 'APPROVE');
    expect(() => reassign(request, 'f1', 'f2', { merge: true })).toThrow('OUTCOME_CHANGE');
    const three = new Case([
      stage('named', { ...people('f1', 'f2', 'f3'), quorum: { kind: 'ALL' }, minApprovals: 3 }),
    ]);
    expect(() => reassign(three, 'f1', 'f2', { merge: true })).toThrow('QUORUM_UNREACHABLE');
  });
});
