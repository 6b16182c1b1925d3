import type { Reader } from '../../db/prepared.js';
import { namesOf, type PersonRef } from './person-ref.js';

export interface AuditEventView {
  seq: number;
  id: string;
  type: string;
  at: string;
  actor: PersonRef | null;
  onBehalfOf: PersonRef | null;
  cause: string | null;
  payload: unknown;
  prevHash: string;
  hash: string;
}

interface Row {
  seq: string;
  id: string;
  type: string;
  at: Date;
  actor: string;
  on_behalf_of: string | null;
  cause: string | null;
  payload: unknown;
  prev_hash: Buffer;
  hash: Buffer;
}

/** The whole chain of a request as it is stored. */
export async function requestAudit(db: Reader, requestId: string): Promise<AuditEventView[]> {
  const rows = await db.query<Row[]>(
    `SELECT seq, id, type, at, actor, on_behalf_of, cause, payload, prev_hash, hash FROM event
     WHERE aggregate_kind = 'request' AND aggregate_id = $1 ORDER BY seq`,
    [requestId],
  );
  const nameOf = await namesOf(
    db,
    rows.flatMap((row) => [row.actor, row.on_behalf_of]),
  );
  return rows.map((row) => ({
    seq: Number(row.seq),
    id: row.id,
    type: row.type,
    at: row.at.toISOString(),
    actor: nameOf(row.actor),
    onBehalfOf: nameOf(row.on_behalf_of),
    cause: row.cause,
    payload: row.payload,
    prevHash: row.prev_hash.toString('hex'),
    hash: row.hash.toString('hex'),
  }));
}
