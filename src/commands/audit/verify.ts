import type { DataSource } from 'typeorm';
import { verifyAnchors, type BadAnchor } from './anchor.js';
import { ChainWalk, EVENT_COLUMNS, type ChainVerdict, type EventRow, type HeadRow } from './chain.js';

const PAGE = 5_000;

/** Verifies one aggregate's chain from nothing but the tables. */
export async function verifyChain(db: DataSource, kind: string, id: string): Promise<ChainVerdict> {
  const walk = new ChainWalk();
  for (let after = 0, more = true; more;) {
    const rows = await db.query<EventRow[]>(
      `SELECT ${EVENT_COLUMNS} FROM event WHERE aggregate_kind = $1 AND aggregate_id = $2 AND event.seq > $3
       ORDER BY event.seq LIMIT ${PAGE}`,
      [kind, id, after],
    );
    for (const row of rows) walk.add(row);
    after = rows.at(-1)?.seq ?? after;
    more = rows.length === PAGE;
  }
  const [head] = await db.query<HeadRow[]>(
    `SELECT seq::float8 AS seq, encode(hash, 'hex') AS hash FROM event_head WHERE aggregate_kind = $1 AND aggregate_id = $2`,
    [kind, id],
  );
  return walk.end(head);
}

/** A place in the order of all chains. */
export type ChainKey = readonly [kind: string, id: string];

/** Chains after `after`, up to and with `upTo`; null is the end. */
export interface ChainRange {
  after: ChainKey;
  upTo: ChainKey | null;
}

export interface ChainsReport {
  aggregates: number;
  events: number;
  bad: { kind: string; id: string; firstBadSeq: number }[];
}

const NIL = '00000000-0000-0000-0000-000000000000';
const FIRST: ChainKey = ['', NIL];

/** Verifies all chains of a range in one pass over the events in key order; keeps one page and one chain in memory. */
export async function verifyRange(db: DataSource, { after, upTo }: ChainRange): Promise<ChainsReport> {
  const report: ChainsReport = { aggregates: 0, events: 0, bad: [] };
  let walks = new Map<string, ChainWalk>();
  let done: ChainKey = after;
  let last: [...ChainKey, number] = [...after, Number.MAX_SAFE_INTEGER];
  for (let more = true; more;) {
    const rows = await eventsAfter(db, last, upTo);
    for (const row of rows) walkOf(walks, [row.aggregate_kind, row.aggregate_id]).add(row);
    const end = rows.at(-1);
    more = rows.length === PAGE && end !== undefined;
    if (more && end) last = [end.aggregate_kind, end.aggregate_id, end.seq];
    // the last chain of a page may go on in the next one
    const unfinished = more && end ? keyOf([end.aggregate_kind, end.aggregate_id]) : null;
    const finished = new Map([...walks].filter(([key]) => key !== unfinished));
    const until = more ? lastKey(rows, unfinished) : upTo;
    if (!more || until) await judge(db, finished, { after: done, upTo: until }, report);
    done = until ?? done;
    walks = new Map([...walks].filter(([key]) => key === unfinished));
  }
  return report;
}

/** Verifies every chain and every anchor; for tests and small databases. The command line does it range by range. */
export async function verifyEverything(
  db: DataSource,
): Promise<ChainsReport & { badAnchors: readonly BadAnchor[] }> {
  const chains = await verifyRange(db, { after: FIRST, upTo: null });
  return { ...chains, badAnchors: await verifyAnchors(db) };
}

/** Cuts all chains into ranges of about equally many events. */
export async function chainRanges(db: DataSource, parts: number): Promise<ChainRange[]> {
  const cuts = await db.query<{ kind: string; id: string }[]>(
    `WITH placed AS (
       SELECT aggregate_kind AS kind, aggregate_id AS id,
         width_bucket(sum(seq) OVER (ORDER BY aggregate_kind, aggregate_id), 0, sum(seq) OVER () + 1, $1) AS part
       FROM event_head)
     SELECT DISTINCT ON (part) kind, id FROM placed WHERE part < $1 ORDER BY part, kind DESC, id DESC`,
    [parts],
  );
  const ends: (ChainKey | null)[] = [...cuts.map(({ kind, id }): ChainKey => [kind, id]), null];
  return ends.map((upTo, index) => ({ after: ends[index - 1] ?? FIRST, upTo }));
}

function eventsAfter(
  db: DataSource,
  after: readonly [...ChainKey, number],
  upTo: ChainKey | null,
): Promise<EventRow[]> {
  return db.query<EventRow[]>(
    `SELECT ${EVENT_COLUMNS} FROM event
     WHERE (aggregate_kind, aggregate_id, event.seq) > ($1, $2::uuid, $3::bigint) ${upTo ? 'AND (aggregate_kind, aggregate_id) <= ($4, $5::uuid)' : ''}
     ORDER BY aggregate_kind, aggregate_id, event.seq LIMIT ${PAGE}`,
    [...after, ...(upTo ?? [])],
  );
}

/** Closes the walks against the heads; a head whose events are all gone is bad from the first on. */
async function judge(
  db: DataSource,
  walks: Map<string, ChainWalk>,
  { after, upTo }: ChainRange,
  report: ChainsReport,
): Promise<void> {
  const heads = await db.query<(HeadRow & { kind: string; id: string })[]>(
    `SELECT aggregate_kind AS kind, aggregate_id AS id, event_head.seq::float8 AS seq, encode(hash, 'hex') AS hash
     FROM event_head WHERE (aggregate_kind, aggregate_id) > ($1, $2::uuid)
       ${upTo ? 'AND (aggregate_kind, aggregate_id) <= ($3, $4::uuid)' : ''}`,
    [...after, ...(upTo ?? [])],
  );
  for (const head of heads) walkOf(walks, [head.kind, head.id]);
  const headOf = new Map(heads.map((head) => [keyOf([head.kind, head.id]), head]));
  for (const [key, walk] of walks) {
    const { firstBadSeq, events } = walk.end(headOf.get(key));
    const [kind = '', id = ''] = key.split('/');
    report.aggregates += 1;
    report.events += events;
    if (firstBadSeq !== null) report.bad.push({ kind, id, firstBadSeq });
  }
}

function walkOf(walks: Map<string, ChainWalk>, key: ChainKey): ChainWalk {
  const walk = walks.get(keyOf(key)) ?? new ChainWalk();
  walks.set(keyOf(key), walk);
  return walk;
}

/** The last chain that ends on this page, if any does. */
function lastKey(rows: readonly EventRow[], unfinished: string | null): ChainKey | null {
  const row = rows.findLast(
    ({ aggregate_kind, aggregate_id }) => keyOf([aggregate_kind, aggregate_id]) !== unfinished,
  );
  return row ? [row.aggregate_kind, row.aggregate_id] : null;
}

function keyOf([kind, id]: ChainKey): string {
  return `${kind}/${id}`;
}
