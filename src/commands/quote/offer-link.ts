import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { DocumentLanguage } from '../../domain/document/document.js';
import { DomainError } from '../../domain/errors.js';
import { appendEvents } from '../events.js';
import { queueCustomerMail } from '../link/customer-mail.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { keepDocument } from './document.js';
import { lockQuote } from './store.js';

/** To whom an offer goes by mail. */
export interface Recipient {
  name: string;
  address: string;
  language: DocumentLanguage;
}

/** A link for a recipient and the mail that brings it. @throws DomainError MAIL_NOT_CONFIGURED */
export async function mailOffer(
  tx: EntityManager,
  meta: CommandMeta,
  quoteId: string,
  { name, address, language }: Recipient,
): Promise<string> {
  const id = uuidv7();
  await tx.query(
    `INSERT INTO offer_link (id, quote_id, way, name, address, language, created_by) VALUES ($1, $2, 'MAIL', $3, $4, $5, $6)`,
    [id, quoteId, name, address, language, meta.actor.id],
  );
  if (!(await queueCustomerMail(tx, 'quote.offer', id, meta.correlationId)))
    throw new DomainError('MAIL_NOT_CONFIGURED');
  return id;
}

export type LinkGiven = { quoteId: string; linkId: string };

/** The offer goes out by mail once more, to the same person or another. @throws DomainError QUOTE_STATE · MAIL_NOT_CONFIGURED */
export function resendQuote(
  db: DataSource,
  meta: CommandMeta,
  { quoteId, to }: { quoteId: string; to: Recipient },
): Promise<Answer<LinkGiven>> {
  return onSent(db, meta, quoteId, 'quote.sent-again', (tx) => mailOffer(tx, meta, quoteId, to));
}

/** A link that somebody hands to the customer by another way; the chain knows who took it. @throws DomainError QUOTE_STATE */
export function giveOfferLink(
  db: DataSource,
  meta: CommandMeta,
  { quoteId, language }: { quoteId: string; language: DocumentLanguage },
): Promise<Answer<LinkGiven>> {
  return onSent(db, meta, quoteId, 'quote.link-given', async (tx) => {
    const id = uuidv7();
    await tx.query(
      `INSERT INTO offer_link (id, quote_id, way, language, created_by) VALUES ($1, $2, 'HAND', $3, $4)`,
      [id, quoteId, language, meta.actor.id],
    );
    return id;
  });
}

function onSent(
  db: DataSource,
  meta: CommandMeta,
  quoteId: string,
  type: string,
  link: (tx: EntityManager) => Promise<string>,
): Promise<Answer<LinkGiven>> {
  return runCommand(db, meta, async (tx) => {
    const { head, row } = await lockQuote(tx, quoteId);
    if (row.state !== 'SENT') throw new DomainError('QUOTE_STATE', { state: row.state, act: 'SEND_AGAIN' });
    if (row.expiresAt !== null && row.expiresAt < head.now)
      throw new DomainError('QUOTE_EXPIRED', { expiredAt: row.expiresAt });
    const textHash = await keepDocument(tx, quoteId);
    const linkId = await link(tx);
    await appendEvents(tx, head, [{ type, actor: meta.actor.id, payload: { linkId, textHash } }]);
    return { quoteId, linkId };
  });
}
