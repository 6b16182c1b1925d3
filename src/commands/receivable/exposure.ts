import type { EntityManager } from 'typeorm';
import type { ExposureKind } from '../../domain/credit/exposure.js';
import { Exact } from '../../domain/money.js';
import { postExposure, type Party } from '../credit/exposure.js';
import { tellOfCredit } from '../customer/credit.js';
import { transactionTime } from '../events.js';
import type { CommandMeta } from '../transaction.js';

const REF = 'LEDGER';

interface Move {
  kind: ExposureKind;
  currency: string;
  amount: string;
  base: string;
  /** entries of that kind and currency so far */
  entries: number;
}

/**
 * What the ledger of receivables says a customer owes: open items; −, money on account and what of contracts in force is
 * invoiced already; bills until they mature, with recourse once they were passed on.
 */
const TARGETS = `
  SELECT 'RECEIVABLE' AS kind, currency, sum(amount) AS amount, sum(base_amount) AS base FROM receivable_entry
  WHERE customer_id = $1 AND company_id = $2 GROUP BY currency
  UNION ALL
  SELECT 'ORDER', currency, -sum(original), -sum(round(original * fx_rate, 2)) FROM receivable_item
  WHERE customer_id = $1 AND company_id = $2 AND plan_seq IS NOT NULL AND state <> 'CANCELLED' GROUP BY currency
  UNION ALL
  SELECT 'ADVANCE', currency, -sum(open), -sum(round(open * fx_rate, 2)) FROM (
    SELECT p.currency, p.fx_rate, p.amount - coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.payment_id = p.id), 0) AS open
    FROM payment p WHERE p.customer_id = $1 AND p.company_id = $2 AND p.state = 'POSTED') unapplied
  GROUP BY currency
  UNION ALL
  SELECT CASE WHEN b.state <> 'HELD' THEN 'RECOURSE' WHEN p.instrument = 'BANK_BILL' THEN 'BILL_BANK' ELSE 'BILL_COMMERCIAL' END,
    p.currency, sum(p.amount), sum(round(p.amount * p.fx_rate, 2))
  FROM bill b JOIN payment p ON p.id = b.payment_id
  WHERE p.customer_id = $1 AND p.company_id = $2 AND p.state = 'POSTED' AND b.state IN ('HELD', 'ENDORSED', 'DISCOUNTED') GROUP BY 1, 2`;

const DIFFERENCES = `
  WITH target AS (${TARGETS}), held AS (
    SELECT kind, currency, sum(amount) AS amount, sum(base_amount) AS base, count(*)::int AS entries FROM exposure_entry
    WHERE customer_id = $1 AND company_id = $2 AND ref_kind = '${REF}' GROUP BY kind, currency
  )
  SELECT kind, currency, trim_scale(coalesce(t.amount, 0) - coalesce(h.amount, 0))::text AS amount,
    trim_scale(coalesce(t.base, 0) - coalesce(h.base, 0))::text AS base, coalesce(h.entries, 0) AS entries
  FROM target t FULL JOIN held h USING (kind, currency)
  WHERE coalesce(t.amount, 0) <> coalesce(h.amount, 0) OR coalesce(t.base, 0) <> coalesce(h.base, 0)`;

/**
 * Brings the exposure in line with what was just booked, in the same transaction and under the account's lock, and lets what
 * waits for credit be looked at again.
 */
export async function followLedger(
  tx: EntityManager,
  meta: CommandMeta,
  { customerId, companyId }: Party,
  refId: string,
): Promise<void> {
  const moves = await tx.query<Move[]>(DIFFERENCES, [customerId, companyId]);
  for (const { kind, currency, amount, base, entries } of moves)
    await postExposure(tx, {
      customerId,
      companyId,
      kind,
      ref: { kind: REF, id: customerId },
      currency,
      amount,
      rate: rateOf(amount, base),
      base,
      sourceKey: `${REF}/${customerId}/${companyId}/${kind}/${currency}/${entries + 1}`,
    });
  if (moves.length === 0) return;
  const change = { customerId, refId, at: await transactionTime(tx), by: meta.actor.id };
  await tellOfCredit(tx, change, meta.correlationId);
}

/** What the move was booked at; 1 where only the rate has moved. */
function rateOf(amount: string, base: string): string {
  if (new Exact(amount).isZero()) return '1';
  const rate = new Exact(base).div(amount).abs().toDecimalPlaces(8);
  return rate.isZero() ? '1' : rate.toFixed();
}
