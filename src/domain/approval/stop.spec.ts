import { describe, expect, it } from '@jest/globals';
import { Case, FACTS, people, planOf, stage } from '../../../test/builders/approval.js';

const lead = stage('lead', {});
const legal = stage('legal', { block: 2, branch: 'legal', ...people('l1') });
const finance = stage('finance', { block: 2, branch: 'finance', ...people('f1') });
const stop = (request: Case) =>
  request.run({ type: 'STOP', stop: { blockId: 'b1', cause: 'LEGAL' } }, 'system:customer-block');
const resubmit = (request: Case) =>
  request.run(
    { type: 'RESUBMIT', facts: FACTS, plan: planOf([lead, legal, finance], request.directory, FACTS) },
    'rep',
  );

describe('processes 3.7 Q blacklist, insolvency, legal: ● stop', () => {
  it('whatever is asked ends with the reason, and the request is back with its initiator', () => {
    const request = new Case([lead, legal, finance]);
    request.vote('lead', 'APPROVE');
    stop(request);
    expect(request.current).toMatchObject({ state: 'RETURNED', returns: 1 });
    expect(request.holders()).toEqual([]);
    expect(request.current.seats.map(({ holderId, code }) => [holderId, code])).toEqual([
      ['lead', null],
      ['f1', 'CUSTOMER_BLOCKED'],
      ['l1', 'CUSTOMER_BLOCKED'],
    ]);
    expect(request.log.at(-1)).toMatchObject({
      type: 'request.returned',
      stop: { blockId: 'b1', cause: 'LEGAL' },
    });
  });

  it('submitted again, nobody is asked a second time who had said yes', () => {
    const request = new Case([lead, legal, finance]);
    request.vote('lead', 'APPROVE');
    request.vote('l1', 'APPROVE');
    stop(request);
    resubmit(request);
    expect(request.holders()).toEqual(['f1']);
    request.vote('f1', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('also where all have said yes and only the wait is not over', () => {
    const request = new Case([lead], { facts: { ...FACTS, effectDelayMinutes: 30 } });
    request.vote('lead', 'APPROVE');
    expect(request.current.effectAt).not.toBeNull();
    stop(request);
    expect(request.current).toMatchObject({ state: 'RETURNED', effectAt: null });
  });

  it('of what is returned, approved or over nothing changes', () => {
    const request = new Case([lead]);
    request.vote('lead', 'RETURN');
    const returned = request.current;
    stop(request);
    expect(request.current).toBe(returned);
    const approved = new Case([lead]);
    approved.vote('lead', 'APPROVE');
    const over = approved.current;
    stop(approved);
    expect(approved.current).toBe(over);
  });
});
