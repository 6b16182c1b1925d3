import { describe, expect, it } from '@jest/globals';
import { Case, FACTS, stage } from '../../../test/builders/approval.js';

const MINUTE = 1 / 60;

describe('the wait between the last yes and the approval', () => {
  const delayed = () => {
    const request = new Case([stage('lead')], { facts: { ...FACTS, effectDelayMinutes: 15 } });
    request.vote('lead', 'APPROVE');
    return request;
  };
  const takeEffect = (request: Case) => request.run({ type: 'TAKE_EFFECT' }, 'system:process');

  it('the request is pending, with nobody asked, until its minutes are over', () => {
    const request = delayed();
    expect(request.current).toMatchObject({ state: 'PENDING', effectAt: '2026-03-02T01:15:00.000Z' });
    expect(request.holders()).toEqual([]);
    expect(takeEffect(request.later(14.9 * MINUTE))).toEqual([]);
    expect(takeEffect(request.later(0.1 * MINUTE))).toEqual([
      expect.objectContaining({ type: 'request.closed', state: 'APPROVED', by: 'system:process' }),
    ]);
    expect(request.current).toMatchObject({ state: 'APPROVED', effectAt: null });
    expect(takeEffect(request)).toEqual([]);
  });

  it('AE-TB-1 a yes taken back inside it costs nothing', () => {
    const request = delayed().later(5 * MINUTE);
    request.retract('lead');
    expect(request.current).toMatchObject({ state: 'PENDING', effectAt: null });
    expect(request.holders()).toEqual(['lead']);
    expect(takeEffect(request.later(1))).toEqual([]);
    request.vote('lead', 'APPROVE');
    expect(request.current.effectAt).toBe('2026-03-02T02:20:00.000Z');
  });

  it('AE-WD-2 withdrawn inside it there is no approval', () => {
    const request = delayed();
    request.run({ type: 'WITHDRAW', reason: null }, 'rep');
    expect(request.current.state).toBe('WITHDRAWN');
    expect(takeEffect(request.later(1))).toEqual([]);
  });

  it('where the policy asks nobody there is nothing to wait for', () => {
    const request = new Case([], { facts: { ...FACTS, effectDelayMinutes: 15 } });
    expect(request.current.state).toBe('APPROVED');
  });
});
