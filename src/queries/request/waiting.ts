import type { Reader } from '../../db/approval-state.js';

/** What a process waits for, re-read whenever it wakes; people by username, as Temporal's search attributes show them. */
export interface Waiting {
  requestId: string;
  kind: 'QUOTE' | 'CONTRACT' | 'GENERAL';
  subjectId: string;
  number: string;
  title: string;
  state: string;
  seq: number;
  round: number;
  stage: string | null;
  waitingOn: string[];
  dueAt: string | null;
  nextRungAt: string | null;
  stateSince: string;
  /** code of a BLOCKED stage */
  blocked: string | null;
  owner: string;
  exposure: string | null;
}

interface Row {
  id: string;
  kind: Waiting['kind'];
  subject_id: string;
  number: string;
  title: string;
  state: string;
  seq: string;
  round: number;
  stage_title: string | null;
  waiting_on: string[] | null;
  due_at: Date | null;
  next_rung_at: Date | null;
  state_since: Date;
  blocked: string | null;
  owner: string;
  exposure: string | null;
}

/** Null when there is no such request. */
export async function readWaiting(db: Reader, requestId: string): Promise<Waiting | null> {
  const [row] = await db.query<Row[]>(
    `SELECT r.id, r.kind, r.subject_id, r.number, r.title, r.state, r.seq, r.round, r.stage_title, r.due_at, r.next_rung_at,
       r.state_since, r.exposure::text AS exposure, o.username AS owner,
       CASE WHEN r.state = 'RETURNED' THEN json_build_array(i.username) ELSE (
         SELECT json_agg(DISTINCT e.username) FROM approval_seat s JOIN employee e ON e.id = s.holder_id
         WHERE s.request_id = r.id AND s.round = r.round AND s.state = 'OPEN') END AS waiting_on,
       (SELECT min(t.code) FROM approval_stage t
        WHERE t.request_id = r.id AND t.round = r.round AND t.state = 'BLOCKED') AS blocked
     FROM approval_request r JOIN employee i ON i.id = r.initiator_id JOIN employee o ON o.id = r.owner_id
     WHERE r.id = $1`,
    [requestId],
  );
  return row ? waitingOf(row) : null;
}

function waitingOf(row: Row): Waiting {
  return {
    requestId: row.id,
    kind: row.kind,
    subjectId: row.subject_id,
    number: row.number,
    title: row.title,
    state: row.state,
    seq: Number(row.seq),
    round: row.round,
    stage: row.stage_title,
    waitingOn: row.waiting_on ?? [],
    dueAt: row.due_at?.toISOString() ?? null,
    nextRungAt: row.next_rung_at?.toISOString() ?? null,
    stateSince: row.state_since.toISOString(),
    blocked: row.blocked,
    owner: row.owner,
    exposure: row.exposure,
  };
}
