import { describe, expect, it } from '@jest/globals';
import { Case, FACTS, people, stage } from '../../../test/builders/approval.js';
import { castOf } from './cast.js';

const MINUTE = 1 / 60;

describe('who was asked in a stage that leaves them to a later one (AE-DUP-4)', () => {
  it('nobody who never had the task, but whoever had it until an answer was taken back (AE-TB-1)', () => {
    const request = new Case(
      [stage('s1', people('director')), stage('s2', { rank: 2, ...people('director', 'lead') })],
      { facts: { ...FACTS, dedupe: 'LAST_COUNTS', effectDelayMinutes: 60 } },
    );
    request.later(MINUTE).vote('lead', 'APPROVE');
    const again = request.current.seats.find(
      ({ visit, holderId }) => visit === 2 && holderId === 'director',
    )!;
    expect(again.state).toBe('OPEN');
    request.later(MINUTE).retract('lead');
    const { unasked, seats } = castOf(request.log.map((payload) => ({ payload })));
    const [first] = request.current.seats;
    expect([seats.has(again.id), unasked.has(again.id), unasked.has(first!.id)]).toEqual([true, false, true]);
  });
});
