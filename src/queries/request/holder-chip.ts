import { prepared, type Reader } from '../../db/prepared.js';
import type { PersonRef } from './person-ref.js';

/** Who holds it, since when and until when; on every record that waits for an approval. */
export interface HolderChip {
  stage: string;
  people: PersonRef[];
  roles: string[];
  since: string;
  dueAt: string | null;
  overdue: boolean;
  /** why nobody can act: the code of a BLOCKED stage, or LADDER_EXHAUSTED */
  stuck: string | null;
}

interface Row {
  id: string;
  state: 'PENDING' | 'RETURNED';
  state_since: Date;
  stage_title: string | null;
  due_at: Date | null;
  overdue: boolean | null;
  initiator: PersonRef;
  people: PersonRef[] | null;
  since: Date | null;
  roles: string[] | null;
  blocked: string | null;
  exhausted: boolean;
  effect_at: Date | null;
}

export const RETURNED_STAGE = 'Returned to the initiator · 退回发起人';

/** Everybody has approved, and the approval is still to take effect. */
export const EFFECT_STAGE = 'EFFECT';

/** Chips of open requests by request id, in one statement; closed ones have none. */
export async function holderChips(
  db: Reader,
  requestIds: readonly (string | null)[],
): Promise<Map<string, HolderChip>> {
  const ids = requestIds.filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const rows = await prepared<Row>(
    db,
    `SELECT r.id, r.state, r.state_since, r.stage_title, r.due_at, r.due_at < now() AS overdue, r.effect_at,
       json_build_object('id', i.id, 'name', i.name, 'title', i.title) AS initiator,
       held.people, held.since, running.roles, running.blocked,
       EXISTS (SELECT 1 FROM approval_rung g JOIN approval_seat a ON a.id = g.seat_id AND a.state = 'OPEN'
               WHERE g.request_id = r.id AND g.kind = 'INCIDENT') AS exhausted
     FROM approval_request r
     JOIN employee i ON i.id = r.initiator_id
     CROSS JOIN LATERAL (
       SELECT json_agg(json_build_object('id', h.id, 'name', h.name, 'title', h.title) ORDER BY h.name, h.id) AS people,
         min(h.opened_at) AS since
       FROM (SELECT e.id, e.name, e.title, min(w.since) AS opened_at
             FROM (SELECT s.holder_id, s.opened_at AS since FROM approval_seat s
                   WHERE s.request_id = r.id AND s.round = r.round AND s.state = 'OPEN'
                   UNION ALL
                   SELECT coalesce(s.holder_id, c.initiator_id), coalesce(s.opened_at, c.state_since)
                   FROM approval_stage t JOIN approval_request c ON c.id = t.child_id AND c.state IN ('PENDING', 'RETURNED')
                   LEFT JOIN approval_seat s ON s.request_id = c.id AND s.state = 'OPEN'
                   WHERE t.request_id = r.id AND t.round = r.round AND t.state = 'ACTIVE') w
             JOIN employee e ON e.id = w.holder_id GROUP BY e.id) h) held
     CROSS JOIN LATERAL (
       SELECT json_agg(DISTINCT t.spec->'resolver'->>'role') FILTER (WHERE t.spec->'resolver'->>'role' IS NOT NULL) AS roles,
         min(t.code) FILTER (WHERE t.state = 'BLOCKED') AS blocked
       FROM approval_stage t WHERE t.request_id = r.id AND t.round = r.round AND t.state IN ('ACTIVE', 'BLOCKED')) running
     WHERE r.id = ANY($1::uuid[]) AND r.state IN ('PENDING', 'RETURNED')`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, chipOf(row)]));
}

function chipOf(row: Row): HolderChip {
  const returned = row.state === 'RETURNED';
  const effectAt = row.effect_at?.toISOString() ?? null;
  return {
    stage: returned ? RETURNED_STAGE : effectAt ? EFFECT_STAGE : (row.stage_title ?? ''),
    people: returned ? [row.initiator] : (row.people ?? []),
    roles: returned ? [] : (row.roles ?? []),
    since: (returned ? row.state_since : (row.since ?? row.state_since)).toISOString(),
    dueAt: effectAt ?? row.due_at?.toISOString() ?? null,
    overdue: row.overdue === true,
    stuck: returned ? null : (row.blocked ?? (row.exhausted ? 'LADDER_EXHAUSTED' : null)),
  };
}
