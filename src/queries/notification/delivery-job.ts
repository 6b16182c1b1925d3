import type { DataSource } from 'typeorm';
import type { RequestState, SeatState } from '../../domain/approval/model.js';
import type { JsonObject } from '../../domain/json.js';
import type { NoticeKind } from '../../domain/notification/notices.js';
import type { QuietHours } from '../../domain/notification/quiet-hours.js';

export type Channel = 'MAIL' | 'DINGTALK' | 'FEISHU' | 'WECOM' | 'WEBHOOK';

/** One message as it is at this instant, and everything that decides whether it is still to be sent. */
export interface DeliveryJob {
  id: string;
  state: 'PENDING' | 'RETRYING' | 'SENT' | 'FAILED' | 'SKIPPED';
  kind: string;
  payload: JsonObject | null;
  channel: Channel;
  endpoint: {
    name: string;
    url: string;
    secrets: string[];
    locale: 'zh-CN' | 'en';
    state: 'ACTIVE' | 'DISABLED';
    /** one person alone reads it */
    isPersonal: boolean;
  };
  notice: { kind: NoticeKind; seatId: string | null; params: JsonObject } | null;
  person: {
    id: string;
    name: string;
    email: string | null;
    locale: 'zh-CN' | 'en';
    zone: string;
    hasLeft: boolean;
    quiet: QuietHours | null;
  } | null;
  seat: { state: SeatState; holderId: string } | null;
  /** null of a test of the endpoint, which is about none */
  request: { id: string; state: RequestState; initiatorId: string } | null;
  /** ISO instant by Postgres' clock */
  now: string;
}

/** Null when there is no such delivery. */
export async function deliveryJob(db: DataSource, id: string): Promise<DeliveryJob | null> {
  const [row] = await db.query<{ job: DeliveryJob }[]>(
    `SELECT json_build_object('id', d.id, 'state', d.state, 'kind', d.kind, 'payload', d.payload, 'channel', c.channel,
       'endpoint', json_build_object('name', c.name, 'url', c.url, 'secrets', c.secrets, 'locale', c.locale, 'state', c.state,
         'isPersonal', c.person_id IS NOT NULL),
       'notice', CASE WHEN n.id IS NOT NULL THEN json_build_object('kind', n.kind, 'seatId', n.seat_id, 'params', n.params) END,
       'person', CASE WHEN e.id IS NOT NULL THEN json_build_object('id', e.id, 'name', e.name, 'email', e.email,
         'locale', e.locale, 'zone', e.zone, 'hasLeft', e.status = 'LEFT', 'quiet',
         CASE WHEN e.quiet_from IS NOT NULL THEN json_build_object('from', e.quiet_from, 'to', e.quiet_to) END) END,
       'seat', CASE WHEN s.id IS NOT NULL THEN json_build_object('state', s.state, 'holderId', s.holder_id) END,
       'request', CASE WHEN r.id IS NOT NULL THEN json_build_object('id', r.id, 'state', r.state, 'initiatorId', r.initiator_id) END,
       'now', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS job
     FROM delivery d
     JOIN channel_endpoint c ON c.id = d.endpoint_id
     LEFT JOIN approval_request r ON r.id = d.request_id
     LEFT JOIN notification n ON n.id = d.notification_id
     LEFT JOIN employee e ON e.id = d.person_id
     LEFT JOIN approval_seat s ON s.id = n.seat_id
     WHERE d.id = $1`,
    [id],
  );
  return row?.job ?? null;
}
