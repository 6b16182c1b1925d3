import type { Seat, SeatDecision, SeatState } from './model.js';

/** What time approved is told apart from a person's yes (AE-SLA-3). */
export function decidedAs(decision: SeatDecision): Pick<Seat, 'state' | 'code'> {
  if (decision.action === 'APPROVE' && decision.actor.startsWith('system:'))
    return { state: 'AUTO_APPROVED', code: 'TIMEOUT' };
  return { state: decidedState(decision), code: decision.action === 'RETURN' ? 'RETURNED' : null };
}

/** A RETURN gives no vote: the seat ends as CANCELLED(RETURNED), its decision stays readable. */
function decidedState(decision: SeatDecision): SeatState {
  switch (decision.action) {
    case 'APPROVE':
      return 'APPROVED';
    case 'REJECT':
      return 'REJECTED';
    case 'ABSTAIN':
    case 'OPINION':
      return 'ABSTAINED';
    case 'RETURN':
      return 'CANCELLED';
  }
}
