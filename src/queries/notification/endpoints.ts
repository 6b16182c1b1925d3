import type { DataSource } from 'typeorm';
import type { PersonRef } from '../request/person-ref.js';
import type { ChannelName } from './deliveries.js';

/** An endpoint as its administrators see it: neither its address, which may hold a key, nor what it signs with. */
export interface EndpointView {
  id: string;
  channel: ChannelName;
  name: string;
  hasSecret: boolean;
  kinds: string[];
  person: PersonRef | null;
  locale: 'zh-CN' | 'en';
  state: 'ACTIVE' | 'DISABLED';
  /** why it is disabled: by an admin, or because the other side said it is gone */
  disabledCode: string | null;
  version: number;
  /** of the last day */
  sent: number;
  failed: number;
  lastError: string | null;
}

export async function listEndpoints(db: DataSource): Promise<EndpointView[]> {
  return db.query<EndpointView[]>(
    `SELECT c.id, c.channel, c.name, jsonb_array_length(c.secrets) > 0 AS "hasSecret", c.kinds, c.locale, c.state,
       c.disabled_code AS "disabledCode", c.version,
       CASE WHEN e.id IS NOT NULL THEN json_build_object('id', e.id, 'name', e.name, 'title', e.title) END AS person,
       l.sent, l.failed, l.error AS "lastError"
     FROM channel_endpoint c
     LEFT JOIN employee e ON e.id = c.person_id
     CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE d.state = 'SENT')::int AS sent, count(*) FILTER (WHERE d.state = 'FAILED')::int AS failed,
         (array_agg(d.error ORDER BY d.updated_at DESC) FILTER (WHERE d.error IS NOT NULL))[1] AS error
       FROM delivery d WHERE d.endpoint_id = c.id AND d.created_at > now() - interval '1 day') l
     ORDER BY c.channel, c.name, c.id`,
  );
}
