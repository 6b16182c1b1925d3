import type { DataSource } from 'typeorm';
import { expireRequest, type Step } from '../approval/time.js';

/**
 * Time's act: the validity of a quotation has ended, by Postgres' clock, while people decide on it: nobody is asked any
 * more and it expires. A change of an approved one is given up instead, and that one is as it was (AE-ENV-3). Otherwise
 * nothing happens; a returned one waits for its owner, who may give it another date.
 */
export async function expireInApproval(db: DataSource, step: Step, quoteId: string): Promise<void> {
  const [row] = await db.query<{ request_id: string }[]>(
    `SELECT request_id FROM quote WHERE id = $1 AND state = 'IN_APPROVAL' AND expires_at <= clock_timestamp()`,
    [quoteId],
  );
  if (row) await expireRequest(db, step, row.request_id, 'the validity of the quotation is over');
}
