import type { DataSource } from 'typeorm';

/** Something open in Postgres that a workflow must be waiting for. */
export interface OpenProcess {
  kind:
    | 'GENERAL'
    | 'QUOTE'
    | 'STAFF_CHANGE'
    | 'ABSENCE'
    | 'DELIVERY'
    | 'CALENDAR_CHANGE'
    | 'PRICE_CHANGE'
    | 'DEALS'
    | 'CONTRACT'
    | 'SIGNING'
    | 'COLLECTION';
  /**
   * the request of a GENERAL, the quote of a QUOTE, the change of a STAFF_CHANGE, the absence of an ABSENCE, the message of
   * a DELIVERY, the edit of a CALENDAR_CHANGE, the change of a
   * PRICE_CHANGE, the owner of DEALS, the contract of a CONTRACT, the flow of a SIGNING,
   * the case of a COLLECTION
   */
  id: string;
  requestId: string | null;
  seq: number;
  /** a change of what was approved is being decided: the process that ended with the approval begins again */
  reopened: boolean;
}

/** Younger rows may still be on their way through the outbox. */
const SETTLED_SECONDS = 15;

/** What Postgres says must have a running workflow: open requests, offers, and accepted offers without a settled contract. */
export async function openProcesses(db: Pick<DataSource, 'query'>): Promise<OpenProcess[]> {
  const rows = await db.query<(Omit<OpenProcess, 'seq'> & { seq: string })[]>(
    `SELECT 'GENERAL' AS kind, id, id AS "requestId", seq, amends IS NOT NULL AS reopened FROM approval_request
     WHERE kind IN ('GENERAL', 'STAGE', 'REVOCATION', 'SPLIT') AND state IN ('PENDING', 'RETURNED')
       AND submitted_at < now() - make_interval(secs => $1)
     UNION ALL
     SELECT 'GENERAL', r.id, r.id, r.seq, false FROM revocation v
     JOIN approval_request r ON r.kind = 'REVOCATION' AND r.subject_id = v.id
     WHERE v.compensation = 'PENDING' AND v.failed_at < now() - make_interval(secs => $1)
     UNION ALL
     SELECT 'STAFF_CHANGE', c.id, NULL, coalesce(h.seq, 0), false FROM staff_change c
     LEFT JOIN event_head h ON (h.aggregate_kind, h.aggregate_id) IN (('employee', c.employee_id), ('org_unit', c.unit_id))
     WHERE c.settled_at IS NULL AND c.created_at < now() - make_interval(secs => $1)
     UNION ALL
     SELECT 'ABSENCE', a.id, NULL, coalesce(h.seq, 0), false FROM absence a
     LEFT JOIN event_head h ON h.aggregate_kind = 'employee' AND h.aggregate_id = a.employee_id
     WHERE a.settled_at IS NULL AND a.created_at < now() - make_interval(secs => $1)
     UNION ALL
     SELECT 'DELIVERY', d.id, d.request_id, d.replays, false FROM delivery d
     WHERE d.state IN ('PENDING', 'RETRYING') AND d.updated_at < now() - make_interval(secs => $1)
     UNION ALL
     SELECT 'CALENDAR_CHANGE', c.id, NULL, h.seq, false FROM calendar_change c
     JOIN event_head h ON h.aggregate_kind = 'calendar' AND h.aggregate_id = c.id
     WHERE c.settled_at IS NULL AND c.at < now() - make_interval(secs => $1)
     UNION ALL
     SELECT 'DEALS', w.owner_id, NULL, w.seq, false FROM deal_watch w
     WHERE w.since < now() - make_interval(secs => $1)
     UNION ALL
     SELECT 'PRICE_CHANGE', c.id, NULL, h.seq, false FROM price_change c
     JOIN event_head h ON h.aggregate_kind = 'price-change' AND h.aggregate_id = c.id
     WHERE c.settled_at IS NULL AND c.created_at < now() - make_interval(secs => $1)
     UNION ALL
     SELECT 'CONTRACT', k.id, CASE WHEN k.changing THEN k.request_id END, h.seq, false FROM contract k
     JOIN event_head h ON h.aggregate_kind = 'contract' AND h.aggregate_id = k.id
     WHERE k.effective_on IS NOT NULL AND k.archived_at IS NULL AND k.updated_at < now() - make_interval(secs => $1)
     UNION ALL
     SELECT 'SIGNING', f.id, NULL, h.seq, false FROM signing_flow f
     JOIN event_head h ON h.aggregate_kind = 'contract' AND h.aggregate_id = f.contract_id
     WHERE (f.state IN ('OPENING', 'PENDING') OR f.to_withdraw) AND f.created_at < now() - make_interval(secs => $1)
     UNION ALL
     SELECT 'COLLECTION', k.id, NULL, coalesce(h.seq, 0), false FROM collection_case k
     LEFT JOIN event_head h ON h.aggregate_kind = 'collection' AND h.aggregate_id = k.id
     WHERE k.state <> 'CLOSED' AND k.updated_at < now() - make_interval(secs => $1)
     UNION ALL
     SELECT 'QUOTE', q.id, coalesce(k.request_id, q.request_id), h.seq, false
     FROM quote q
     JOIN event_head h ON h.aggregate_kind = 'quote' AND h.aggregate_id = q.id
     LEFT JOIN LATERAL (
       SELECT state, request_id FROM contract WHERE quote_id = q.id ORDER BY created_at DESC, id DESC LIMIT 1) k ON true
     WHERE q.updated_at < now() - make_interval(secs => $1)
       AND (q.state IN ('IN_APPROVAL', 'RETURNED', 'APPROVED', 'SENT')
         OR (q.state = 'DRAFT' AND q.request_id IS NOT NULL)
         OR (q.state = 'ACCEPTED' AND coalesce(k.state, 'DRAFT') IN ('DRAFT', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'SEALED')))`,
    [SETTLED_SECONDS],
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}
