import type { DataSource } from 'typeorm';
import type { JsonObject } from '../../domain/json.js';
import { eventDigest } from '../events.js';

export interface ChainVerdict {
  verified: boolean;
  /** first seq at which the chain is not what was written; null when all of it is */
  firstBadSeq: number | null;
  events: number;
}

interface EventRow {
  aggregate_kind: string;
  aggregate_id: string;
  seq: string;
  id: string;
  type: string;
  actor: string;
  on_behalf_of: string | null;
  cause: string | null;
  payload: JsonObject;
  at: Date;
  prev_hash: Buffer;
  hash: Buffer;
}

const GENESIS = Buffer.alloc(32);
const PAGE = 2_000;

/** Walks one chain as its rows arrive in seq order: numbering, links and contents (AE-AUD-2). */
export class ChainWalk {
  private prev: Buffer = GENESIS;
  private seq = 0;
  firstBadSeq: number | null = null;

  add(row: EventRow): void {
    this.seq += 1;
    if (this.firstBadSeq === null && !this.isNext(row)) this.firstBadSeq = this.seq;
    this.prev = row.hash;
  }

  /** A cut tail shows against the head. */
  end(head: { seq: string; hash: Buffer } | undefined): ChainVerdict {
    const matches = head ? Number(head.seq) === this.seq && head.hash.equals(this.prev) : this.seq === 0;
    if (this.firstBadSeq === null && !matches) {
      this.firstBadSeq = head && Number(head.seq) > this.seq ? this.seq + 1 : Math.max(this.seq, 1);
    }
    return { verified: this.firstBadSeq === null, firstBadSeq: this.firstBadSeq, events: this.seq };
  }

  private isNext(row: EventRow): boolean {
    const body = {
      id: row.id,
      aggregate: `${row.aggregate_kind}/${row.aggregate_id}`,
      seq: Number(row.seq),
      type: row.type,
      actor: row.actor,
      onBehalfOf: row.on_behalf_of,
      cause: row.cause,
      payload: row.payload,
      at: row.at.toISOString(),
    };
    return (
      body.seq === this.seq &&
      row.prev_hash.equals(this.prev) &&
      row.hash.equals(eventDigest(this.prev, body))
    );
  }
}

/** Verifies one aggregate's chain from nothing but the tables. */
export async function verifyChain(db: DataSource, kind: string, id: string): Promise<ChainVerdict> {
  const walk = new ChainWalk();
  for (let after = 0, more = true; more;) {
    const rows = await db.query<EventRow[]>(
      `SELECT * FROM event WHERE aggregate_kind = $1 AND aggregate_id = $2 AND seq > $3 ORDER BY seq LIMIT ${PAGE}`,
      [kind, id, after],
    );
    for (const row of rows) walk.add(row);
    after = Number(rows.at(-1)?.seq ?? after);
    more = rows.length === PAGE;
  }
  const [head] = await db.query<{ seq: string; hash: Buffer }[]>(
    `SELECT seq, hash FROM event_head WHERE aggregate_kind = $1 AND aggregate_id = $2`,
    [kind, id],
  );
  return walk.end(head);
}

export interface AuditReport {
  aggregates: number;
  events: number;
  bad: { kind: string; id: string; firstBadSeq: number }[];
  /** anchors whose window of events is not what it was when they were written */
  badAnchors: { id: string; at: string }[];
}

/** Verifies every chain and every anchor; for the command line and the nightly check. Reads in pages, keeps one chain. */
export async function verifyEverything(db: DataSource): Promise<AuditReport> {
  const report: AuditReport = { aggregates: 0, events: 0, bad: [], badAnchors: await verifyAnchors(db) };
  let after: [string, string] = ['', '00000000-0000-0000-0000-000000000000'];
  for (;;) {
    const known = await db.query<{ kind: string; id: string }[]>(
      `SELECT kind, id FROM (
         SELECT aggregate_kind AS kind, aggregate_id AS id FROM event_head
         UNION SELECT aggregate_kind, aggregate_id FROM event) AS every
       WHERE (kind, id) > ($1, $2::uuid) ORDER BY kind, id LIMIT ${PAGE}`,
      after,
    );
    for (const { kind, id } of known) {
      const { firstBadSeq, events } = await verifyChain(db, kind, id);
      report.events += events;
      if (firstBadSeq !== null) report.bad.push({ kind, id, firstBadSeq });
    }
    report.aggregates += known.length;
    const last = known.at(-1);
    if (!last || known.length < PAGE) return report;
    after = [last.kind, last.id];
  }
}

/** Recomputes each anchor over the events of its window, in the database. */
async function verifyAnchors(db: DataSource): Promise<{ id: string; at: string }[]> {
  const rows = await db.query<{ id: string; at: Date }[]>(
    `SELECT a.id, a.at FROM (
       SELECT id, at, events, root,
         coalesce(lag(at) OVER w, '-infinity') AS since,
         coalesce(lag(root) OVER w, ''::bytea) AS root_before,
         coalesce(lag(events) OVER w, 0) AS events_before
       FROM audit_anchor WINDOW w AS (ORDER BY id)) a
     CROSS JOIN LATERAL (
       SELECT count(*) AS n, sha256(coalesce(string_agg(e.hash, ''::bytea ORDER BY e.aggregate_kind, e.aggregate_id, e.seq), ''::bytea)) AS digest
       FROM event e WHERE e.at >= a.since AND e.at < a.at) f
     WHERE a.events <> a.events_before + f.n OR a.root <> sha256(a.root_before || f.digest)
     ORDER BY a.id`,
  );
  return rows.map(({ id, at }) => ({ id, at: at.toISOString() }));
}
