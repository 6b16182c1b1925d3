import { describe, expect, it } from '@jest/globals';
import { Case, company, grant, people, person, stage } from '../../../test/builders/approval.js';
import type { DirectoryPerson } from '../org/directory.js';
import type { StageSpec } from './stage-spec.js';

const MANAGER = { resolver: { kind: 'MANAGER', levels: 1 } } satisfies Partial<StageSpec>;
const CHAIN = {
  resolver: { kind: 'CHAIN_TO_LIMIT', mode: 'EVERY_LEVEL', topRole: null },
  quorum: { kind: 'ALL' },
} satisfies Partial<StageSpec>;
const STRICT = { strictReporting: true } satisfies Partial<StageSpec>;
/** above the lead's limit, within the director's */
const LARGE = { exposure: { amount: '700000', currency: 'CNY' } };

function opened(over: Partial<StageSpec>, facts = {}, ...others: DirectoryPerson[]): Case {
  const request = new Case([stage('s1', { ...STRICT, ...over })], { directory: company(...others) });
  return Object.keys(facts).length === 0
    ? request
    : new Case(request.specs, { directory: request.directory, facts: { ...request.facts, ...facts } });
}

/** The organisation is another one from now on, and the request is told. */
function changed(request: Case, ...people_: DirectoryPerson[]) {
  const { people: all } = request.directory;
  const over = Object.fromEntries(people_.map((one) => [one.id, one]));
  request.directory = { ...request.directory, people: { ...all, ...over } };
  return request.run({ type: 'ORG_CHANGED' }, 'system:staff');
}

const again = (request: Case) => request.run({ type: 'ORG_CHANGED' }, 'system:staff');
const rep = (managerId: string | null) => person('rep', { managerId, grants: [grant('REP', 'team')] });
const seats = (request: Case) =>
  request.current.seats.map(({ ownerId, holderId, state, code }) => [ownerId, holderId, state, code]);

describe('AE-MGR-2 strictReporting: the reporting line changes while seats are open', () => {
  it('the former manager’s seat is the new manager’s own; asked twice, moved once', () => {
    const request = opened(MANAGER);
    expect(changed(request, rep('director'))).toMatchObject([
      {
        type: 'seat.transferred',
        cause: 'ORG_CHANGED',
        holderId: 'director',
        ownerId: 'director',
        reason: 'the reporting line names somebody else by now',
      },
    ]);
    expect(again(request)).toEqual([]);
    expect(() => request.vote('lead', 'APPROVE', { seatId: request.current.seats[0]!.id })).toThrow(
      'NOT_HOLDER',
    );
    request.vote('director', 'APPROVE');
    expect(request.current.seats[0]!.decision).toMatchObject({ actor: 'director', onBehalfOf: null });
    expect(request.current.state).toBe('APPROVED');
  });

  it.each<[string, Partial<StageSpec>]>([
    ['without it', { ...MANAGER, strictReporting: false }],
    ['a person is meant, not a manager', people('lead')],
    ['fixed at submission', { ...MANAGER, resolveAt: 'SUBMIT' }],
  ])('%s the seat stays', (_, over) => {
    const request = opened(over);
    expect(changed(request, rep('director'))).toEqual([]);
    expect(request.holders()).toEqual(['lead']);
  });

  it('AE-XFER-2 its due time stays, but at least one business day remains', () => {
    const request = opened(MANAGER).later(7);
    changed(request, rep('director'));
    expect(request.current.seats[0]!.dueAt).toBe('2026-03-03T08:00:00.000Z');
  });

  it('passed on or away, it is still whose the line says', () => {
    const request = opened(MANAGER);
    request.transfer('lead', 'l1');
    expect(again(request)).toEqual([]);
    changed(request, rep('director'));
    expect(request.holders()).toEqual(['director']);
    const away = { until: '2026-04-01T00:00:00.000Z', delegateId: 'f1', absenceId: 'a-boss' };
    changed(request, rep('boss'), { ...request.directory.people['boss']!, away });
    expect(request.current.seats[0]).toMatchObject({
      ownerId: 'boss',
      holderId: 'f1',
      standIn: { forId: 'boss', absenceIds: ['a-boss'] },
    });
  });

  it('whoever holds it already is the new manager: nothing moves', () => {
    const request = opened(MANAGER);
    request.transfer('lead', 'director');
    expect(changed(request, rep('director'))).toEqual([]);
  });

  it('escalated to the new manager before: one seat is theirs, not two', () => {
    const request = opened(MANAGER);
    for (const hours of [5, 4]) request.later(hours).run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    expect(request.holders()).toEqual(['lead', 'director']);
    changed(request, rep('director'));
    expect(request.holders()).toEqual(['director']);
  });
});

describe('AE-MGR-2 strictReporting, table of 4.5: countersign and levels', () => {
  it('an answer that was given stands and fills its level', () => {
    const request = opened(CHAIN, LARGE);
    expect(request.holders()).toEqual(['lead', 'director']);
    request.vote('lead', 'APPROVE');
    const other = person('lead2', { managerId: 'director', grants: [grant('TEAM_LEAD', 'team', '500000')] });
    expect(changed(request, other, rep('lead2'))).toEqual([]);
    expect(request.holders()).toEqual(['director']);
    request.vote('director', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('only the level that changed moves', () => {
    const request = opened(CHAIN, LARGE);
    const other = person('lead2', { managerId: 'director', grants: [grant('TEAM_LEAD', 'team', '500000')] });
    changed(request, other, rep('lead2'));
    expect(seats(request)).toEqual([
      ['lead2', 'lead2', 'OPEN', null],
      ['director', 'director', 'OPEN', null],
    ]);
  });

  it('a limit lowered is a level more: one more is asked, with a time of their own', () => {
    const request = opened(CHAIN, LARGE).later(2);
    changed(request, person('director', { managerId: 'boss', grants: [grant('REGIONAL_DIRECTOR')] }));
    expect(request.holders()).toEqual(['lead', 'director', 'boss']);
    expect(request.lastSeat('boss')).toMatchObject({ origin: 'POLICY', dueAt: '2026-03-02T11:00:00.000Z' });
    expect(again(request)).toEqual([]);
  });

  it('依次: the further level waits for its turn', () => {
    const request = opened({ ...CHAIN, mode: 'SEQUENTIAL' }, LARGE);
    changed(request, person('director', { managerId: 'boss', grants: [grant('REGIONAL_DIRECTOR')] }));
    expect(request.current.seats.map(({ state }) => state)).toEqual(['OPEN', 'WAITING', 'WAITING']);
    for (const by of ['lead', 'director', 'boss']) request.vote(by, 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  const higher = person('lead', { managerId: 'director', grants: [grant('TEAM_LEAD', 'team', '900000')] });

  it('a level less: its seat goes as ORG_CHANGED, the others still decide', () => {
    const request = opened(CHAIN, LARGE);
    changed(request, higher);
    expect(seats(request)).toEqual([
      ['lead', 'lead', 'OPEN', null],
      ['director', 'director', 'REMOVED', 'ORG_CHANGED'],
    ]);
    request.vote('lead', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('AE-LEAVE-2 a level less never decides the stage: it is blocked, for somebody to answer for', () => {
    const request = opened(CHAIN, LARGE);
    request.vote('lead', 'APPROVE');
    changed(request, higher);
    expect(request.current.stages[0]).toMatchObject({ state: 'BLOCKED', code: 'ORG_CHANGED' });
    const stageId = request.current.stages[0]!.id;
    request.run({ type: 'ACCEPT_OUTCOME', stageId, reason: 'the lead suffices now' }, 'l1');
    expect(request.current.state).toBe('APPROVED');
  });

  it('and grown back, whoever it left out is asked again', () => {
    const request = opened(CHAIN, LARGE);
    const { lead } = request.directory.people;
    changed(request, higher);
    changed(request, lead!);
    expect(request.holders()).toEqual(['lead', 'director']);
  });

  it('nobody is left in the line: the stage is blocked', () => {
    const request = opened(MANAGER);
    changed(request, rep(null));
    expect(request.current.stages[0]).toMatchObject({ state: 'BLOCKED', code: 'ORG_CHANGED' });
  });

  it('a parked seat moves, those it waits for stay; so do those whom time or an adder asked beside it', () => {
    const request = opened(MANAGER);
    request.add('lead', 'PARALLEL', ['f1']);
    request.add('lead', 'BEFORE', ['l1']);
    changed(request, rep('director'));
    expect(request.lastSeat('director')).toMatchObject({ state: 'PARKED', ownerId: 'director' });
    request.vote('l1', 'APPROVE');
    expect(request.holders().sort()).toEqual(['director', 'f1']);
  });

  it('whoever an administrator took out is not asked again because the line changes', () => {
    const request = opened(CHAIN, LARGE);
    request.remove('a1', 'director', { asAdmin: true });
    expect(again(request)).toEqual([]);
    expect(request.holders()).toEqual(['lead']);
  });

  it('AE-SOD-1 whoever is named now is asked only where nothing separates them from it', () => {
    const request = new Case([stage('s1', { ...STRICT, ...MANAGER })], {
      facts: { ...opened(MANAGER).facts, selfIds: ['rep', 'director'] },
    });
    changed(request, rep('director'));
    expect(request.holders()).toEqual(['boss']);
  });

  it('a stage that an administrator staffed in advance is not the line’s', () => {
    const request = new Case([stage('s0', people('f1')), stage('s1', { ...STRICT, ...MANAGER, rank: 2 })]);
    const stageId = request.current.stages[1]!.id;
    request.run({ type: 'NAME_APPROVERS', stageId, personIds: ['f2'], reason: 'x', asAdmin: true }, 'a1');
    request.vote('f1', 'APPROVE');
    expect(changed(request, rep('director'))).toEqual([]);
  });
});
