import type { DataSource } from 'typeorm';
import type { ApprovalState } from '../../domain/approval/model.js';
import type { Route } from '../../domain/approval/what-if.js';
import type { DirectorySnapshot } from '../../domain/org/directory.js';
import type { Facts } from '../../policy/facts.js';
import { directoryOf, type RoundWho } from '../approval/snapshot.js';

/** Which stored requests are judged. */
export interface WhatIfScope {
  policyKind: string;
  /** kind of subject; null: any */
  subjectKind: string | null;
  /** ISO instants: rounds submitted from the first until before the second */
  from: string;
  to: string;
  /** which of them may be named; parameters from $8 on. All of them count. */
  sees: { sql: string; params: readonly unknown[] };
}

/** The present round of a stored request, as far as another policy can be judged on it. */
export interface StoredCase {
  requestId: string;
  number: string;
  title: string;
  state: ApprovalState['state'];
  submittedAt: Date;
  facts: Facts;
  route: Route;
  /** by which people in several stages were asked once */
  dedupe: ApprovalState['dedupe'];
  separation: ApprovalState['separation'];
  /** null: the round is from before snapshots were kept */
  who: RoundWho | null;
  snapshotHash: string | null;
  revision: string;
  /** it may be named to whoever asks */
  readable: boolean;
}

export interface Place {
  submittedAt: Date;
  requestId: string;
}

/** Newest first, after a place. The present round of each request is the one its path is on. */
export function casesAfter(
  db: DataSource,
  { policyKind, subjectKind, from, to, sees }: WhatIfScope,
  after: Place | null,
  limit: number,
): Promise<StoredCase[]> {
  return db.query<StoredCase[]>(
    `SELECT o.request_id AS "requestId", r.number, r.title, r.state, o.submitted_at AS "submittedAt", o.facts,
       o.plan->'stages' AS route, r.dedupe, r.separation, o.who, o.snapshot_hash AS "snapshotHash", o.directory_revision AS revision,
       ${sees.sql} AS readable
     FROM approval_content o JOIN approval_request r ON r.id = o.request_id AND r.round = o.round
     WHERE o.submitted_at >= $1 AND o.submitted_at < $2 AND (o.submitted_at, o.request_id) < ($3, $4)
       AND r.policy_kind = $5 AND ($6::text IS NULL OR r.kind = $6)
     ORDER BY o.submitted_at DESC, o.request_id DESC LIMIT $7`,
    [
      from,
      to,
      after?.submittedAt ?? to,
      after?.requestId ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
      policyKind,
      subjectKind,
      limit,
      ...sees.params,
    ],
  );
}

const MAX_KEPT = 500;

/** Snapshots by hash, each read and parsed once while it is among the last ones used. */
export class Snapshots {
  private readonly kept = new Map<string, unknown>();

  constructor(private readonly db: DataSource) {}

  /** Makes the snapshots of these cases ready. */
  async load(cases: readonly StoredCase[]): Promise<void> {
    const wanted = [...new Set(cases.flatMap(({ snapshotHash }) => snapshotHash ?? []))];
    const missing = wanted.filter((hash) => !this.kept.has(hash));
    if (missing.length === 0) return;
    if (this.kept.size + missing.length > MAX_KEPT)
      for (const hash of this.kept.keys()) if (!wanted.includes(hash)) this.kept.delete(hash);
    const rows = await this.db.query<{ hash: string; content: unknown }[]>(
      `SELECT hash, content FROM org_snapshot WHERE hash = ANY($1)`,
      [missing],
    );
    for (const { hash, content } of rows) this.kept.set(hash, content);
  }

  /** @returns null when the case was stored without one */
  of({ snapshotHash, revision, submittedAt }: StoredCase): DirectorySnapshot | null {
    const content = snapshotHash === null ? undefined : this.kept.get(snapshotHash);
    return content === undefined ? null : directoryOf(content, { revision, at: submittedAt.toISOString() });
  }
}
