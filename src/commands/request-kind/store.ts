import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import {
  policyOfRequestKind,
  requestKindOfPolicy,
  type RequestKind,
} from '../../domain/request-kind/kind.js';

const KEPT = 200;
/** Versions are immutable: each is read once per process and stays one object, which the schema's compilation relies on. */
const kept = new Map<string, RequestKind>();

/**
 * The version a new request is made of.
 * @throws DomainError NOT_FOUND there is no such kind · KIND_RETIRED no more requests of it are started
 */
export async function kindInForce(tx: EntityManager, key: string): Promise<RequestKind> {
  const [row] = await tx.query<{ versionId: string; active: boolean }[]>(
    `SELECT id AS "versionId", valid @> now() AS active FROM policy_version
     WHERE kind = $1 AND lower(valid) <= now() ORDER BY version DESC LIMIT 1`,
    [policyOfRequestKind(key)],
  );
  if (!row) throw new DomainError('NOT_FOUND', { requestKind: key });
  if (!row.active) throw new DomainError('KIND_RETIRED', { requestKind: key });
  return kindVersion(tx, row.versionId);
}

/** The version a request is bound to, retired or not. @throws DomainError NOT_FOUND */
export async function kindVersion(tx: EntityManager, versionId: string): Promise<RequestKind> {
  const known = kept.get(versionId);
  if (known) return known;
  const [row] = await tx.query<(Pick<RequestKind, 'version' | 'content'> & { kind: string })[]>(
    `SELECT kind, version, content FROM policy_version WHERE id = $1`,
    [versionId],
  );
  const key = row && requestKindOfPolicy(row.kind);
  if (!row || !key) throw new DomainError('NOT_FOUND', { kindVersionId: versionId });
  const kind = { versionId, key, version: row.version, content: row.content };
  if (kept.size >= KEPT) kept.clear();
  kept.set(versionId, kind);
  return kind;
}
