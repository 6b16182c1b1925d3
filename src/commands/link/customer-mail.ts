import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { DunningMessage } from '../../domain/collection/letter.js';
import type { SigningMessage } from '../../domain/contract/signing.js';
import type { OfferMessage } from '../../domain/quote/offer.js';
import { deliverMessage } from '../../workflows/messages.js';
import { tellProcess } from '../outbox.js';

/** Queues a message to the person of a customer's link; false when there is no way to send mail. */
export async function queueCustomerMail(
  tx: EntityManager,
  kind: OfferMessage | SigningMessage | DunningMessage,
  linkId: string,
  correlationId: string | null,
): Promise<boolean> {
  const [delivery] = await tx.query<{ id: string }[]>(
    `INSERT INTO delivery (id, endpoint_id, kind, payload)
     SELECT $1, id, $2, jsonb_build_object('linkId', $3::text) FROM channel_endpoint WHERE channel = 'MAIL' AND state = 'ACTIVE'
     RETURNING id`,
    [uuidv7(), kind, linkId],
  );
  if (delivery) await tellProcess(tx, deliverMessage(delivery.id, 0), correlationId);
  return delivery !== undefined;
}
