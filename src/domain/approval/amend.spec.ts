import { describe, expect, it } from '@jest/globals';
import { Case, FACTS, people, planOf, stage } from '../../../test/builders/approval.js';
import type { Measure } from './envelope.js';
import type { DimensionSpec, StageSpec } from './stage-spec.js';

const DISCOUNT: DimensionSpec = { name: 'discountPct', direction: 'AT_MOST', widest: '20' };
const TERM: DimensionSpec = { name: 'termDays', direction: 'AT_MOST' };

const path = [
  stage('lead', { envelope: [DISCOUNT] }),
  stage('finance', { rank: 2, envelope: [TERM], ...people('f1') }),
];
const facts = (values: Record<string, Measure>, subjectHash: string, over: object = {}) => ({
  ...FACTS,
  subjectHash,
  measured: { values: { discountPct: '15', termDays: '30', ...values }, currency: 'CNY', shared: [] },
  ...over,
});
const approved = (specs: readonly StageSpec[] = path) => {
  const request = new Case(specs, { facts: facts({}, 'hash-1') });
  request.vote('lead', 'APPROVE');
  request.vote('f1', 'APPROVE');
  return request;
};
const command = (type: 'AMEND' | 'SUBMIT_AMENDMENT', request: Case, of: ReturnType<typeof facts>) => ({
  type,
  facts: of,
  plan: planOf(request.specs, request.directory, of),
});
const change = (request: Case, values: Record<string, Measure>, hash: string) =>
  request.run(command('AMEND', request, facts(values, hash)), 'rep');
const submitChange = (request: Case, values: Record<string, Measure>, hash: string) =>
  request.run(command('SUBMIT_AMENDMENT', request, facts(values, hash)), 'rep');

describe('AE-ENV-3 a change of what was approved', () => {
  it('inside it: the approval stands on the new content', () => {
    const request = approved();
    expect(change(request, { discountPct: '14' }, 'hash-2')).toMatchObject([
      { type: 'request.amended', subjectHash: 'hash-2' },
    ]);
    expect(request.current).toMatchObject({ state: 'APPROVED', subjectHash: 'hash-2', stale: null });
  });

  it('beyond it: stale at once, with the stage and the dimension; the approved hash stays', () => {
    const request = approved();
    change(request, { discountPct: '16' }, 'hash-2');
    expect(request.current).toMatchObject({
      state: 'APPROVED',
      subjectHash: 'hash-1',
      stale: {
        subjectHash: 'hash-2',
        broken: [
          {
            stageKey: 'lead',
            code: 'OUTSIDE',
            breaches: [{ dimension: 'discountPct', allowed: '15', value: '16' }],
          },
        ],
      },
    });
  });

  it('the same content is no change, and changed back it is approved again', () => {
    const request = approved();
    expect(change(request, {}, 'hash-1')).toEqual([]);
    change(request, { discountPct: '16' }, 'hash-2');
    expect(change(request, { discountPct: '16' }, 'hash-2')).toEqual([]);
    change(request, {}, 'hash-1');
    expect(request.current).toMatchObject({ subjectHash: 'hash-1', stale: null });
  });

  it('small steps do not add up: each is held against what was approved, not against the last one', () => {
    const request = approved();
    change(request, { discountPct: '14' }, 'hash-2');
    change(request, { discountPct: '15' }, 'hash-3');
    expect(request.current).toMatchObject({ subjectHash: 'hash-3', stale: null });
    change(request, { discountPct: '15.01' }, 'hash-4');
    expect(request.current.stale).toMatchObject({ subjectHash: 'hash-4' });
  });

  it('an approval that is newly needed is a change beyond it, whatever the envelopes say', () => {
    const request = approved();
    const of = facts({ discountPct: '14' }, 'hash-2');
    const more = [...path, stage('boss', { rank: 3, ...people('boss') })];
    request.run({ type: 'AMEND', facts: of, plan: planOf(more, request.directory, of) }, 'rep');
    expect(request.current.stale!.broken).toMatchObject([{ stageKey: 'boss', code: 'PLAN' }]);
  });

  it('what needed nobody stays approved as long as it needs nobody', () => {
    const request = new Case([], { facts: facts({}, 'hash-1') });
    expect(request.current.state).toBe('APPROVED');
    change(request, { discountPct: '16' }, 'hash-2');
    expect(request.current).toMatchObject({ subjectHash: 'hash-2', stale: null });
  });

  it('only of an approved request', () => {
    const request = new Case(path, { facts: facts({}, 'hash-1') });
    expect(() => change(request, {}, 'hash-2')).toThrow('NOT_APPROVED');
    expect(() => submitChange(request, {}, 'hash-2')).toThrow('NOT_APPROVED');
  });
});

describe('AE-ENV-3 the round of a stale approval', () => {
  const opened = () => {
    const request = approved();
    change(request, { discountPct: '16' }, 'hash-2');
    submitChange(request, { discountPct: '16' }, 'hash-2');
    return request;
  };

  it('asks only what the change broke', () => {
    const request = opened();
    expect(request.current).toMatchObject({ state: 'PENDING', round: 2, subjectHash: 'hash-2' });
    expect(request.holders()).toEqual(['lead']);
    expect(request.stageState('finance')).toBe('PASSED');
    request.vote('lead', 'APPROVE');
    expect(request.current).toMatchObject({ state: 'APPROVED', subjectHash: 'hash-2', amends: null });
  });

  it('is not opened when nothing is stale', () => {
    expect(() => submitChange(approved(), {}, 'hash-1')).toThrow('NOT_STALE');
  });

  it.each<[string, (request: Case) => unknown, string]>([
    ['rejected', (request) => request.vote('lead', 'REJECT'), 'REJECTED'],
    ['withdrawn', (request) => request.run({ type: 'WITHDRAW', reason: null }, 'rep'), 'WITHDRAWN'],
    ['terminated', (request) => request.run({ type: 'TERMINATE', reason: 'x' }, 'a1'), 'TERMINATED'],
  ])('%s, what was approved before stands again (CordysCRM#3168)', (_what, act, outcome) => {
    const request = opened();
    act(request);
    expect(request.log.at(-1)).toMatchObject({ type: 'request.reverted', outcome, toRound: 1 });
    expect(request.current).toMatchObject({ state: 'APPROVED', subjectHash: 'hash-1', stale: null });
    expect(request.holders()).toEqual([]);
  });

  it('after a rejected change the next one is held against what was approved', () => {
    const request = opened();
    request.vote('lead', 'REJECT');
    change(request, { discountPct: '16' }, 'hash-3');
    expect(request.current.stale!.broken).toMatchObject([{ stageKey: 'lead' }]);
    change(request, { discountPct: '12' }, 'hash-4');
    expect(request.current).toMatchObject({ subjectHash: 'hash-4', stale: null });
    change(request, { termDays: '45' }, 'hash-5');
    submitChange(request, { termDays: '45' }, 'hash-5');
    expect(request.holders()).toEqual(['f1']);
    request.vote('f1', 'REJECT');
    expect(request.current).toMatchObject({ state: 'APPROVED', subjectHash: 'hash-4', round: 3 });
  });

  it('returned and answered, it still asks only what is broken', () => {
    const request = opened();
    request.vote('lead', 'RETURN', { resume: 'NEXT' });
    request.resubmit(facts({ discountPct: '15.5' }, 'hash-3'));
    expect(request.holders()).toEqual(['lead']);
    expect(request.stageState('finance')).toBe('PASSED');
    request.vote('lead', 'RETURN', { resume: 'NEXT' });
    request.resubmit(facts({ discountPct: '15' }, 'hash-4'));
    expect(request.current).toMatchObject({ state: 'APPROVED', subjectHash: 'hash-4' });
  });

  it('may be withdrawn before anybody of it has answered, though earlier rounds were', () => {
    const strict = { ...facts({}, 'hash-1'), withdrawPolicy: 'BEFORE_FIRST_DECISION' as const };
    const request = new Case(path, { facts: strict });
    request.vote('lead', 'APPROVE');
    request.vote('f1', 'APPROVE');
    const of = {
      ...facts({ discountPct: '16' }, 'hash-2'),
      withdrawPolicy: 'BEFORE_FIRST_DECISION' as const,
    };
    request.run(command('AMEND', request, of), 'rep');
    request.run(command('SUBMIT_AMENDMENT', request, of), 'rep');
    request.run({ type: 'WITHDRAW', reason: null }, 'rep');
    expect(request.current).toMatchObject({ state: 'APPROVED', subjectHash: 'hash-1' });
  });
});
