import { describe, expect, it } from '@jest/globals';
import type { QuorumRule } from './stage-spec.js';
import { quorumOutcome, quorumReachable, stricterQuorum, type Vote } from './quorum.js';

/** y yes, n no, a abstain, . live; one weight-1 seat of a distinct person each. */
function votes(text: string): Vote[] {
  const value = { y: 'YES', n: 'NO', a: 'ABSTAIN', '.': 'LIVE' } as const;
  return [...text].map((char, index) => ({
    person: `p${index}`,
    weight: 1,
    group: null,
    value: value[char as keyof typeof value],
  }));
}

const ALL: QuorumRule = { kind: 'ALL' };
const ANY_ANSWER: QuorumRule = { kind: 'ANY', first: 'ANY_ANSWER' };
const UNTIL_ALL_NO: QuorumRule = { kind: 'ANY', first: 'UNTIL_ALL_NO' };
const COUNT_2: QuorumRule = { kind: 'COUNT', count: 2 };
const RATIO_50: QuorumRule = { kind: 'RATIO', percent: 50, strict: false };
const RATIO_50_STRICT: QuorumRule = { kind: 'RATIO', percent: 50, strict: true };
const RATIO_60: QuorumRule = { kind: 'RATIO', percent: 60, strict: false };

describe('quorum of one stage visit', () => {
  it.each<[string, QuorumRule, string, string]>([
    ['ALL waits for the last', ALL, 'yy.', 'OPEN'],
    ['ALL passes with the last yes', ALL, 'yyy', 'PASS'],
    ['AE-Q-2 ALL vetoes at the first no', ALL, 'n..', 'REJECT'],
    ['ALL leaves abstentions out of C', ALL, 'ya', 'PASS'],
    ['ANY answer: first yes', ANY_ANSWER, 'y..', 'PASS'],
    ['ANY answer: first no', ANY_ANSWER, 'n..', 'REJECT'],
    ['ANY answer: an abstention is no answer', ANY_ANSWER, 'a..', 'OPEN'],
    ['UNTIL_ALL_NO stays open after a no', UNTIL_ALL_NO, 'nn.', 'OPEN'],
    ['UNTIL_ALL_NO rejects when all said no', UNTIL_ALL_NO, 'nnn', 'REJECT'],
    ['UNTIL_ALL_NO passes with a late yes', UNTIL_ALL_NO, 'nny', 'PASS'],
    ['COUNT 2 of 3: two yes', COUNT_2, 'yy.', 'PASS'],
    ['AE-Q-4 COUNT 2 of 3: one no does not end it', COUNT_2, 'n..', 'OPEN'],
    ['AE-Q-3 COUNT 2 of 3: no, no rejects without asking the third', COUNT_2, 'nn.', 'REJECT'],
    ['AE-Q-3 RATIO 50 of 4: yes, yes passes', RATIO_50, 'yy..', 'PASS'],
    ['AE-Q-3 RATIO 50 strict of 4: yes, yes, no stays open', RATIO_50_STRICT, 'yyn.', 'OPEN'],
    ['AE-Q-3 RATIO 50 strict of 4: the fourth decides for', RATIO_50_STRICT, 'yyny', 'PASS'],
    ['AE-Q-3 RATIO 50 strict of 4: the fourth decides against', RATIO_50_STRICT, 'yynn', 'REJECT'],
    ['AE-Q-4 RATIO 60 of 5: two no stay open', RATIO_60, 'nn...', 'OPEN'],
    ['AE-Q-2 RATIO 60 of 5: three no are impossible', RATIO_60, 'nnn..', 'REJECT'],
    ['RATIO 60 of 5: two of three counted when two abstain', RATIO_60, 'yynaa', 'PASS'],
    ['WEIGHT 3', { kind: 'WEIGHT', weight: 3 }, 'yy.', 'OPEN'],
    ['AE-Q-2 WEIGHT 3 out of reach', { kind: 'WEIGHT', weight: 3 }, 'yn.', 'REJECT'],
    ['AE-Q-2 RATIO with VETO: one no ends it', { ...RATIO_50, reject: 'VETO' }, 'yn..', 'REJECT'],
    ['AE-Q-7 all abstain is blocked, never passed: ALL', ALL, 'aaa', 'BLOCKED'],
    ['AE-Q-7 all abstain is blocked, never passed: ANY', ANY_ANSWER, 'aa', 'BLOCKED'],
    ['AE-Q-7 all abstain is blocked, never passed: RATIO', RATIO_50, 'aa', 'BLOCKED'],
    ['AE-Q-7 COUNT 2 of 3: two abstentions still ask the third', COUNT_2, 'aa.', 'OPEN'],
    ['AE-Q-7 COUNT 2 of 3: all abstain', COUNT_2, 'aaa', 'BLOCKED'],
    ['COUNT 2 of 3: one yes is too few after two abstentions', COUNT_2, 'aay', 'REJECT'],
    ['no seat at all is blocked', ALL, '', 'BLOCKED'],
  ])('AE-Q-1 %s', (_name, rule, cast, expected) => {
    expect(quorumOutcome(rule, votes(cast), 'EXCLUDED')).toBe(expected);
  });

  it('AE-Q-1 an abstention may count as no', () => {
    expect(quorumOutcome(RATIO_60, votes('yyaa.'), 'COUNTS_AS_NO')).toBe('OPEN');
    expect(quorumOutcome(RATIO_60, votes('yyaaa'), 'COUNTS_AS_NO')).toBe('REJECT');
    expect(quorumOutcome(ALL, votes('ya'), 'COUNTS_AS_NO')).toBe('REJECT');
  });

  it('AE-Q-1 COUNT counts distinct persons, not seats', () => {
    const same = votes('yy.').map((vote, index) => ({ ...vote, person: index < 2 ? 'one' : 'two' }));
    expect(quorumOutcome(COUNT_2, same, 'EXCLUDED')).toBe('OPEN');
  });

  it('AE-Q-1 weights decide, not heads', () => {
    const heavy = votes('ynn').map((vote, index) => ({ ...vote, weight: index === 0 ? 3 : 1 }));
    expect(quorumOutcome(RATIO_60, heavy, 'EXCLUDED')).toBe('PASS');
  });

  describe('PER_GROUP', () => {
    const rule: QuorumRule = { kind: 'PER_GROUP', groups: { legal: ANY_ANSWER, finance: COUNT_2 } };
    const cast = (legal: string, finance: string) => [
      ...votes(legal).map((vote) => ({ ...vote, group: 'legal' })),
      ...votes(finance).map((vote, index) => ({ ...vote, person: `f${index}`, group: 'finance' })),
    ];
    it.each([
      ['y', 'yy.', 'PASS'],
      ['y', 'y..', 'OPEN'],
      ['n', 'yy.', 'REJECT'],
      ['y', 'nn.', 'REJECT'],
      ['a', 'yyy', 'BLOCKED'],
      ['a', 'y..', 'OPEN'],
    ])('AE-Q-1 legal %s, finance %s is %s', (legal, finance, expected) => {
      expect(quorumOutcome(rule, cast(legal, finance), 'EXCLUDED')).toBe(expected);
    });
  });

  it('AE-Q-9 a quorum larger than its seats cannot be reached', () => {
    expect(quorumReachable({ kind: 'COUNT', count: 4 }, votes('...'))).toBe(false);
    expect(quorumReachable({ kind: 'COUNT', count: 3 }, votes('...'))).toBe(true);
    expect(quorumReachable(ALL, [])).toBe(false);
  });

  it.each<[QuorumRule, QuorumRule, QuorumRule]>([
    [ALL, RATIO_60, ALL],
    [RATIO_50, RATIO_60, RATIO_60],
    [RATIO_50, RATIO_50_STRICT, RATIO_50_STRICT],
    [ANY_ANSWER, RATIO_50, RATIO_50],
    [COUNT_2, { kind: 'COUNT', count: 3 }, { kind: 'COUNT', count: 3 }],
  ])('AE-PLAN-3 the stricter of %j and %j', (a, b, expected) => {
    expect(stricterQuorum(a, b)).toEqual(expected);
    expect(stricterQuorum(b, a)).toEqual(expected);
  });
});
