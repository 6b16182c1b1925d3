import { describe, expect, it } from '@jest/globals';
import { Case, people, stage } from '../../../test/builders/approval.js';
import type { ApprovalEvent } from './events.js';
import { actionsFor } from './rights.js';

const urge = (request: Case, by = 'rep', seatId: string | null = null): ApprovalEvent[] =>
  request.run({ type: 'URGE', seatId, comment: null }, by);
const holders = (request: Case, events: readonly ApprovalEvent[]) =>
  events.map(
    (event) =>
      request.current.seats.find(({ id }) => event.type === 'seat.urged' && id === event.seatId)?.holderId,
  );

describe('AE-URGE-1 the initiator urges', () => {
  it('everybody who owes an answer now; whose turn has not come is not asked', () => {
    const request = new Case([
      stage('a', { ...people('f1', 'f2'), quorum: { kind: 'ALL' } }),
      stage('b', { ...people('l1'), rank: 2 }),
    ]);
    const events = urge(request);
    expect(holders(request, events)).toEqual(['f1', 'f2']);
    expect(events[0]).toMatchObject({ againAt: '2026-03-02T05:00:00.000Z' });
  });

  it('each seat once per interval; who came later is asked; then 429 tells how long', () => {
    const request = new Case([
      stage('a', { ...people('f1', 'f2'), quorum: { kind: 'ALL' }, mode: 'SEQUENTIAL' }),
    ]);
    expect(holders(request, urge(request))).toEqual(['f1']);
    request.later(1);
    expect(() => urge(request)).toThrow(
      expect.objectContaining({
        code: 'URGED_RECENTLY',
        details: { againAt: '2026-03-02T05:00:00.000Z', retryAfterSeconds: 3 * 3600 },
      }),
    );
    request.vote('f1', 'APPROVE');
    expect(holders(request, urge(request))).toEqual(['f2']);
    request.later(4);
    expect(holders(request, urge(request))).toEqual(['f2']);
  });

  it('of a parked seat those it waits for', () => {
    const request = new Case([stage('a', { ...people('f1', 'f2'), quorum: { kind: 'ALL' } })]);
    request.add('f1', 'BEFORE', ['l1', 'f3']);
    const parked = request.current.seats.find(({ holderId }) => holderId === 'f1')!;
    expect(parked.state).toBe('PARKED');
    expect(holders(request, urge(request, 'rep', parked.id))).toEqual(['l1', 'f3']);
    expect(holders(request, urge(request))).toEqual(['f2']);
  });

  it('never moves the seat’s version: a page that is open stays good', () => {
    const request = new Case([stage('a', people('f1'))]);
    const { version } = request.current.seats[0]!;
    urge(request);
    expect(request.current.seats[0]!.version).toBe(version);
    request.vote('f1', 'APPROVE', { expectedSeatVersion: version });
    expect(request.current.state).toBe('APPROVED');
  });

  it.each<[string, string, (request: Case) => void, string]>([
    ['by somebody else', 'lead', () => undefined, 'NOT_INITIATOR'],
    ['when it is over', 'rep', (request) => request.vote('f1', 'REJECT'), 'REQUEST_CLOSED'],
    ['when it waits for the initiator', 'rep', (request) => request.vote('f1', 'RETURN'), 'REQUEST_STATE'],
  ])('refused %s', (_case, by, before, code) => {
    const request = new Case([stage('a', people('f1'))]);
    before(request);
    expect(() => urge(request, by)).toThrow(code);
  });

  it('is offered while somebody may be urged', () => {
    const request = new Case([stage('a', people('f1'))]);
    const offered = () =>
      actionsFor(request.current, 'rep', { decide: true, admin: false, ops: false }, request.now).some(
        ({ action }) => action === 'URGE',
      );
    expect(offered()).toBe(true);
    urge(request);
    expect(offered()).toBe(false);
    request.later(4);
    expect(offered()).toBe(true);
  });
});
