import type { DataSource, EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { afterAct, type QuoteAct } from '../../domain/quote/quote.js';
import { quoteToContractMessage } from '../../workflows/messages.js';
import { assertApproved } from '../approval/amend.js';
import type { Step } from '../approval/time.js';
import { tellOfCredit } from '../customer/credit.js';
import { followDeal } from '../credit/reserve.js';
import { mustNotBeBlocked } from '../customer/standing.js';
import { appendEvents } from '../events.js';
import { tellProcess } from '../outbox.js';
import { queueCustomerMail } from '../link/customer-mail.js';
import { activePolicy } from '../policy/policy.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { keepDocument, offeredText } from './document.js';
import { mustStandOnRate } from './fx.js';
import { tellOwner } from './owner-notices.js';
import { mailOffer, type Recipient } from './offer-link.js';
import { lockQuote, type HeldQuote } from './store.js';

export type QuoteMoved = { quoteId: string; state: string };

/**
 * The approved quotation goes to the customer: by mail, with a link of their own, or by whatever way its owner takes.
 * @throws DomainError QUOTE_STATE · QUOTE_EXPIRED · NOT_COVERED · FX_MOVED · MAIL_NOT_CONFIGURED
 */
export function sendQuote(
  db: DataSource,
  meta: CommandMeta,
  { quoteId, to }: { quoteId: string; to: Recipient | null },
): Promise<Answer<QuoteMoved>> {
  return runCommand(db, meta, async (tx) => {
    const held = await lockQuote(tx, quoteId);
    await mustBePossible(tx, held, 'SEND');
    const textHash = await keepDocument(tx, quoteId);
    const linkId = to === null ? null : await mailOffer(tx, meta, quoteId, to);
    return apply(tx, held, meta, { act: 'SEND', type: 'quote.sent', payload: { textHash, linkId } });
  });
}

/** The customer said yes, by another way than their link. @throws DomainError QUOTE_STATE · QUOTE_EXPIRED after the last second of validity · FX_MOVED */
export function acceptQuote(
  db: DataSource,
  meta: CommandMeta,
  { quoteId, acceptedBy, note }: { quoteId: string; acceptedBy: string; note: string | null },
): Promise<Answer<QuoteMoved>> {
  const payload = { acceptedBy, note };
  return runCommand(db, meta, (tx) =>
    answered(tx, meta, quoteId, { act: 'ACCEPT', type: 'quote.accepted', payload }),
  );
}

/** The customer said no. @throws DomainError QUOTE_STATE */
export function declineQuote(
  db: DataSource,
  meta: CommandMeta,
  { quoteId, reason }: { quoteId: string; reason: string },
): Promise<Answer<QuoteMoved>> {
  return runCommand(db, meta, (tx) =>
    answered(tx, meta, quoteId, { act: 'DECLINE', type: 'quote.declined', payload: { reason } }),
  );
}

/** Time's act: an offer whose validity has ended, by Postgres' clock, expires. Otherwise nothing happens. */
export function expireQuote(db: DataSource, step: Step, quoteId: string): Promise<Answer<QuoteMoved>> {
  return runCommand(db, byTime(step, 'quote.expire', quoteId), async (tx) => {
    const held = await lockQuote(tx, quoteId);
    const { state } = held.row;
    if (!isOver(held) || (state !== 'APPROVED' && state !== 'SENT')) return { quoteId, state };
    return apply(tx, held, byTime(step, 'quote.expire', quoteId), {
      act: 'EXPIRE',
      type: 'quote.expired',
      payload: {},
    });
  });
}

/**
 * Time's act: `day` days before the end the owner is told, and the customer where the policy says so and the offer went out
 * by mail; once per day value.
 */
export function remindOfExpiry(
  db: DataSource,
  step: Step,
  quoteId: string,
  day: number,
): Promise<Answer<QuoteMoved>> {
  const meta = byTime(step, `quote.remind-${day}`, quoteId);
  return runCommand(db, meta, async (tx) => {
    const { head, row } = await lockQuote(tx, quoteId);
    const moved = { quoteId, state: row.state };
    if (row.reminded.includes(day)) return moved;
    await tx.query(`UPDATE quote SET reminded = reminded || $2::int WHERE id = $1`, [quoteId, day]);
    await appendEvents(tx, head, [
      { type: 'quote.expiry-reminder', actor: meta.actor.id, payload: { daysLeft: day } },
    ]);
    if (row.state === 'APPROVED' || row.state === 'SENT')
      await tellOwner(tx, row, {
        kind: 'OFFER_EXPIRING',
        key: `${quoteId}/${day}`,
        params: {},
        at: head.now,
        correlationId: meta.correlationId,
      });
    if (row.state === 'SENT') await remindCustomer(tx, quoteId, head.now, meta.correlationId);
    return moved;
  });
}

async function remindCustomer(
  tx: EntityManager,
  quoteId: string,
  now: string,
  correlationId: string | null,
): Promise<void> {
  const { content } = await activePolicy<PricingPolicy>(tx, 'pricing', now);
  if (content.remindsCustomer !== true) return;
  const [link] = await tx.query<{ id: string }[]>(
    `SELECT id FROM offer_link WHERE quote_id = $1 AND way = 'MAIL' ORDER BY created_at DESC, id DESC LIMIT 1`,
    [quoteId],
  );
  if (link) await queueCustomerMail(tx, 'quote.offer-reminder', link.id, correlationId);
}

interface Move {
  act: QuoteAct;
  type: string;
  payload: JsonObject;
}

/** Which text was answered is in the event, however the answer came. */
async function answered(
  tx: EntityManager,
  meta: CommandMeta,
  quoteId: string,
  what: Move,
): Promise<QuoteMoved> {
  const held = await lockQuote(tx, quoteId);
  await mustBePossible(tx, held, what.act);
  const textHash = await offeredText(tx, quoteId);
  return apply(tx, held, meta, { ...what, payload: { ...what.payload, textHash } });
}

/** May it be sent or answered now? @throws DomainError QUOTE_STATE · QUOTE_EXPIRED · CUSTOMER_BLOCKED · NOT_COVERED · FX_MOVED */
export async function mustBePossible(tx: EntityManager, held: HeldQuote, act: QuoteAct): Promise<void> {
  const { row } = held;
  afterAct(row.state, act);
  if (isOver(held) && act !== 'DECLINE') throw new DomainError('QUOTE_EXPIRED', { expiredAt: row.expiresAt });
  if (act === 'SEND' || act === 'ACCEPT') {
    await mustNotBeBlocked(tx, row.customerId);
    await assertApproved(tx, row.requestId, row.materialHash);
    await mustStandOnRate(tx, row.id);
  }
}

export async function apply(
  tx: EntityManager,
  { head, row }: HeldQuote,
  meta: CommandMeta,
  { act, type, payload }: Move,
): Promise<QuoteMoved> {
  const state = afterAct(row.state, act);
  await tx.query(
    `UPDATE quote SET state = $2::varchar, updated_at = now(), sent_at = CASE WHEN $2::varchar = 'SENT' THEN now() ELSE sent_at END,
       answered_at = CASE WHEN $2::varchar IN ('ACCEPTED', 'DECLINED') THEN now() ELSE answered_at END WHERE id = $1`,
    [row.id, state],
  );
  const { seq } = await appendEvents(tx, head, [{ type, actor: meta.actor.id, payload }]);
  await tellProcess(tx, quoteToContractMessage(row.id, seq), meta.correlationId);
  await followDeal(tx, row.id);
  if (state === 'ACCEPTED') {
    // it takes of the limit that others in approval count on
    const change = { customerId: row.customerId, refId: row.id, at: head.now, by: meta.actor.id };
    await tellOfCredit(tx, change, meta.correlationId);
  }
  return { quoteId: row.id, state };
}

export function isOver({ head, row }: HeldQuote): boolean {
  return row.expiresAt !== null && row.expiresAt < head.now;
}

function byTime({ key, correlationId }: Step, command: string, quoteId: string): CommandMeta {
  return { actor: systemActor('process'), key, scope: `${command}/${quoteId}`, body: null, correlationId };
}
