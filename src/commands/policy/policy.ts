import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { digest } from '../hash.js';

/** One immutable version of policy data, as it is pinned by what uses it. */
export interface PolicyVersion<T> {
  id: string;
  kind: string;
  version: number;
  content: T;
}

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
  const [row] = await tx.query<PolicyVersion<T>[]>(
    `SELECT id, kind, version, content FROM policy_version WHERE kind = $1 AND valid @> $2::timestamptz`,
    [kind, at],
  );
  if (!row) throw new DomainError('NO_POLICY', { kind, at });
  return row;
}

export interface FirstVersion {
  kind: string;
  content: Json;
  /** ISO instant from which it is in force */
  from: string;
}

/** The first version of a policy, when there is none yet. A second call changes nothing. */
export async function addFirstVersion(
  tx: EntityManager,
  { kind, content, from }: FirstVersion,
): Promise<void> {
  await tx.query(
    `INSERT INTO policy_version (id, kind, version, valid, content, content_hash, created_by, approved_by)
     SELECT $1, $2::varchar, 1, tstzrange($3::timestamptz, NULL), $4, $5, 'system:seed', 'system:install'
     WHERE NOT EXISTS (SELECT 1 FROM policy_version WHERE kind = $2::varchar)`,
    [uuidv7(), kind, from, JSON.stringify(content), digest(content)],
  );
}
