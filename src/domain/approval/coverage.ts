import type { ApprovalState, SeatDecision } from './model.js';

/** Whether an earlier decision covers the subject as it is now: it was about this very content. */
export function covers(decision: SeatDecision, { subjectHash }: Pick<ApprovalState, 'subjectHash'>): boolean {
  return decision.subjectHash === subjectHash;
}
