import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../errors.js';
import { actsIn, afterAct, type QuoteAct, type QuoteState } from './quote.js';

const ACTS: readonly QuoteAct[] = [
  'EDIT',
  'SUBMIT',
  'APPROVE',
  'RETURN',
  'REJECT',
  'WITHDRAW',
  'SEND',
  'ACCEPT',
  'DECLINE',
  'EXPIRE',
  'SUPERSEDE',
  'REVISE',
];

/** processes 3.2, state by state: the acts allowed and where they lead. Everything else is refused. */
const TABLE: [QuoteState, string][] = [
  ['DRAFT', 'EDIT→DRAFT SUBMIT→IN_APPROVAL'],
  [
    'IN_APPROVAL',
    'APPROVE→APPROVED RETURN→RETURNED REJECT→REJECTED WITHDRAW→WITHDRAWN EXPIRE→EXPIRED SUPERSEDE→SUPERSEDED',
  ],
  ['RETURNED', 'EDIT→RETURNED SUBMIT→IN_APPROVAL WITHDRAW→WITHDRAWN EXPIRE→EXPIRED'],
  [
    'APPROVED',
    'EDIT→APPROVED SUBMIT→IN_APPROVAL SEND→SENT EXPIRE→EXPIRED SUPERSEDE→SUPERSEDED REVISE→APPROVED',
  ],
  ['SENT', 'ACCEPT→ACCEPTED DECLINE→DECLINED EXPIRE→EXPIRED SUPERSEDE→SUPERSEDED REVISE→SENT'],
  ['ACCEPTED', ''],
  ['DECLINED', 'REVISE→DECLINED'],
  ['EXPIRED', 'REVISE→EXPIRED'],
  ['REJECTED', 'REVISE→REJECTED'],
  ['WITHDRAWN', 'REVISE→WITHDRAWN'],
  ['SUPERSEDED', ''],
];

function outcome(state: QuoteState, act: QuoteAct): string {
  try {
    return `${act}→${afterAct(state, act)}`;
  } catch (error) {
    return error instanceof DomainError ? error.code : 'no domain error';
  }
}

describe('the life of a quotation (processes 3.2)', () => {
  it.each(TABLE)('%s allows %s and refuses the rest', (state, allowed) => {
    const results = ACTS.map((act) => outcome(state, act));
    expect(results.filter((result) => result.includes('→')).join(' ')).toBe(allowed);
    const refusals = new Set(results.filter((result) => !result.includes('→')));
    expect([...refusals].sort()).toEqual(
      state === 'IN_APPROVAL' ? ['LOCKED_BY_APPROVAL', 'QUOTE_STATE'] : ['QUOTE_STATE'],
    );
  });

  it('AE-SUB-2 an edit while approvers look at it is refused as locked', () => {
    expect(outcome('IN_APPROVAL', 'EDIT')).toBe('LOCKED_BY_APPROVAL');
  });

  it('names the state and the act of a refusal', () => {
    expect(() => afterAct('ACCEPTED', 'DECLINE')).toThrow(
      expect.objectContaining({ code: 'QUOTE_STATE', details: { state: 'ACCEPTED', act: 'DECLINE' } }),
    );
  });

  it.each([
    ['DRAFT', ['EDIT', 'SUBMIT']],
    ['IN_APPROVAL', []],
    ['RETURNED', ['EDIT', 'SUBMIT']],
    ['APPROVED', ['EDIT', 'SEND', 'REVISE']],
    ['SENT', ['ACCEPT', 'DECLINE', 'REVISE']],
    ['REJECTED', ['REVISE']],
    ['SUPERSEDED', []],
  ] as const)('offers a person in %s: %j', (state, acts) => {
    expect(actsIn(state)).toEqual(acts);
  });

  it('AE-ENV-3 one that was changed beyond its approval is submitted again instead of sent', () => {
    expect(actsIn('APPROVED', true)).toEqual(['EDIT', 'SUBMIT', 'REVISE']);
  });
});
