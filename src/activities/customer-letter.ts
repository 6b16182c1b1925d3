import { htmlBody, plainBody } from '../integrations/mail-body.js';
import { headerText } from '../integrations/mail.client.js';
import type { MessageText } from '../integrations/message-text.js';
import type { DeliveryJob } from '../queries/notification/delivery-job.js';
import type { Sending } from './send-job.js';

export interface CustomerLetter {
  to: { name: string; address: string };
  /** answers go to them */
  seller: { name: string; email: string | null };
  text: MessageText;
  /** what later letters about the same are threaded to */
  thread: string;
  /** null: the words are all there is */
  pdf: { name: string; bytes: Buffer } | null;
}

/** A mail to somebody at a customer, with the document it is about. @throws ChannelRefusal · Error worth another try */
export function mailToCustomer(
  { channels, publicUrl }: Pick<Sending, 'channels' | 'publicUrl'>,
  job: Pick<DeliveryJob, 'id'>,
  { to, seller, text, thread, pdf }: CustomerLetter,
): Promise<{ providerId: string }> {
  if (!channels.mail) throw new Error('no mail server is configured here');
  const host = new URL(publicUrl).hostname;
  return channels.mail.send({
    to: { name: headerText(to.name), address: to.address },
    ...(seller.email === null ? {} : { replyTo: { name: headerText(seller.name), address: seller.email } }),
    subject: headerText(text.subject),
    text: plainBody(text),
    html: htmlBody(text),
    messageId: `<${job.id}@${host}>`,
    threadId: `<${thread}@${host}>`,
    ...(pdf && {
      attachments: [{ filename: pdf.name, content: pdf.bytes, contentType: 'application/pdf' }],
    }),
  });
}
