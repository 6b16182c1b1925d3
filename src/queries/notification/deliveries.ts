import type { DataSource } from 'typeorm';
import { cutSlice, type Slice, type Sliced } from '../page.js';

export const DELIVERY_STATES = ['PENDING', 'RETRYING', 'SENT', 'FAILED', 'SKIPPED'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
export const CHANNELS = ['MAIL', 'DINGTALK', 'FEISHU', 'WECOM', 'WEBHOOK'] as const;
export type ChannelName = (typeof CHANNELS)[number];

export interface DeliveryFilter {
  state?: DeliveryState | undefined;
  channel?: ChannelName | undefined;
  requestId?: string | undefined;
  endpointId?: string | undefined;
}

export interface DeliveryView {
  id: string;
  channel: ChannelName;
  endpoint: { id: string; name: string };
  kind: string;
  requestId: string | null;
  number: string | null;
  person: { id: string; name: string; title: string | null } | null;
  state: DeliveryState;
  code: string | null;
  attempts: number;
  providerId: string | null;
  error: string | null;
  /** what a messenger answered when it took the card */
  answer: string | null;
  createdAt: string;
  updatedAt: string;
  sentAt: string | null;
}

const utc = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** What a webhook answered is not shown: it may be anything. A messenger's word about its card is. */
const SELECT = `SELECT d.id, c.channel, json_build_object('id', c.id, 'name', c.name) AS endpoint, d.kind, d.request_id AS "requestId",
       r.number, CASE WHEN e.id IS NOT NULL THEN json_build_object('id', e.id, 'name', e.name, 'title', e.title) END AS person,
       d.state, d.code, d.attempts, d.provider_id AS "providerId", d.error,
       CASE WHEN c.channel IN ('DINGTALK', 'FEISHU', 'WECOM') THEN d.response END AS answer, ${utc('d.created_at')} AS "createdAt",
       ${utc('d.updated_at')} AS "updatedAt", ${utc('d.sent_at')} AS "sentAt"
     FROM delivery d
     JOIN channel_endpoint c ON c.id = d.endpoint_id
     LEFT JOIN approval_request r ON r.id = d.request_id
     LEFT JOIN employee e ON e.id = d.person_id`;

/** Every message that was queued, newest first. */
export async function listDeliveries(
  db: DataSource,
  { state, channel, requestId, endpointId }: DeliveryFilter,
  slice: Slice,
): Promise<Sliced<DeliveryView>> {
  const rows = await db.query<DeliveryView[]>(
    `${SELECT}
     WHERE ($1::varchar IS NULL OR d.state = $1) AND ($2::varchar IS NULL OR c.channel = $2)
       AND ($3::uuid IS NULL OR d.request_id = $3)
       AND ($4::uuid IS NULL OR d.endpoint_id = $4) AND ($5::timestamptz IS NULL OR (d.created_at, d.id) < ($5, $6::uuid))
     ORDER BY d.created_at DESC, d.id DESC LIMIT $7`,
    [
      state ?? null,
      channel ?? null,
      requestId ?? null,
      endpointId ?? null,
      slice.after?.[0] ?? null,
      slice.after?.[1] ?? null,
      slice.limit + 1,
    ],
  );
  return cutSlice(
    rows,
    slice.limit,
    (row) => row,
    ({ createdAt, id }) => [createdAt, id],
  );
}

/** Null when there is no such delivery. */
export async function findDelivery(db: DataSource, id: string): Promise<DeliveryView | null> {
  const [row] = await db.query<DeliveryView[]>(`${SELECT} WHERE d.id = $1`, [id]);
  return row ?? null;
}
