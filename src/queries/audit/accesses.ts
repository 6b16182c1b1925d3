import type { Reader } from '../../db/prepared.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import { namesOf, type PersonRef } from '../request/person-ref.js';

export const ACCESS_KINDS = ['REFUSED', 'READ', 'EXPORTED'] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

export interface AccessFilter {
  personId?: string | undefined;
  kind?: AccessKind | undefined;
  /** what was read */
  targetId?: string | undefined;
}

export interface AccessView {
  id: string;
  at: string;
  kind: AccessKind;
  person: PersonRef | null;
  /** what was read, or the command that was refused */
  what: string;
  /** why it was refused */
  code: string | null;
  request: { id: string; number: string; title: string } | null;
  /** whose tasks were read */
  ofPerson: PersonRef | null;
  correlationId: string | null;
}

interface Row {
  id: string;
  at: string;
  type: string;
  actor: string;
  cause: string | null;
  code: string | null;
  target_id: string | null;
  correlation_id: string | null;
  request: AccessView['request'];
}

const TYPES: Record<AccessKind, string> = {
  REFUSED: 'command.refused',
  READ: 'access.read',
  EXPORTED: 'access.exported',
};

/** The second chain (AE-AUD-1) as auditors read it, newest first: refused attempts, reads by office, exports. */
export async function listAccesses(
  db: Reader,
  { personId, kind, targetId }: AccessFilter,
  slice: Slice,
): Promise<Sliced<AccessView>> {
  const rows = await db.query<Row[]>(
    `SELECT e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, e.type, e.actor, e.cause,
       e.payload->>'code' AS code, e.payload->>'targetId' AS target_id, e.payload->>'correlationId' AS correlation_id,
       CASE WHEN r.id IS NOT NULL THEN json_build_object('id', r.id, 'number', r.number, 'title', r.title) END AS request
     FROM event e LEFT JOIN approval_request r ON r.id::text = e.payload->>'targetId'
     WHERE e.aggregate_kind IN ('attempt', 'access')
       AND ($1::uuid IS NULL OR e.aggregate_id = $1) AND ($2::varchar IS NULL OR e.type = $2)
       AND ($3::text IS NULL OR e.payload->>'targetId' = $3)
       AND ($4::timestamptz IS NULL OR (e.at, e.id) < ($4, $5::uuid))
     ORDER BY e.at DESC, e.id DESC LIMIT $6`,
    [
      personId ?? null,
      kind ? TYPES[kind] : null,
      targetId ?? null,
      slice.after?.[0] ?? null,
      slice.after?.[1] ?? null,
      slice.limit + 1,
    ],
  );
  const nameOf = await namesOf(
    db,
    rows.flatMap(({ actor, target_id }) => [actor, target_id]),
  );
  return cutSlice(
    rows,
    slice.limit,
    (row) => ({
      id: row.id,
      at: row.at,
      kind: ACCESS_KINDS.find((known) => TYPES[known] === row.type)!,
      person: nameOf(row.actor),
      what: row.cause ?? '',
      code: row.code,
      request: row.request,
      ofPerson: nameOf(row.target_id),
      correlationId: row.correlation_id,
    }),
    ({ at, id }) => [at, id],
  );
}
