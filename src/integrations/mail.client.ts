import { createTransport } from 'nodemailer';
import { ChannelRefusal } from './channel-refusal.js';

export interface Mail {
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  /** the same for every attempt, so that a mail server that took it twice can tell */
  messageId: string;
  /** of the request: mails about one are one thread */
  threadId: string;
  replyTo?: { name: string; address: string };
  attachments?: readonly { filename: string; content: Buffer; contentType: string }[];
}

export interface MailClient {
  /** @returns what the server said, its queue id mostly. @throws ChannelRefusal REJECTED · Error worth another try */
  send(mail: Mail): Promise<{ providerId: string }>;
  close(): void;
}

const TIMEOUT_MS = 20_000;
const CONTROL = /\p{Cc}+/gu;

/** A header is one line: what people type into names and titles cannot begin another one. */
export function headerText(text: string): string {
  return text.replaceAll(CONTROL, ' ').trim();
}

/** Mail by SMTP. Only what is given here is sent, attachments as bytes: no files, no URLs are read for a mail. */
export function smtpMail({ url, from }: { url: string; from: string }): MailClient {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, html, messageId, threadId, replyTo, attachments = [] }) {
      const sent = await transport
        .sendMail({
          from,
          to,
          subject,
          text,
          html,
          messageId,
          inReplyTo: threadId,
          references: threadId,
          ...(replyTo ? { replyTo } : {}),
          attachments: [...attachments],
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
        .catch(finalOrNot);
      return { providerId: sent.response };
    },
    close: () => transport.close(),
  };
}

/** 5xx is the server's last word; 4xx, a lost connection and everything else is not. */
function finalOrNot(error: Error & { responseCode?: number; response?: string }): never {
  const { responseCode } = error;
  if (responseCode !== undefined && responseCode >= 500)
    throw new ChannelRefusal('REJECTED', error.response ?? error.message);
  throw error;
}
