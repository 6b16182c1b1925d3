import type { DataSource } from 'typeorm';
import { collectionState } from '../../db/collection-state.js';
import type { CaseState } from '../../domain/collection/standing.js';
import type { WorkCalendar } from '../../domain/calendar.js';
import { caseTimetable } from '../../domain/collection/timetable.js';
import { DomainError } from '../../domain/errors.js';
import { formatAmount, type Money } from '../../domain/money.js';
import { daysPastDue } from '../../domain/receivable/debt.js';
import type { Viewer } from '../org/scope.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import { customersWithin } from '../receivable/reach.js';

export interface CaseSummary {
  id: string;
  customer: { id: string; name: string };
  companyId: string;
  state: CaseState;
  pausedUntil: string | null;
  reason: string | null;
  lastLetterOn: string | null;
  /** highest dunning level among what is open */
  level: number;
  openItems: number;
  openedAt: string;
  rowVersion: number;
}

export interface CaseDetail extends CaseSummary {
  /** what time does next */
  next: { kind: string; at: string } | null;
  items: {
    id: string;
    invoiceNo: string;
    dueOn: string;
    daysPastDue: number;
    level: number;
    outstanding: Money;
    disputed: Money;
    covered: Money;
    heldUntil: string | null;
  }[];
  promises: {
    id: string;
    itemId: string;
    amount: Money;
    dueOn: string;
    holdUntil: string;
    state: string;
    note: string | null;
    loggedAt: string;
  }[];
  disputes: {
    id: string;
    itemId: string;
    amount: Money;
    reason: string;
    evidence: string;
    state: string;
    openedOn: string;
    resolveBy: string;
    escalated: boolean;
    accepted: Money;
    outcome: string | null;
  }[];
  letters: {
    id: string;
    no: string;
    step: string;
    level: number;
    channel: string;
    at: string;
    contentHash: string;
    delivery: string | null;
  }[];
}

const SUMMARY = `k.id, json_build_object('id', c.id, 'name', c.name) AS customer, k.company_id AS "companyId", k.state,
  k.paused_until::text AS "pausedUntil", k.reason, k.last_letter_on::text AS "lastLetterOn", k.row_version AS "rowVersion",
  to_char(k.opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "openedAt", o.level, o."openItems"`;
const FROM = `collection_case k JOIN customer c ON c.id = k.customer_id CROSS JOIN LATERAL (
    SELECT coalesce(max(i.level), 0)::int AS level, count(*)::int AS "openItems" FROM receivable_item i
    WHERE i.customer_id = k.customer_id AND i.company_id = k.company_id AND i.state IN ('OPEN', 'LEGAL')) o`;

export interface CaseFilter {
  state?: string;
  customerId?: string;
}

/** Cases of the customers in reach, newest first; closed ones only when asked for. */
export async function listCases(
  db: DataSource,
  viewer: Viewer,
  { state, customerId }: CaseFilter,
  { after, limit }: Slice,
): Promise<Sliced<CaseSummary>> {
  const seen = customersWithin(viewer, 6);
  const rows = await db.query<CaseSummary[]>(
    `SELECT ${SUMMARY} FROM ${FROM}
     WHERE ($1::timestamptz IS NULL OR (k.opened_at, k.id) < ($1::timestamptz, $2::uuid))
       AND ($4::varchar IS NULL AND k.state <> 'CLOSED' OR k.state = $4) AND ($5::uuid IS NULL OR k.customer_id = $5) AND ${seen.sql}
     ORDER BY k.opened_at DESC, k.id DESC LIMIT $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit + 1, state ?? null, customerId ?? null, ...seen.params],
  );
  return cutSlice(
    rows,
    limit,
    (row) => row,
    ({ openedAt, id }) => [openedAt, id],
  );
}

type Stored<T, K extends string> = Omit<T, K> & Record<K, string> & { currency: string };

/** @throws DomainError NOT_FOUND, also for what the viewer may not see */
export async function readCase(
  db: DataSource,
  viewer: Viewer,
  caseId: string,
  calendar: WorkCalendar,
): Promise<CaseDetail> {
  const seen = customersWithin(viewer, 2);
  const [summary] = await db.query<CaseSummary[]>(
    `SELECT ${SUMMARY} FROM ${FROM} WHERE k.id = $1 AND ${seen.sql}`,
    [caseId, ...seen.params],
  );
  const state = summary && (await collectionState(db, caseId));
  if (!state) throw new DomainError('NOT_FOUND', { caseId });
  const [next] = state.state === 'CLOSED' ? [] : caseTimetable(state, calendar).sort((a, b) => a.at - b.at);
  const promises = await db.query<Stored<CaseDetail['promises'][number], 'amount'>[]>(
    `SELECT id, item_id AS "itemId", amount::text AS amount, currency, due_on::text AS "dueOn", hold_until::text AS "holdUntil", state, note,
       to_char(logged_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "loggedAt"
     FROM promise WHERE case_id = $1 ORDER BY logged_at DESC, id DESC LIMIT 200`,
    [caseId],
  );
  const disputes = await db.query<Stored<CaseDetail['disputes'][number], 'amount' | 'accepted'>[]>(
    `SELECT id, item_id AS "itemId", amount::text AS amount, accepted::text AS accepted, currency, reason, evidence, state,
       opened_on::text AS "openedOn", resolve_by::text AS "resolveBy", escalated, outcome
     FROM receivable_dispute WHERE case_id = $1 ORDER BY opened_at DESC, id DESC LIMIT 200`,
    [caseId],
  );
  const letters = await db.query<CaseDetail['letters']>(
    `SELECT l.id, l.no, l.step, l.level, l.channel, to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
       encode(l.content_hash, 'hex') AS "contentHash",
       (SELECT d.state FROM delivery d WHERE d.kind = 'collection.letter' AND d.payload->>'linkId' = l.id::text LIMIT 1) AS delivery
     FROM dunning_letter l WHERE l.case_id = $1 ORDER BY l.at DESC, l.id DESC LIMIT 200`,
    [caseId],
  );
  return {
    ...summary,
    next: next ? { kind: next.kind, at: new Date(next.at).toISOString() } : null,
    items: state.items.map(({ id, invoiceNo, dueOn, level, currency, heldUntil, ...item }) => ({
      id,
      invoiceNo,
      dueOn,
      daysPastDue: Math.max(daysPastDue(dueOn, state.today), 0),
      level,
      outstanding: money(item.outstanding, currency),
      disputed: money(item.disputed, currency),
      covered: money(item.covered, currency),
      heldUntil,
    })),
    promises: promises.map(({ amount, currency, ...promise }) => ({
      ...promise,
      amount: money(amount, currency),
    })),
    disputes: disputes.map(({ amount, accepted, currency, ...dispute }) => ({
      ...dispute,
      amount: money(amount, currency),
      accepted: money(accepted, currency),
    })),
    letters,
  };
}

function money(amount: string, currency: string): Money {
  return { amount: formatAmount(amount, currency), currency };
}
