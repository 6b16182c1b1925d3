import { describe, expect, it } from '@jest/globals';
import { afterDraftAct, draftActs, type DraftAct, type DraftState } from './draft.js';

const STATES: DraftState[] = ['DRAFT', 'IN_REVIEW', 'SENT_BACK', 'APPROVED', 'DISCARDED'];
const ACTS: DraftAct[] = ['EDIT', 'SUBMIT', 'RECALL', 'APPROVE', 'SEND_BACK', 'DISCARD'];

/** rows: state; columns: the state after EDIT, SUBMIT, RECALL, APPROVE, SEND_BACK, DISCARD */
const LIFE: [DraftState, ...(DraftState | null)[]][] = [
  ['DRAFT', 'DRAFT', 'IN_REVIEW', null, null, null, 'DISCARDED'],
  ['IN_REVIEW', null, null, 'DRAFT', 'APPROVED', 'SENT_BACK', null],
  ['SENT_BACK', 'SENT_BACK', 'IN_REVIEW', null, null, null, 'DISCARDED'],
  ['APPROVED', null, null, null, null, null, null],
  ['DISCARDED', null, null, null, null, null, null],
];

describe('AE-POL-1 the life of a policy draft', () => {
  it.each(LIFE)('in %s', (state, ...after) => {
    ACTS.forEach((act, index) => {
      const next = after[index];
      if (next) expect([act, afterDraftAct(state, act)]).toEqual([act, next]);
      else expect(() => afterDraftAct(state, act)).toThrow('POLICY.DRAFT_STATE');
    });
  });

  it('names what may be done in each state', () => {
    expect(STATES.map((state) => draftActs(state))).toEqual([
      ['EDIT', 'SUBMIT', 'DISCARD'],
      ['RECALL', 'APPROVE', 'SEND_BACK'],
      ['EDIT', 'SUBMIT', 'DISCARD'],
      [],
      [],
    ]);
  });
});
