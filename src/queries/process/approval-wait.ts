import type { Reader } from '../../db/prepared.js';
import { addDuration, type WorkCalendar } from '../../domain/calendar.js';
import {
  amountText,
  instantText,
  peopleText,
  plainText,
  waitText,
  type Named,
} from '../../domain/process/sentence.js';
import type { NextStep } from '../../domain/process/view.js';
import { money } from '../inbox/inbox-item.js';

/** An approval request as whoever waits for its outcome sees it. */
export interface ApprovalWait {
  requestId: string;
  seq: number;
  state: string;
  stage: string | null;
  waitingOn: string[];
  dueAt: string | null;
  next: NextStep | null;
  stuck: string | null;
  sentence: string;
  owner: string;
  orgPath: string[];
  amountBase: number | null;
}

interface Row {
  id: string;
  title: string;
  number: string;
  state: string;
  seq: string;
  stage_title: string | null;
  amount: string | null;
  currency: string | null;
  exposure: string | null;
  due_at: Date | null;
  next_rung_at: Date | null;
  rung_in_ms: number | null;
  rung_kind: string | null;
  owner: string;
  owner_name: string;
  zone: string;
  holders: (Named & { username: string })[] | null;
  stage_keys: string[] | null;
  blocked: string | null;
  exhausted: boolean;
  org_path: string[] | null;
  state_since: Date;
  now: Date;
  returned_work_days: number | null;
  reminder_work_days: number | null;
  reminded_at: Date | null;
  effect_at: Date | null;
  uncompensated: string | null;
}

/** Unit codes from the subject's unit to the top, as one array. `unit` is an SQL expression. */
export function orgPathSql(unit: string): string {
  return `(WITH RECURSIVE line(unit_id, depth) AS (
      SELECT ${unit}, 0
      UNION ALL
      SELECT e.parent_id, line.depth + 1 FROM line
        JOIN org_edge e ON e.child_id = line.unit_id AND e.hierarchy = 'REPORTING' AND e.valid @> now()
      WHERE line.depth < 12)
    SELECT json_agg(u.code ORDER BY line.depth) FROM line JOIN org_unit u ON u.id = line.unit_id)`;
}

const READ = `
  SELECT r.id, r.title, r.number, r.state, r.seq, r.stage_title, r.amount, r.currency, r.exposure, r.due_at, r.next_rung_at,
    (extract(epoch FROM r.next_rung_at - clock_timestamp()) * 1000)::float8 AS rung_in_ms,
    o.username AS owner, o.name AS owner_name, o.zone, held.people AS holders, running.stage_keys, running.blocked,
    (SELECT g->>'kind' FROM approval_seat s, jsonb_array_elements(s.rungs) g
      WHERE s.request_id = r.id AND s.round = r.round AND s.state = 'OPEN' AND g->>'firedAt' IS NULL
        AND (g->>'at')::timestamptz >= r.due_at ORDER BY (g->>'at')::timestamptz LIMIT 1) AS rung_kind,
    EXISTS (SELECT 1 FROM approval_rung g JOIN approval_seat a ON a.id = g.seat_id AND a.state = 'OPEN'
      WHERE g.request_id = r.id AND g.kind = 'INCIDENT') AS exhausted,
    ${orgPathSql('r.unit_id')} AS org_path, r.state_since, clock_timestamp() AS now,
    (p.content->>'returnedWorkDays')::int AS returned_work_days,
    (p.content->>'returnedReminderWorkDays')::int AS reminder_work_days, r.reminded_at, r.effect_at,
    CASE WHEN r.kind = 'REVOCATION' AND r.state = 'APPROVED' THEN (SELECT coalesce(v.last_error, 'not undone yet') FROM revocation v
      WHERE v.id = r.subject_id AND v.compensation = 'PENDING') END AS uncompensated
  FROM approval_request r
  JOIN policy_version p ON p.id = r.policy_id
  JOIN employee o ON o.id = r.owner_id
  CROSS JOIN LATERAL (
    SELECT json_agg(DISTINCT jsonb_build_object('username', h.username, 'name', h.name, 'title', h.title)) AS people
    FROM (SELECT s.holder_id FROM approval_seat s WHERE s.request_id = r.id AND s.round = r.round AND s.state = 'OPEN'
          UNION ALL
          SELECT coalesce(s.holder_id, c.initiator_id)
          FROM approval_stage t JOIN approval_request c ON c.id = t.child_id AND c.state IN ('PENDING', 'RETURNED')
          LEFT JOIN approval_seat s ON s.request_id = c.id AND s.state = 'OPEN'
          WHERE t.request_id = r.id AND t.round = r.round AND t.state = 'ACTIVE') w
    JOIN employee h ON h.id = w.holder_id) held
  CROSS JOIN LATERAL (
    SELECT json_agg(g.key ORDER BY g.ordinal) AS stage_keys, min(g.code) FILTER (WHERE g.state = 'BLOCKED') AS blocked
    FROM approval_stage g WHERE g.request_id = r.id AND g.round = r.round AND g.state IN ('ACTIVE', 'BLOCKED')) running
  WHERE r.id = $1`;

/** One statement; null when there is no such request. */
export async function approvalWait(
  db: Reader,
  requestId: string,
  calendar: WorkCalendar,
): Promise<ApprovalWait | null> {
  const [row] = await db.query<Row[]>(READ, [requestId]);
  return row ? waitOf(row, calendar) : null;
}

function waitOf(row: Row, calendar: WorkCalendar): ApprovalWait {
  const returned = row.state === 'RETURNED';
  const expiry = returned ? returnedStep(row, calendar, row.returned_work_days) : null;
  const reminder = returned && !row.reminded_at ? returnedStep(row, calendar, row.reminder_work_days) : null;
  return {
    requestId: row.id,
    seq: Number(row.seq),
    state: row.state,
    stage: row.stage_keys?.join('+') ?? null,
    waitingOn: returned ? [row.owner] : (row.holders ?? []).map(({ username }) => username).sort(),
    dueAt: expiry?.at ?? row.due_at?.toISOString() ?? null,
    next: reminder ?? expiry ?? effectStep(row) ?? compensationStep(row) ?? ladderStep(row),
    stuck: stuckOf(row),
    sentence: sentenceOf(row, expiry),
    owner: row.owner,
    orgPath: row.org_path ?? [],
    amountBase: row.exposure === null ? null : Number(row.exposure),
  };
}

function ladderStep({ id, seq, state, next_rung_at: at, rung_in_ms: inMs }: Row): NextStep | null {
  if (state !== 'PENDING' || !at || inMs === null) return null;
  const instant = at.toISOString();
  return {
    kind: 'LADDER',
    key: `rungs/${id}/${seq}/${instant}`,
    at: instant,
    inMs: Math.ceil(inMs),
    days: null,
    subjectId: id,
  };
}

/** Everybody has agreed; the approval itself comes when the policy's minutes are over. */
function effectStep({ id, seq, state, effect_at: at, now }: Row): NextStep | null {
  if (state !== 'PENDING' || !at) return null;
  const instant = at.toISOString();
  const inMs = at.getTime() - now.getTime();
  return {
    kind: 'TAKE_EFFECT',
    key: `effect/${id}/${seq}/${instant}`,
    at: instant,
    inMs,
    days: null,
    subjectId: id,
  };
}

/** The approval is revoked; what it had brought about is undone now, however often it takes (AE-RV-1). */
function compensationStep({ id, uncompensated, now }: Row): NextStep | null {
  if (uncompensated === null) return null;
  return {
    kind: 'COMPENSATE',
    key: `compensate/${id}`,
    at: now.toISOString(),
    inMs: 0,
    days: null,
    subjectId: id,
  };
}

/** A returned request does not wait for ever: its initiator is reminded, then it expires (AE-RES-2). */
function returnedStep(
  { id, seq, state_since: since, now }: Row,
  calendar: WorkCalendar,
  days: number | null,
): NextStep | null {
  if (days === null) return null;
  const { at } = addDuration(calendar, since.toISOString(), { unit: 'workDays', n: days });
  const inMs = Date.parse(at) - now.getTime();
  return { kind: 'EXPIRE_RETURNED', key: `returned/${id}/${seq}/${at}`, at, inMs, days: null, subjectId: id };
}

function stuckOf({
  state,
  uncompensated,
  blocked,
  exhausted,
  holders,
  effect_at: effectAt,
}: Row): string | null {
  if (uncompensated !== null) return 'COMPENSATION_FAILED';
  if (state !== 'PENDING' || effectAt) return null;
  if (blocked) return `BLOCKED:${blocked}`;
  if (exhausted) return 'LADDER_EXHAUSTED';
  return holders === null ? 'NO_LIVE_SEAT' : null;
}

/** What happens when the due time passes in silence, by the first rung at or after it. */
const THEN: Readonly<Record<string, string>> = {
  REMIND: 'reminds again',
  CC_MANAGER: 'tells the manager',
  ESCALATE_ADD: 'escalates to the next manager',
  ESCALATE_REPLACE: 'escalates to the next manager',
  AUTO_REJECT: 'counts as a no',
  AUTO_APPROVE: 'counts as a yes where the amount allows',
  EXPIRE: 'expires',
  INCIDENT: 'becomes an incident of operations',
};

function sentenceOf(row: Row, expiry: NextStep | null): string {
  const shown = money(row.amount, row.currency);
  const named = row.title.includes(row.number) ? row.title : `${row.number} ${row.title}`;
  const what = `${plainText(named)}${shown ? `, ${amountText(shown)}` : ''}`;
  if (row.state === 'RETURNED')
    return waitText({
      who: plainText(row.owner_name),
      to: `change and resubmit ${what}`,
      due: expiry && { at: expiry.at, zone: row.zone, then: 'it expires' },
    });
  if (row.blocked)
    return `Nobody can decide on ${what}: ${plainText(row.blocked)}. An approval administrator has to staff the stage`;
  if (row.effect_at)
    return `Everybody has approved ${what}; it takes effect ${instantText(row.effect_at.toISOString(), row.zone)} unless an approval is taken back`;
  if (row.uncompensated !== null)
    return `The approval of ${what} is revoked, but what followed from it is not undone: ${plainText(row.uncompensated)}`;
  if (row.state !== 'PENDING') return `${what} is ${row.state.toLowerCase()}`;
  const then = row.rung_kind ? (THEN[row.rung_kind] ?? null) : null;
  return waitText({
    who: peopleText(row.holders ?? []),
    to: `approve ${what}`,
    due: row.due_at && { at: row.due_at.toISOString(), zone: row.zone, then },
  });
}
