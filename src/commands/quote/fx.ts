import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { hasMoved, movePct } from '../../domain/quote/fx.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import type { QuoteState } from '../../domain/quote/quote.js';
import { reassess } from '../approval/reassess.js';
import { followDeal } from '../credit/reserve.js';
import { appendEvents, lockAggregate, transactionTime } from '../events.js';
import { activePolicy } from '../policy/policy.js';
import { rateAt } from '../product/fx-rate.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import type { QuoteChanged } from './edit.js';
import { lockQuote } from './store.js';

interface Standing {
  currency: string;
  frozen: string;
  now: string;
  asOf: string | null;
  moved: boolean;
}

/**
 * A quotation goes on at the rate it was priced at, or at one its owner has accepted since, as long as the rate of now is
 * not further from it than the policy lets stand.
 * @throws DomainError FX_MOVED with both rates: price it anew, or accept the rate of now
 */
export async function mustStandOnRate(tx: EntityManager, quoteId: string): Promise<void> {
  const { currency, frozen, now, asOf, moved } = await standingOf(tx, quoteId);
  if (moved)
    throw new DomainError('FX_MOVED', {
      currency,
      old: frozen,
      new: now,
      asOf,
      movePct: movePct(frozen, now),
    });
}

/** While it is being worked on, looked at, or with the customer; one that is approved is priced anew, which its approvers see. */
const ACCEPTS: readonly QuoteState[] = ['DRAFT', 'RETURNED', 'IN_APPROVAL', 'SENT'];

/**
 * The owner lets the price stand although the rate has moved: from here on it counts at the rate of now, and whoever decides
 * knows.
 * @throws DomainError NOT_FOUND · QUOTE_STATE · FX_MOVED the rate is not the one that was seen
 */
export function acceptRate(
  db: DataSource,
  meta: CommandMeta,
  { quoteId, rate }: { quoteId: string; rate: string },
): Promise<Answer<QuoteChanged>> {
  return runCommand(db, meta, async (tx) => {
    const [known] = await tx.query<{ requestId: string }[]>(
      `SELECT request_id AS "requestId" FROM quote WHERE id = $1 AND request_id IS NOT NULL`,
      [quoteId],
    );
    if (known) await lockAggregate(tx, 'request', known.requestId);
    const { head, row } = await lockQuote(tx, quoteId);
    if (!ACCEPTS.includes(row.state))
      throw new DomainError('QUOTE_STATE', { state: row.state, act: 'ACCEPT_RATE' });
    const { currency, frozen, now, asOf } = await standingOf(tx, quoteId);
    if (now !== rate) throw new DomainError('FX_MOVED', { currency, old: frozen, new: now, asOf });
    await tx.query(
      `UPDATE quote SET fx_accepted = $2, row_version = row_version + 1, updated_at = now() WHERE id = $1`,
      [quoteId, JSON.stringify({ rate: now, by: meta.actor.id, at: head.now })],
    );
    await appendEvents(tx, head, [
      { type: 'quote.rate-accepted', actor: meta.actor.id, payload: { currency, from: frozen, to: now } },
    ]);
    await followDeal(tx, quoteId);
    if (known && row.state === 'IN_APPROVAL') {
      const cause = { kind: 'FX' as const, id: quoteId, text: `${currency} ${now}` };
      await reassess(tx, known.requestId, cause, meta.correlationId);
    }
    return { quoteId, rowVersion: row.rowVersion + 1 };
  });
}

async function standingOf(tx: EntityManager, quoteId: string): Promise<Standing> {
  const [row] = await tx.query<{ currency: string; frozen: string }[]>(
    `SELECT currency, trim_scale(coalesce((fx_accepted->>'rate')::numeric, fx_rate))::text AS frozen FROM quote WHERE id = $1`,
    [quoteId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { quoteId });
  const at = await transactionTime(tx);
  const { content: policy } = await activePolicy<PricingPolicy>(tx, 'pricing', at);
  const { rate, asOf } = await rateAt(tx, row.currency, policy, at);
  return { ...row, now: rate, asOf, moved: hasMoved(row.frozen, rate, policy.fxTolerancePct) };
}
