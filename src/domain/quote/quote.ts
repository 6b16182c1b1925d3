import { DomainError } from '../errors.js';

export type QuoteState =
  | 'DRAFT'
  | 'IN_APPROVAL'
  | 'RETURNED'
  | 'APPROVED'
  | 'SENT'
  | 'ACCEPTED'
  | 'DECLINED'
  | 'EXPIRED'
  | 'REJECTED'
  | 'WITHDRAWN'
  | 'SUPERSEDED';

/** In these a quotation may get another owner: whoever decides meanwhile was chosen for the owner it has. */
export const CHANGES_HANDS: readonly QuoteState[] = ['DRAFT', 'APPROVED', 'SENT', 'ACCEPTED'];

export type QuoteAct =
  | 'EDIT'
  | 'SUBMIT'
  | 'APPROVE'
  | 'RETURN'
  | 'REJECT'
  | 'WITHDRAW'
  | 'SEND'
  | 'ACCEPT'
  | 'DECLINE'
  | 'EXPIRE'
  | 'SUPERSEDE'
  | 'REVOKE'
  | 'REVERT'
  | 'REVISE';

/** The life of one version of a quotation (processes.md 3.2). What is not listed is refused. REVISE begins the next version. REVOKE: the approval is undone before anything went out (AE-RV-1). REVERT: a change of what was approved was not approved, it is as before (AE-ENV-3). */
const LIFE: Readonly<Record<QuoteState, Partial<Record<QuoteAct, QuoteState>>>> = {
  DRAFT: { EDIT: 'DRAFT', SUBMIT: 'IN_APPROVAL' },
  IN_APPROVAL: {
    APPROVE: 'APPROVED',
    RETURN: 'RETURNED',
    REJECT: 'REJECTED',
    WITHDRAW: 'WITHDRAWN',
    EXPIRE: 'EXPIRED',
    REVERT: 'APPROVED',
    SUPERSEDE: 'SUPERSEDED',
  },
  RETURNED: {
    EDIT: 'RETURNED',
    SUBMIT: 'IN_APPROVAL',
    WITHDRAW: 'WITHDRAWN',
    EXPIRE: 'EXPIRED',
    REVERT: 'APPROVED',
  },
  APPROVED: {
    EDIT: 'APPROVED',
    SUBMIT: 'IN_APPROVAL',
    SEND: 'SENT',
    EXPIRE: 'EXPIRED',
    SUPERSEDE: 'SUPERSEDED',
    REVOKE: 'DRAFT',
    REVISE: 'APPROVED',
  },
  SENT: {
    ACCEPT: 'ACCEPTED',
    DECLINE: 'DECLINED',
    EXPIRE: 'EXPIRED',
    SUPERSEDE: 'SUPERSEDED',
    REVISE: 'SENT',
  },
  ACCEPTED: {},
  DECLINED: { REVISE: 'DECLINED' },
  EXPIRED: { REVISE: 'EXPIRED' },
  REJECTED: { REVISE: 'REJECTED' },
  WITHDRAWN: { REVISE: 'WITHDRAWN' },
  SUPERSEDED: {},
};

/**
 * The state after an act.
 * @throws DomainError LOCKED_BY_APPROVAL an edit while approvers look at it (AE-SUB-2) · QUOTE_STATE anything else not allowed now
 */
export function afterAct(state: QuoteState, act: QuoteAct): QuoteState {
  const next = LIFE[state][act];
  if (next) return next;
  if (act === 'EDIT' && state === 'IN_APPROVAL') throw new DomainError('LOCKED_BY_APPROVAL', { state });
  throw new DomainError('QUOTE_STATE', { state, act });
}

/**
 * What people may do next, for buttons.
 * @param stale it was approved, and changed beyond that since: it is submitted again instead of sent (AE-ENV-3)
 */
export function actsIn(state: QuoteState, stale = false): QuoteAct[] {
  const not: QuoteAct | null = state === 'APPROVED' ? (stale ? 'SEND' : 'SUBMIT') : null;
  const people: readonly QuoteAct[] = ['EDIT', 'SUBMIT', 'SEND', 'ACCEPT', 'DECLINE', 'REVISE'];
  return people.filter((act) => act !== not && LIFE[state][act] !== undefined);
}
