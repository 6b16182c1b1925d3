import { describe, expect, it } from '@jest/globals';
import { Case, FACTS, people, planOf, stage } from '../../../test/builders/approval.js';

import type { RoundFacts } from './events.js';
import type { StageSpec } from './stage-spec.js';

const lead = stage('lead', {});
const finance = stage('finance', { rank: 2, ...people('f1') });
const boss = stage('boss', { rank: 3, ...people('boss') });
const facts = (over: Partial<RoundFacts> = {}): RoundFacts => ({ ...FACTS, ...over });
const CHANGES = [{ name: 'marginFlag', before: 'GREEN', after: 'AMBER' }];
const CAUSE = { kind: 'COST', id: 'c1', text: 'cost of 1' } as const;

const reassess = (request: Case, specs: readonly StageSpec[], changes = CHANGES, of = facts()) =>
  request.run(
    { type: 'REASSESS', facts: of, plan: planOf(specs, request.directory, of), cause: CAUSE, changes },
    'system:pricing',
  );
const states = (request: Case) =>
  request.current.stages.map(({ spec, state }) => `${spec.key} ${state}`).join(' · ');

describe('events during approval: what a request is judged by moves (processes 3.2)', () => {
  it('when the level rises, who is newly needed is asked as well, in their place of the path', () => {
    const request = new Case([lead, boss], { facts: facts() });
    request.vote('lead', 'APPROVE');
    reassess(request, [finance, boss]);
    expect(states(request)).toBe('lead PASSED · finance ACTIVE · boss ACTIVE');
  });

  it('when it falls, nobody is left out and nothing is decided', () => {
    const request = new Case([lead, finance], { facts: facts() });
    reassess(request, []);
    expect(states(request)).toBe('lead ACTIVE · finance PLANNED');
    expect(request.log.at(-1)).toMatchObject({ type: 'request.reassessed', added: [], changes: CHANGES });
  });

  it('an answer given before stands, and the last of them does not end it while somebody new is asked', () => {
    const request = new Case([lead], { facts: facts() });
    reassess(request, [lead, finance]);
    request.vote('lead', 'APPROVE');
    expect(request.current.state).toBe('PENDING');
    request.vote('f1', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it.each<[string, (request: Case) => unknown]>([
    ['nothing has changed', (request) => reassess(request, [lead, boss], [])],
    [
      'the content is another one',
      (request) => reassess(request, [lead, boss], CHANGES, facts({ subjectHash: 'other' })),
    ],
  ])('%s: nothing happens', (_, work) => {
    const request = new Case([lead], { facts: facts() });
    const before = request.current;
    work(request);
    expect(request.current).toBe(before);
  });

  it('of a closed request nothing is asked any more', () => {
    const request = new Case([lead], { facts: facts() });
    request.vote('lead', 'APPROVE');
    reassess(request, [lead, boss]);
    expect(states(request)).toBe('lead PASSED');
  });

  it('a new stage that nobody can sit in is blocked, not passed over', () => {
    const request = new Case([lead], { facts: facts() });
    reassess(request, [lead, stage('gone', { rank: 1, ...people() })]);
    request.vote('lead', 'APPROVE');
    expect(request.current.state).toBe('PENDING');
    expect(states(request)).toBe('gone BLOCKED · lead PASSED');
  });
});
