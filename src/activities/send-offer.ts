import { openCustomerLink } from '../commands/link/customer-link.js';
import { formatAmount } from '../domain/money.js';
import { isOfferMessage } from '../domain/quote/offer.js';
import { ChannelRefusal } from '../integrations/channel-refusal.js';
import { offerText } from '../integrations/offer-text.js';
import type { DeliveryJob } from '../queries/notification/delivery-job.js';
import { offeredByLink, type Offered } from '../queries/quote/offered.js';
import { quotePdf } from '../queries/quote/quote-pdf.js';
import { mailToCustomer } from './customer-letter.js';
import type { Sending } from './send-job.js';

/** What a message to a customer is about, read again at the last moment; null when it is to nobody's offer. */
export async function offerOf(sending: Pick<Sending, 'db'>, job: DeliveryJob): Promise<Offered | null> {
  const linkId = job.payload?.['linkId'];
  return typeof linkId === 'string' ? offeredByLink(sending.db, linkId) : null;
}

/** The offer with its PDF and the customer's own link. @throws ChannelRefusal · Error worth another try */
export async function sendOffer(sending: Sending, job: DeliveryJob): Promise<{ providerId: string }> {
  const { db, secret, publicUrl } = sending;
  const offer = await offerOf(sending, job);
  if (!offer?.address || !isOfferMessage(job.kind))
    throw new ChannelRefusal('NO_ADDRESS', 'no offer to send');
  const token = await openCustomerLink(db, secret, 'offer', offer.linkId);
  const { number, version, seller, validUntil, language, total } = offer;
  const text = offerText(
    {
      kind: job.kind,
      name: offer.name ?? '',
      number,
      version,
      seller: seller.name,
      total: `${formatAmount(total.amount, total.currency)} ${total.currency}`,
      validUntil,
      link: `${publicUrl}/o/${token}`,
    },
    language,
  );
  const pdf = await quotePdf(db, offer.quoteId, language);
  const to = { name: offer.name ?? '', address: offer.address };
  return mailToCustomer(sending, job, { to, seller, text, thread: `offer-${offer.quoteId}`, pdf });
}
