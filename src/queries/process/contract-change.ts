import type { Reader } from '../../db/prepared.js';
import type { WorkCalendar } from '../../domain/calendar.js';
import { approvalWait } from './approval-wait.js';
import type { Phase } from './deal-process.js';

/** A change of a contract in force that people are asked about; null when there is none. */
export async function changePhase(
  db: Reader,
  contractId: string,
  calendar: WorkCalendar,
): Promise<Phase | null> {
  const [open] = await db.query<{ request_id: string; state: string }[]>(
    `SELECT r.id AS request_id, r.state FROM contract k JOIN approval_request r ON r.id = k.request_id
     WHERE k.id = $1 AND k.changing AND r.state IN ('PENDING', 'RETURNED')`,
    [contractId],
  );
  const wait = open ? await approvalWait(db, open.request_id, calendar) : null;
  if (!open || !wait) return null;
  const { seq, stage, waitingOn, dueAt, next, stuck, sentence } = wait;
  return {
    requestSeq: seq,
    stage: open.state === 'RETURNED' ? 'CONTRACT_CHANGE_RETURNED' : `CONTRACT_CHANGE:${stage ?? ''}`,
    waitingOn,
    dueAt,
    next,
    stuck,
    sentence,
  };
}
