import { randomBytes } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { OfferAnswer, OfferEvidence } from '../../domain/quote/offer.js';
import { customerTokenHash, evidenceDigest } from '../link/customer-link.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { offeredText } from './document.js';
import { apply, mustBePossible, type QuoteMoved } from './offer.js';
import { tellOwner } from './owner-notices.js';
import { lockQuote } from './store.js';

export interface OfferReply {
  token: string;
  /** of the text that the page showed */
  textHash: string;
  answer: OfferAnswer;
  ip: string | null;
  userAgent: string | null;
  correlationId: string | null;
}

const MAX_AGENT = 400;

/**
 * The customer answers by their link. The link is the key: whatever is sent by it again gets the first answer, and a refused
 * answer leaves it unspent. What proves the answer is kept beside the chain, its salted digest in it.
 * @throws DomainError NOT_FOUND · STALE_SUBJECT another text is offered than was shown · QUOTE_STATE · QUOTE_EXPIRED · FX_MOVED
 */
export async function answerOffer(db: DataSource, reply: OfferReply): Promise<Answer<QuoteMoved>> {
  const [link] = await db.query<{ id: string; quoteId: string }[]>(
    `SELECT id, quote_id AS "quoteId" FROM offer_link WHERE token_hash = $1`,
    [customerTokenHash(reply.token)],
  );
  if (!link) throw new DomainError('NOT_FOUND');
  const meta: CommandMeta = {
    actor: systemActor('customer'),
    key: link.id,
    scope: `quote.answer/${link.quoteId}`,
    body: null,
    correlationId: reply.correlationId,
  };
  return runCommand(db, meta, (tx) => answer(tx, meta, link, reply));
}

async function answer(
  tx: EntityManager,
  meta: CommandMeta,
  link: { id: string; quoteId: string },
  { answer: said, textHash, ip, userAgent }: OfferReply,
): Promise<QuoteMoved> {
  const held = await lockQuote(tx, link.quoteId);
  await mustBePossible(tx, held, said.answer);
  const offered = await offeredText(tx, link.quoteId);
  if (offered !== textHash) throw new DomainError('STALE_SUBJECT', { textHash: offered });
  const at = held.head.now;
  const evidence: OfferEvidence = {
    answer: said.answer,
    name: said.name,
    title: said.answer === 'ACCEPT' ? said.title : null,
    reason: said.answer === 'DECLINE' ? said.reason : null,
    textHash,
    linkId: link.id,
    ip,
    userAgent: userAgent?.slice(0, MAX_AGENT) ?? null,
    at,
  };
  const salt = randomBytes(16);
  const evidenceHash = evidenceDigest({ ...evidence }, salt);
  await tx.query(
    `INSERT INTO offer_answer (quote_id, link_id, answer, evidence, salt, evidence_hash, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [link.quoteId, link.id, said.answer, JSON.stringify(evidence), salt, evidenceHash, at],
  );
  const moved = await apply(tx, held, meta, {
    act: said.answer,
    type: said.answer === 'ACCEPT' ? 'quote.accepted' : 'quote.declined',
    payload: { linkId: link.id, textHash, evidence: evidenceHash },
  });
  await tellOwner(tx, held.row, {
    kind: 'OFFER_ANSWERED',
    key: link.quoteId,
    params: { state: moved.state },
    at,
    correlationId: meta.correlationId,
  });
  return moved;
}
