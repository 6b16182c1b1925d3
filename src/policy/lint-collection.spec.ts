import { describe, expect, it } from '@jest/globals';
import { lintCollection } from './lint-collection.js';
import { COLLECTION_POLICY as SEED } from './seed/collection-policy.js';

const steps = SEED.ladder;

describe('parameters of collection (processes.md 3.4)', () => {
  it('as installed are sound', () => {
    expect(lintCollection(SEED)).toEqual([]);
  });

  it('as installed are the ladder of the specification', () => {
    expect(steps.map(({ day, level }) => [day, level])).toEqual([
      [-7, 0],
      [-1, 0],
      [0, 0],
      [3, 1],
      [15, 2],
      [30, 3],
      [60, 4],
      [90, 4],
    ]);
  });

  it.each([
    ['no object', 'x', 'content'],
    ['no ladder', { ...SEED, ladder: [] }, 'ladder'],
    ['a step without a role', { ...SEED, ladder: [{ ...steps[0], role: 'KING' }] }, 'ladder/0'],
    ['a step twice', { ...SEED, ladder: [steps[0], { ...steps[1], key: 'statement' }] }, 'ladder/1'],
    ['steps in disorder', { ...SEED, ladder: [steps[1], steps[0]] }, 'ladder/1/day'],
    ['a level that is skipped', { ...SEED, ladder: [steps[2], steps[4]] }, 'ladder/1/level'],
    [
      'a reminder that raises the level',
      { ...SEED, ladder: [{ ...steps[3], action: 'REMINDER' }] },
      'ladder/0/action',
    ],
    [
      'a legal decision without a letter before',
      { ...SEED, ladder: [{ ...steps[7], level: 0 }] },
      'ladder/0/action',
    ],
    ['half a day of grace', { ...SEED, graceDays: 0.5 }, 'graceDays'],
    [
      'a window that ends before it begins',
      { ...SEED, letters: { ...SEED.letters, to: '08:00' } },
      'letters/to',
    ],
    [
      'a minimum as a number',
      { ...SEED, letters: { ...SEED.letters, minOverdue: { CNY: 100 } } },
      'letters/minOverdue',
    ],
    [
      'a freeze that ends before it begins',
      { ...SEED, letters: { ...SEED.letters, freezes: [{ from: '2026-02-23', to: '2026-02-15' }] } },
      'letters/freezes',
    ],
    ['a promise kept at 120 %', { ...SEED, promise: { ...SEED.promise, keptPct: '120' } }, 'promise/keptPct'],
    [
      'a level five',
      { ...SEED, promise: { ...SEED.promise, escalateToLevel: 5 } },
      'promise/escalateToLevel',
    ],
    [
      'an escalation before the resolution',
      { ...SEED, dispute: { ...SEED.dispute, escalateWorkDays: 5 } },
      'dispute/escalateWorkDays',
    ],
    ['no LPR', { ...SEED, interest: { ...SEED.interest, lpr: [] } }, 'interest/lpr'],
    [
      'warnings in disorder',
      { ...SEED, limitation: { years: 3, warnMonths: [30, 24] } },
      'limitation/warnMonths',
    ],
    [
      'a risk above one',
      { ...SEED, worklist: { ...SEED.worklist, classRisk: { A: '2' } } },
      'worklist/classRisk',
    ],
    ['write-offs that end', { ...SEED, writeOffTiers: [{ upTo: '1000', role: 'CFO' }] }, 'writeOffTiers'],
    ['buckets with a gap', { ...SEED, buckets: [SEED.buckets[0], SEED.buckets[2]] }, 'buckets'],
    ['a provision for no bucket', { ...SEED, provisionPct: { '1-31': '1' } }, 'provisionPct'],
  ])('with %s are refused at their place', (_case, content, at) => {
    expect(lintCollection(content)).toMatchObject([{ at, code: 'PARAMETER' }]);
  });
});
