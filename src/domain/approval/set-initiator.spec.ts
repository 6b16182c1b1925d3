import { describe, expect, it } from '@jest/globals';
import { Case, company, FACTS, people, person, stage } from '../../../test/builders/approval.js';
import { actionsFor } from './rights.js';

const returned = () => {
  const request = new Case([stage('finance', people('f1'))]);
  request.vote('f1', 'RETURN');
  return request;
};
const name = (request: Case, personId: string, by = 'a1', reason = 'on parental leave') =>
  request.run({ type: 'SET_INITIATOR', personId, reason }, by);
const byLead = { ...FACTS, initiatorId: 'lead', selfIds: ['lead', 'rep'] };

describe('AE-RES-1 an admin names who answers a return', () => {
  it('they resubmit, whoever was the initiator no longer does, and both are barred as approvers', () => {
    const request = returned();
    expect(name(request, 'lead')).toEqual([
      {
        type: 'initiator.replaced',
        personId: 'lead',
        reason: 'on parental leave',
        at: '2026-03-02T01:00:00.000Z',
      },
    ]);
    expect(request.current).toMatchObject({ initiatorId: 'lead', selfIds: ['rep', 'lead'] });
    expect(() => request.resubmit(FACTS)).toThrow('NOT_INITIATOR');
    request.resubmit(byLead);
    expect(() => request.transfer('f1', 'lead')).toThrow('SOD_INITIATOR');
    expect(() => request.transfer('f1', 'rep')).toThrow('SOD_INITIATOR');
  });

  it.each([
    ['somebody who has left', 'gone', 'a1', 'because', 'PERSON_INACTIVE'],
    ['the initiator again', 'rep', 'a1', 'because', 'ALREADY_INITIATOR'],
    ['themselves', 'a1', 'a1', 'because', 'SOD_INITIATOR'],
    ['themselves under another account', 'a2', 'a1', 'because', 'SOD_INITIATOR'],
    ['anybody, as the initiator', 'lead', 'rep', 'because', 'SOD_INITIATOR'],
    ['anybody, without a word', 'lead', 'a1', ' ', 'REQUIREMENT_MISSING'],
  ])('not %s', (_who, personId, by, reason, code) => {
    const request = returned();
    request.directory = company(person('gone', { active: false }), person('a2', { identity: 'a1' }));
    expect(() => name(request, personId, by, reason)).toThrow(code);
  });

  it('not while approvers look at it, nor when it is over', () => {
    const request = new Case([stage('finance', people('f1'))]);
    expect(() => name(request, 'lead')).toThrow('NOT_RETURNED');
    request.vote('f1', 'REJECT');
    expect(() => name(request, 'lead')).toThrow('REQUEST_CLOSED');
  });

  it('is offered to admins who do not count as initiator', () => {
    const { current, now } = returned();
    const offered = (id: string) =>
      actionsFor(current, id, { decide: true, admin: true, ops: false }, now).map(({ action }) => action);
    expect(offered('a1')).toContain('SET_INITIATOR');
    expect(offered('rep')).not.toContain('SET_INITIATOR');
  });
});
