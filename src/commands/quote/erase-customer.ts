import type { DataSource } from 'typeorm';
import { appendEvents } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockQuote } from './store.js';

/**
 * Erases who the customer's people were in one quotation's offer: whom it was mailed to, who answered it and from where, and
 * what they gave as a reason. That it was answered, how and when, and the digests in the chain stay (ADR 0121, 0232).
 * @throws DomainError NOT_FOUND
 */
export function eraseCustomer(
  db: DataSource,
  meta: CommandMeta,
  { quoteId, reason }: { quoteId: string; reason: string },
): Promise<Answer<{ links: number; answers: number }>> {
  return runCommand(db, meta, async (tx) => {
    const { head } = await lockQuote(tx, quoteId);
    const [, links] = await tx.query<[unknown, number]>(
      `UPDATE offer_link SET name = NULL, address = NULL, erased_at = now()
       WHERE quote_id = $1 AND (name IS NOT NULL OR address IS NOT NULL)`,
      [quoteId],
    );
    const [, byLink] = await tx.query<[unknown, number]>(
      `UPDATE offer_answer SET evidence = NULL, salt = NULL WHERE quote_id = $1 AND evidence IS NOT NULL`,
      [quoteId],
    );
    const [, byOwner] = await tx.query<[unknown, number]>(
      `UPDATE personal_text t SET text = NULL, salt = NULL, erased_at = now() FROM event e
       WHERE e.aggregate_kind = 'quote' AND e.aggregate_id = $1 AND t.aggregate_kind = 'quote' AND t.aggregate_id = $1
         AND t.erased_at IS NULL AND e.type IN ('quote.accepted', 'quote.declined')
         AND 'sealed:' || encode(t.digest, 'hex') IN (e.payload->>'acceptedBy', e.payload->>'reason', e.payload->>'note')`,
      [quoteId],
    );
    const erased = { links, answers: byLink + byOwner };
    await appendEvents(tx, head, [
      { type: 'offer.erased', actor: meta.actor.id, payload: { reason, ...erased } },
    ]);
    return erased;
  });
}
