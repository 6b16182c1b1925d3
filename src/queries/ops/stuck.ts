import type { DataSource } from 'typeorm';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import type { PersonRef } from '../request/person-ref.js';

export type StuckCause =
  | 'BLOCKED'
  | 'LADDER_EXHAUSTED'
  | 'SOD_FLAGGED'
  | 'NO_LIVE_SEAT'
  | 'COMPENSATION_FAILED'
  | 'OUTBOX_PARKED'
  | 'OUTBOX_BEHIND'
  | 'NO_WORKFLOW'
  | 'NO_OPEN_ROW'
  | 'WORKFLOW_TASK_FAILING'
  | 'ACTIVITY_RETRYING'
  | 'NO_WORKER';

export interface StuckItem {
  requestId: string | null;
  processId: string;
  workflowUrl: string | null;
  title: string;
  cause: StuckCause;
  detail: string;
  since: string;
  /** who can move it: holders who sleep on it, or the admins who may staff it */
  who: PersonRef[];
  actions: string[];
}

interface Row {
  request_id: string | null;
  process_id: string;
  title: string | null;
  cause: StuckCause;
  detail: string;
  since: string;
  who: PersonRef[] | null;
}

const OUTBOX_BEHIND_SECONDS = 10;
/** The reconciler runs every minute: when it is silent this long, no worker is there to run it. */
const SILENT_MINUTES = 3;

const PROCESS_ID = `CASE r.kind
    WHEN 'QUOTE' THEN 'quote-to-contract/' || r.subject_id
    WHEN 'CONTRACT' THEN (SELECT CASE WHEN k.effective_on IS NULL
      THEN 'quote-to-contract/' || k.quote_id ELSE 'contract/' || k.id END FROM contract k WHERE k.id = r.subject_id)
    ELSE 'approval/' || r.id END`;

const STUCK = `
  SELECT r.id AS request_id, ${PROCESS_ID} AS process_id, r.title, 'BLOCKED' AS cause,
    t.title || ': ' || coalesce(t.code, '') AS detail, coalesce(t.opened_at, r.state_since) AS since,
    (SELECT json_agg(json_build_object('id', e.id, 'name', e.name, 'title', e.title) ORDER BY e.name)
       FROM role_grant g JOIN employee e ON e.id = g.employee_id AND e.status = 'ACTIVE'
      WHERE g.role = 'ADMIN' AND g.valid @> now()) AS who
  FROM approval_stage t JOIN approval_request r ON r.id = t.request_id AND r.round = t.round AND r.state = 'PENDING'
  WHERE t.state = 'BLOCKED'
  UNION ALL
  SELECT r.id, ${PROCESS_ID}, r.title, 'LADDER_EXHAUSTED', g.rung_id, g.fired_at,
    json_build_array(json_build_object('id', e.id, 'name', e.name, 'title', e.title))
  FROM approval_rung g
  JOIN approval_seat s ON s.id = g.seat_id AND s.visit = g.visit AND s.state = 'OPEN'
  JOIN approval_request r ON r.id = s.request_id AND r.state = 'PENDING'
  JOIN employee e ON e.id = s.holder_id
  WHERE g.kind = 'INCIDENT'
  UNION ALL
  SELECT r.id, ${PROCESS_ID}, r.title, 'SOD_FLAGGED', t.title || ': ' || s.sod_drift, s.closed_at,
    json_build_array(json_build_object('id', e.id, 'name', e.name, 'title', e.title))
  FROM approval_seat s
  JOIN approval_stage t ON t.id = s.stage_id AND t.visit = s.visit
  JOIN approval_request r ON r.id = s.request_id AND r.round = s.round AND r.state = 'PENDING'
  JOIN employee e ON e.id = s.holder_id
  WHERE s.sod_drift IS NOT NULL AND s.state = 'APPROVED'
  UNION ALL
  SELECT r.id, ${PROCESS_ID}, r.title, 'NO_LIVE_SEAT', 'pending without a live seat', r.state_since, NULL
  FROM approval_request r
  WHERE r.state = 'PENDING' AND r.effect_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM approval_seat s WHERE s.request_id = r.id AND s.round = r.round AND s.state IN ('WAITING', 'OPEN', 'PARKED'))
    AND NOT EXISTS (SELECT 1 FROM approval_stage t WHERE t.request_id = r.id AND t.round = r.round AND t.state = 'BLOCKED')
    AND NOT EXISTS (SELECT 1 FROM approval_stage t JOIN approval_request c ON c.id = t.child_id AND c.state IN ('PENDING', 'RETURNED')
                    WHERE t.request_id = r.id AND t.round = r.round AND t.state = 'ACTIVE')
  UNION ALL
  SELECT r.id, ${PROCESS_ID}, r.title, 'COMPENSATION_FAILED', v.last_error, v.failed_at, NULL
  FROM revocation v JOIN approval_request r ON r.kind = 'REVOCATION' AND r.subject_id = v.id
  WHERE v.compensation = 'PENDING' AND v.last_error IS NOT NULL
  UNION ALL
  SELECT r.id, o.workflow_id, r.title, CASE o.state WHEN 'PARKED' THEN 'OUTBOX_PARKED' ELSE 'OUTBOX_BEHIND' END,
    coalesce(o.last_error, 'not delivered yet'), o.created_at, NULL
  FROM outbox o
  LEFT JOIN LATERAL (
    SELECT id, title FROM approval_request
    WHERE id = (o.input->>'requestId')::uuid OR (kind = 'QUOTE' AND subject_id = (o.input->>'quoteId')::uuid)
    ORDER BY submitted_at DESC LIMIT 1) r ON true
  WHERE o.state = 'PARKED' OR (o.state = 'PENDING' AND o.created_at < now() - make_interval(secs => ${OUTBOX_BEHIND_SECONDS}))
  UNION ALL
  SELECT NULL, 'worker', 'worker', 'NO_WORKER', 'nothing was compared with Temporal since', max(at), NULL
  FROM reconcile_run HAVING max(at) < now() - make_interval(mins => ${SILENT_MINUTES})
  UNION ALL
  SELECT f.request_id, f.process_id, r.title, f.cause, f.detail, f.since, NULL
  FROM ops_finding f LEFT JOIN approval_request r ON r.id = f.request_id`;

const ACTIONS: Record<StuckCause, readonly string[]> = {
  BLOCKED: ['RESTAFF', 'TERMINATE'],
  LADDER_EXHAUSTED: ['TRANSFER', 'TERMINATE'],
  SOD_FLAGGED: ['TERMINATE'],
  NO_LIVE_SEAT: ['TERMINATE'],
  COMPENSATION_FAILED: ['RETELL'],
  OUTBOX_PARKED: ['RETELL'],
  OUTBOX_BEHIND: ['RETELL'],
  NO_WORKFLOW: ['RETELL', 'TERMINATE'],
  NO_OPEN_ROW: [],
  WORKFLOW_TASK_FAILING: ['RETELL'],
  ACTIVITY_RETRYING: ['RETELL'],
  NO_WORKER: [],
};

const EVERYTHING: Slice = { limit: 200, after: null };

/** AE-OPS-1: everything that will not move by itself, oldest first, each with its cause and the legal actions. */
export async function listStuck(
  db: Pick<DataSource, 'query'>,
  uiUrl: string | null,
  { limit, after }: Slice = EVERYTHING,
): Promise<Sliced<StuckItem>> {
  const rows = await db.query<Row[]>(
    `SELECT request_id, process_id, title, cause, coalesce(detail, '') AS detail, who,
       to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS since
     FROM (${STUCK}) stuck
     WHERE $1::timestamptz IS NULL OR (since, process_id, cause, coalesce(detail, '')) > ($1, $2, $3, $4)
     ORDER BY stuck.since, process_id, cause, coalesce(detail, '') LIMIT $5`,
    [after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, after?.[3] ?? null, limit + 1],
  );
  return cutSlice(
    rows,
    limit,
    (row) => ({
      requestId: row.request_id,
      processId: row.process_id,
      workflowUrl: uiUrl && `${uiUrl}/namespaces/default/workflows/${encodeURIComponent(row.process_id)}`,
      title: row.title ?? row.process_id,
      cause: row.cause,
      detail: row.detail,
      since: new Date(row.since).toISOString(),
      who: row.who ?? [],
      actions: row.request_id ? [...ACTIONS[row.cause]] : [],
    }),
    (row) => [row.since, row.process_id, row.cause, row.detail],
  );
}
