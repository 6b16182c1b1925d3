import type { DataSource } from 'typeorm';
import type { NoticeKind } from '../../domain/notification/notices.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';

export interface NotificationRow {
  id: string;
  kind: NoticeKind;
  /** the request, the deal or the contract it is about: exactly one of the three */
  requestId: string | null;
  opportunityId: string | null;
  contractId: string | null;
  /** how many deals it tells of; 1 for a request */
  count: number;
  number: string;
  title: string;
  /** the state a thing came to, or why it is over; null where the kind says all */
  detail: string | null;
  /** who did it; null for the system */
  by: { id: string; name: string; title: string | null } | null;
  at: string;
  readAt: string | null;
}

const UTC = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const WANTED = `NOT EXISTS (SELECT 1 FROM notification_preference p
  WHERE p.person_id = n.person_id AND p.kind = n.kind AND p.channel = 'IN_APP' AND NOT p.enabled)`;

/** What a person was told, newest first; kinds they do not want to see here are left out. */
export async function listNotifications(
  db: DataSource,
  personId: string,
  { unread }: { unread: boolean },
  slice: Slice,
): Promise<Sliced<NotificationRow>> {
  const rows = await db.query<NotificationRow[]>(
    `SELECT n.id, n.kind, n.request_id AS "requestId", n.opportunity_id AS "opportunityId", n.contract_id AS "contractId",
       coalesce((n.params->>'count')::int, 1) AS count, coalesce(r.number, o.number, k.number) AS number,
       coalesce(r.title, o.title, c.name, o.number, k.number) AS title,
       coalesce(n.params->>'state', n.params->>'code') AS detail,
       CASE WHEN e.id IS NOT NULL THEN json_build_object('id', e.id, 'name', e.name, 'title', e.title) END AS by,
       to_char(n.at AT TIME ZONE 'UTC', ${UTC}) AS at, to_char(n.read_at AT TIME ZONE 'UTC', ${UTC}) AS "readAt"
     FROM notification n
     LEFT JOIN approval_request r ON r.id = n.request_id
     LEFT JOIN opportunity o ON o.id = n.opportunity_id
     LEFT JOIN contract k ON k.id = n.contract_id
     LEFT JOIN customer c ON c.id = coalesce(o.customer_id, k.customer_id)
     LEFT JOIN employee e ON e.id::text = coalesce(n.params->>'by', n.params->>'to')
     WHERE n.person_id = $1 AND ($2::uuid IS NULL OR n.id < $2) AND (NOT $4::boolean OR n.read_at IS NULL) AND ${WANTED}
     ORDER BY n.id DESC LIMIT $3`,
    [personId, slice.after?.[0] ?? null, slice.limit + 1, unread],
  );
  return cutSlice(
    rows,
    slice.limit,
    (row) => row,
    ({ id }) => [id],
  );
}

export async function countUnread(db: DataSource, personId: string): Promise<number> {
  const [row] = await db.query<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM notification n WHERE n.person_id = $1 AND n.read_at IS NULL AND ${WANTED}`,
    [personId],
  );
  return row?.n ?? 0;
}
