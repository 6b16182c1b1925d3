import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { requestKindOfPolicy } from '../../domain/request-kind/kind.js';
import { beginAggregate, lockAggregate, type AggregateHead } from '../events.js';
import { digest } from '../hash.js';
import { routedBy } from '../request-kind/lint.js';
import type { PolicyDraft } from './draft-store.js';

export type Published = { policyId: string; version: number };

/** @throws DomainError POLICY.FROM_PAST */
export function mustBeToCome(validFrom: string, now: string): void {
  if (validFrom <= now)
    throw new DomainError('POLICY.FROM_PAST', { now }, [
      { pointer: '/validFrom', code: 'PAST', rule: 'an instant still to come' },
    ]);
}

/**
 * The next immutable version of a kind, in force from `from`; the one before it ends there. Nothing has to fire then:
 * whoever asks reads the version of that instant.
 * @throws DomainError POLICY.SCHEDULED_EXISTS another version has not begun yet
 */
export async function addVersion(
  tx: EntityManager,
  { kind, content, createdBy }: PolicyDraft,
  { by, from, now }: { by: string; from: string; now: string },
): Promise<Published> {
  await lockKind(tx, kind);
  const [scheduled] = await tx.query<{ id: string; version: number }[]>(
    `SELECT id, version FROM policy_version WHERE kind = $1 AND lower(valid) > $2::timestamptz`,
    [kind, now],
  );
  if (scheduled)
    throw new DomainError('POLICY.SCHEDULED_EXISTS', { policyId: scheduled.id, version: scheduled.version });
  await tx.query(
    `UPDATE policy_version SET valid = tstzrange(lower(valid), $2::timestamptz) WHERE kind = $1 AND valid @> $2::timestamptz`,
    [kind, from],
  );
  const [row] = await tx.query<{ id: string; version: number }[]>(
    `INSERT INTO policy_version (id, kind, version, valid, content, content_hash, created_by, approved_by)
     SELECT $1, $2::varchar, coalesce(max(version), 0) + 1, tstzrange($3::timestamptz, NULL), $4, $5, $6, $7
     FROM policy_version WHERE kind = $2::varchar RETURNING id, version`,
    [uuidv7(), kind, from, JSON.stringify(content), digest(content), createdBy, by],
  );
  return { policyId: row!.id, version: row!.version };
}

/** CANCEL takes back a version that has not begun; DEACTIVATE ends the one in force without a successor. */
export type EndingAct = 'CANCEL' | 'DEACTIVATE';

export interface Version {
  id: string;
  kind: string;
  version: number;
  state: 'SCHEDULED' | 'ACTIVE' | 'ENDED' | 'CANCELLED';
}

/** @throws DomainError POLICY.STATE it has begun, has ended or was taken back · POLICY.NEEDED parameters, or a stage of another policy */
export async function mustBeEndable(
  tx: EntityManager,
  { kind, state }: Version,
  act: EndingAct,
): Promise<void> {
  if (state !== (act === 'CANCEL' ? 'SCHEDULED' : 'ACTIVE')) throw new DomainError('POLICY.STATE', { state });
  if (act === 'DEACTIVATE') await mustNotBeNeeded(tx, kind);
}

/**
 * Taken back, the version before it stays in force. Deactivated, nothing is submitted under its kind until another one
 * begins; requests that are open keep it (AE-POL-1).
 */
export async function endVersion(
  tx: EntityManager,
  { id, kind }: Version,
  act: EndingAct,
  now: string,
): Promise<void> {
  if (act === 'DEACTIVATE') {
    await tx.query(
      `UPDATE policy_version SET valid = tstzrange(lower(valid), $2::timestamptz) WHERE id = $1`,
      [id, now],
    );
    return;
  }
  const [{ from } = { from: null }] = await tx.query<{ from: Date | null }[]>(
    `SELECT lower(valid) AS from FROM policy_version WHERE id = $1`,
    [id],
  );
  await tx.query(`UPDATE policy_version SET valid = 'empty' WHERE id = $1`, [id]);
  await tx.query(
    `UPDATE policy_version SET valid = tstzrange(lower(valid), NULL) WHERE kind = $1 AND upper(valid) = $2`,
    [kind, from],
  );
}

function lockKind(tx: EntityManager, kind: string): Promise<void> {
  return lockName(tx, `policy/${kind}`);
}

/** A policy and the request kinds it routes are judged by each other: they are put in force one after the other. */
export async function lockRouting(
  tx: EntityManager,
  { kind, content }: Pick<PolicyDraft, 'kind' | 'content'>,
): Promise<void> {
  const policy = requestKindOfPolicy(kind) === null ? kind : routedBy(content);
  if (policy !== null) await lockName(tx, `routing/${policy}`);
}

async function lockName(tx: EntityManager, name: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [name]);
}

/** A version's own chain begins with the first thing that happens to it after its approval. */
export async function lockVersion(
  tx: EntityManager,
  id: string,
): Promise<{ head: AggregateHead; version: Version }> {
  const [found] = await tx.query<{ kind: string }[]>(`SELECT kind FROM policy_version WHERE id = $1`, [id]);
  if (!found) throw new DomainError('NOT_FOUND', { policyId: id });
  await lockKind(tx, found.kind);
  const head = (await lockAggregate(tx, 'policy', id)) ?? (await beginAggregate(tx, 'policy', id));
  const [version] = await tx.query<Version[]>(
    `SELECT id, kind, version, CASE WHEN isempty(valid) THEN 'CANCELLED' WHEN lower(valid) > $2::timestamptz THEN 'SCHEDULED'
       WHEN valid @> $2::timestamptz THEN 'ACTIVE' ELSE 'ENDED' END AS state
     FROM policy_version WHERE id = $1`,
    [id, head.now],
  );
  return { head, version: version! };
}

async function mustNotBeNeeded(tx: EntityManager, kind: string): Promise<void> {
  if (requestKindOfPolicy(kind) !== null) return;
  if (!kind.startsWith('approval.')) throw new DomainError('POLICY.NEEDED', { kind, by: [] });
  const users = await tx.query<{ kind: string }[]>(
    `SELECT DISTINCT v.kind FROM policy_version v, json_array_elements(v.content->'stages') s
     WHERE v.kind LIKE 'approval.%' AND NOT isempty(v.valid) AND (upper(v.valid) IS NULL OR upper(v.valid) > now())
       AND v.kind <> $1 AND s->'resolver'->>'kind' = 'CHILD' AND s->'resolver'->>'policyKind' = $1`,
    [kind],
  );
  if (users.length > 0) throw new DomainError('POLICY.NEEDED', { kind, by: users.map((user) => user.kind) });
}
