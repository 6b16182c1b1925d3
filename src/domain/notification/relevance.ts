import type { RequestState, SeatState } from '../approval/model.js';
import type { NoticeKind } from './notices.js';

/** What is so at the moment of sending. */
export interface Present {
  kind: NoticeKind;
  personId: string | null;
  /** of the seat the notice is about; null when it is about none */
  seat: { state: SeatState; holderId: string } | null;
  request: { state: RequestState; initiatorId: string };
}

/**
 * A message that would be wrong by the time it is read is not sent: a task that is answered, passed on or over, a return
 * that was resubmitted. News of what has happened stays true.
 */
export function isObsolete({ kind, personId, seat, request }: Present): boolean {
  switch (kind) {
    case 'TASK':
    case 'REMINDER':
    case 'URGE':
      return seat?.state !== 'OPEN' || seat.holderId !== personId;
    case 'ESCALATION':
      return seat?.state !== 'OPEN';
    case 'RETURNED':
    case 'RETURNED_REMINDER':
      return request.state !== 'RETURNED' || request.initiatorId !== personId;
    case 'TASK_MOVED':
    case 'TASK_GONE':
    case 'OUTCOME':
    case 'COPY':
    case 'STAGE_DECIDED':
    case 'DEAL_STUCK':
    case 'DEAL_SLIPPED':
    case 'DEAL_DROPPED':
    case 'DEAL_RESUME':
    case 'CONTRACT_DUE':
    case 'CONTRACT_LATE':
    case 'CONTRACT_ENDING':
    case 'CONTRACT_SIGNING':
    case 'OFFER_ANSWERED':
    case 'CONTRACT_HANDED_OVER':
    case 'CONTRACT_DUTY_MOVED':
    case 'OFFER_EXPIRING':
    case 'OFFER_HANDED_OVER':
      return false;
  }
}
