import { heirSql } from '../../db/heir.js';
import type { Reader } from '../../db/prepared.js';
import { amountText, peopleText, plainText, waitText, type Named } from '../../domain/process/sentence.js';
import { earlierStep, firstStep, handOverStep, offerTimetable } from '../../domain/process/timetable.js';
import type { WorkCalendar } from '../../domain/calendar.js';
import type { NextStep, ProcessView } from '../../domain/process/view.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { CHANGES_HANDS, type QuoteState } from '../../domain/quote/quote.js';
import { money } from '../inbox/inbox-item.js';
import { approvalWait, orgPathSql } from './approval-wait.js';
import { contractPhase } from './contract-phase.js';

export interface DealRow {
  id: string;
  number: string;
  version: number;
  state: QuoteState;
  seq: string;
  request_id: string | null;
  currency: string;
  net_total: string;
  discount_pct: string;
  amount_base: string | null;
  customer: string;
  owner: Named & { username: string };
  owner_id: string;
  /** the owner has left, and somebody is there to take over */
  orphaned: boolean;
  zone: string;
  org_path: string[] | null;
  now: Date;
  created_at: Date;
  expires_at: Date | null;
  reminded: number[];
  pricing: PricingPolicy | null;
}

const READ = `
  SELECT q.id, q.number, q.version, q.state, h.seq, q.request_id, q.currency, q.net_total, trim_scale(q.discount_pct)::text AS discount_pct,
    r.exposure AS amount_base, c.name AS customer, o.zone,
    json_build_object('username', o.username, 'name', o.name, 'title', o.title) AS owner, q.owner_id,
    coalesce(o.status = 'LEFT' AND ${heirSql('q.owner_id')} IS NOT NULL, false) AS orphaned,
    ${orgPathSql('q.unit_id')} AS org_path, clock_timestamp() AS now, q.created_at, q.expires_at, q.reminded,
    (SELECT p.content FROM policy_version p WHERE p.kind = 'pricing' AND p.valid @> now()) AS pricing
  FROM quote q
  JOIN event_head h ON h.aggregate_kind = 'quote' AND h.aggregate_id = q.id
  JOIN customer c ON c.id = q.customer_id
  JOIN employee o ON o.id = q.owner_id
  LEFT JOIN approval_request r ON r.id = q.request_id
  WHERE q.id = $1`;

/** What differs from phase to phase; the rest of the view is the same in all of them. */
export type Phase = Pick<ProcessView, 'stage' | 'waitingOn' | 'dueAt' | 'next' | 'sentence'> &
  Partial<Pick<ProcessView, 'stuck' | 'outcome'>> & { requestSeq?: number; contractSeq?: number };

/** A quotation, its approval and its contract as their process sees them. Null when there is no such quotation. */
export async function dealProcess(
  db: Reader,
  quoteId: string,
  calendar: WorkCalendar,
): Promise<ProcessView | null> {
  const [row] = await db.query<DealRow[]>(READ, [quoteId]);
  if (!row) return null;
  const { requestSeq = 0, contractSeq = 0, ...phase } = handedOver(row, await phaseOf(db, row, calendar));
  return {
    stuck: null,
    outcome: null,
    owner: row.owner.username,
    orgPath: row.org_path ?? [],
    amountBase: row.amount_base === null ? null : Number(row.amount_base),
    ...phase,
    seq: Number(row.seq) + requestSeq + contractSeq,
  };
}

/** Before anything else time has to do, and after what is being decided. */
function handedOver(row: DealRow, phase: Phase): Phase {
  if (!row.orphaned || phase.outcome || !CHANGES_HANDS.includes(row.state)) return phase;
  return { ...phase, next: handOverStep('QUOTE', row) };
}

async function phaseOf(db: Reader, row: DealRow, calendar: WorkCalendar): Promise<Phase> {
  const { state, owner } = row;
  switch (state) {
    case 'IN_APPROVAL':
    case 'RETURNED':
      return approvalPhase(db, row, calendar);
    case 'APPROVED':
      return offered(row, {
        who: peopleText([owner]),
        to: `send ${dealText(row)} to ${plainText(row.customer)}`,
      });
    case 'SENT':
      return offered(row, {
        who: plainText(row.customer),
        to: `answer ${dealText(row)}, offered by ${peopleText([owner])}`,
      });
    case 'ACCEPTED':
      return contractPhase(db, { id: row.id, text: dealText(row), now: row.now, calendar });
    case 'DRAFT':
      return {
        stage: 'DRAFT',
        waitingOn: [owner.username],
        dueAt: null,
        next: null,
        sentence: `${dealText(row)} is a draft`,
      };
    case 'DECLINED':
    case 'EXPIRED':
    case 'REJECTED':
    case 'WITHDRAWN':
    case 'SUPERSEDED':
      return over(row, state);
  }
}

async function approvalPhase(db: Reader, row: DealRow, calendar: WorkCalendar): Promise<Phase> {
  const wait = row.request_id === null ? null : await approvalWait(db, row.request_id, calendar);
  if (!wait) throw new Error(`quotation ${row.id} is in approval without a request`);
  const { seq, stage, waitingOn, dueAt, next, stuck, sentence } = wait;
  return {
    requestSeq: seq,
    stage: row.state === 'RETURNED' ? 'QUOTE_RETURNED' : `QUOTE_APPROVAL:${stage ?? ''}`,
    waitingOn,
    dueAt,
    next: earlierStep(next, row.state === 'IN_APPROVAL' ? validityStep(row) : null),
    stuck,
    sentence: `${sentence}; discount ${row.discount_pct} %`,
  };
}

function validityStep({ id, now, expires_at: end }: DealRow): NextStep | null {
  if (!end) return null;
  const at = end.getTime();
  const appointment = { kind: 'EXPIRE_IN_APPROVAL' as const, key: `approval-expiry/${at}`, at, days: null };
  return firstStep([appointment], now.getTime(), id);
}

/** Approved or sent: it ends by itself when its validity does. */
function offered(row: DealRow, wait: { who: string; to: string }): Phase {
  const { expires_at: end, zone } = row;
  return {
    stage: `QUOTE_${row.state}`,
    waitingOn: [row.owner.username],
    dueAt: end?.toISOString() ?? null,
    next: offerStep(row),
    sentence: waitText({ ...wait, due: end && { at: end.toISOString(), zone, then: 'it expires' } }),
  };
}

function offerStep({
  id,
  now,
  created_at: createdAt,
  expires_at: end,
  reminded,
  pricing,
}: DealRow): NextStep | null {
  if (!end) return null;
  const offer = { createdAt: createdAt.getTime(), expiresAt: end.getTime(), now: now.getTime(), reminded };
  const timetable = offerTimetable({ ...offer, reminderDays: pricing?.expiryReminderDays ?? [] });
  return firstStep(timetable, offer.now, id);
}

function over(row: DealRow, outcome: string): Phase {
  const sentence = `${dealText(row)} is ${outcome.toLowerCase()}`;
  return { stage: outcome, waitingOn: [], dueAt: null, next: null, sentence, outcome };
}

/** `quote Q-2026-000123 v1, 412,000.00 CNY, discount 12.5 %`. */
function dealText(row: DealRow): string {
  const total = money(row.net_total, row.currency);
  const amount = total ? `, ${amountText(total)}` : '';
  return `quote ${plainText(row.number)} v${row.version}${amount}, discount ${row.discount_pct} %`;
}
