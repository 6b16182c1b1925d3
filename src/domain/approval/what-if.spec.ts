import { describe, expect, it } from '@jest/globals';
import { company, person, stage } from '../../../test/builders/approval.js';
import type { Separation } from './separation-rules.js';
import type { DedupeMode, QuorumRule, StageSpec } from './stage-spec.js';
import { answersOn } from './what-if-answers.js';
import { WhatIfTally } from './what-if-tally.js';
import { compareRoutes, fewestAnswers, pathMinutes, type RouteStage } from './what-if.js';

type Over = Partial<StageSpec> & { weights?: readonly number[]; groups?: readonly string[] };

function on(key: string, { weights = [1], groups = [], ...over }: Over = {}): RouteStage {
  const seats = weights.map((weight, index) => {
    const holderId = `${key}-${index}`;
    const group = groups[index] ?? null;
    return { ownerId: holderId, holderId, weight, group, text: '', why: [], certainty: 'FIXED' as const };
  });
  return { spec: stage(key, { title: `the ${key}`, ...over }), outcome: 'SEATS', seats };
}

const ALL: QuorumRule = { kind: 'ALL' };
const ANY: QuorumRule = { kind: 'ANY', first: 'ANY_ANSWER' };

describe('AE-POL-3 the path a request has and the one a candidate gives it', () => {
  it('differ by stages added, dropped, and asked under another quorum', () => {
    const before = [on('LEAD', { quorum: ANY }), on('CFO'), on('LEGAL', { quorum: ALL })];
    const after = [on('LEAD', { quorum: ALL }), on('LEGAL', { quorum: ALL }), on('CREDIT')];
    expect(compareRoutes(before, after)).toEqual({
      added: [{ key: 'CREDIT', title: 'the CREDIT' }],
      dropped: [{ key: 'CFO', title: 'the CFO' }],
      quorum: [{ key: 'LEAD', title: 'the LEAD', before: ANY, after: ALL }],
    });
  });

  it('are the same when a quorum is only written in another order', () => {
    const before = [on('A', { quorum: { kind: 'RATIO', percent: 50, strict: true } })];
    const after = [on('A', { quorum: { strict: true, percent: 50, kind: 'RATIO' } })];
    expect(compareRoutes(before, after)).toEqual({ added: [], dropped: [], quorum: [] });
  });

  it('a stage that is skipped by rule asks nobody: to skip it is to drop it', () => {
    const skipped: RouteStage = { ...on('A'), outcome: 'SKIP', seats: [] };
    expect(compareRoutes([on('A')], [skipped]).dropped).toEqual([{ key: 'A', title: 'the A' }]);
    expect(compareRoutes([skipped], [skipped])).toEqual({ added: [], dropped: [], quorum: [] });
  });
});

describe('AE-POL-3 the fewest answers that pass a stage', () => {
  it.each<[string, Over, number]>([
    ['ANY of four', { quorum: ANY, weights: [1, 1, 1, 1] }, 1],
    ['ALL of four', { quorum: ALL, weights: [1, 1, 1, 1] }, 4],
    ['COUNT 2 of three', { quorum: { kind: 'COUNT', count: 2 }, weights: [1, 1, 1] }, 2],
    ['half of five', { quorum: { kind: 'RATIO', percent: 50, strict: false }, weights: [1, 1, 1, 1, 1] }, 3],
    [
      'half of weights 5, 1, 1',
      { quorum: { kind: 'RATIO', percent: 50, strict: false }, weights: [1, 1, 5] },
      1,
    ],
    ['WEIGHT 6 of 5, 2, 1', { quorum: { kind: 'WEIGHT', weight: 6 }, weights: [1, 2, 5] }, 2],
    ['ANY with two approvals at least', { quorum: ANY, minApprovals: 2, weights: [1, 1, 1] }, 2],
    [
      'ANY of legal, ALL of finance',
      {
        quorum: { kind: 'PER_GROUP', groups: { legal: ANY, finance: ALL } },
        weights: [1, 1, 1, 1],
        groups: ['legal', 'legal', 'finance', 'finance'],
      },
      3,
    ],
  ])('%s', (_name, over, answers) => {
    expect(fewestAnswers(on('A', over))).toBe(answers);
  });
});

describe('AE-POL-3 AE-DUP whoever sits in several stages answers once, as in the engine', () => {
  const at = (key: string, rank: number, holders: readonly string[], over: Over = {}): RouteStage => {
    const one = on(key, { rank, quorum: ALL, weights: holders.map(() => 1), ...over });
    const seats = one.seats.map((seat, index) => ({
      ...seat,
      ownerId: holders[index]!,
      holderId: holders[index]!,
    }));
    return { ...one, seats };
  };
  const directory = company(person('lead2', { identity: 'lead' }));
  const rules = { initiatorId: 'rep', selfIds: ['rep'], unitId: 'team', exposure: null, directory };
  const A = at('A', 1, ['lead']);
  const B = at('B', 2, ['boss']);
  const again = (holders: readonly string[], over: Over = {}) => at('C', 3, holders, over);

  it.each<[string, DedupeMode, RouteStage[], number[], Separation[]?]>([
    ['ADJACENT A, A', 'ADJACENT', [A, at('B', 2, ['lead'])], [1, 0]],
    ['ADJACENT A, B, A asks A twice', 'ADJACENT', [A, B, again(['lead'])], [1, 1, 1]],
    ['FIRST_COUNTS A, B, A', 'FIRST_COUNTS', [A, B, again(['lead'])], [1, 1, 0]],
    ['LAST_COUNTS A, B, A', 'LAST_COUNTS', [A, B, again(['lead'])], [0, 1, 1]],
    ['NONE', 'NONE', [A, at('B', 2, ['lead'])], [1, 1]],
    ['countersign with somebody else: they are asked', 'ADJACENT', [A, at('B', 2, ['lead', 'boss'])], [1, 1]],
    ['another account of the human', 'ADJACENT', [A, at('B', 2, ['lead2'])], [1, 0]],
    ['a fresh look', 'ADJACENT', [A, at('B', 2, ['lead'], { freshLook: true })], [1, 1]],
    [
      'stages bound to be distinct',
      'ADJACENT',
      [A, at('B', 2, ['lead'])],
      [1, 1],
      [{ kind: 'DISTINCT', stages: ['A', 'B'] }],
    ],
    [
      'of a pool, whoever sits further on',
      'ADJACENT',
      [at('A', 1, ['f1', 'lead'], { quorum: ANY }), B, again(['f1'])],
      [1, 1, 1],
    ],
    [
      'of a pool before their own stage',
      'ADJACENT',
      [at('A', 1, ['f1', 'lead'], { quorum: ANY }), at('B', 2, ['lead'])],
      [1, 0],
    ],
  ])('%s', (_what, dedupe, route, answers, separation = []) => {
    expect(answersOn(route, { ...rules, dedupe, separation })).toEqual(answers);
  });
});

describe('AE-POL-3 the working minutes of a path', () => {
  const minutes: Record<string, number> = { A: 10, B: 30, C: 25, D: 100 };
  const minutesOf = ({ key }: { key: string }) => minutes[key] ?? null;

  it('add up along a branch and from block to block; of branches beside each other the longest counts', () => {
    const route = [
      on('A', { block: 0, branch: 'x', rank: 0 }),
      on('B', { block: 0, branch: 'x', rank: 1 }),
      on('C', { block: 0, branch: 'y' }),
      on('D', { block: 1, branch: 'x' }),
    ];
    // block 0: max(10 + 30, 25) = 40; block 1: 100
    expect(pathMinutes(route, minutesOf)).toBe(140);
  });

  it('count each answer where seats answer in turn, once where they answer beside each other', () => {
    const three = { quorum: ALL, weights: [1, 1, 1] };
    expect(pathMinutes([on('A', { ...three, mode: 'SEQUENTIAL' })], minutesOf)).toBe(30);
    expect(pathMinutes([on('A', three)], minutesOf)).toBe(10);
  });
});

describe('AE-POL-3 what a candidate does to many requests', () => {
  const cny = (amount: string) => ({ amount, currency: 'CNY' });

  it('adds answers, minutes, the automatic ones, and the money that would pass without a stage it has now', () => {
    const tally = new WhatIfTally(({ key }) => (key === 'LEAD' ? 60 : null));
    tally.add([on('LEAD'), on('CFO')], [on('LEAD')], cny('100.10'));
    tally.add([on('LEAD'), on('CFO')], [], cny('0.2'));
    tally.add([on('CFO')], [], { amount: '7', currency: 'JPY' });
    tally.add([on('CFO')], [], null);
    tally.add([], [on('LEAD')], cny('999'));
    tally.add([on('LEAD')], [on('LEAD')], cny('999'));
    expect(tally.totals()).toEqual({
      judged: 6,
      changed: 5,
      before: { touches: 7, minutes: 180, automatic: 1 },
      after: { touches: 3, minutes: 180, automatic: 3 },
      unguarded: {
        requests: 4,
        withoutAmount: 1,
        amounts: [cny('100.30'), { amount: '7', currency: 'JPY' }],
      },
      stages: [
        {
          key: 'CFO',
          title: 'the CFO',
          added: 0,
          dropped: 4,
          quorumChanged: 0,
          unguarded: [cny('100.30'), { amount: '7', currency: 'JPY' }],
        },
        {
          key: 'LEAD',
          title: 'the LEAD',
          added: 1,
          dropped: 1,
          quorumChanged: 0,
          unguarded: [cny('0.20')],
        },
      ],
      unmeasured: ['CFO'],
    });
  });

  it('sums amounts exactly: a thousand times 0.1 is 100.00', () => {
    const tally = new WhatIfTally(() => null);
    for (let n = 0; n < 1_000; n += 1) tally.add([on('CFO')], [], cny('0.1'));
    expect(tally.totals().unguarded.amounts).toEqual([cny('100.00')]);
  });
});
