import { hash } from 'node:crypto';
import { configure } from 'safe-stable-stringify';
import type { JsonObject } from '../../domain/json.js';

/** A stored event as a verifier reads it: bytes as hex, times as milliseconds, so that a million rows are cheap. */
export interface EventRow {
  aggregate_kind: string;
  aggregate_id: string;
  seq: number;
  id: string;
  type: string;
  actor: string;
  on_behalf_of: string | null;
  cause: string | null;
  payload: JsonObject;
  at_ms: number;
  prev_hash: string;
  hash: string;
}

export const EVENT_COLUMNS = `aggregate_kind, aggregate_id, seq::float8 AS seq, id, type, actor, on_behalf_of, cause, payload,
  (extract(epoch FROM at) * 1000)::float8 AS at_ms, encode(prev_hash, 'hex') AS prev_hash, encode(hash, 'hex') AS hash`;

export interface HeadRow {
  seq: number;
  hash: string;
}

export interface ChainVerdict {
  verified: boolean;
  /** first seq at which the chain is not what was written; null when all of it is */
  firstBadSeq: number | null;
  events: number;
}

const GENESIS = '0'.repeat(64);

/** A second implementation of canonical JSON (RFC 8785) beside the writer's: three times as fast, and a check on it. */
const canonical = configure({ bigint: false });

/** Walks one chain as its rows arrive in seq order: numbering, links and contents (AE-AUD-2). */
export class ChainWalk {
  private prev = GENESIS;
  private seq = 0;
  firstBadSeq: number | null = null;

  add(row: EventRow): void {
    this.seq += 1;
    if (this.firstBadSeq === null && !this.isNext(row)) this.firstBadSeq = this.seq;
    this.prev = row.hash;
  }

  /** A cut tail shows against the head. */
  end(head: HeadRow | undefined): ChainVerdict {
    const matches = head ? head.seq === this.seq && head.hash === this.prev : this.seq === 0;
    if (this.firstBadSeq === null && !matches)
      this.firstBadSeq = head && head.seq > this.seq ? this.seq + 1 : Math.max(this.seq, 1);
    return { verified: this.firstBadSeq === null, firstBadSeq: this.firstBadSeq, events: this.seq };
  }

  private isNext(row: EventRow): boolean {
    return row.seq === this.seq && row.prev_hash === this.prev && row.hash === digestOf(row);
  }
}

/** Times are written in whole milliseconds; anything else was not written by us. */
function digestOf(row: EventRow): string | null {
  if (!Number.isInteger(row.at_ms)) return null;
  const event = {
    actor: row.actor,
    aggregate: `${row.aggregate_kind}/${row.aggregate_id}`,
    at: new Date(row.at_ms).toISOString(),
    cause: row.cause,
    id: row.id,
    onBehalfOf: row.on_behalf_of,
    payload: row.payload,
    seq: row.seq,
    type: row.type,
  };
  return hash('sha256', canonical({ event, prev: row.prev_hash }) ?? '', 'hex');
}
