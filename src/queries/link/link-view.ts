import type { DataSource } from 'typeorm';
import { requirementsOf } from '../../domain/approval/requirements.js';
import type { Requirement, StageSpec } from '../../domain/approval/stage-spec.js';
import { formatAmount } from '../../domain/money.js';

/** Why a link opens nothing to answer any more; null = it does. */
export type LinkEnd = 'DECIDED' | 'MOVED' | 'OVER' | 'PARKED' | 'CHANGED' | 'EXPIRED';

/** What a link from a mail stands for now: the matter, and who did what if it is no longer to be answered. */
export interface LinkView {
  requestId: string;
  seatId: string;
  seatVersion: number;
  subjectHash: string;
  holder: { id: string; name: string; locale: 'zh-CN' | 'en'; zone: string; mayAct: boolean };
  number: string;
  title: string;
  initiator: string;
  stage: string;
  amount: { amount: string; currency: string } | null;
  /** the amount lies within what may be decided without logging in */
  isWithinLimit: boolean;
  dueAt: string | null;
  /** what either answer must bring along besides a comment (AE-REQ-1) */
  needs: { APPROVE: Requirement[]; REJECT: Requirement[] };
  end: LinkEnd | null;
  /** who ended it, by their own name (frappe#34570); null when it was time or the system */
  by: string | null;
  /** APPROVE, RETURN, TRANSFER, WITHDRAWN … */
  did: string | null;
  at: string | null;
  /** who holds it now, when it moved */
  heldBy: string | null;
}

interface Row extends Omit<LinkView, 'amount' | 'end' | 'isWithinLimit' | 'needs'> {
  rules: Pick<StageSpec, 'commentOn' | 'requires'>;
  amount: string | null;
  currency: string | null;
  exposure: string | null;
  withinLimit: boolean | null;
  expired: boolean;
  changed: boolean;
  moved: boolean;
  seatState: string;
  own: Act | null;
  other: Act | null;
  closing: Act | null;
  transfer: Act | null;
}
interface Act {
  by: string | null;
  did: string;
  at: string;
}

const UTC = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const act = (name: string, did: string, at: string) =>
  `json_build_object('by', ${name}, 'did', ${did}, 'at', to_char(${at} AT TIME ZONE 'UTC', ${UTC}))`;

/** The seat's own decision; the last of its stage and visit; how the request ended; the last transfer. */
const ACTS = `
  LEFT JOIN LATERAL (
    SELECT ${act('e.name', 'd.action', 'd.at')} AS act FROM approval_decision d LEFT JOIN employee e ON e.id::text = d.actor
    WHERE d.seat_id = s.id AND d.visit = l.visit AND d.retractions = s.retractions) own ON true
  LEFT JOIN LATERAL (
    SELECT ${act('e.name', 'd.action', 'd.at')} AS act FROM approval_decision d
    JOIN approval_seat o ON o.id = d.seat_id AND o.stage_id = s.stage_id AND o.visit = l.visit AND o.retractions = d.retractions
    LEFT JOIN employee e ON e.id::text = d.actor ORDER BY d.at DESC LIMIT 1) other ON true
  LEFT JOIN LATERAL (
    SELECT ${act('e.name', `v.payload->>'state'`, 'v.at')} AS act FROM event v LEFT JOIN employee e ON e.id::text = v.actor
    WHERE v.aggregate_kind = 'request' AND v.aggregate_id = r.id AND v.type = 'request.closed' AND r.closed_at IS NOT NULL
    ORDER BY v.seq DESC LIMIT 1) closing ON true
  LEFT JOIN LATERAL (
    SELECT ${act('e.name', `'TRANSFER'`, 'v.at')} AS act FROM event v LEFT JOIN employee e ON e.id::text = v.actor
    WHERE v.aggregate_kind = 'request' AND v.aggregate_id = r.id AND v.type = 'seat.transferred'
      AND v.payload->>'seatId' = s.id::text ORDER BY v.seq DESC LIMIT 1) transfer ON true`;

/** Null when there is no such link. Reading changes nothing. */
export async function linkView(db: DataSource, tokenHash: Buffer): Promise<LinkView | null> {
  const [row] = await db.query<Row[]>(
    `SELECT r.id AS "requestId", s.id AS "seatId", s.version AS "seatVersion", l.subject_hash AS "subjectHash",
       json_build_object('id', h.id, 'name', h.name, 'locale', h.locale, 'zone', h.zone, 'mayAct',
         h.status <> 'LEFT' AND a.employee_id IS NOT NULL AND a.disabled_at IS NULL) AS holder,
       r.number, r.title, i.name AS initiator, t.title AS stage, json_strip_nulls(json_build_object('commentOn', t.spec->'commentOn', 'requires', t.spec->'requires')) AS rules, r.amount::text AS amount, r.currency,
       (r.amount <= u.max_amount AND r.currency = u.currency AND (r.exposure IS NULL
         OR (r.exposure <= u.max_amount AND r.exposure_currency = u.currency))) AS "withinLimit",
       to_char(s.due_at AT TIME ZONE 'UTC', ${UTC}) AS "dueAt", l.expires_at <= now() AS expired,
       l.subject_hash <> r.subject_hash AS changed, s.holder_id <> l.holder_id AS moved, s.state AS "seatState",
       own.act AS own, other.act AS other, closing.act AS closing, transfer.act AS transfer, n.name AS "heldBy"
     FROM action_link l
     CROSS JOIN link_rule u
     JOIN approval_seat s ON s.id = l.seat_id
     JOIN approval_stage t ON t.id = s.stage_id
     JOIN approval_request r ON r.id = l.request_id
     JOIN employee i ON i.id = r.initiator_id
     JOIN employee h ON h.id = l.holder_id
     JOIN employee n ON n.id = s.holder_id
     LEFT JOIN account a ON a.employee_id = h.id
     ${ACTS}
     WHERE l.token_hash = $1`,
    [tokenHash],
  );
  return row ? view(row) : null;
}

function view(row: Row): LinkView {
  const end = endOf(row);
  const { amount, currency, withinLimit, rules, own, other, closing, transfer, heldBy, ...rest } = row;
  const acts = {
    DECIDED: own,
    MOVED: transfer,
    OVER: closing ?? other,
    PARKED: null,
    CHANGED: null,
    EXPIRED: null,
  };
  const done = end && acts[end];
  return {
    ...rest,
    amount:
      amount !== null && currency !== null ? { amount: formatAmount(amount, currency), currency } : null,
    isWithinLimit: withinLimit === true,
    needs: { APPROVE: needsOf(rules, 'APPROVE'), REJECT: needsOf(rules, 'REJECT') },
    end,
    by: done?.by ?? null,
    did: done?.did ?? null,
    at: done?.at ?? null,
    heldBy: end === 'MOVED' ? heldBy : null,
  };
}

function needsOf(rules: Row['rules'], action: 'APPROVE' | 'REJECT'): Requirement[] {
  return requirementsOf(rules, action).filter((requirement) => requirement !== 'COMMENT');
}

/** What has happened goes before what would have been refused. */
function endOf({ own, moved, seatState, changed, expired }: Row): LinkEnd | null {
  if (own) return 'DECIDED';
  if (moved) return 'MOVED';
  if (seatState === 'PARKED' || seatState === 'WAITING') return 'PARKED';
  if (seatState !== 'OPEN') return 'OVER';
  if (changed) return 'CHANGED';
  return expired ? 'EXPIRED' : null;
}
