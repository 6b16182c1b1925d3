import { describe, expect, it } from '@jest/globals';
import { Case, FACTS, people, stage } from '../../../test/builders/approval.js';
import type { Measure } from './envelope.js';
import type { DimensionSpec, StageSpec } from './stage-spec.js';

const DISCOUNT: DimensionSpec = { name: 'discountPct', direction: 'AT_MOST', widest: '20' };
const TERM: DimensionSpec = { name: 'termDays', direction: 'AT_MOST' };
const ALL = { kind: 'ALL' } as const;

/** lead answers for the discount, f1 for the term, the boss for both, and returns. */
const path = [
  stage('lead', { envelope: [DISCOUNT] }),
  stage('finance', { rank: 2, envelope: [TERM], ...people('f1') }),
  stage('boss', { rank: 3, envelope: [DISCOUNT, TERM], ...people('boss') }),
];
const factsOf = (values: Record<string, Measure>, over: object = {}) => ({
  ...FACTS,
  measured: { values: { discountPct: '15', termDays: '30', ...values }, currency: 'CNY', shared: [] },
  ...over,
});
const changed = (values: Record<string, Measure>, over: object = {}) =>
  factsOf(values, { subjectHash: 'hash-2', ...over });
const returned = (specs: readonly StageSpec[] = path, resume: 'NEXT' | 'TO_RETURNER' = 'TO_RETURNER') => {
  const request = new Case(specs, { facts: factsOf({}) });
  request.vote('lead', 'APPROVE');
  request.vote('f1', 'APPROVE');
  request.vote('boss', 'RETURN', { resume });
  return request;
};
const opening = ([first]: ReturnType<Case['resubmit']>) => {
  if (first?.type !== 'request.submitted') throw new Error('not a resubmission');
  const { resumeDowngraded, broken = [] } = first;
  return {
    resumeDowngraded,
    broken: broken.map(({ stageKey, code, breaches }) => [
      stageKey,
      code,
      ...breaches.map(({ dimension, allowed, value }) => `${dimension} ${allowed} → ${value}`),
    ]),
  };
};

describe('AE-RET-3 TO_RETURNER on a changed subject', () => {
  it.each<[string, Record<string, Measure>, string[], unknown[]]>([
    ['the same', {}, ['boss'], []],
    ['a smaller discount', { discountPct: '14' }, ['boss'], []],
    ['a larger discount', { discountPct: '16' }, ['lead'], [['lead', 'OUTSIDE', 'discountPct 15 → 16']]],
    ['a longer term', { termDays: '45' }, ['f1'], [['finance', 'OUTSIDE', 'termDays 30 → 45']]],
    [
      'both',
      { discountPct: '16', termDays: '45' },
      ['lead'],
      [
        ['lead', 'OUTSIDE', 'discountPct 15 → 16'],
        ['finance', 'OUTSIDE', 'termDays 30 → 45'],
      ],
    ],
  ])('%s', (_what, values, asked, broken) => {
    const request = returned();
    const { resumeDowngraded, ...answer } = opening(request.resubmit(changed(values)));
    expect(answer.broken).toEqual(broken);
    expect(resumeDowngraded).toBe(broken.length > 0);
    expect(request.holders()).toEqual(asked);
  });

  it('after the broken stage the returner is next, what still covers stays passed', () => {
    const request = returned();
    request.resubmit(changed({ discountPct: '16' }));
    expect(request.stageState('finance')).toBe('PASSED');
    request.vote('lead', 'APPROVE');
    expect(request.holders()).toEqual(['boss']);
    request.vote('boss', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('a widened approval covers what a plain one would not', () => {
    const request = new Case(path, { facts: factsOf({}) });
    request.vote('lead', 'APPROVE', { envelope: [{ dimension: 'discountPct', allowed: '18' }] });
    request.vote('f1', 'APPROVE');
    request.vote('boss', 'RETURN', { resume: 'TO_RETURNER' });
    expect(opening(request.resubmit(changed({ discountPct: '18' }))).broken).toEqual([]);
    expect(request.holders()).toEqual(['boss']);
  });

  it('NEXT is walked again whatever is covered', () => {
    const request = returned(path, 'NEXT');
    request.resubmit(changed({ discountPct: '14' }));
    expect(request.holders()).toEqual(['lead']);
  });

  it('an envelope holds over several rounds, against what was approved first', () => {
    const request = returned();
    request.resubmit(changed({ discountPct: '14' }));
    request.vote('boss', 'RETURN', { resume: 'TO_RETURNER' });
    request.resubmit(changed({ discountPct: '15' }, { subjectHash: 'hash-3' }));
    expect(request.holders()).toEqual(['boss']);
    request.vote('boss', 'RETURN', { resume: 'TO_RETURNER' });
    const last = request.resubmit(changed({ discountPct: '15.1' }, { subjectHash: 'hash-4' }));
    expect(opening(last).broken).toEqual([['lead', 'OUTSIDE', 'discountPct 15 → 15.1']]);
  });

  it('in a countersign only whoever is not covered is asked again, and the others’ yes counts', () => {
    const countersign = [stage('x', { envelope: [DISCOUNT], quorum: ALL, ...people('f1', 'f2', 'f3') })];
    const request = new Case(countersign, { facts: factsOf({}) });
    request.vote('f1', 'APPROVE', { envelope: [{ dimension: 'discountPct', allowed: '18' }] });
    request.vote('f2', 'APPROVE');
    request.vote('f3', 'RETURN', { resume: 'TO_RETURNER' });
    const answer = opening(request.resubmit(changed({ discountPct: '17' })));
    expect(answer).toEqual({
      resumeDowngraded: true,
      broken: [['x', 'OUTSIDE', 'discountPct 15 → 17']],
    });
    expect(request.holders()).toEqual(['f2', 'f3']);
    expect(request.lastSeat('f1')).toMatchObject({ state: 'AUTO_APPROVED', code: 'CARRIED' });
    expect(request.lastSeat('f1')!.envelope!.bounds).toEqual([
      { name: 'discountPct', direction: 'AT_MOST', allowed: '18' },
    ]);
    request.vote('f2', 'APPROVE');
    request.vote('f3', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('a sibling branch that had passed is not asked again either', () => {
    const fork = [
      stage('legal', { branch: 'legal', envelope: [DISCOUNT], ...people('l1') }),
      stage('finance', { branch: 'finance', envelope: [TERM], ...people('f1') }),
    ];
    const request = new Case(fork, { facts: factsOf({}) });
    request.vote('l1', 'APPROVE');
    request.vote('f1', 'RETURN', { resume: 'TO_RETURNER' });
    request.resubmit(changed({ termDays: '20' }));
    expect(request.stageState('legal')).toBe('PASSED');
    expect(request.holders()).toEqual(['f1']);
  });

  it('answers that a return had invalidated are not carried', () => {
    const request = new Case(path, { facts: factsOf({}) });
    request.vote('lead', 'APPROVE');
    request.vote('f1', 'APPROVE');
    request.vote('boss', 'RETURN', { returnTo: 'lead', resume: 'NEXT' });
    request.vote('lead', 'RETURN', { resume: 'TO_RETURNER' });
    request.resubmit(factsOf({}));
    request.vote('lead', 'APPROVE');
    expect(request.holders()).toEqual(['f1']);
  });

  it('a stage that is asked in another way, or newly, is asked; the answer names it', () => {
    const request = returned();
    const stricter = path.map((spec) => (spec.key === 'finance' ? { ...spec, ...people('f2') } : spec));
    const more = [...stricter, stage('legal', { rank: 2, branch: 'legal', ...people('l1') })];
    expect(opening(request.resubmit(factsOf({}), more)).broken).toEqual([
      ['legal', 'PLAN'],
      ['finance', 'PLAN'],
    ]);
    expect(request.stageState('lead')).toBe('PASSED');
    expect(request.holders().sort()).toEqual(['f2', 'l1']);
  });

  it('AE-SELF-1 the yes of somebody who counts as initiator now does not count', () => {
    const pool: StageSpec = {
      ...path[1]!,
      resolver: { kind: 'ROLE', role: 'FINANCE', take: 'EVERY' },
      self: 'REMOVE_IF_OTHERS',
    };
    const request = returned([path[0]!, pool, path[2]!]);
    const answer = request.resubmit(factsOf({}, { selfIds: ['rep', 'f1'] }));
    expect(opening(answer).broken).toEqual([['finance', 'SELF']]);
    expect(request.holders()).toEqual(['f2', 'f3', 'f4']);
  });
});
