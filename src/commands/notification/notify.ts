import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { prepared } from '../../db/prepared.js';
import type { Notice } from '../../domain/notification/notices.js';
import { MAILED_BY_DEFAULT } from '../../domain/notification/preferences.js';
import { deliverMessage } from '../../workflows/messages.js';
import { tellProcess } from '../outbox.js';

/** What happened to one request, for people and for systems. */
export interface News {
  requestId: string;
  notices: readonly Notice[];
  /** event types with their seq on the request's chain, for webhooks */
  events: readonly { type: string; seq: number }[];
  /** ISO instant of the transaction */
  at: string;
  correlationId: string | null;
}

/**
 * Notices, and a delivery for each way that is open: mail to whoever has an address and wants the kind, robots of a person
 * likewise, robots of a group and webhooks by their own list of kinds (empty = all). Where a card asked for an answer, news
 * for whoever reads it follows, since a robot cannot change what it has said (AE-LINK-2). What was told is not told again.
 */
const STORE = `
  WITH told AS (
    INSERT INTO notification (id, person_id, kind, request_id, seat_id, dedupe_key, params, at)
    SELECT n.id, n.person_id, n.kind, $3::uuid, n.seat_id, n.dedupe_key, n.params, $4::timestamptz
    FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, person_id uuid, kind varchar, seat_id uuid, dedupe_key varchar, params jsonb)
    ON CONFLICT (dedupe_key) DO NOTHING RETURNING id, person_id, kind
  ), message AS (
    SELECT c.id AS endpoint_id, t.id AS notification_id, t.person_id, t.kind, NULL::jsonb AS payload
    FROM told t
    JOIN channel_endpoint c ON c.state = 'ACTIVE' AND c.channel <> 'WEBHOOK' AND (c.kinds = '{}' OR t.kind = ANY (c.kinds))
    LEFT JOIN employee e ON e.id = t.person_id
    LEFT JOIN notification_preference p ON p.person_id = t.person_id AND p.kind = t.kind
      AND p.channel = CASE WHEN c.channel = 'MAIL' THEN 'MAIL' ELSE 'CHAT' END
    WHERE CASE
      WHEN c.channel = 'MAIL' THEN e.email IS NOT NULL AND coalesce(p.enabled, t.kind = ANY ($5::varchar[]))
      WHEN c.person_id IS NOT NULL THEN (c.person_id = t.person_id AND coalesce(p.enabled, true))
        OR (t.person_id IS NULL AND EXISTS (SELECT 1 FROM delivery a WHERE a.endpoint_id = c.id AND a.request_id = $3::uuid
          AND a.kind = 'TASK' AND a.state = 'SENT'))
      ELSE t.kind IN ('TASK', 'STAGE_DECIDED', 'RETURNED', 'OUTCOME') OR t.kind = ANY (c.kinds) END
    UNION ALL
    SELECT c.id, NULL, NULL, v.type, jsonb_build_object('seq', v.seq, 'at', $6::text)
    FROM jsonb_to_recordset($2::jsonb) AS v(type varchar, seq bigint)
    JOIN channel_endpoint c ON c.state = 'ACTIVE' AND c.channel = 'WEBHOOK' AND (c.kinds = '{}' OR v.type = ANY (c.kinds))
  )
  INSERT INTO delivery (id, endpoint_id, notification_id, request_id, person_id, kind, payload)
  SELECT gen_random_uuid(), endpoint_id, notification_id, $3::uuid, person_id, kind, payload FROM message
  RETURNING id`;

/** In the command's own transaction: what is told is true if and only if the command was. */
export async function notify(tx: EntityManager, news: News): Promise<void> {
  const { requestId, notices, events, at, correlationId } = news;
  const rows = notices.map(({ personId, kind, seatId, key, params }) => ({
    id: uuidv7(),
    person_id: personId,
    kind,
    seat_id: seatId,
    dedupe_key: key,
    params,
  }));
  const deliveries = await prepared<{ id: string }>(tx, STORE, [
    JSON.stringify(rows),
    JSON.stringify(events),
    requestId,
    at,
    MAILED_BY_DEFAULT,
    at,
  ]);
  for (const { id } of deliveries) await tellProcess(tx, deliverMessage(id, 0), correlationId);
}
