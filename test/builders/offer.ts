import type { DataSource } from 'typeorm';
import { FakeMail } from '../../src/integrations/mail.fake.js';
import { postOffice } from './post-office.js';

/** Sends what is queued about an offer. */
export async function postOffers(
  db: DataSource,
  quoteId: string,
): Promise<{ mail: FakeMail; states: string[] }> {
  const mail = new FakeMail();
  const queued = await db.query<{ id: string }[]>(
    `SELECT d.id FROM delivery d JOIN offer_link l ON l.id::text = d.payload->>'linkId' WHERE l.quote_id = $1 AND d.state = 'PENDING'
     ORDER BY d.created_at, d.id`,
    [quoteId],
  );
  const states = [];
  for (const { id } of queued) states.push((await postOffice(db, { mail }).sendDelivery(id)).state);
  return { mail, states };
}
