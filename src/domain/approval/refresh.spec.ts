import { describe, expect, it } from '@jest/globals';
import { Case, FACTS, people, planOf, stage, type LadderRung } from '../../../test/builders/approval.js';
import { staleSnapshot, type FactSnapshot } from './fact-source.js';
import type { DimensionSpec, StageSpec } from './stage-spec.js';
import { approvesOnOldFacts } from './timeout.js';

const OPEN: DimensionSpec = { name: 'openContracts', direction: 'AT_MOST', widest: '900000' };
const TERM: DimensionSpec = { name: 'termDays', direction: 'AT_MOST' };
const PATH = [
  stage('credit', { envelope: [OPEN] }),
  stage('finance', { rank: 2, envelope: [TERM], ...people('f1') }),
];
const MORE = stage('board', { rank: 3, envelope: [], ...people('boss') });

const snapshot = (openContracts: string, asOf: string): FactSnapshot => ({
  id: `snapshot-${openContracts}`,
  source: 'OPEN_CONTRACTS',
  asOf,
  maxAgeMinutes: 60,
  facts: { openContracts },
});
const factsAt = (openContracts: string, asOf = '2026-03-02T01:00:00.000Z') => ({
  ...FACTS,
  snapshots: [snapshot(openContracts, asOf)],
  measured: {
    values: { openContracts, termDays: '30' },
    currency: 'CNY',
    shared: [],
    sourced: openContracts,
  },
});
const opened = (specs: readonly StageSpec[] = PATH) => new Case(specs, { facts: factsAt('500000') });

/** The books are read again, an instant later. */
function refresh(request: Case, openContracts: string, specs = request.specs, before = '500000') {
  const facts = factsAt(openContracts, request.now);
  const changes = openContracts === before ? [] : [{ name: 'openContracts', before, after: openContracts }];
  return request.run(
    { type: 'REFRESH', facts, plan: planOf(specs, request.directory, facts), changes },
    'system:books',
  );
}
const states = (request: Case) => request.current.stages.map(({ state }) => state);

describe('AE-MGR-3 a yes rests on what the books say, for so long', () => {
  it.each([
    [60, null, null],
    [60.1, null, 'snapshot-1'],
    [30, 30, null],
    [30.1, 30, 'snapshot-1'],
    [61, 120, 'snapshot-1'],
  ])('%s minutes after, where the stage says %s: %s', (minutes, limit, found) => {
    const now = new Date(Date.parse('2026-03-02T01:00:00.000Z') + minutes * 60_000).toISOString();
    const spec = limit === null ? {} : { snapshotMaxAgeMinutes: limit };
    const snapshots = [snapshot('1', '2026-03-02T01:00:00.000Z')];
    expect(staleSnapshot({ snapshots }, spec, now)?.id ?? null).toBe(found);
  });

  it('too old: 409 STALE_SUBJECT with the snapshot; a no grants nothing and is taken', () => {
    const request = opened().later(1.1);
    expect(() => request.vote('lead', 'APPROVE')).toThrow(
      expect.objectContaining({
        code: 'STALE_SUBJECT',
        details: expect.objectContaining({ snapshotId: 'snapshot-500000', maxAgeMinutes: 60 }) as object,
      }),
    );
    request.vote('lead', 'REJECT');
    expect(request.current.state).toBe('REJECTED');
  });

  it('read again and as it was: only the instant moves, open pages stay good', () => {
    const request = opened().later(2);
    const { version } = request.openSeat('lead')!;
    expect(refresh(request, '500000')).toMatchObject([{ type: 'facts.refreshed' }]);
    request.vote('lead', 'APPROVE', { expectedSeatVersion: version });
    expect(states(request)).toEqual(['PASSED', 'ACTIVE']);
  });

  it('another value: whoever has it open has seen the one before', () => {
    const request = opened().later(2);
    const { version } = request.openSeat('lead')!;
    refresh(request, '600000');
    expect(() => request.vote('lead', 'APPROVE', { expectedSeatVersion: version })).toThrow('STALE_VERSION');
    request.vote('lead', 'APPROVE');
    expect(request.lastSeat('lead')!.decision!.envelope!.bounds).toContainEqual(
      expect.objectContaining({ name: 'openContracts', allowed: '600000' }),
    );
  });

  it('within what was approved it stays approved; beyond, only the stage that answers for it is asked again', () => {
    const request = opened();
    request.vote('lead', 'APPROVE');
    refresh(request, '400000');
    expect(states(request)).toEqual(['PASSED', 'ACTIVE']);
    const [event] = refresh(request, '600000', PATH, '400000');
    expect(event).toMatchObject({
      type: 'request.reassessed',
      cause: { kind: 'SNAPSHOT', id: 'snapshot-600000', text: 'OPEN_CONTRACTS' },
      broken: [
        {
          stageKey: 'credit',
          code: 'OUTSIDE',
          breaches: [{ dimension: 'openContracts', allowed: '500000', value: '600000' }],
        },
      ],
    });
    expect(request.current.stages[0]).toMatchObject({ state: 'ACTIVE', visit: 2 });
    request.vote('lead', 'APPROVE');
    request.vote('f1', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('an approval that says up to how much it goes covers what comes', () => {
    const request = opened();
    request.vote('lead', 'APPROVE', { envelope: [{ dimension: 'openContracts', allowed: '800000' }] });
    refresh(request, '700000');
    expect(states(request)).toEqual(['PASSED', 'ACTIVE']);
  });

  it('more is needed: whoever that asks is asked; less is needed: nobody is taken off the path', () => {
    const request = opened();
    refresh(request, '2000000', [...PATH, MORE]);
    expect(request.current.stages.map(({ spec }) => spec.key)).toEqual(['credit', 'finance', 'board']);
    refresh(request, '100', [PATH[0]!], '2000000');
    expect(request.current.stages.map(({ spec }) => spec.key)).toEqual(['credit', 'finance', 'board']);
    expect(request.current.state).toBe('PENDING');
  });

  it.each<[string, Partial<StageSpec>, string]>([
    ['a stage without dimensions approved the very values', {}, 'ACTIVE'],
    ['one with dimensions of its own leaves this value to whose it is', { envelope: [TERM] }, 'PASSED'],
  ])('%s', (_, over, expected) => {
    const request = opened([stage('first', over), stage('last', { rank: 2, ...people('f1') })]);
    request.vote('lead', 'APPROVE');
    refresh(request, '500001');
    expect(states(request)[0]).toBe(expected);
  });

  it('of a policy that reads nothing, nothing is refreshed, whatever else has moved', () => {
    const request = opened();
    const { snapshots: _, ...facts } = factsAt('600000');
    const changes = [{ name: 'marginFlag', before: 'GREEN', after: 'RED' }];
    const plan = planOf([...PATH, MORE], request.directory, facts);
    expect(request.run({ type: 'REFRESH', facts, plan, changes }, 'system:books')).toEqual([]);
  });

  it.each([
    ['fresh', 0.9, 'AUTO_APPROVED', 'AUTO_APPROVE'],
    ['too old', 1.1, 'OPEN', 'INCIDENT'],
  ])('AE-SLA-2 time says yes only on what is %s', (_, hours, state, kind) => {
    const ladder: LadderRung[] = [['auto', 'AUTO_APPROVE', 0.5, { amount: '900000', currency: 'CNY' }]];
    const request = new Case(PATH, { facts: factsAt('500000'), ladder }).later(hours);
    expect(approvesOnOldFacts(request.current, request.now)).toBe(kind === 'INCIDENT');
    request.run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    expect(request.log).toContainEqual(expect.objectContaining({ type: 'rung.fired', kind }));
    expect(request.lastSeat('lead')!.state).toBe(state);
  });

  it('nothing to refresh on a request nobody decides on', () => {
    const request = opened();
    request.run({ type: 'WITHDRAW', reason: null }, 'rep');
    expect(() => refresh(request, '1')).toThrow('REQUEST_STATE');
  });
});
