import { describe, expect, it } from '@jest/globals';
import { lintCredit } from './lint-credit.js';
import { CREDIT_POLICY as SEED } from './seed/credit-policy.js';

const [behaviour, ...others] = SEED.score;
const { limit, classes, timers, triggers } = SEED;
const step = (value: string, reaction: string) => ({ at: 'OVER', value, reaction });
const withFirstCheck = (steps: unknown, more = {}) => ({
  ...SEED,
  checks: [{ check: 'UTILISATION_PCT', steps, ...more }, ...SEED.checks.slice(1)],
});

describe('parameters of credit (processes.md 3.3)', () => {
  it('as installed are sound', () => {
    expect(lintCredit(SEED)).toEqual([]);
  });

  it('as installed weigh behaviour 35, financial 25, relationship 15, external 15, security 10', () => {
    const points = SEED.score.map(({ inputs }) =>
      inputs.reduce((sum, { weight }) => sum + Number(weight), 0),
    );
    expect(points).toEqual([35, 25, 15, 15, 10]);
  });

  it('as installed are the classes of the specification', () => {
    expect(
      Object.values(classes).map(({ from, termDays, k, reviewMonths }) => [from, termDays, k, reviewMonths]),
    ).toEqual([
      ['85', 60, '1.5', 12],
      ['70', 45, '1', 12],
      ['55', 30, '0.6', 6],
      ['40', 0, '0', 3],
      ['0', 0, '0', 3],
    ]);
  });

  it.each([
    ['no object', 'x', 'content'],
    ['weights of 65', { ...SEED, score: others }, 'score'],
    [
      'history alone',
      { ...SEED, score: [{ ...behaviour, inputs: [{ ...behaviour!.inputs[0], weight: '100' }] }] },
      'score',
    ],
    [
      'a scale without length',
      { ...SEED, score: [{ ...behaviour, inputs: [{ ...behaviour!.inputs[0], zero: '100' }] }, ...others] },
      'score',
    ],
    [
      'a group twice',
      {
        ...SEED,
        score: [
          ...SEED.score,
          { ...others[0], inputs: [{ ...others[0]!.inputs[0], key: 'x', weight: '0' }] },
        ],
      },
      'score',
    ],
    ['no class E', { ...SEED, classes: { ...classes, E: undefined } }, 'classes'],
    ['a class F', { ...SEED, classes: { ...classes, F: classes.E } }, 'classes'],
    [
      'a boundary above the better class',
      { ...SEED, classes: { ...classes, B: { ...classes.B, from: '90' } } },
      'classes/B/from',
    ],
    [
      'scores without a class',
      { ...SEED, classes: { ...classes, E: { ...classes.E, from: '10' } } },
      'classes/E/from',
    ],
    ['k as a number', { ...SEED, classes: { ...classes, C: { ...classes.C, k: 0.6 } } }, 'classes/C/k'],
    ['a step of nothing', { ...SEED, limit: { ...limit, step: '0' } }, 'limit/step'],
    [
      'a new customer of class F',
      { ...SEED, limit: { ...limit, newCustomer: { ...limit.newCustomer, bestClass: 'F' } } },
      'limit/newCustomer/bestClass',
    ],
    [
      'a kind without a weight',
      { ...SEED, exposureWeights: { ...SEED.exposureWeights, ORDER: undefined } },
      'exposureWeights/ORDER',
    ],
    ['a check left out', { ...SEED, checks: SEED.checks.slice(1) }, 'checks'],
    ['a check twice', { ...SEED, checks: [...SEED.checks.slice(1), SEED.checks[1]] }, 'checks'],
    ['a reaction that softens', withFirstCheck([step('80', 'BLOCK'), step('100', 'WARN')]), 'checks/0'],
    ['values that fall', withFirstCheck([step('100', 'WARN'), step('80', 'BLOCK')]), 'checks/0'],
    ['a reaction that is none', withFirstCheck([step('80', 'SHOUT')]), 'checks/0'],
    [
      'a check of class F',
      withFirstCheck([step('80', 'WARN')], { byClass: { F: [step('80', 'WARN')] } }),
      'checks/0',
    ],
    ['tiers that end', { ...SEED, tiers: SEED.tiers.slice(0, 2) }, 'tiers'],
    ['four of three', { ...SEED, tiers: [{ ...SEED.tiers[2], quorum: 4 }] }, 'tiers'],
    ['a role that is none', { ...SEED, tiers: [{ upTo: null, roles: ['KING'], quorum: 1 }] }, 'tiers'],
    ['a hard stop in words', { ...SEED, hardStops: ['in court'] }, 'hardStops'],
    ['a trigger that is none', { ...SEED, triggers: { ...triggers, enabled: ['MOON'] } }, 'triggers/enabled'],
    [
      'reminders in disorder',
      { ...SEED, timers: { ...timers, reviewReminderDays: [5, 15] } },
      'timers/reviewReminderDays',
    ],
  ])('with %s are refused at their place', (_case, content, at) => {
    expect(lintCredit(content)).toMatchObject([{ at, code: 'PARAMETER' }]);
  });
});
