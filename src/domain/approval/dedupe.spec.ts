import { describe, expect, it } from '@jest/globals';
import { Case, company, FACTS, people, person, stage } from '../../../test/builders/approval.js';
import { noticesOf } from '../notification/notices.js';
import type { DedupeMode, StageSpec } from './stage-spec.js';

/** One stage after the other, each named by its place: `A` one person, `A+C` all of them, `A/C` the first of them. */
function walk(dedupe: DedupeMode, seats: readonly string[], over: Partial<StageSpec>[] = []): Case {
  const ids: Readonly<Record<string, string>> = { A: 'lead', B: 'director', C: 'boss' };
  const list = seats.map((who, index) =>
    stage(`s${index + 1}`, {
      rank: index + 1,
      ...people(...who.split(/[+/]/).map((letter) => ids[letter]!)),
      ...(who.includes('+') ? { quorum: { kind: 'ALL' as const } } : {}),
      ...over[index],
    }),
  );
  return new Case(list, { facts: { ...FACTS, dedupe } });
}

/** Everybody who is asked says yes, in the order in which they are asked. */
function allYes(request: Case): string[] {
  const asked: string[] = [];
  for (let next = request.holders()[0]; next && asked.length < 20; next = request.holders()[0]) {
    const name = { lead: 'A', director: 'B', boss: 'C' }[next] ?? next;
    asked.push(name);
    request.later(1).vote(next, 'APPROVE');
  }
  expect(request.current.state).toBe('APPROVED');
  return asked;
}

describe('AE-DUP-1, AE-DUP-2 whoever sits in several stages', () => {
  it.each<[string, DedupeMode, string[], string[]]>([
    ['A-A, none', 'NONE', ['A', 'A'], ['A', 'A']],
    ['A-A, adjacent', 'ADJACENT', ['A', 'A'], ['A']],
    ['A-A-A, adjacent: the yes goes on from stage to stage', 'ADJACENT', ['A', 'A', 'A'], ['A']],
    ['A-B-A, adjacent', 'ADJACENT', ['A', 'B', 'A'], ['A', 'B', 'A']],
    ['A-B-A, first counts: waits for B (server-ux#195)', 'FIRST_COUNTS', ['A', 'B', 'A'], ['A', 'B']],
    ['A-A-B-A, adjacent: asks A twice (server-ux#1141)', 'ADJACENT', ['A', 'A', 'B', 'A'], ['A', 'B', 'A']],
    ['A-A-B-A, first counts', 'FIRST_COUNTS', ['A', 'A', 'B', 'A'], ['A', 'B']],
    ['A-B-A, last counts', 'LAST_COUNTS', ['A', 'B', 'A'], ['B', 'A']],
    ['A-A-B-A, last counts', 'LAST_COUNTS', ['A', 'A', 'B', 'A'], ['B', 'A']],
    ['A-B, nobody twice', 'LAST_COUNTS', ['A', 'B'], ['A', 'B']],
    ['all of A and C after A', 'ADJACENT', ['A', 'A+C'], ['A', 'C']],
    ['one of A and C after A', 'ADJACENT', ['A', 'A/C'], ['A']],
    ['all of A and C, then A', 'LAST_COUNTS', ['A+C', 'A'], ['C', 'A']],
  ])('%s', (_, dedupe, seats, asked) => {
    expect(allYes(walk(dedupe, seats))).toEqual(asked);
  });

  it('server-ux#195 A-B-A, first counts: A’s second seat is not approved before B has answered', () => {
    const request = walk('FIRST_COUNTS', ['A', 'B', 'A']);
    request.vote('lead', 'APPROVE');
    expect(request.current.stages.map(({ state }) => state)).toEqual(['PASSED', 'ACTIVE', 'PLANNED']);
    expect(request.current.seats).toHaveLength(2);
    request.vote('director', 'REJECT');
    expect([request.current.state, request.current.seats.length]).toEqual(['REJECTED', 2]);
  });

  it('names the decision it rests on, was never a task and has no clock', () => {
    const request = walk('ADJACENT', ['A', 'A', 'B']);
    const before = request.current;
    const first = request.openSeat('lead')!;
    const events = request.vote('lead', 'APPROVE');
    const { state, code, sameAs, decision, openedAt, dueAt, rungs } = request.current.seats[1]!;
    expect({ state, code, sameAs, decision, openedAt, dueAt, rungs }).toEqual({
      state: 'AUTO_APPROVED',
      code: 'DEDUPED',
      sameAs: { kind: 'EARLIER', seatId: first.id, stageKey: 's1', actor: 'lead', at: request.now },
      decision: null,
      openedAt: null,
      dueAt: null,
      rungs: [],
    });
    const told = noticesOf(events, { before, after: request.current, actorId: 'lead' });
    expect(told.filter(({ kind }) => kind === 'TASK').map(({ personId }) => personId)).toEqual(['director']);
  });

  it('another account of the same human is the same person', () => {
    const directory = company(person('lead-2', { identity: 'lead' }));
    const list = [stage('s1', people('lead')), stage('s2', { rank: 2, ...people('lead-2') })];
    const request = new Case(list, { directory, facts: { ...FACTS, dedupe: 'ADJACENT' } });
    expect(allYes(request)).toEqual(['A']);
  });

  it.each<[string, (request: Case) => void]>([
    ['time’s yes is nobody’s', (request) => request.later(2).run({ type: 'FIRE_RUNGS' }, 'system:timeout')],
    [
      'somebody else answered for them',
      (request) => {
        request.transfer('lead', 'f1');
        request.vote('f1', 'APPROVE');
      },
    ],
  ])('%s: A is asked', (_, first) => {
    const list = [stage('s1', people('lead')), stage('s2', { rank: 2, ...people('lead') })];
    const cap = { amount: '100000', currency: 'CNY' };
    const request = new Case(list, {
      facts: { ...FACTS, dedupe: 'FIRST_COUNTS' },
      ladder: [
        ['yes', 'AUTO_APPROVE', 1, cap],
        ['end', 'INCIDENT', 9],
      ],
    });
    first(request);
    expect([request.stageState('s1'), request.holders()]).toEqual(['PASSED', ['lead']]);
  });

  it('a stage with freshLook asks again', () => {
    const request = walk('FIRST_COUNTS', ['A', 'A', 'A'], [{}, { freshLook: true }]);
    expect(allYes(request)).toEqual(['A', 'A']);
  });

  it('AE-DUP-2 a skipped stage does not break adjacency', () => {
    const nobody = { ...people('gone'), empty: { kind: 'SKIP' as const }, risk: 'LOW' as const };
    const request = walk('ADJACENT', ['A', 'B', 'A'], [{}, nobody]);
    expect(allYes(request)).toEqual(['A']);
    expect(request.stageState('s2')).toBe('SKIPPED');
  });

  it('AE-DUP-2 where branches join, each of their last steps is right before', () => {
    const list = [
      stage('a', people('lead')),
      stage('b', { branch: 'other', ...people('director') }),
      stage('join', { block: 2, ...people('lead', 'director', 'boss'), quorum: { kind: 'ALL' } }),
    ];
    const request = new Case(list, { facts: { ...FACTS, dedupe: 'ADJACENT' } });
    expect(allYes(request)).toEqual(['A', 'B', 'C']);
  });

  it('a person in two branches at once is asked in both', () => {
    const list = [
      stage('a', people('lead')),
      stage('b1', { branch: 'other', rank: 1, ...people('director') }),
      stage('b2', { branch: 'other', rank: 2, ...people('lead') }),
    ];
    const request = new Case(list, { facts: { ...FACTS, dedupe: 'FIRST_COUNTS' } });
    expect(allYes(request)).toEqual(['A', 'B', 'A']);
  });

  it('AE-ADD-4 somebody who was asked in has answered for their later stage', () => {
    const request = walk('ADJACENT', ['A', 'B']);
    request.add('lead', 'BEFORE', ['director']);
    request.vote('director', 'APPROVE');
    request.vote('lead', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });
});

describe('AE-DUP-3 after a return', () => {
  it('decisions that count no more are no reason', () => {
    const request = walk('FIRST_COUNTS', ['A', 'B', 'A', 'C']);
    request.vote('lead', 'APPROVE');
    request.vote('director', 'APPROVE');
    request.vote('boss', 'RETURN', { returnTo: 's1' });
    expect(request.holders()).toEqual(['lead']);
    request.later(1).vote('lead', 'APPROVE');
    request.vote('director', 'APPROVE');
    expect([request.stageState('s3'), request.holders()]).toEqual(['PASSED', ['boss']]);
    expect(request.current.seats.filter(({ code }) => code === 'DEDUPED').at(-1)?.sameAs).toMatchObject({
      at: request.current.seats.find(({ visit, holderId }) => visit === 2 && holderId === 'lead')!.decision!
        .at,
    });
  });

  it('another round asks everybody', () => {
    const request = walk('FIRST_COUNTS', ['A', 'B', 'A']);
    request.vote('lead', 'APPROVE');
    request.vote('director', 'RETURN', { resume: 'TO_RETURNER' });
    request.resubmit();
    request.vote('director', 'APPROVE');
    expect(request.holders()).toEqual(['lead']);
  });

  it('AE-TB-1 an automatic yes goes with the approval it rests on', () => {
    const request = walk('ADJACENT', ['A', 'A', 'B']);
    request.vote('lead', 'APPROVE');
    expect(request.holders()).toEqual(['director']);
    request.retract('lead');
    expect(request.current.stages.map(({ state }) => state)).toEqual([
      'ACTIVE',
      'INVALIDATED',
      'INVALIDATED',
    ]);
    expect(allYes(request)).toEqual(['A', 'B']);
  });
});

describe('AE-DUP-4 last counts', () => {
  it('the earlier seat ends without having been a task, and names the later stage; its stage is skipped', () => {
    const request = walk('LAST_COUNTS', ['A', 'B', 'A']);
    const { stages, seats } = request.current;
    expect(stages.map(({ state, code }) => [state, code])).toEqual([
      ['SKIPPED', 'ASKED_LATER'],
      ['ACTIVE', null],
      ['PLANNED', null],
    ]);
    const { state, code, sameAs, openedAt } = seats[0]!;
    expect([state, code, sameAs, openedAt]).toEqual([
      'CANCELLED',
      'ASKED_LATER',
      { kind: 'LATER', stageKey: 's3' },
      null,
    ]);
  });

  it('a stage that is dropped meanwhile: A is asked in the earlier one before the request can pass', () => {
    const list = [
      stage('s1', people('lead')),
      stage('s2', { rank: 2, ...people('director') }),
      stage('s3', {
        rank: 3,
        resolver: { kind: 'ROLE', role: 'TEAM_LEAD', take: 'NEAREST' },
        empty: { kind: 'SKIP' },
        risk: 'LOW',
      }),
    ];
    const request = new Case(list, { facts: { ...FACTS, dedupe: 'LAST_COUNTS' } });
    expect(request.holders()).toEqual(['director']);
    const { people: everybody } = request.directory;
    request.directory = {
      ...request.directory,
      people: { ...everybody, lead: { ...everybody['lead']!, grants: [] } },
    };
    request.vote('director', 'APPROVE');
    expect(request.current.stages.map(({ state }) => state)).toEqual(['ACTIVE', 'PASSED', 'SKIPPED']);
    expect(request.current.state).toBe('PENDING');
    request.vote('lead', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('a resubmission whose plan has the later stage no more asks in the earlier one', () => {
    const request = walk('LAST_COUNTS', ['A', 'B', 'A']);
    request.vote('director', 'RETURN', { resume: 'TO_RETURNER' });
    request.resubmit(request.facts, request.specs.slice(0, 2));
    expect(request.holders()).toEqual(['lead']);
  });

  it('a resubmission straight to the returner leaves A to the later stage again', () => {
    const request = walk('LAST_COUNTS', ['A', 'B', 'A']);
    request.vote('director', 'RETURN', { resume: 'TO_RETURNER' });
    request.resubmit();
    expect(allYes(request)).toEqual(['B', 'A']);
  });

  it.each<[string, (request: Case) => void]>([
    ['another of the later stage was faster', (request) => request.vote('director', 'APPROVE')],
    ['the later task was passed on', (request) => request.transfer('lead', 'f1')],
    ['A abstained there', (request) => request.vote('lead', 'ABSTAIN')],
  ])('%s: A’s earlier seat is asked after all', (_, happens) => {
    const request = walk('LAST_COUNTS', ['A', 'A/B']);
    expect(request.holders()).toEqual(['lead', 'director']);
    happens(request);
    const s1 = request.current.stages[0]!;
    expect([s1.state, s1.visit]).toEqual(['ACTIVE', 2]);
    expect(
      request.current.seats.find(({ stageId, visit }) => stageId === s1.id && visit === 2),
    ).toMatchObject({
      holderId: 'lead',
      state: 'OPEN',
    });
  });

  it('the yes of others in the earlier stage stays', () => {
    const request = walk('LAST_COUNTS', ['A+C', 'A/B']);
    request.vote('boss', 'APPROVE');
    request.vote('director', 'APPROVE');
    expect(request.holders()).toEqual(['lead']);
    expect(request.lastSeat('boss')).toMatchObject({ state: 'AUTO_APPROVED', code: 'CARRIED' });
    request.vote('lead', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('AE-TB-1 the faster answer is taken back: A is left to the later stage once more', () => {
    const request = walk('LAST_COUNTS', ['A', 'A/B']);
    request.vote('director', 'APPROVE');
    request.retract('director');
    expect(request.stageState('s1')).toBe('SKIPPED');
    expect(request.holders()).toEqual(['lead', 'director']);
  });

  it('all others abstained: the stage is left to the later one', () => {
    const request = walk('LAST_COUNTS', ['A+C', 'A']);
    request.vote('boss', 'ABSTAIN');
    expect(request.current.stages.map(({ state }) => state)).toEqual(['SKIPPED', 'ACTIVE']);
  });

  it.each<[string, Partial<StageSpec>]>([
    ['a ratio', { quorum: { kind: 'RATIO', percent: 50, strict: false } }],
    ['two approvals at least', { quorum: { kind: 'ALL' }, minApprovals: 2 }],
    ['a later stage that wants a fresh look', {}],
  ])('%s: A is asked in both', (what, over) => {
    const fresh = what.includes('fresh') ? { freshLook: true } : {};
    const request = walk('LAST_COUNTS', ['A+C', 'A'], [over, fresh]);
    expect(request.holders()).toEqual(['lead', 'boss']);
  });
});
