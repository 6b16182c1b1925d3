import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CREDIT_POLICY as POLICY } from '../../policy/seed/credit-policy.js';
import { Exact } from '../money.js';
import { CREDIT_CLASSES } from './policy.js';
import { classOf, score, type ScoreFacts, type SeenInput } from './score.js';

const ON = '2026-03-31';
const seen = (values: Record<string, string | null>): SeenInput[] =>
  Object.entries(values).map(([key, value]) => ({ key, value, source: 'test', asOf: ON }));
const facts = (values: Record<string, string | null>, stops: string[] = []): ScoreFacts => ({
  inputs: seen(values),
  stops,
  on: ON,
});
const inputs = POLICY.score.flatMap((group) => group.inputs);
const BEST = Object.fromEntries(inputs.map(({ key, full }) => [key, full]));
const HISTORY = POLICY.score[0]!.inputs.map(({ key }) => key);
const without = (values: Record<string, string>, keys: string[]) =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));
const STATEMENTS = POLICY.score[1]!.inputs.map(({ key }) => key);

describe('the credit score (processes.md 3.3)', () => {
  it.each([
    // on time 80 % of 15 = 12; 30 days late 5 of 10; promises 60 % of 5 = 3; 3 rejected disputes 0
    ['behaviour', { onTimePct: '80', daysLate: '30', promisesKeptPct: '60', rejectedDisputes: '3' }, '20.00'],
    // 0 days late are all 10 points, on time 0 %
    ['no days late', { onTimePct: '0', daysLate: '0' }, '10.00'],
    ['60 days late and more', { onTimePct: '100', daysLate: '75' }, '15.00'],
    // current ratio 1.5 = 3 of 6; debt 60 % = 3.5 of 7; profit −5 % = 3 of 6; behaviour known: 0 % on time
    ['financial', { onTimePct: '0', currentRatio: '1.5', debtRatioPct: '60', profitTrendPct: '-5' }, '9.50'],
    ['values beyond the scale', { onTimePct: '140', currentRatio: '0.2' }, '15.00'],
  ])('adds up %s', (_case, values, expected) => {
    expect(score(facts(values), POLICY).score).toBe(expected);
  });

  it('is 100 and class A at its fullest, with nothing better to reach', () => {
    expect(score(facts(BEST), POLICY)).toMatchObject({
      score: '100.00',
      creditClass: 'A',
      cappedBy: null,
      counterfactual: null,
      validTo: '2027-03-31',
    });
  });

  it('missing statements count 0, not an average: 100 less the 25 of finance', () => {
    expect(score(facts(without(BEST, STATEMENTS)), POLICY)).toMatchObject({
      score: '75.00',
      creditClass: 'B',
    });
  });

  it.each([
    ['100', 'A'],
    ['85', 'A'],
    ['84.99', 'B'],
    ['70', 'B'],
    ['69.99', 'C'],
    ['55', 'C'],
    ['54.99', 'D'],
    ['40', 'D'],
    ['39.99', 'E'],
    ['0', 'E'],
  ])('of %s is class %s', (points, expected) => {
    expect(classOf(points, POLICY.classes)).toBe(expected);
  });

  it('of a new customer weighs the others to 100 and is no better than B', () => {
    const scored = score(facts(without(BEST, HISTORY)), POLICY);
    expect(scored).toMatchObject({
      score: '100.00',
      creditClass: 'B',
      isNew: true,
      cappedBy: 'NEW_CUSTOMER',
    });
    expect(scored.counterfactual).toBeNull();
  });

  it('of a new customer without statements: (15 + 15 + 10) × 100 ÷ 65 = 61.538… is 61.53, class C', () => {
    const scored = score(facts(without(BEST, [...HISTORY, ...STATEMENTS])), POLICY);
    expect(scored).toMatchObject({ score: '61.53', creditClass: 'C', isNew: true, cappedBy: null });
    expect(scored.parts.find(({ key }) => key === 'guaranteedPct')).toMatchObject({
      weight: '6.15',
      points: '6.15',
    });
  });

  it('with one payment known is no new customer: what else is missing counts 0', () => {
    const known = { ...without(BEST, HISTORY), onTimePct: '100' };
    expect(score(facts(known), POLICY)).toMatchObject({ score: '80.00', isNew: false, creditClass: 'B' });
  });

  it('a hard stop is class E whatever the score', () => {
    expect(score(facts(BEST, ['INSOLVENCY']), POLICY)).toMatchObject({
      score: '100.00',
      creditClass: 'E',
      cappedBy: 'HARD_STOP',
      stops: ['INSOLVENCY'],
      validTo: '2026-06-30',
      counterfactual: null,
    });
    expect(score(facts(BEST, ['RUMOUR']), POLICY)).toMatchObject({ creditClass: 'A', stops: [] });
  });

  it('says what was seen, and what the next class takes', () => {
    // 100 − 15 (on time 0 %) − 4 (3 lawsuits) = 81: class B, 4 points short of 85
    const scored = score(facts({ ...BEST, onTimePct: '0', lawsuits: '3' }), POLICY);
    expect(scored).toMatchObject({
      score: '81.00',
      creditClass: 'B',
      counterfactual: {
        nextClass: 'A',
        pointsMissing: '4.00',
        // 4 of 15 = 26.666… % on time, rounded up; all 4 points of lawsuits: none
        enough: [
          { key: 'onTimePct', value: '26.67' },
          { key: 'lawsuits', value: '0' },
        ],
      },
    });
    expect(scored.parts[0]).toEqual({
      group: 'behaviour',
      key: 'onTimePct',
      seen: { key: 'onTimePct', value: '0', source: 'test', asOf: ON },
      weight: '15.00',
      points: '0.00',
    });
  });

  const values = fc.record(
    Object.fromEntries(
      inputs.map(({ key, zero, full }) => [
        key,
        fc.option(
          fc
            .integer({ min: -20, max: 120 })
            .map((pct) => new Exact(full).minus(zero).times(pct).div(100).plus(zero).toFixed()),
        ),
      ]),
    ),
  ) as fc.Arbitrary<Record<string, string | null>>;

  it('lies within 0 and 100, and its parts add up to it', () => {
    fc.assert(
      fc.property(values, (any) => {
        const { score: points, parts } = score(facts(any), POLICY);
        const sum = Exact.sum(0, ...parts.map((part) => part.points));
        // 18 parts at most, each rounded by half a hundredth, and the score by one
        return new Exact(points).gte(0) && new Exact(points).lte(100) && sum.minus(points).abs().lte('0.10');
      }),
    );
  });

  it('any one of what would have been enough is enough', () => {
    fc.assert(
      fc.property(values, (any) => {
        const { counterfactual } = score(facts(any), POLICY);
        return (counterfactual?.enough ?? []).every(({ key, value }) => {
          const then = score(facts({ ...any, [key]: value }), POLICY);
          return (
            CREDIT_CLASSES.indexOf(then.creditClass) <= CREDIT_CLASSES.indexOf(counterfactual!.nextClass)
          );
        });
      }),
    );
  });

  it('a hard stop is never better than without', () => {
    fc.assert(fc.property(values, (any) => score(facts(any, ['SANCTION']), POLICY).creditClass === 'E'));
  });
});
