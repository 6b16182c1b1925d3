import { describe, expect, it } from '@jest/globals';
import {
  copyOf,
  dimensionOf,
  listedIn,
  separationOf,
  withAuthority,
  withItem,
  withStage,
} from './rules-model.js';

const OFFERED = { stages: ['A', 'B', 'C'], roles: ['CFO', 'LEGAL'] };

describe('AE-SOD-1 what separates duties, as the editor writes it', () => {
  it.each([
    ['DISTINCT', { kind: 'NOT_INITIATOR' }, { kind: 'DISTINCT', stages: ['A', 'B'] }],
    ['DISTINCT', { kind: 'NOT_INITIATOR', stages: ['C'] }, { kind: 'DISTINCT', stages: ['C', 'A'] }],
    [
      'NOT_BOTH',
      { kind: 'DISTINCT', stages: ['A', 'B'] },
      { kind: 'NOT_BOTH', roles: ['CFO', 'LEGAL'], stages: ['A', 'B'] },
    ],
    ['NOT_BENEFICIARY', { kind: 'NOT_BOTH', roles: ['CFO', 'LEGAL'] }, { kind: 'NOT_BENEFICIARY' }],
    ['MIN_PERSONS', { kind: 'DISTINCT', stages: ['A', 'B'] }, { kind: 'MIN_PERSONS', count: 2 }],
  ] as const)('%s after %j', (kind, before, after) => {
    expect(separationOf(kind, before, OFFERED)).toEqual(after);
  });

  it('is for all stages once none is named', () => {
    const one = withStage({ kind: 'NOT_INITIATOR' }, 'A', true);
    expect(one).toEqual({ kind: 'NOT_INITIATOR', stages: ['A'] });
    expect(withStage(one, 'A', false)).toEqual({ kind: 'NOT_INITIATOR' });
  });
});

describe('AE-ENV-1 a dimension, as the editor writes it', () => {
  it.each([
    [
      'AT_LEAST',
      { direction: 'AT_MOST', byAuthority: true, money: true },
      { direction: 'AT_LEAST', money: true },
    ],
    ['WITHIN', { direction: 'AT_MOST', widest: '10', order: ['A'] }, { direction: 'WITHIN' }],
    ['SAME', { direction: 'WITHIN', widest: ['x'] }, { direction: 'SAME' }],
    [
      'AT_MOST',
      { direction: 'AT_LEAST', widest: 'B', order: ['A', 'B'] },
      { direction: 'AT_MOST', widest: 'B', order: ['A', 'B'] },
    ],
  ] as const)('%s after %j', (direction, before, after) => {
    expect(dimensionOf(direction, before)).toEqual(after);
  });

  it('up to their own limit says all there is to say', () => {
    const before = { direction: 'AT_MOST', widest: '10', order: ['A'] };
    expect(withAuthority(before, true)).toEqual({ direction: 'AT_MOST', byAuthority: true });
    expect(withAuthority({ direction: 'AT_MOST', byAuthority: true }, false)).toEqual({
      direction: 'AT_MOST',
    });
  });
});

describe('AE-CC-1 a copy, as the editor writes it', () => {
  it('names a stage only when a stage has passed', () => {
    const rule = { on: 'STAGE_PASSED', stageKey: 'A', to: { kind: 'MANAGER', levels: 1 } };
    expect(copyOf('FINAL', rule)).toEqual({ on: 'FINAL', to: { kind: 'MANAGER', levels: 1 } });
    expect(copyOf('STAGE_PASSED', rule)).toEqual(rule);
  });
});

it('a list with one added, changed, and the last one gone', () => {
  expect(withItem([], 0, { a: 1 })).toEqual([{ a: 1 }]);
  expect(withItem([{ a: 1 }, { a: 2 }], 1, { a: 3 })).toEqual([{ a: 1 }, { a: 3 }]);
  expect(withItem([{ a: 1 }], 0, null)).toBeUndefined();
  expect(listedIn('A，B、 C,')).toEqual(['A', 'B', 'C']);
});
