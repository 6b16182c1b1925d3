import { describe, expect, it } from '@jest/globals';
import { dealTerms } from './deal-terms.js';

describe('a demo quotation', () => {
  it.each([
    [0, '1054', '1096', '1054', false],
    [1, '588', '550', '550', true],
    [2, '550', '550', '550', false],
  ])('of deal %i sold at %s with list %s costs %s', (index, close, list, unitNet, isClamped) => {
    expect(dealTerms(index, close, list)).toMatchObject({ qty: '1', unitNet, isClamped });
  });

  it.each([
    [7, '25', 30, []],
    [15, '60', 30, []],
    [5, '1', 30, ['LIABILITY']],
    [11, '1', 30, ['PENALTY', 'EXCLUSIVITY']],
    [9, '1', 90, []],
  ])('of deal %i: %s units, %i days, clauses %j', (index, qty, termDays, nonStandardClauses) => {
    expect(dealTerms(index, '500', '550')).toMatchObject({ qty, termDays, nonStandardClauses });
  });
});
