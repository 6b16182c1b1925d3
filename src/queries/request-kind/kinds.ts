import type { Reader } from '../../db/prepared.js';
import { DomainError } from '../../domain/errors.js';
import { BUILT_IN_KINDS, type BuiltInKind } from '../../domain/request-kind/built-in.js';
import type { RequestKindContent } from '../../domain/request-kind/kind.js';

export interface KindSummary {
  key: string;
  version: number;
  titles: { zh: string; en: string };
  description: { zh: string; en: string } | null;
  policyKind: string;
  retired: boolean;
  /** a policy routes it: requests of it can be started */
  routed: boolean;
}

export interface KindView extends KindSummary {
  content: RequestKindContent;
  versions: { version: number; note: string; createdAt: string }[];
}

export interface BuiltInView extends BuiltInKind {
  kind: string;
}

interface Row extends Omit<KindSummary, 'titles' | 'description' | 'policyKind'> {
  content: RequestKindContent;
}

const ISO = (instant: string) => `to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const LATEST = `
  SELECT DISTINCT ON (v.key) v.key, v.version, v.content, k.retired_at IS NOT NULL AS retired,
    EXISTS (SELECT 1 FROM policy_version p WHERE p.kind = v.content->>'policyKind' AND p.valid @> now()) AS routed
  FROM request_kind_version v JOIN request_kind k ON k.key = v.key`;

/** Every kind in its latest version, by key. */
export async function listKinds(db: Reader): Promise<KindSummary[]> {
  const rows = await db.query<Row[]>(`${LATEST} ORDER BY v.key, v.version DESC`);
  return rows.map(summary);
}

/** @throws DomainError NOT_FOUND */
export async function readKind(db: Reader, key: string): Promise<KindView> {
  const [row] = await db.query<Row[]>(`${LATEST} WHERE v.key = $1 ORDER BY v.key, v.version DESC`, [key]);
  if (!row) throw new DomainError('NOT_FOUND', { requestKind: key });
  const versions = await db.query<KindView['versions']>(
    `SELECT version, note, ${ISO('created_at')} AS "createdAt" FROM request_kind_version WHERE key = $1 ORDER BY version DESC`,
    [key],
  );
  return { ...summary(row), content: row.content, versions };
}

/** The kinds with modules of their own, by the same description. */
export function builtInKinds(): BuiltInView[] {
  return Object.entries(BUILT_IN_KINDS).map(([kind, description]) => ({ kind, ...description }));
}

function summary({ key, version, retired, routed, content }: Row): KindSummary {
  const { titles, description = null, policyKind } = content;
  return { key, version, titles, description, policyKind, retired, routed };
}
