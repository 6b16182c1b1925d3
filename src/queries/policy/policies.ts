import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';

export interface PolicyView {
  id: string;
  kind: string;
  version: number;
  state: 'DRAFT' | 'SCHEDULED' | 'ACTIVE' | 'ENDED';
  validFrom: string | null;
  validTo: string | null;
  content: unknown;
}

const iso = (instant: string) => `to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Published versions and open proposals; a proposal shows the version it would become. */
const POLICIES = `(
  SELECT id, kind, version, content, lower(valid) AS since,
    CASE WHEN lower(valid) > now() THEN 'SCHEDULED' WHEN valid @> now() THEN 'ACTIVE' ELSE 'ENDED' END AS state,
    ${iso('lower(valid)')} AS "validFrom", ${iso('upper(valid)')} AS "validTo"
  FROM policy_version
  UNION ALL
  SELECT d.id, d.kind, coalesce((SELECT max(v.version) FROM policy_version v WHERE v.kind = d.kind), 0) + 1, d.content,
    d.created_at, 'DRAFT', NULL, NULL
  FROM policy_draft d WHERE d.published_as IS NULL) p`;
const MOST = 200;

/** Newest version of each kind first. */
export function listPolicies(db: DataSource, kind: string | null): Promise<PolicyView[]> {
  return db.query<PolicyView[]>(
    `SELECT id, kind, version, state, "validFrom", "validTo", content FROM ${POLICIES}
     WHERE $1::text IS NULL OR kind = $1 ORDER BY kind, version DESC, since DESC, id LIMIT ${MOST}`,
    [kind],
  );
}

/** @throws DomainError NOT_FOUND */
export async function readPolicy(db: DataSource, id: string): Promise<PolicyView> {
  const [policy] = await db.query<PolicyView[]>(
    `SELECT id, kind, version, state, "validFrom", "validTo", content FROM ${POLICIES} WHERE id = $1`,
    [id],
  );
  if (!policy) throw new DomainError('NOT_FOUND', { policyId: id });
  return policy;
}
