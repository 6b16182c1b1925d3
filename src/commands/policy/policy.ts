import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { digest } from '../hash.js';
import { mustLintAlone } from './lint.js';

/** One immutable version of policy data, as it is pinned by what uses it. */
export interface PolicyVersion<T> {
  id: string;
  kind: string;
  version: number;
  content: T;
}

const MAX_KEPT = 50;
/** Published versions are immutable: each is fetched and parsed once per process and stays one object. */
let kept: ReadonlyMap<string, PolicyVersion<unknown>> = new Map();

/**
 * The version of a policy in force at an instant (AE-POL-1: effective-dated, immutable).
 * @param at ISO instant
 * @throws DomainError NO_POLICY nothing is in force then
 */
export async function activePolicy<T>(
  tx: Pick<EntityManager, 'query'>,
  kind: string,
  at: string,
): Promise<PolicyVersion<T>> {
  const known = kept;
  const [row] = await tx.query<PolicyVersion<unknown>[]>(
    `SELECT id, kind, version, CASE WHEN id = ANY($3::uuid[]) THEN NULL ELSE content END AS content
     FROM policy_version WHERE kind = $1 AND valid @> $2::timestamptz`,
    [kind, at, [...known.keys()]],
  );
  if (!row) throw new DomainError('NO_POLICY', { kind, at });
  return (known.get(row.id) ?? keep(row)) as PolicyVersion<T>;
}

function keep(policy: PolicyVersion<unknown>): PolicyVersion<unknown> {
  kept = new Map([...(kept.size < MAX_KEPT ? kept : []), [policy.id, policy]]);
  return policy;
}

export interface FirstVersion {
  kind: string;
  content: Json;
  /** ISO instant from which it is in force */
  from: string;
}

/**
 * The first version of a policy, when there is none yet. A second call changes nothing.
 * @throws DomainError POLICY_ERROR what the linter rejects gets in no way into force
 */
export async function addFirstVersion(
  tx: EntityManager,
  { kind, content, from }: FirstVersion,
): Promise<void> {
  const known = await tx.query<unknown[]>(`SELECT 1 FROM policy_version WHERE kind = $1 LIMIT 1`, [kind]);
  if (known.length > 0) return;
  await mustLintAlone(tx, { kind, content });
  await tx.query(
    `INSERT INTO policy_version (id, kind, version, valid, content, content_hash, created_by, approved_by)
     SELECT $1, $2::varchar, 1, tstzrange($3::timestamptz, NULL), $4, $5, 'system:seed', 'system:install'
     WHERE NOT EXISTS (SELECT 1 FROM policy_version WHERE kind = $2::varchar)`,
    [uuidv7(), kind, from, JSON.stringify(content), digest(content)],
  );
}
