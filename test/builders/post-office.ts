import type { DataSource } from 'typeorm';
import {
  createDeliveryActivities,
  type DeliveryActivities,
} from '../../src/activities/delivery.activities.js';
import { SecretBox } from '../../src/commands/channel/secret-box.js';
import type { Channels } from '../../src/integrations/channels.js';
import { v7 as uuidv7 } from 'uuid';

export const SECRET = 'a secret of the tests, at least 32 long';
const NEVER = { send: () => Promise.reject(new Error('an unexpected message')) };

/** The delivery activities over the channels a test has; a message to any other channel fails. */
export function postOffice(
  dataSource: DataSource,
  channels: Partial<Omit<Channels, 'robots'>> & { robots?: Partial<Channels['robots']> },
): DeliveryActivities {
  return createDeliveryActivities({
    dataSource,
    channels: {
      mail: null,
      webhook: NEVER,
      ...channels,
      robots: { DINGTALK: NEVER, FEISHU: NEVER, WECOM: NEVER, ...channels.robots },
    },
    secret: SECRET,
    publicUrl: 'https://sealflow.example',
  });
}

export interface DeliveryRow {
  id: string;
  kind: string;
  state: string;
  code: string | null;
  attempts: number;
  provider_id: string | null;
  error: string | null;
  username: string | null;
}

export async function deliveries(db: DataSource, requestId: string): Promise<DeliveryRow[]> {
  return db.query<DeliveryRow[]>(
    `SELECT d.id, d.kind, d.state, d.code, d.attempts, d.provider_id, d.error, e.username
     FROM delivery d LEFT JOIN employee e ON e.id = d.person_id WHERE d.request_id = $1 ORDER BY d.created_at, e.username`,
    [requestId],
  );
}

export async function addEndpoint(
  db: DataSource,
  {
    channel,
    url,
    secrets = [],
    kinds = [],
  }: { channel: string; url: string; secrets?: string[]; kinds?: string[] },
): Promise<string> {
  const box = new SecretBox(SECRET);
  const id = uuidv7();
  await db.query(
    `INSERT INTO channel_endpoint (id, channel, name, url, secrets, kinds) VALUES ($1, $2, $2, $3, $4, $5)`,
    [id, channel, box.seal(url), JSON.stringify(secrets.map((secret) => box.seal(secret))), kinds],
  );
  return id;
}
