import { bulkObstacle, ownAnswerObstacle, type BulkObstacle } from '../../domain/approval/bulk.js';
import { requirementsOf } from '../../domain/approval/requirements.js';
import type { StageSpec } from '../../domain/approval/stage-spec.js';
import { formatAmount } from '../../domain/money.js';
import type { PersonRef } from '../request/person-ref.js';

export interface InboxItem {
  requestId: string;
  seatId: string | null;
  seatVersion: number | null;
  subjectHash: string;
  title: string;
  kind: 'QUOTE' | 'CONTRACT' | 'GENERAL' | 'STAGE' | 'REVOCATION' | 'SPLIT';
  /** what its request kind is called; null for kinds with modules of their own */
  kindTitles: { zh: string; en: string } | null;
  subjectId: string;
  state: string;
  amount: { amount: string; currency: string } | null;
  initiator: PersonRef;
  stage: string;
  why: string | null;
  openedAt: string | null;
  dueAt: string | null;
  overdue: boolean;
  reminded: number;
  round: number;
  flags: string[];
  lastComment: { by: PersonRef; text: string } | null;
  onBehalfOf: PersonRef | null;
  /** who holds it, when that is somebody else */
  heldBy: PersonRef | null;
  /** one item for all of a pool: who has taken it, and whether it can be taken (AE-IN-2) */
  pool: { claimedBy: PersonRef | null; until: string | null } | null;
  decidedAt: string | null;
  decision: string | null;
  /** which answers may be given together with others' (AE-BULK-1); empty where the person has nothing to answer */
  bulk: BulkRight[];
  /** until when the person may take this approval back; null: not, or not any more (AE-TB-1) */
  retractUntil: string | null;
  /** a copy the person was sent of it; null: none */
  copy: { trigger: 'SUBMIT' | 'STAGE_PASSED' | 'FINAL'; readAt: string | null } | null;
}

export interface BulkRight {
  action: 'APPROVE' | 'REJECT';
  /** why it has to be answered by itself; null: it may go with others */
  obstacle: BulkObstacle | 'CLAIMED' | null;
  commentRequired: boolean;
}

/** One line of `ITEMS`. */
export interface InboxRow {
  sort: string;
  sort_id: string;
  viewer_id: string;
  request_id: string;
  seat_id: string | null;
  version: number | null;
  subject_hash: string;
  title: string;
  number: string;
  kind: InboxItem['kind'];
  kind_titles: InboxItem['kindTitles'];
  subject_id: string;
  state: string;
  amount: string | null;
  currency: string | null;
  initiator: PersonRef;
  owner: PersonRef | null;
  held_by: PersonRef | null;
  is_pool: boolean | null;
  claimed_by: PersonRef | null;
  claimed_until: Date | null;
  stage: string | null;
  why: string | null;
  opened_at: Date | null;
  due_at: Date | null;
  overdue: boolean | null;
  reminded: number;
  round: number;
  origin: string | null;
  facts: Record<string, unknown>;
  comment: { by: PersonRef; text: string } | null;
  rules: Pick<StageSpec, 'noBulk' | 'bulkLimit' | 'risk' | 'commentOn' | 'requires'> | null;
  exposure: string | null;
  is_advice: boolean | null;
  decided_at: Date | null;
  decision: string | null;
  retract_until: Date | null;
  copy_trigger: 'SUBMIT' | 'STAGE_PASSED' | 'FINAL' | null;
  copy_read_at: Date | null;
}

const PERSON = (alias: string) =>
  `json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'title', ${alias}.title)`;

/** The viewer's own approval, in a branch where nobody has decided since; whatever else is in the way, the engine says. */
const RETRACTABLE = `d.actor = $1::uuid::text AND d.action = 'APPROVE' AND NOT d.edited AND s.state = 'APPROVED' AND r.state = 'PENDING'
  AND r.round = s.round AND t.visit = s.visit AND t.state IN ('ACTIVE', 'BLOCKED', 'PASSED')
  AND now() < d.at + make_interval(mins => r.retract_minutes)
  AND NOT EXISTS (
    SELECT 1 FROM approval_seat y JOIN approval_stage x ON x.id = y.stage_id
    JOIN approval_decision l ON l.seat_id = y.id AND l.visit = y.visit AND l.retractions = y.retractions
    WHERE y.request_id = r.id AND y.round = r.round AND y.id <> s.id AND l.at >= d.at AND l.action <> 'OPINION'
      AND l.actor NOT LIKE 'system:%' AND (x.id = t.id OR (x.spec->>'block')::int > (t.spec->>'block')::int
        OR ((x.spec->>'block')::int = (t.spec->>'block')::int AND x.spec->>'branch' = t.spec->>'branch'
          AND (x.spec->>'rank')::int > (t.spec->>'rank')::int)))`;

/** Everything a line of the inbox shows, for the rows of `page`. */
export const ITEMS = `
  SELECT p.sort::text AS sort, p.sort_id, $1::uuid AS viewer_id, r.id AS request_id, r.title, r.number, r.kind, kv.content->'titles' AS kind_titles, r.subject_id, r.state,
    r.amount::text AS amount, r.currency, ro.subject_hash, ro.round, ro.facts, s.id AS seat_id, s.version, s.opened_at,
    coalesce(s.due_at, r.due_at) AS due_at, coalesce(s.due_at, r.due_at) < now() AND r.closed_at IS NULL
      AND coalesce(s.state, 'OPEN') = 'OPEN' AS overdue,
    s.origin, s.why->0->>'text' AS why, coalesce(t.title, r.stage_title) AS stage, d.at AS decided_at, d.action AS decision,
    CASE WHEN ${RETRACTABLE} THEN d.at + make_interval(mins => r.retract_minutes) END AS retract_until,
    ${PERSON('i')} AS initiator, CASE WHEN o.id IS NOT NULL THEN ${PERSON('o')} END AS owner,
    CASE WHEN hb.id IS NOT NULL THEN ${PERSON('hb')} END AS held_by,
    (t.spec->>'pool')::boolean AND s.added IS NULL AS is_pool, CASE WHEN cb.id IS NOT NULL THEN ${PERSON('cb')} END AS claimed_by,
    (t.claim->>'until')::timestamptz AS claimed_until, c.comment, y.trigger AS copy_trigger, y.read_at AS copy_read_at,
    CASE WHEN s.state = 'OPEN' AND s.holder_id = $1 THEN json_strip_nulls(json_build_object('noBulk', t.spec->'noBulk',
      'bulkLimit', t.spec->>'bulkLimit', 'risk', t.spec->>'risk', 'commentOn', t.spec->'commentOn', 'requires', t.spec->'requires')) END AS rules,
    s.exposure::text AS exposure, s.added->>'relation' = 'CONSULT' AS is_advice,
    (SELECT count(*)::int FROM approval_rung g WHERE g.seat_id = s.id AND g.kind = 'REMIND') AS reminded
  FROM page p
  JOIN approval_request r ON r.id = p.request_id
  LEFT JOIN approval_seat s ON s.id = p.seat_id
  LEFT JOIN approval_stage t ON t.id = s.stage_id
  LEFT JOIN approval_decision d ON d.seat_id = s.id AND d.visit = s.visit AND d.retractions = s.retractions
  JOIN approval_content ro ON ro.request_id = r.id AND ro.round = coalesce(s.round, r.round)
  JOIN employee i ON i.id = r.initiator_id
  LEFT JOIN general_request gr ON r.kind = 'GENERAL' AND gr.id = r.subject_id
  LEFT JOIN policy_version kv ON kv.id = gr.kind_version_id
  LEFT JOIN employee o ON o.id = s.owner_id AND s.owner_id <> s.holder_id
  LEFT JOIN approval_seat cs ON cs.id = (t.claim->>'seatId')::uuid AND cs.state = 'OPEN'
    AND cs.holder_id = (t.claim->>'personId')::uuid AND (t.claim->>'until')::timestamptz > now()
  LEFT JOIN employee cb ON cb.id = cs.holder_id
  LEFT JOIN request_copy y ON y.request_id = r.id AND y.person_id = $1
  LEFT JOIN employee hb ON hb.id = s.holder_id AND s.holder_id <> $1
  LEFT JOIN LATERAL (
    SELECT json_build_object('by', ${PERSON('e')}, 'text', l.comment) AS comment
    FROM approval_decision l JOIN employee e ON e.id = CASE WHEN l.actor LIKE 'system:%' THEN NULL ELSE l.actor END::uuid
    WHERE l.request_id = r.id AND l.comment IS NOT NULL ORDER BY l.at DESC LIMIT 1) c ON true`;

export function itemOf(row: InboxRow): InboxItem {
  return {
    requestId: row.request_id,
    seatId: row.seat_id,
    seatVersion: row.version,
    subjectHash: row.subject_hash,
    title: row.title,
    kind: row.kind,
    kindTitles: row.kind_titles,
    subjectId: row.subject_id,
    state: row.state,
    amount: money(row.amount, row.currency),
    initiator: row.initiator,
    stage: row.stage ?? '',
    why: row.why,
    openedAt: row.opened_at?.toISOString() ?? null,
    dueAt: row.due_at?.toISOString() ?? null,
    overdue: row.overdue === true,
    reminded: row.reminded,
    round: row.round,
    flags: flagsOf(row),
    lastComment: row.comment,
    onBehalfOf: row.owner,
    heldBy: row.held_by,
    pool: row.is_pool
      ? {
          claimedBy: row.claimed_by,
          until: row.claimed_by ? (row.claimed_until?.toISOString() ?? null) : null,
        }
      : null,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decision: row.decision,
    bulk: bulkRights(row),
    retractUntil: row.retract_until?.toISOString() ?? null,
    copy: row.copy_trigger && {
      trigger: row.copy_trigger,
      readAt: row.copy_read_at?.toISOString() ?? null,
    },
  };
}

function bulkRights({
  rules,
  exposure,
  is_advice: isAdvice,
  is_pool: isPool,
  ...row
}: InboxRow): BulkRight[] {
  if (!rules) return [];
  const isTaken = isPool === true && row.claimed_by !== null && row.claimed_by.id !== row.viewer_id;
  const obstacle = isTaken ? 'CLAIMED' : bulkObstacle(rules, exposure, isAdvice === true);
  return (['APPROVE', 'REJECT'] as const).map((action) => ({
    action,
    obstacle: obstacle ?? ownAnswerObstacle(rules, action),
    commentRequired: requirementsOf(rules, action).includes('COMMENT'),
  }));
}

/** What deserves a second look before the click, as codes the screen translates. */
function flagsOf({ round, origin, facts }: InboxRow): string[] {
  const clauses = facts['nonStandardClauses'];
  return [
    ...(round > 1 ? ['RESUBMITTED'] : []),
    ...(origin === 'ESCALATION' ? ['ESCALATED'] : []),
    ...(facts['marginFlag'] === 'RED' ? ['MARGIN_RED'] : []),
    ...(facts['marginFlag'] === 'AMBER' ? ['MARGIN_AMBER'] : []),
    ...(facts['belowFloor'] === true ? ['BELOW_FLOOR'] : []),
    ...(Array.isArray(clauses) && clauses.length > 0 ? ['NON_STANDARD_TEXT'] : []),
    ...(facts['creditOk'] === false ? ['CREDIT'] : []),
  ];
}

/** The wire form of a stored amount. */
export function money(
  amount: string | null,
  currency: string | null,
): { amount: string; currency: string } | null {
  return amount !== null && currency !== null ? { amount: formatAmount(amount, currency), currency } : null;
}
