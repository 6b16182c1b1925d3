import { DomainError } from '../errors.js';
import type { ProblemCode } from '../problem/problems.js';

export type DraftState = 'DRAFT' | 'IN_REVIEW' | 'SENT_BACK' | 'APPROVED' | 'DISCARDED';
export type DraftAct = 'EDIT' | 'SUBMIT' | 'RECALL' | 'APPROVE' | 'SEND_BACK' | 'DISCARD';

/** The life of a policy draft (AE-POL-1). What is not listed is refused; nothing changes while somebody reviews it. */
const LIFE: Readonly<Record<DraftState, Partial<Record<DraftAct, DraftState>>>> = {
  DRAFT: { EDIT: 'DRAFT', SUBMIT: 'IN_REVIEW', DISCARD: 'DISCARDED' },
  IN_REVIEW: { RECALL: 'DRAFT', APPROVE: 'APPROVED', SEND_BACK: 'SENT_BACK' },
  SENT_BACK: { EDIT: 'SENT_BACK', SUBMIT: 'IN_REVIEW', DISCARD: 'DISCARDED' },
  APPROVED: {},
  DISCARDED: {},
};

/**
 * The state after an act.
 * @param code of the refusal, for what else is written by one and published by another
 * @throws DomainError POLICY.DRAFT_STATE not allowed now; with the state it is in
 */
export function afterDraftAct(
  state: DraftState,
  act: DraftAct,
  code: ProblemCode = 'POLICY.DRAFT_STATE',
): DraftState {
  const next = LIFE[state][act];
  if (!next) throw new DomainError(code, { state, act });
  return next;
}

/** What may be done with a draft now, as far as its state goes. */
export function draftActs(state: DraftState): DraftAct[] {
  return Object.keys(LIFE[state]) as DraftAct[];
}
