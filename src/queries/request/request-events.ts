import type { Reader } from '../../db/prepared.js';
import type { ApprovalEvent } from '../../domain/approval/events.js';
import { unsealed } from '../audit/unseal.js';

export interface StoredEvent {
  seq: string;
  type: string;
  actor: string;
  on_behalf_of: string | null;
  payload: ApprovalEvent;
  at: Date;
}

export async function requestEvents(db: Reader, requestId: string): Promise<StoredEvent[]> {
  const rows = await db.query<StoredEvent[]>(
    `SELECT seq, type, actor, on_behalf_of, payload, at FROM event
     WHERE aggregate_kind = 'request' AND aggregate_id = $1 ORDER BY seq`,
    [requestId],
  );
  const payloads = await unsealed(
    db,
    rows.map(({ payload }) => payload),
  );
  return rows.map((row, index) => ({ ...row, payload: payloads[index]! }));
}
