import { describe, expect, it } from '@jest/globals';
import { factChangesOf } from './fact-changes-model.js';

const NAMES = ['amount', 'marginFlag', 'rollingAmountBase', 'rollingDeals'];

describe('what moved under a request', () => {
  it.each([
    ['marginFlag GREEN → RED', [{ key: 'marginFlag', values: ['GREEN', 'RED'] }]],
    [
      'rollingAmountBase 10 → 25.5, rollingDeals  → 10, 15.5 on contract C-1',
      [
        { key: 'rollingAmountBase', values: ['10', '25.5'] },
        { key: 'rollingDeals', values: ['', '10, 15.5 on contract C-1'] },
      ],
    ],
    ['unheard 1 → 2', []],
  ])('%s', (text, expected) => {
    expect(factChangesOf(text, NAMES)).toEqual(expected);
  });

  it('of a request without facts is nothing', () => {
    expect(factChangesOf('amount 1 → 2', [])).toEqual([]);
  });
});
