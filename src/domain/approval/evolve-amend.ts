import type { ApprovalEvent } from './events.js';
import type { ApprovalState } from './model.js';

type AmendmentEvent = Extract<
  ApprovalEvent,
  { type: 'request.amended' | 'request.stale' | 'request.reverted' }
>;

/** What changes of an approved subject make of the request (AE-ENV-3). */
export function foldAmendment(state: ApprovalState, event: AmendmentEvent): ApprovalState {
  switch (event.type) {
    case 'request.amended': {
      const { subjectHash, measured, exposure } = event;
      return { ...state, subjectHash, ...(measured ? { measured } : {}), exposure, stale: null };
    }
    case 'request.stale': {
      const { subjectHash, broken, at } = event;
      return { ...state, stale: { subjectHash, broken, at } };
    }
    case 'request.reverted':
      return reverted(state, event.at);
  }
}

/** Approved as before the round that would have changed it. */
function reverted(state: ApprovalState, at: string): ApprovalState {
  if (!state.amends) return state;
  const { subjectHash, measured, snapshots, exposure, policy, unitId } = state.amends;
  return {
    ...state,
    state: 'APPROVED',
    subjectHash,
    ...(measured ? { measured } : {}),
    ...(snapshots ? { snapshots } : {}),
    exposure,
    policy,
    unitId,
    stale: null,
    pendingReturn: null,
    effectAt: null,
    closedAt: at,
  };
}
