import type { DataSource, EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { afterAct, type QuoteAct } from '../../domain/quote/quote.js';
import { quoteToContractMessage } from '../../workflows/messages.js';
import { assertApproved } from '../approval/amend.js';
import type { Step } from '../approval/time.js';
import { appendEvents } from '../events.js';
import { tellProcess } from '../outbox.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { mustStandOnRate } from './fx.js';
import { lockQuote, type HeldQuote } from './store.js';

export type QuoteMoved = { quoteId: string; state: string };

/** The approved quotation goes to the customer. @throws DomainError QUOTE_STATE · QUOTE_EXPIRED · NOT_COVERED · FX_MOVED */
export function sendQuote(db: DataSource, meta: CommandMeta, quoteId: string): Promise<Answer<QuoteMoved>> {
  return runCommand(db, meta, (tx) =>
    move(tx, meta, quoteId, { act: 'SEND', type: 'quote.sent', payload: {} }),
  );
}

/** The customer said yes. @throws DomainError QUOTE_STATE · QUOTE_EXPIRED after the last second of validity · FX_MOVED */
export function acceptQuote(
  db: DataSource,
  meta: CommandMeta,
  { quoteId, acceptedBy, note }: { quoteId: string; acceptedBy: string; note: string | null },
): Promise<Answer<QuoteMoved>> {
  const payload = { acceptedBy, note };
  return runCommand(db, meta, (tx) =>
    move(tx, meta, quoteId, { act: 'ACCEPT', type: 'quote.accepted', payload }),
  );
}

/** The customer said no. @throws DomainError QUOTE_STATE */
export function declineQuote(
  db: DataSource,
  meta: CommandMeta,
  { quoteId, reason }: { quoteId: string; reason: string },
): Promise<Answer<QuoteMoved>> {
  return runCommand(db, meta, (tx) =>
    move(tx, meta, quoteId, { act: 'DECLINE', type: 'quote.declined', payload: { reason } }),
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

/** Time's act: notes that the owner was reminded `day` days before the end; once per day value. */
export function remindOfExpiry(
  db: DataSource,
  step: Step,
  quoteId: string,
  day: number,
): Promise<Answer<QuoteMoved>> {
  const meta = byTime(step, `quote.remind-${day}`, quoteId);
  return runCommand(db, meta, async (tx) => {
    const { head, row } = await lockQuote(tx, quoteId);
    if (!row.reminded.includes(day)) {
      await tx.query(`UPDATE quote SET reminded = reminded || $2::int WHERE id = $1`, [quoteId, day]);
      await appendEvents(tx, head, [
        { type: 'quote.expiry-reminder', actor: meta.actor.id, payload: { daysLeft: day } },
      ]);
    }
    return { quoteId, state: row.state };
  });
}

interface Move {
  act: QuoteAct;
  type: string;
  payload: JsonObject;
}

async function move(tx: EntityManager, meta: CommandMeta, quoteId: string, what: Move): Promise<QuoteMoved> {
  const held = await lockQuote(tx, quoteId);
  afterAct(held.row.state, what.act);
  if (isOver(held) && what.act !== 'DECLINE')
    throw new DomainError('QUOTE_EXPIRED', { expiredAt: held.row.expiresAt });
  if (what.act === 'SEND' || what.act === 'ACCEPT') {
    await assertApproved(tx, held.row.requestId, held.row.materialHash);
    await mustStandOnRate(tx, quoteId);
  }
  return apply(tx, held, meta, what);
}

async function apply(
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
  return { quoteId: row.id, state };
}

function isOver({ head, row }: HeldQuote): boolean {
  return row.expiresAt !== null && row.expiresAt < head.now;
}

function byTime({ key, correlationId }: Step, command: string, quoteId: string): CommandMeta {
  return { actor: systemActor('process'), key, scope: `${command}/${quoteId}`, body: null, correlationId };
}
