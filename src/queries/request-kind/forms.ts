import type { Reader } from '../../db/prepared.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import type { RequestKindContent } from '../../domain/request-kind/kind.js';
import { namedIn, type Named } from './named.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';

export interface FormSummary {
  id: string;
  number: string;
  title: string;
  state: string;
  kind: { key: string; version: number; titles: { zh: string; en: string } };
  /** the last request for approval of it */
  requestId: string | null;
  /** approved, and changed beyond that since: it is to be submitted again, or changed back (AE-ENV-3) */
  stale: boolean;
  updatedAt: string;
}

export interface FormView extends FormSummary {
  rowVersion: number;
  document: JsonObject;
  approverIds: string[];
  /** what its kind says of it, in the version it is bound to */
  content: RequestKindContent;
  named: Named;
}

const UTC = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const SUMMARY = `g.id, g.number, g.title, g.state, to_char(g.updated_at AT TIME ZONE 'UTC', ${UTC}) AS "updatedAt",
  json_build_object('key', g.kind_key, 'version', v.version, 'titles', v.content->'titles') AS kind,
  (SELECT r.id FROM approval_request r WHERE r.kind = 'GENERAL' AND r.subject_id = g.id
   ORDER BY r.submitted_at DESC, r.id DESC LIMIT 1) AS "requestId",
  EXISTS (SELECT 1 FROM approval_request r WHERE r.kind = 'GENERAL' AND r.subject_id = g.id AND r.state = 'APPROVED'
    AND r.stale IS NOT NULL) AS stale`;
const FROM = `general_request g JOIN policy_version v ON v.id = g.kind_version_id`;

/** A person's own documents of request kinds, the last touched first. */
export async function listForms(
  db: Reader,
  personId: string,
  { state }: { state?: string | undefined },
  slice: Slice,
): Promise<Sliced<FormSummary>> {
  const rows = await db.query<(FormSummary & { position: string })[]>(
    `SELECT ${SUMMARY}, g.updated_at::text AS position FROM ${FROM}
     WHERE g.owner_id = $1 AND g.kind_key IS NOT NULL AND ($2::text IS NULL OR g.state = $2)
       AND ($3::timestamptz IS NULL OR (g.updated_at, g.id) < ($3::timestamptz, $4::uuid))
     ORDER BY g.updated_at DESC, g.id DESC LIMIT $5`,
    [personId, state ?? null, slice.after?.[0] ?? null, slice.after?.[1] ?? null, slice.limit + 1],
  );
  return cutSlice(
    rows,
    slice.limit,
    ({ position: _position, ...form }) => form,
    ({ position, id }) => [position, id],
  );
}

/** One document, for whoever started it. @throws DomainError NOT_FOUND also when it is somebody else's */
export async function readForm(db: Reader, personId: string, id: string): Promise<FormView> {
  const [row] = await db.query<Omit<FormView, 'named'>[]>(
    `SELECT ${SUMMARY}, g.row_version AS "rowVersion", g.document, g.approver_ids AS "approverIds", v.content
     FROM ${FROM} WHERE g.id = $1 AND g.owner_id = $2`,
    [id, personId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { formId: id });
  const { document } = row;
  return { ...row, named: await namedIn(db, id, [{ schema: row.content.schema, document }]) };
}
