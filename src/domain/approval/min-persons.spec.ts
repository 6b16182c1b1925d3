import { describe, expect, it } from '@jest/globals';
import { Case, FACTS, people, person } from '../../../test/builders/approval.js';
import { dropped, first, opened, refused, second, UNTIL_ALL_NO } from '../../../test/builders/separation.js';
import type { Separation } from './separation-rules.js';

const TWO: Separation = { kind: 'MIN_PERSONS', count: 2 };

describe('AE-SOD-1 MIN_PERSONS: so many humans have said yes before a request is approved', () => {
  const alone = first(people('f1'));
  it('whoever would complete it as one too few is not asked, and refused', () => {
    const request = opened([TWO], [alone, second({ ...people('f1', 'f2'), ...UNTIL_ALL_NO })]);
    request.vote('f1', 'APPROVE');
    expect(dropped(request)).toEqual(['f1 MIN_PERSONS']);
    expect(refused(() => request.transfer('f2', 'f1'))).toBe('SOD_MIN_PERSONS');
    request.vote('f2', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('two accounts are one human', () => {
    const request = opened([TWO], [first({ quorum: { kind: 'COUNT', count: 1 }, ...people('f1', 'f2') })], {
      people: [person('f2', { identity: 'f1' })],
    });
    expect(request.holders()).toEqual([]);
    expect(request.stageState('X')).toBe('BLOCKED');
  });

  it('time’s own yes is nobody’s: the last stage is blocked until somebody is asked', () => {
    const request = new Case([alone, second(people('f2'))], {
      facts: { ...FACTS, separation: [TWO] },
      ladder: [['auto', 'AUTO_APPROVE', 4, { amount: '500000', currency: 'CNY' }]],
    });
    request.vote('f1', 'APPROVE');
    request.later(5).run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    expect(request.current.stages[1]).toMatchObject({ state: 'BLOCKED', code: 'MIN_PERSONS' });
    const { id: stageId } = request.current.stages[1]!;
    request.run({ type: 'RESTAFF', stageId, personIds: ['f3'], reason: 'second person' }, 'a1');
    request.vote('f3', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('a stage that may be skipped when empty is not the way around it', () => {
    const request = opened([TWO], [alone, second({ ...people('f1'), risk: 'LOW', empty: { kind: 'SKIP' } })]);
    request.vote('f1', 'APPROVE');
    expect(request.current.stages[1]).toMatchObject({ state: 'BLOCKED', code: 'MIN_PERSONS' });
  });
});
