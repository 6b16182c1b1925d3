import type { DataSource } from 'typeorm';
import type { JsonObject } from '../../domain/json.js';
import { eventDigest } from '../events.js';

/** One event of a request's chain, hashes as hex. */
export interface LogEntry {
  seq: number;
  id: string;
  type: string;
  actor: string;
  onBehalfOf: string | null;
  cause: string | null;
  payload: JsonObject;
  /** ISO instant */
  at: string;
  prevHash: string;
  hash: string;
}

/** A request's whole chain with its head: what can be checked without the database it came from. */
export interface RequestLog {
  requestId: string;
  head: { seq: number; hash: string };
  events: readonly LogEntry[];
}

interface Row extends Omit<LogEntry, 'seq' | 'at'> {
  seq: string;
  at: Date;
}

const GENESIS = '0'.repeat(64);

/** Null when there is no such request. */
export async function readRequestLog(db: DataSource, requestId: string): Promise<RequestLog | null> {
  const [head] = await db.query<{ seq: string; hash: string }[]>(
    `SELECT seq, encode(hash, 'hex') AS hash FROM event_head WHERE aggregate_kind = 'request' AND aggregate_id = $1`,
    [requestId],
  );
  if (!head) return null;
  const rows = await db.query<Row[]>(
    `SELECT seq, id, type, actor, on_behalf_of AS "onBehalfOf", cause, payload, at, encode(prev_hash, 'hex') AS "prevHash",
       encode(hash, 'hex') AS hash
     FROM event WHERE aggregate_kind = 'request' AND aggregate_id = $1 ORDER BY event.seq`,
    [requestId],
  );
  const events = rows.map((row) => ({ ...row, seq: Number(row.seq), at: row.at.toISOString() }));
  return { requestId, head: { seq: Number(head.seq), hash: head.hash }, events };
}

/** The first seq at which the log is not what was written, a cut tail included; null when all of it is (AE-AUD-2). */
export function firstBadSeqOf({ requestId, head, events }: RequestLog): number | null {
  let prev = GENESIS;
  for (const [index, { prevHash, hash, ...event }] of events.entries()) {
    const { id, seq, type, actor, onBehalfOf, cause, payload, at } = event;
    const body = { id, aggregate: `request/${requestId}`, seq, type, actor, onBehalfOf, cause, payload, at };
    const isNext = seq === index + 1 && prevHash === prev;
    if (!isNext || eventDigest(Buffer.from(prev, 'hex'), body).toString('hex') !== hash) return index + 1;
    prev = hash;
  }
  if (head.seq === events.length && head.hash === prev) return null;
  return head.seq > events.length ? events.length + 1 : Math.max(events.length, 1);
}
