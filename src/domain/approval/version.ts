import type { ApprovalState } from './model.js';

/**
 * The version of a request as a whole. It moves with rounds, returns and the end, not with every vote, so that taking
 * back is refused for what the initiator has not seen, and not because somebody voted meanwhile (AE-CMD-1).
 */
export function requestVersion(state: Pick<ApprovalState, 'round' | 'returns' | 'closedAt'>): number {
  return state.round + state.returns + (state.closedAt === null ? 0 : 1);
}
