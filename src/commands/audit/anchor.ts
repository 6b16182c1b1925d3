import type { DataSource, EntityManager } from 'typeorm';

/**
 * Pins all events written so far (AE-AUD-2): number and digest of those since the last anchor, chained to it, so that
 * a rewritten head or a cut tail is found although the chain itself looks whole. An event carries its transaction's
 * begin, hence the anchor reaches only as far as the oldest transaction still running: nothing can arrive behind it.
 */
export async function anchorAudit(tx: EntityManager): Promise<{ id: string; events: number }> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('audit_anchor'))`);
  const [row] = await tx.query<{ id: string; events: string }[]>(
    `WITH last AS (
       SELECT at, events, root FROM audit_anchor ORDER BY id DESC LIMIT 1
     ), upto AS (
       SELECT date_trunc('milliseconds', greatest((SELECT at FROM last), least(now(), (
         SELECT min(xact_start) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid())))) AS at
     ), fresh AS (
       SELECT count(*) AS n, sha256(coalesce(string_agg(e.hash, ''::bytea ORDER BY e.aggregate_kind, e.aggregate_id, e.seq), ''::bytea)) AS digest
       FROM event e, upto WHERE e.at < upto.at AND e.at >= coalesce((SELECT at FROM last), '-infinity')
     )
     INSERT INTO audit_anchor (at, aggregates, events, root)
     SELECT upto.at, (SELECT count(*) FROM event_head), coalesce((SELECT events FROM last), 0) + fresh.n,
       sha256(coalesce((SELECT root FROM last), ''::bytea) || fresh.digest)
     FROM upto, fresh RETURNING id, events`,
  );
  return { id: row!.id, events: Number(row!.events) };
}

/** An anchor whose window of events is not what it was when it was written. */
export interface BadAnchor {
  id: string;
  at: string;
}

/** Recomputes each anchor over the events of its window, in the database. */
export async function verifyAnchors(db: DataSource): Promise<BadAnchor[]> {
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
