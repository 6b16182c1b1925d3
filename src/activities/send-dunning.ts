import { ChannelRefusal } from '../integrations/channel-refusal.js';
import { dunningText } from '../integrations/dunning-text.js';
import { outgoingLetter, type OutgoingLetter } from '../queries/collection/letter.js';
import type { DeliveryJob } from '../queries/notification/delivery-job.js';
import { mailToCustomer } from './customer-letter.js';
import type { Sending } from './send-job.js';

/** The letter a message is about, read again at the last moment; null when there is none. */
export async function letterOfJob(
  sending: Pick<Sending, 'db'>,
  job: DeliveryJob,
): Promise<OutgoingLetter | null> {
  const letterId = job.payload?.['linkId'];
  return typeof letterId === 'string' ? outgoingLetter(sending.db, letterId) : null;
}

/** A letter of the ladder by mail. @throws ChannelRefusal · Error worth another try */
export async function sendDunning(sending: Sending, job: DeliveryJob): Promise<{ providerId: string }> {
  const letter = await letterOfJob(sending, job);
  if (!letter?.name || letter.address === null) throw new ChannelRefusal('NO_ADDRESS', 'nobody to write to');
  const { no, name, address, language, company, seller, caseId, content } = letter;
  return mailToCustomer(sending, job, {
    to: { name, address },
    seller,
    text: dunningText({ no, name, company, link: sending.publicUrl, ...content }, language),
    thread: `collection-${caseId}`,
    pdf: null,
  });
}
