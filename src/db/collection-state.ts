import type { CollectionPolicy } from '../domain/collection/policy.js';
import { coveredOnAccount } from '../domain/collection/on-account.js';
import type { CaseState } from '../domain/collection/standing.js';
import { disputedAmount, type ReceivableDisputeState } from '../domain/collection/dispute.js';
import type { CaseItem } from '../domain/collection/letter.js';
import type { Received } from '../domain/collection/promise.js';
import type { Reader } from './prepared.js';

export interface StatedItem extends CaseItem {
  invoiceNo: string;
}

export interface ActivePromise {
  id: string;
  itemId: string;
  amount: string;
  currency: string;
  dueOn: string;
  holdUntil: string;
  received: Received[];
}

export interface OpenDispute {
  id: string;
  itemId: string;
  escalateOn: string;
  escalated: boolean;
}

/** A case with everything its next step depends on, by Postgres' clock. */
export interface CollectionState {
  id: string;
  customerId: string;
  companyId: string;
  state: CaseState;
  pausedUntil: string | null;
  lastLetterOn: string | null;
  /** where the customer is */
  zone: string;
  /** where the company is; its day is "today" */
  companyZone: string;
  today: string;
  now: string;
  policy: CollectionPolicy;
  items: StatedItem[];
  /** how many items are with the lawyers */
  inLegal: number;
  promises: ActivePromise[];
  disputes: OpenDispute[];
}

type Row = Omit<CollectionState, 'items' | 'promises' | 'disputes'>;
type ItemRow = Omit<StatedItem, 'disputed' | 'heldUntil' | 'covered'> & {
  parts: { amount: string; state: ReceivableDisputeState }[] | null;
  promised: string | null;
};

const CASE = `
  SELECT k.id, k.customer_id AS "customerId", k.company_id AS "companyId", k.state, k.paused_until::text AS "pausedUntil",
    k.last_letter_on::text AS "lastLetterOn", c.zone, o.zone AS "companyZone", (clock.now AT TIME ZONE o.zone)::date::text AS today,
    to_char(clock.now AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS now,
    (SELECT content FROM policy_version WHERE kind = 'collection' AND valid @> clock.now) AS policy,
    (SELECT count(*)::int FROM receivable_item i WHERE i.customer_id = k.customer_id AND i.company_id = k.company_id AND i.state = 'LEGAL')
      AS "inLegal"
  FROM collection_case k JOIN customer c ON c.id = k.customer_id JOIN company o ON o.id = k.company_id,
    (SELECT clock_timestamp() AS now) clock
  WHERE k.id = $1`;
const ITEMS = `
  SELECT i.id, i.invoice_no AS "invoiceNo", i.currency, i.due_on::text AS "dueOn", i.level,
    (SELECT trim_scale(sum(e.amount))::text FROM receivable_entry e WHERE e.item_id = i.id) AS outstanding,
    (SELECT n.day FROM dunning_notice n WHERE n.item_id = i.id ORDER BY n.at DESC, n.day DESC LIMIT 1) AS "lastDay",
    (SELECT json_agg(json_build_object('amount', d.amount::text, 'state', d.state)) FROM receivable_dispute d
      WHERE d.item_id = i.id AND d.closed_at IS NULL) AS parts,
    (SELECT max(p.hold_until)::text FROM promise p WHERE p.item_id = i.id AND p.state = 'ACTIVE') AS promised,
    EXISTS (SELECT 1 FROM promise p WHERE p.item_id = i.id AND p.state = 'BROKEN' AND p.ended_at > coalesce(
      (SELECT max(n.at) FROM dunning_notice n WHERE n.item_id = i.id), '-infinity')) AS "isBroken"
  FROM receivable_item i
  WHERE i.customer_id = $1 AND i.company_id = $2 AND i.state = 'OPEN' ORDER BY i.due_on, i.id`;
/** Posted and applied to nothing yet. */
const ON_ACCOUNT = `
  SELECT p.currency, trim_scale(sum(p.amount - coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.payment_id = p.id), 0)))::text AS amount
  FROM payment p WHERE p.customer_id = $1 AND p.company_id = $2 AND p.state = 'POSTED' GROUP BY p.currency`;
/** Money booked on the item since somebody promised it; what was taken back of it counts against it. */
const PROMISES = `
  SELECT p.id, p.item_id AS "itemId", trim_scale(p.amount)::text AS amount, p.currency, p.due_on::text AS "dueOn",
    p.hold_until::text AS "holdUntil",
    coalesce((SELECT json_agg(json_build_object('amount', (-e.amount)::text, 'valueDate', e.value_date))
      FROM receivable_entry e LEFT JOIN receivable_entry r ON r.id = e.reverses
      WHERE e.item_id = p.item_id AND e.booked_at >= p.logged_at
        AND (e.kind = 'PAYMENT' OR (r.kind = 'PAYMENT' AND r.booked_at >= p.logged_at))), '[]') AS received
  FROM promise p WHERE p.case_id = $1 AND p.state = 'ACTIVE' ORDER BY p.due_on, p.id`;
const DISPUTES = `
  SELECT id, item_id AS "itemId", escalate_on::text AS "escalateOn", escalated FROM receivable_dispute
  WHERE case_id = $1 AND closed_at IS NULL ORDER BY escalate_on, id`;

/** Null when there is no such case, or no policy holds. */
export async function collectionState(db: Reader, caseId: string): Promise<CollectionState | null> {
  const [row] = await db.query<(Row & { policy: CollectionPolicy | null })[]>(CASE, [caseId]);
  if (!row?.policy) return null;
  const debtor = [row.customerId, row.companyId];
  const rows = await db.query<ItemRow[]>(ITEMS, debtor);
  const money = await db.query<{ currency: string; amount: string }[]>(ON_ACCOUNT, debtor);
  const items = rows.map(({ parts, promised, ...item }) => ({
    ...item,
    disputed: disputedAmount(parts ?? [], item.outstanding).toFixed(),
    heldUntil: laterOf(promised, row.pausedUntil),
  }));
  const covered = coveredOnAccount(
    items,
    Object.fromEntries(money.map(({ currency, amount }) => [currency, amount])),
  );
  return {
    ...row,
    policy: row.policy,
    items: items.map((item, index) => ({ ...item, covered: covered[index]! })),
    promises: await db.query<ActivePromise[]>(PROMISES, [caseId]),
    disputes: await db.query<OpenDispute[]>(DISPUTES, [caseId]),
  };
}

function laterOf(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
