import type { Reader } from '../../db/prepared.js';
import type { WorkCalendar } from '../../domain/calendar.js';
import type { ProcessView } from '../../domain/process/view.js';
import { approvalWait } from './approval-wait.js';

/** A request of kind GENERAL as its process sees it: nothing but the approval. Null when there is no such request. */
export async function approvalProcess(
  db: Reader,
  requestId: string,
  calendar: WorkCalendar,
): Promise<ProcessView | null> {
  const wait = await approvalWait(db, requestId, calendar);
  if (!wait) return null;
  const { seq, state, stage, waitingOn, dueAt, next, sentence, owner, orgPath, amountBase, stuck } = wait;
  const open = state === 'PENDING' || state === 'RETURNED' || next?.kind === 'COMPENSATE';
  return {
    seq,
    stage: state === 'PENDING' ? `APPROVAL:${stage ?? ''}` : state,
    waitingOn,
    dueAt,
    next,
    sentence,
    owner,
    orgPath,
    amountBase,
    stuck,
    outcome: open ? null : state,
  };
}
