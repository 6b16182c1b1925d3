import { DateTime } from 'luxon';
import { openCustomerLink } from '../commands/link/customer-link.js';
import { isMailAccount } from '../domain/contract/signing.js';
import { ChannelRefusal } from '../integrations/channel-refusal.js';
import { signingText } from '../integrations/signing-text.js';
import { toSignBySigner, type ToSign } from '../queries/contract/signing-link.js';
import type { DeliveryJob } from '../queries/notification/delivery-job.js';
import { mailToCustomer } from './customer-letter.js';
import type { Sending } from './send-job.js';

/** What a message to a signer is about, read again at the last moment; null when it is to nobody who is to sign. */
export async function toSignOf(sending: Pick<Sending, 'db'>, job: DeliveryJob): Promise<ToSign | null> {
  const signerId = job.payload?.['linkId'];
  return typeof signerId === 'string' ? toSignBySigner(sending.db, signerId) : null;
}

/** The document to sign with the signer's own link. @throws ChannelRefusal · Error worth another try */
export async function sendToSign(sending: Sending, job: DeliveryJob): Promise<{ providerId: string }> {
  const paper = await toSignOf(sending, job);
  const address = paper?.signer.account ?? null;
  if (!paper || address === null || !isMailAccount(address))
    throw new ChannelRefusal('NO_ADDRESS', 'nobody to sign');
  const { signer, number, version, seller, language, expiresAt, zone } = paper;
  const link =
    signer.url ??
    `${sending.publicUrl}/s/${await openCustomerLink(sending.db, sending.secret, 'signing', signer.id)}`;
  const until = DateTime.fromISO(expiresAt, { zone }).toFormat("yyyy-MM-dd HH:mm '(UTC'ZZ')'");
  return mailToCustomer(sending, job, {
    to: { name: signer.name, address },
    seller,
    text: signingText(
      {
        name: signer.name,
        organisation: signer.organisation,
        number,
        version,
        seller: seller.name,
        until,
        link,
      },
      language,
    ),
    thread: `signing-${paper.flowId}`,
    pdf: { name: `${number}-v${version}.pdf`, bytes: paper.document },
  });
}
