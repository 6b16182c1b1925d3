import { DomainError } from '../errors.js';

export const CONTRACT_STATES = [
  'DRAFT',
  'IN_REVIEW',
  'RETURNED',
  'APPROVED',
  'SEALED',
  'EFFECTIVE',
  'PERFORMING',
  'CHANGE_PENDING',
  'SUSPENDED',
  'COMPLETED',
  'TERMINATED',
  'EXPIRED',
  'ARCHIVED',
  'REJECTED',
  'LAPSED',
  'CANCELLED',
] as const;
export type ContractState = (typeof CONTRACT_STATES)[number];

/** In these a contract may get another owner, unless it or a change of it is being decided. */
export const CHANGES_HANDS: readonly ContractState[] = [
  'DRAFT',
  'RETURNED',
  'APPROVED',
  'SEALED',
  'EFFECTIVE',
  'PERFORMING',
  'SUSPENDED',
  'COMPLETED',
  'TERMINATED',
  'EXPIRED',
];

/** Ends before it took effect. */
export const NEVER_IN_FORCE: readonly ContractState[] = ['REJECTED', 'LAPSED', 'CANCELLED'];

export type ContractAct =
  | 'EDIT'
  | 'SUBMIT'
  | 'APPROVE'
  | 'RETURN'
  | 'REJECT'
  | 'SEAL'
  | 'REVOKE'
  | 'COUNTER_SIGN'
  | 'REVIEW_AGAIN'
  | 'LAPSE'
  | 'CANCEL';

/** The life of a contract until it is effective (processes.md 3.2); then `life.ts` has it. What is not listed is refused. */
const LIFE: Readonly<Record<ContractState, Partial<Record<ContractAct, ContractState>>>> = {
  DRAFT: { EDIT: 'DRAFT', SUBMIT: 'IN_REVIEW', CANCEL: 'CANCELLED' },
  IN_REVIEW: { APPROVE: 'APPROVED', RETURN: 'RETURNED', REJECT: 'REJECTED', CANCEL: 'CANCELLED' },
  RETURNED: {
    EDIT: 'RETURNED',
    SUBMIT: 'IN_REVIEW',
    RETURN: 'RETURNED',
    REJECT: 'REJECTED',
    CANCEL: 'CANCELLED',
  },
  APPROVED: { SEAL: 'SEALED', REVOKE: 'DRAFT', CANCEL: 'CANCELLED' },
  SEALED: { COUNTER_SIGN: 'EFFECTIVE', REVIEW_AGAIN: 'DRAFT', LAPSE: 'LAPSED', CANCEL: 'CANCELLED' },
  EFFECTIVE: {},
  PERFORMING: {},
  CHANGE_PENDING: {},
  SUSPENDED: {},
  COMPLETED: {},
  TERMINATED: {},
  EXPIRED: {},
  ARCHIVED: {},
  REJECTED: {},
  LAPSED: {},
  CANCELLED: {},
};

/** The sale waits for nothing any more: its contract took effect, or never will. */
export function isSettled(state: ContractState): boolean {
  return Object.keys(LIFE[state]).length === 0;
}

/**
 * The state after an act.
 * @throws DomainError LOCKED_BY_APPROVAL an edit while reviewers look at the text · CONTRACT_STATE anything else not allowed now
 */
export function afterAct(state: ContractState, act: ContractAct): ContractState {
  const next = LIFE[state][act];
  if (next) return next;
  if (act === 'EDIT' && state === 'IN_REVIEW') throw new DomainError('LOCKED_BY_APPROVAL', { state });
  throw new DomainError('CONTRACT_STATE', { state, act });
}

/** What the contract allows next, for buttons. */
export function actsIn(state: ContractState): ContractAct[] {
  return Object.keys(LIFE[state]) as ContractAct[];
}
