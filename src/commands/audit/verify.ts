import { escapeLiteral } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { verifyAnchors, type BadAnchor } from './anchor.js';
import { ChainWalk, EVENT_COLUMNS, type ChainVerdict } from './chain.js';
import { copyOut } from './copy-out.js';

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

/** Verifies one aggregate's chain from nothing but the tables. */
export async function verifyChain(db: DataSource, kind: string, id: string): Promise<ChainVerdict> {
  const { events, bad } = await verifyWhere(
    db,
    (t) => `${t}.aggregate_kind = ${escapeLiteral(kind)} AND ${t}.aggregate_id = ${escapeLiteral(id)}`,
  );
  const firstBadSeq = bad[0]?.firstBadSeq ?? null;
  return { verified: firstBadSeq === null, firstBadSeq, events };
}

/** Verifies all chains of a range in one pass over the events in key order; keeps one row in memory. */
export function verifyRange(db: DataSource, { after, upTo }: ChainRange): Promise<ChainsReport> {
  return verifyWhere(db, (t) =>
    [`${keyOf(t)} > ${literal(after)}`, ...(upTo ? [`${keyOf(t)} <= ${literal(upTo)}`] : [])].join(' AND '),
  );
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

/** One snapshot for events and heads: a chain that grows meanwhile is judged as it was. */
async function verifyWhere(db: DataSource, where: (table: string) => string): Promise<ChainsReport> {
  const runner = db.createQueryRunner();
  try {
    await runner.startTransaction('REPEATABLE READ');
    // both indexes are in key order: without a join that reads them side by side each event would look its head up
    await runner.query(
      `SET LOCAL statement_timeout = 0; SET LOCAL enable_nestloop = off; SET LOCAL enable_hashjoin = off`,
    );
    const report = await walkChains(runner, where);
    await runner.commitTransaction();
    return report;
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
}

async function walkChains(runner: QueryRunner, where: (table: string) => string): Promise<ChainsReport> {
  const report: ChainsReport = { aggregates: 0, events: 0, bad: [] };
  const walk = new ChainWalk(({ kind, id, firstBadSeq, events }) => {
    report.aggregates += 1;
    report.events += events;
    if (firstBadSeq !== null) report.bad.push({ kind, id, firstBadSeq });
  });
  await copyOut(
    runner,
    `SELECT ${EVENT_COLUMNS} FROM event e
     LEFT JOIN (SELECT * FROM event_head h WHERE ${where('h')}) h USING (aggregate_kind, aggregate_id)
     WHERE ${where('e')} ORDER BY e.aggregate_kind, e.aggregate_id, e.seq`,
    (row) => walk.add(row),
  );
  walk.end();
  const [empty] = (await runner.query(
    `SELECT count(*)::float8 AS chains,
       coalesce(json_agg(json_build_object('kind', h.aggregate_kind, 'id', h.aggregate_id, 'firstBadSeq', 1)) FILTER (WHERE h.seq > 0), '[]') AS bad
     FROM event_head h WHERE ${where('h')}
       AND NOT EXISTS (SELECT FROM event e WHERE e.aggregate_kind = h.aggregate_kind AND e.aggregate_id = h.aggregate_id)`,
  )) as { chains: number; bad: ChainsReport['bad'] }[];
  report.aggregates += empty!.chains;
  // a head whose events are all gone is bad from the first on
  report.bad.push(...empty!.bad);
  return report;
}

function keyOf(table: string): string {
  return `(${table}.aggregate_kind, ${table}.aggregate_id)`;
}

function literal([kind, id]: ChainKey): string {
  return `(${escapeLiteral(kind)}, ${escapeLiteral(id)}::uuid)`;
}
