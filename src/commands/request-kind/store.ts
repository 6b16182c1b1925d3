import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { RequestKind } from '../../domain/request-kind/kind.js';

const KEPT = 200;
/** Versions are immutable: each is read once per process and stays one object, which the schema's compilation relies on. */
const kept = new Map<string, RequestKind>();

const COLUMNS = `v.id AS "versionId", v.key, v.version`;

/**
 * The version a new request is made of.
 * @throws DomainError NOT_FOUND there is no such kind · KIND_RETIRED no more requests of it are started
 */
export async function kindInForce(tx: EntityManager, key: string): Promise<RequestKind> {
  const [row] = await tx.query<{ versionId: string; retired: boolean }[]>(
    `SELECT ${COLUMNS}, k.retired_at IS NOT NULL AS retired FROM request_kind_version v JOIN request_kind k ON k.key = v.key
     WHERE v.key = $1 ORDER BY v.version DESC LIMIT 1`,
    [key],
  );
  if (!row) throw new DomainError('NOT_FOUND', { requestKind: key });
  if (row.retired) throw new DomainError('KIND_RETIRED', { requestKind: key });
  return kindVersion(tx, row.versionId);
}

/** The version a request is bound to, retired or not. @throws DomainError NOT_FOUND */
export async function kindVersion(tx: EntityManager, versionId: string): Promise<RequestKind> {
  const known = kept.get(versionId);
  if (known) return known;
  const [row] = await tx.query<RequestKind[]>(
    `SELECT ${COLUMNS}, v.content FROM request_kind_version v WHERE v.id = $1`,
    [versionId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { kindVersionId: versionId });
  if (kept.size >= KEPT) kept.clear();
  kept.set(versionId, row);
  return row;
}
