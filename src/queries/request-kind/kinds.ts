import type { Reader } from '../../db/prepared.js';
import { DomainError } from '../../domain/errors.js';
import { BUILT_IN_KINDS, type BuiltInKind } from '../../domain/request-kind/built-in.js';
import {
  policyOfRequestKind,
  requestKindOfPolicy,
  type RequestKindContent,
} from '../../domain/request-kind/kind.js';

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
}

export interface BuiltInView extends BuiltInKind {
  kind: string;
}

interface Row extends Pick<KindSummary, 'version' | 'retired' | 'routed'> {
  kind: string;
  content: RequestKindContent;
}

const LATEST = `
  SELECT DISTINCT ON (v.kind) v.kind, v.version, v.content, NOT v.valid @> now() AS retired,
    EXISTS (SELECT 1 FROM policy_version p WHERE p.kind = v.content->>'policyKind' AND p.valid @> now()) AS routed
  FROM policy_version v WHERE v.kind LIKE 'request.%' AND lower(v.valid) <= now()`;
const LATEST_FIRST = `ORDER BY v.kind, v.version DESC`;

/** Every kind that has begun in its latest version, by key. */
export async function listKinds(db: Reader): Promise<KindSummary[]> {
  const rows = await db.query<Row[]>(`${LATEST} ${LATEST_FIRST}`);
  return rows.map(summary);
}

/** @throws DomainError NOT_FOUND */
export async function readKind(db: Reader, key: string): Promise<KindView> {
  const [row] = await db.query<Row[]>(`${LATEST} AND v.kind = $1 ${LATEST_FIRST}`, [
    policyOfRequestKind(key),
  ]);
  if (!row) throw new DomainError('NOT_FOUND', { requestKind: key });
  return { ...summary(row), content: row.content };
}

/** The kinds with modules of their own, by the same description. */
export function builtInKinds(): BuiltInView[] {
  return Object.entries(BUILT_IN_KINDS).map(([kind, description]) => ({ kind, ...description }));
}

function summary({ kind, version, retired, routed, content }: Row): KindSummary {
  const { titles, description = null, policyKind } = content;
  const key = requestKindOfPolicy(kind) ?? kind;
  return { key, version, titles, description, policyKind, retired, routed };
}
