import { createHash, createHmac } from 'node:crypto';
import type { DataSource } from 'typeorm';

/** What of a token is stored: who reads the table cannot act with it. */
export function linkHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * A link for the holder of an open seat, bound to seat, visit, holder and content (AE-LINK-1). The same delivery gets the
 * same token at every attempt, so a mail that arrives twice says the same. Null when the seat is not theirs to answer.
 */
export async function issueLink(
  db: DataSource,
  {
    secret,
    deliveryId,
    seatId,
    holderId,
  }: { secret: string; deliveryId: string; seatId: string; holderId: string },
): Promise<string | null> {
  const token = createHmac('sha256', `link:${secret}`).update(`${deliveryId}/${seatId}`).digest('base64url');
  const rows = await db.query<unknown[]>(
    `WITH seat AS (
       SELECT s.request_id, s.id, s.visit, s.holder_id, r.subject_hash, l.valid_hours
       FROM approval_seat s JOIN approval_request r ON r.id = s.request_id CROSS JOIN link_rule l
       WHERE s.id = $2 AND s.holder_id = $3 AND s.state = 'OPEN'
     ), added AS (
       INSERT INTO action_link (token_hash, request_id, seat_id, visit, holder_id, subject_hash, expires_at)
       SELECT $1, request_id, id, visit, holder_id, subject_hash, now() + make_interval(hours => valid_hours) FROM seat
       ON CONFLICT (token_hash) DO NOTHING
     ) SELECT 1 FROM seat`,
    [linkHash(token), seatId, holderId],
  );
  return rows.length > 0 ? token : null;
}
