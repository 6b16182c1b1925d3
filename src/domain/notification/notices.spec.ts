import { describe, expect, it } from '@jest/globals';
import { Case, people, stage } from '../../../test/builders/approval.js';
import { evolve } from '../approval/engine.js';
import type { ApprovalEvent } from '../approval/events.js';
import type { ApprovalState } from '../approval/model.js';
import { noticesOf } from './notices.js';

/** What the whole history of a case told, as `KIND person`, the actor of every command being `actorId`. */
function told(log: readonly ApprovalEvent[], from = 0, actorId = 'somebody'): string[] {
  const before = log.slice(0, from).reduce<ApprovalState | null>(evolve, null);
  const events = log.slice(from);
  const after = events.reduce<ApprovalState | null>(evolve, before);
  return noticesOf(events, { before, after: after!, actorId }).map(
    ({ kind, personId }) => `${kind} ${personId ?? 'all'}`,
  );
}

const two = [stage('lead', { rank: 1 }), stage('director', { rank: 2, ...people('director') })];

describe('what a change tells', () => {
  it('a submission: the task to whoever may act now, nothing to those whose turn comes later', () => {
    const request = new Case(two);
    expect(told(request.log)).toEqual(['TASK lead']);
  });

  it('a yes: the next stage its task, the channels that the stage is decided', () => {
    const request = new Case(two);
    const before = request.log.length;
    request.vote('lead', 'APPROVE');
    expect(told(request.log, before, 'lead')).toEqual(['STAGE_DECIDED all', 'TASK director']);
  });

  it('the end: the initiator the outcome, with who decided', () => {
    const request = new Case(two.slice(0, 1));
    const before = request.log.length;
    request.vote('lead', 'REJECT');
    const events = request.log.slice(before);
    const notices = noticesOf(events, { before: null, after: request.current, actorId: 'lead' });
    expect(notices.filter(({ kind }) => kind === 'OUTCOME')).toEqual([
      expect.objectContaining({ personId: 'rep', params: { state: 'REJECTED', by: 'lead' } }),
    ]);
  });

  it('AE-WD-1 a withdrawal tells each holder once, the channels that it is over, and not the initiator who did it', () => {
    const request = new Case([stage('finance', people('f1', 'f2'))]);
    const before = request.log.length;
    request.run({ type: 'WITHDRAW', reason: 'x', onBehalf: false }, 'rep');
    expect(told(request.log, before, 'rep')).toEqual(['TASK_GONE f1', 'TASK_GONE f2', 'OUTCOME all']);
  });

  it('an or-sign that a colleague answered is no news for the others', () => {
    const request = new Case([
      stage('finance', { ...people('f1', 'f2'), quorum: { kind: 'ANY', first: 'ANY_ANSWER' } }),
    ]);
    const before = request.log.length;
    request.vote('f1', 'APPROVE');
    expect(told(request.log, before, 'f1')).toEqual(['STAGE_DECIDED all', 'OUTCOME rep']);
  });
});

describe('the same thing', () => {
  it('has the same key however often it is worked out; a second visit has another (frappe#41691)', () => {
    const request = new Case(two);
    const first = noticesOf(request.log, { before: null, after: request.current, actorId: 'rep' });
    const again = noticesOf(request.log, { before: null, after: request.current, actorId: 'rep' });
    expect(again.map(({ key }) => key)).toEqual(first.map(({ key }) => key));
    request.vote('lead', 'APPROVE');
    const before = request.current;
    const at = request.log.length;
    request.vote('director', 'RETURN', { returnTo: 'lead', resume: 'NEXT' });
    const events = request.log.slice(at);
    const second = noticesOf(events, { before, after: request.current, actorId: 'director' });
    expect(second.map(({ kind, personId }) => [kind, personId])).toEqual([['TASK', 'lead']]);
    expect(first.map(({ key }) => key)).not.toContain(second[0]!.key);
  });
});
