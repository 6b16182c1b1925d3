import type { DataSource, EntityManager } from 'typeorm';
import { merkleRoot } from './merkle.js';

/** What is said outside about all chains at an instant: enough to find any rewritten or cut one later. */
export interface AuditRoot {
  /** ISO instant; events before it are covered */
  at: string;
  chains: number;
  events: number;
  /** hex; Merkle root (RFC 6962) over `<kind>/<id>/<last seq>/<last hash>` of every chain, in key order */
  root: string;
}

/**
 * Computes the root over everything committed and keeps it as a row, to be published by whoever called. Reaches as far
 * as the oldest transaction that still runs: an event carries its transaction's begin, and nothing may arrive behind it.
 */
export async function takeAuditRoot(tx: EntityManager): Promise<AuditRoot & { id: string }> {
  const [row] = await tx.query<{ at: string }[]>(
    `SELECT to_char(date_trunc('milliseconds', least(now(), (
       SELECT min(xact_start) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
     ))) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`,
  );
  const root = await auditRootAt(tx, row!.at);
  const [stored] = await tx.query<{ id: string }[]>(
    `INSERT INTO audit_root (at, chains, events, root) VALUES ($1, $2, $3, $4) RETURNING id`,
    [root.at, root.chains, root.events, root.root],
  );
  return { ...root, id: stored!.id };
}

/** The same root again from the events of before `at`. */
export async function auditRootAt(db: EntityManager, at: string): Promise<AuditRoot> {
  const ends = await db.query<{ leaf: string; seq: string }[]>(
    `SELECT DISTINCT ON (aggregate_kind, aggregate_id) seq,
       aggregate_kind || '/' || aggregate_id || '/' || seq || '/' || encode(hash, 'hex') AS leaf
     FROM event WHERE at < $1 ORDER BY aggregate_kind, aggregate_id, seq DESC`,
    [at],
  );
  const leaves = ends
    .map(({ leaf }) => leaf)
    .sort()
    .map((leaf) => Buffer.from(leaf));
  const events = ends.reduce((sum, { seq }) => sum + Number(seq), 0);
  return { at, chains: ends.length, events, root: merkleRoot(leaves).toString('hex') };
}

export async function markRootPublished(db: EntityManager, id: string, to: string): Promise<void> {
  await db.query(`UPDATE audit_root SET published_to = $2, published_at = now() WHERE id = $1`, [id, to]);
}

/** A published root that the events of before its instant no longer give. */
export interface BrokenRoot {
  published: AuditRoot;
  found: AuditRoot;
}

/** Compares what was once published outside with what the database says of that instant now. */
export async function brokenRoots(db: DataSource, published: readonly AuditRoot[]): Promise<BrokenRoot[]> {
  const broken: BrokenRoot[] = [];
  for (const root of published) {
    const found = await auditRootAt(db.manager, root.at);
    const same = found.root === root.root && found.chains === root.chains && found.events === root.events;
    if (!same) broken.push({ published: root, found });
  }
  return broken;
}
