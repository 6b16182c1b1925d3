import { describe, expect, it } from '@jest/globals';
import { Case, company, people, person, stage } from '../../../test/builders/approval.js';
import type { ApprovalEvent } from './events.js';
import type { CcRule } from './policy.js';

const COMPANY = company(person('gone', { active: false }), person('w1'), person('w2'));
const to = (...personIds: string[]): CcRule['to'] => ({ kind: 'PERSON', personIds });
const stages = [stage('a', people('f1')), stage('b', { ...people('f2'), rank: 2 })];

function caseOf(cc: readonly CcRule[]): Case {
  return new Case(stages, { directory: COMPANY, cc });
}
const copies = (events: readonly ApprovalEvent[]) =>
  events.flatMap((event) =>
    event.type === 'request.copied'
      ? [[event.trigger, event.personIds, event.skipped.map(({ personId }) => personId)]]
      : [],
  );

describe('AE-CC-1 copies', () => {
  it('at submission, when a stage passes and at the end; once per person, never to the initiator', () => {
    const request = caseOf([
      { on: 'SUBMIT', to: to('w1', 'rep') },
      { on: 'STAGE_PASSED', stageKey: 'b', to: to('boss') },
      { on: 'STAGE_PASSED', to: to('w1', 'w2') },
      { on: 'FINAL', to: to('w1', 'w2', 'director') },
    ]);
    request.vote('f1', 'APPROVE');
    request.vote('f2', 'APPROVE');
    expect(copies(request.log)).toEqual([
      ['SUBMIT', ['w1'], []],
      ['STAGE_PASSED', ['w2'], []],
      ['STAGE_PASSED', ['boss'], []],
      ['FINAL', ['director'], []],
    ]);
    expect(request.current.copiedTo).toEqual(['w1', 'w2', 'boss', 'director']);
  });

  it('a rejection is an end too, and no stage that passed', () => {
    const request = caseOf([
      { on: 'STAGE_PASSED', to: to('w1') },
      { on: 'FINAL', to: to('w2') },
    ]);
    request.vote('f1', 'REJECT');
    expect(copies(request.log)).toEqual([['FINAL', ['w2'], []]]);
  });

  it('to whoever a role or a reporting line names', () => {
    const request = caseOf([
      { on: 'SUBMIT', to: { kind: 'ROLE', role: 'LEGAL', take: 'EVERY' } },
      { on: 'SUBMIT', to: { kind: 'MANAGER', levels: 2 } },
    ]);
    expect(copies(request.log)).toEqual([['SUBMIT', ['l1', 'director'], []]]);
  });

  it('somebody who has left is a warning, and what cannot be found out sends nothing: it never blocks', () => {
    const circle = company(person('rep', { managerId: 'x' }), person('x', { managerId: 'rep' }));
    const request = new Case(stages, {
      directory: circle,
      cc: [
        { on: 'SUBMIT', to: to('nobody') },
        { on: 'SUBMIT', to: { kind: 'MANAGER', levels: 5 } },
      ],
    });
    expect(copies(request.log)).toEqual([['SUBMIT', [], ['nobody']]]);
    expect(request.current.state).toBe('PENDING');
  });

  it('to whom the submitter names, and the gone are named back', () => {
    const request = new Case(stages, {
      directory: COMPANY,
      cc: [{ on: 'SUBMIT', to: to('w1') }],
      ccPersonIds: ['w1', 'w2', 'gone'],
    });
    expect(copies(request.log)).toEqual([['SUBMIT', ['w1', 'w2'], ['gone']]]);
  });

  it('never counts: with and without, the votes, stages and versions are the same', () => {
    const walk = (cc: readonly CcRule[]) => {
      const request = caseOf(cc);
      request.vote('f1', 'APPROVE');
      request.vote('f2', 'APPROVE');
      const { copiedTo: _copiedTo, seq: _seq, ...rest } = request.current;
      return rest;
    };
    expect(
      walk([
        { on: 'SUBMIT', to: to('w1') },
        { on: 'FINAL', to: to('w2') },
      ]),
    ).toEqual(walk([]));
  });
});
