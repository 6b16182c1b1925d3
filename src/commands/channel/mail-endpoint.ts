import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

/** Mail is open as soon as a worker has a server for it; then commands queue mails, before that none. */
export async function offerMail(db: DataSource, isConfigured: boolean): Promise<void> {
  await db.query(
    `INSERT INTO channel_endpoint (id, channel, name, url, state) VALUES ($1, 'MAIL', 'Mail', '', $2)
     ON CONFLICT (channel) WHERE channel = 'MAIL' DO UPDATE SET state = excluded.state`,
    [uuidv7(), isConfigured ? 'ACTIVE' : 'DISABLED'],
  );
}
