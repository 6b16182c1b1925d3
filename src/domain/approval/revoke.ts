import { DomainError } from '../errors.js';
import type { ApprovalCommand } from './command.js';
import type { Transition } from './transition.js';

/**
 * AE-RV-1: a revocation of this approval has passed. What the approval had brought about is undone by the subject's owner.
 * @throws DomainError REQUEST_CLOSED it is not approved, or not any more
 */
export function revoke(
  transition: Transition,
  { revocationId, reason }: Extract<ApprovalCommand, { type: 'REVOKE' }>,
): void {
  const { state, context } = transition;
  if (state.state !== 'APPROVED')
    throw new DomainError('REQUEST_CLOSED', { requestState: state.state, seq: state.seq });
  transition.emit({ type: 'request.revoked', revocationId, reason, at: context.now });
}
