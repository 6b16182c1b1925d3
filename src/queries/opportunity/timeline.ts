import type { DataSource } from 'typeorm';
import type { JsonObject } from '../../domain/json.js';
import type { Viewer } from '../org/scope.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import { findOpportunity, iso, type Person } from './opportunities.js';

/** One thing that happened with a deal: something done, a stage entered, or an event of the deal, its quotes and contracts. */
export interface TimelineItem {
  id: string;
  kind: 'ACTIVITY' | 'STAGE' | 'EVENT';
  /** VISIT …, the stage, or the event's type */
  type: string;
  at: string;
  by: Person | null;
  /** what was done, or the document's number */
  text: string | null;
  /** a note, or the reason of a stage */
  note: string | null;
  twoWay: boolean;
  direction: string | null;
}

const SOURCES = `
  SELECT a.id::text AS id, 'ACTIVITY' AS kind, a.kind AS type, a.done_at AS at, a.owner_id::text AS actor, a.subject AS text,
    a.note, a.two_way AS "twoWay", NULL::text AS direction
  FROM activity a WHERE a.opportunity_id = $1 AND a.state = 'DONE'
  UNION ALL
  SELECT s.opportunity_id || '/' || s.no, 'STAGE', s.stage, s.entered_at, s.entered_by, NULL, s.reason, false, s.direction
  FROM opportunity_stage_entry s WHERE s.opportunity_id = $1
  UNION ALL
  SELECT v.id::text, 'EVENT', v.type, v.at, v.actor, NULL, NULL, false, NULL
  FROM event v WHERE v.aggregate_kind = 'opportunity' AND v.aggregate_id = $1
    AND v.type NOT IN ('opportunity.stage-changed', 'opportunity.created', 'activity.logged', 'activity.done', 'activity.planned')
  UNION ALL
  SELECT v.id::text, 'EVENT', v.type, v.at, v.actor, q.number, NULL, false, NULL
  FROM quote q JOIN event v ON v.aggregate_kind = 'quote' AND v.aggregate_id = q.id WHERE q.opportunity_id = $1
  UNION ALL
  SELECT v.id::text, 'EVENT', v.type, v.at, v.actor, k.number, NULL, false, NULL
  FROM quote q JOIN contract k ON k.quote_id = q.id JOIN event v ON v.aggregate_kind = 'contract' AND v.aggregate_id = k.id
  WHERE q.opportunity_id = $1`;

/** Newest first. @throws DomainError NOT_FOUND */
export async function opportunityTimeline(
  db: DataSource,
  viewer: Viewer,
  id: string,
  slice: Slice,
): Promise<Sliced<TimelineItem>> {
  await findOpportunity(db, viewer, id);
  const rows = await db.query<(TimelineItem & { position: string } & JsonObject)[]>(
    `SELECT t.id, t.kind, t.type, ${iso('t.at')} AS at, t.at::text AS position, t.text, t.note, t."twoWay", t.direction,
       CASE WHEN e.id IS NULL THEN NULL ELSE json_build_object('id', e.id, 'name', e.name, 'title', e.title) END AS by
     FROM (${SOURCES}) t LEFT JOIN employee e ON e.id::text = t.actor
     WHERE $2::timestamptz IS NULL OR (t.at, t.id) < ($2::timestamptz, $3::text)
     ORDER BY t.at DESC, t.id DESC LIMIT $4`,
    [id, slice.after?.[0] ?? null, slice.after?.[1] ?? null, slice.limit + 1],
  );
  return cutSlice(
    rows,
    slice.limit,
    ({ position: _, ...item }) => item as TimelineItem,
    (row) => [row.position, row.id],
  );
}
