import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { appendEvents, beginAggregate, lockAggregate } from '../events.js';
import { digest } from '../hash.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { mustLint } from './lint.js';

export interface PolicyProposal {
  kind: string;
  content: Json;
  /** why it changes */
  note: string;
}

export type Proposed = { draftId: string };
export type Published = { policyId: string; version: number };

/**
 * Proposes the next version of a policy. Everything wrong with it is named; a table runs for the first time in a
 * process of its own.
 * @throws DomainError POLICY_ERROR with the problems · POLICY.KIND nobody may publish that kind this way
 */
export function proposePolicy(
  db: DataSource,
  meta: CommandMeta,
  { kind, content, note }: PolicyProposal,
): Promise<Answer<Proposed>> {
  return runCommand(db, meta, async (tx) => {
    await mustLint(tx, { kind, content });
    const draftId = uuidv7();
    const head = await beginAggregate(tx, 'policy', draftId);
    await tx.query(
      `INSERT INTO policy_draft (id, kind, content, note, created_by) VALUES ($1, $2, $3, $4, $5)`,
      [draftId, kind, JSON.stringify(content), note, meta.actor.id],
    );
    await appendEvents(tx, head, [
      {
        type: 'policy.proposed',
        actor: meta.actor.id,
        payload: { kind, note, contentHash: digest(content).toString('hex') },
      },
    ]);
    return { draftId };
  });
}

/**
 * A second person puts a proposal in force from an instant that is still to come. Requests that are open keep the
 * version they have pinned (AE-POL-1).
 * @throws DomainError NOT_FOUND · SOD_VIOLATION the proposer publishes · POLICY.ALREADY_PUBLISHED · POLICY.FROM_PAST ·
 *   POLICY.SCHEDULED_EXISTS another version has not begun yet · as proposePolicy
 */
export function publishPolicy(
  db: DataSource,
  meta: CommandMeta,
  { draftId, validFrom }: { draftId: string; validFrom: string },
): Promise<Answer<Published>> {
  return runCommand(db, meta, async (tx) => {
    const head = await lockAggregate(tx, 'policy', draftId);
    const draft = await draftOf(tx, draftId);
    if (!head || !draft) throw new DomainError('NOT_FOUND', { draftId });
    if (draft.createdBy === meta.actor.id)
      throw new DomainError('SOD_VIOLATION', { rule: 'proposer ≠ publisher' });
    if (draft.publishedAs) throw new DomainError('POLICY.ALREADY_PUBLISHED', { policyId: draft.publishedAs });
    if (validFrom <= head.now)
      throw new DomainError('POLICY.FROM_PAST', { now: head.now }, [
        { pointer: '/validFrom', code: 'PAST', rule: 'an instant still to come' },
      ]);
    await mustLint(tx, draft);
    const published = await addVersion(tx, draft, { by: meta.actor.id, validFrom });
    await tx.query(`UPDATE policy_draft SET published_as = $2 WHERE id = $1`, [draftId, published.policyId]);
    await appendEvents(tx, head, [
      {
        type: 'policy.published',
        actor: meta.actor.id,
        payload: { kind: draft.kind, validFrom, ...published },
      },
    ]);
    return published;
  });
}

interface Draft {
  kind: string;
  content: Json;
  createdBy: string;
  publishedAs: string | null;
}

async function draftOf(tx: EntityManager, id: string): Promise<Draft | undefined> {
  const [draft] = await tx.query<Draft[]>(
    `SELECT kind, content, created_by AS "createdBy", published_as AS "publishedAs" FROM policy_draft WHERE id = $1`,
    [id],
  );
  return draft;
}

/** Ends the version in force where the new one begins. */
async function addVersion(
  tx: EntityManager,
  { kind, content, createdBy }: Draft,
  { by, validFrom }: { by: string; validFrom: string },
): Promise<Published> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`policy/${kind}`]);
  const [scheduled] = await tx.query<{ id: string; version: number }[]>(
    `SELECT id, version FROM policy_version WHERE kind = $1 AND lower(valid) > now()`,
    [kind],
  );
  if (scheduled)
    throw new DomainError('POLICY.SCHEDULED_EXISTS', { policyId: scheduled.id, version: scheduled.version });
  await tx.query(
    `UPDATE policy_version SET valid = tstzrange(lower(valid), $2::timestamptz) WHERE kind = $1 AND valid @> $2::timestamptz`,
    [kind, validFrom],
  );
  const [row] = await tx.query<{ id: string; version: number }[]>(
    `INSERT INTO policy_version (id, kind, version, valid, content, content_hash, created_by, approved_by)
     SELECT $1, $2::varchar, coalesce(max(version), 0) + 1, tstzrange($3::timestamptz, NULL), $4, $5, $6, $7
     FROM policy_version WHERE kind = $2::varchar RETURNING id, version`,
    [uuidv7(), kind, validFrom, JSON.stringify(content), digest(content), createdBy, by],
  );
  return { policyId: row!.id, version: row!.version };
}
