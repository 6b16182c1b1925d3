import { ChannelRefusal } from './channel-refusal.js';
import type { Mail, MailClient } from './mail.client.js';

type Answer = 'OK' | 'LATER' | 'NEVER';

/** Keeps what was sent. Strict: a header that is more than one line fails, as no server would take it well. */
export class FakeMail implements MailClient {
  readonly sent: Mail[] = [];

  /** @param answers to the next mails, in order; then all are taken */
  constructor(private readonly answers: Answer[] = []) {}

  send(mail: Mail): Promise<{ providerId: string }> {
    if (/[\r\n]/.test(`${mail.subject}${mail.to.name}${mail.to.address}${mail.messageId}`))
      return Promise.reject(new Error('a header of more than one line'));
    const answer = this.answers.shift() ?? 'OK';
    if (answer === 'LATER') return Promise.reject(new Error('421 try again later'));
    if (answer === 'NEVER') return Promise.reject(new ChannelRefusal('REJECTED', '550 no such user'));
    this.sent.push(mail);
    return Promise.resolve({ providerId: `250 queued as ${this.sent.length}` });
  }

  close(): void {
    this.sent.length = 0;
  }
}
