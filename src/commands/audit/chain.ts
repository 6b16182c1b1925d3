import { hash } from 'node:crypto';
import { CanonicalBytes } from './canonical-bytes.js';
import type { BinaryRow } from './copy-out.js';

/** Columns of an event `e` and its chain's head `h`, in the order in which `ChainWalk` reads them. */
export const EVENT_COLUMNS = `e.aggregate_kind, e.aggregate_id, e.seq, e.id, e.type, e.actor, e.on_behalf_of, e.cause,
  e.payload, e.at, e.prev_hash, e.hash, h.seq, h.hash`;
const [
  KIND,
  AGGREGATE,
  SEQ,
  ID,
  TYPE,
  ACTOR,
  ON_BEHALF_OF,
  CAUSE,
  PAYLOAD,
  AT,
  PREV,
  HASH,
  HEAD_SEQ,
  HEAD_HASH,
] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] as const;

export interface ChainVerdict {
  verified: boolean;
  /** first seq at which the chain is not what was written; null when all of it is */
  firstBadSeq: number | null;
  events: number;
}

export interface ChainEnd extends ChainVerdict {
  kind: string;
  id: string;
}

/** Walks chains as their rows arrive in key and seq order: numbering, links, contents and head (AE-AUD-2). */
export class ChainWalk {
  private kind = '';
  private id = '';
  private seq = 0;
  private firstBadSeq: number | null = null;
  private headSeq: number | null = null;
  /** kind and id as they came, to see where the next chain begins */
  private key: Buffer = Buffer.alloc(0);
  private readonly prev = Buffer.alloc(HASH_BYTES);
  private readonly headHash = Buffer.alloc(HASH_BYTES);
  private readonly digest = new EventDigest();

  constructor(private readonly onEnd: (end: ChainEnd) => void) {}

  add(row: BinaryRow): void {
    if (!equal(row, KIND, AGGREGATE, this.key)) this.begin(row);
    this.seq += 1;
    if (this.firstBadSeq === null && !this.isNext(row)) this.firstBadSeq = this.seq;
    keep(row, HASH, this.prev);
  }

  /** After the last row: the last chain ends. */
  end(): void {
    if (this.seq === 0) return;
    // a cut tail shows against the head
    const matches = this.headSeq === this.seq && this.headHash.equals(this.prev);
    if (this.firstBadSeq === null && !matches)
      this.firstBadSeq = this.headSeq !== null && this.headSeq > this.seq ? this.seq + 1 : this.seq;
    const { kind, id, firstBadSeq, seq: events } = this;
    this.onEnd({ kind, id, verified: firstBadSeq === null, firstBadSeq, events });
  }

  private begin(row: BinaryRow): void {
    this.end();
    this.kind = row.text(KIND);
    this.id = uuidText(row.hex(AGGREGATE));
    this.key = Buffer.from(row.bytes.subarray(row.from[KIND], row.to[AGGREGATE]));
    this.seq = 0;
    this.firstBadSeq = null;
    this.headSeq = row.isNull(HEAD_SEQ) ? null : row.int64(HEAD_SEQ);
    this.prev.fill(0);
    if (this.headSeq !== null) keep(row, HEAD_HASH, this.headHash);
  }

  private isNext(row: BinaryRow): boolean {
    return (
      row.int64(SEQ) === this.seq &&
      equal(row, PREV, PREV, this.prev) &&
      this.digest.isOf(row, `${this.kind}/${this.id}`)
    );
  }
}

const HASH_BYTES = 32;
const EPOCH_2000_MS = Date.UTC(2000, 0, 1);

/** Computes an event's hash again from its columns (AE-AUD-1): SHA-256 of the canonical JSON of `{event, prev}`. */
class EventDigest {
  private readonly text = new CanonicalBytes();
  private aggregate = '';
  private aggregateBytes = Buffer.alloc(0);
  private atMicros = NaN;
  private atBytes: Buffer | null = null;

  isOf(row: BinaryRow, aggregate: string): boolean {
    const at = this.instant(row);
    if (!at) return false;
    const { text } = this;
    const { bytes, from, to } = row;
    text.start();
    text.raw(BEFORE.actor);
    text.text(bytes, from[ACTOR]!, to[ACTOR]!);
    text.raw(BEFORE.aggregate);
    text.raw(this.aggregateText(aggregate));
    text.raw(BEFORE.at);
    text.raw(at);
    text.raw(BEFORE.cause);
    if (row.isNull(CAUSE)) text.raw(NULL);
    else {
      text.raw(QUOTE);
      text.text(bytes, from[CAUSE]!, to[CAUSE]!);
      text.raw(QUOTE);
    }
    text.raw(BEFORE.id);
    text.uuid(bytes, from[ID]!);
    text.raw(BEFORE.onBehalfOf);
    if (row.isNull(ON_BEHALF_OF)) text.raw(NULL);
    else {
      text.raw(QUOTE);
      text.uuid(bytes, from[ON_BEHALF_OF]!);
      text.raw(QUOTE);
    }
    text.raw(BEFORE.payload);
    text.json(bytes, from[PAYLOAD]! + JSONB_VERSION_BYTES, to[PAYLOAD]!);
    text.raw(BEFORE.seq);
    text.raw(Buffer.from(String(row.int64(SEQ))));
    text.raw(BEFORE.type);
    text.text(bytes, from[TYPE]!, to[TYPE]!);
    text.raw(BEFORE.prev);
    text.hex(bytes, from[PREV]!, to[PREV]!);
    text.raw(END);
    return isHash(hash('sha256', text.bytes(), 'binary'), row);
  }

  /** The time's text; null when it is not in whole milliseconds, and so was not written by us. Events of one command share it. */
  private instant(row: BinaryRow): Buffer | null {
    const micros = row.int64(AT);
    if (micros !== this.atMicros) {
      const time = new Date(micros / 1000 + EPOCH_2000_MS);
      const isOurs = micros % 1000 === 0 && !Number.isNaN(time.getTime());
      this.atMicros = micros;
      this.atBytes = isOurs ? Buffer.from(time.toISOString()) : null;
    }
    return this.atBytes;
  }

  private aggregateText(aggregate: string): Buffer {
    if (aggregate !== this.aggregate) {
      this.aggregate = aggregate;
      this.aggregateBytes = Buffer.from(JSON.stringify(aggregate).slice(1, -1));
    }
    return this.aggregateBytes;
  }
}

/** the format's version, before a jsonb's text */
const JSONB_VERSION_BYTES = 1;
const NULL = Buffer.from('null');
const QUOTE = Buffer.from('"');
const END = Buffer.from('"}');
/** What stands before each value, keys in canonical order. */
const BEFORE = {
  actor: Buffer.from('{"event":{"actor":"'),
  aggregate: Buffer.from('","aggregate":"'),
  at: Buffer.from('","at":"'),
  cause: Buffer.from('","cause":'),
  id: Buffer.from(',"id":"'),
  onBehalfOf: Buffer.from('","onBehalfOf":'),
  payload: Buffer.from(',"payload":'),
  seq: Buffer.from(',"seq":'),
  type: Buffer.from(',"type":"'),
  prev: Buffer.from('"},"prev":"'),
};

function isHash(digest: string, row: BinaryRow): boolean {
  const from = row.from[HASH]!;
  if (row.to[HASH]! - from !== HASH_BYTES) return false;
  for (let i = 0; i < HASH_BYTES; i += 1) if (digest.charCodeAt(i) !== row.bytes[from + i]) return false;
  return true;
}

/** Do the bytes from the first field's beginning to the last one's end equal `known`? */
function equal(row: BinaryRow, first: number, last: number, known: Buffer): boolean {
  const from = row.from[first]!;
  if (row.to[last]! - from !== known.length) return false;
  for (let i = 0; i < known.length; i += 1) if (known[i] !== row.bytes[from + i]) return false;
  return true;
}

/** Copies a hash; one of another length is none and stays what no hash is. */
function keep(row: BinaryRow, field: number, into: Buffer): void {
  const from = row.from[field]!;
  into.fill(0);
  if (row.to[field]! - from === HASH_BYTES) row.bytes.copy(into, 0, from, from + HASH_BYTES);
}

function uuidText(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
