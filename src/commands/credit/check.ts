import type { EntityManager } from 'typeorm';
import { prepared } from '../../db/prepared.js';
import type { CreditLine } from '../../domain/credit/exposure.js';
import { Exact, roundAmount } from '../../domain/money.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { groupOf, headOf } from '../customer/group.js';
import { rateAt } from '../product/fx-rate.js';
import type { Party } from './exposure.js';

interface Limit {
  amount: string;
  currency: string;
  used: string;
}

/** SQL: the id an offer is known by in the ledger, whichever of its versions is open. @param number a placeholder */
export const offerId = (number: string): string =>
  `(SELECT f.id FROM quote f WHERE f.number = ${number} ORDER BY f.version LIMIT 1)`;

/**
 * Limits and what the ledger says counts against them, in base currency: the customer's own, and that of their whole group,
 * kept at its head. An offer does not count against itself.
 */
export async function creditOf(
  tx: EntityManager,
  { customerId, companyId, number }: Party & { number: string },
  policy: PricingPolicy,
  now: string,
): Promise<CreditLine[]> {
  const used = (customers: string) =>
    `(SELECT trim_scale(coalesce(sum(e.base_amount), 0))::text FROM exposure_entry e
      WHERE e.customer_id IN (${customers}) AND e.company_id = $2
        AND NOT (e.ref_kind = 'OFFER' AND e.ref_id IS NOT DISTINCT FROM ${offerId('$3')}))`;
  const limits = await prepared<Limit>(
    tx,
    `SELECT trim_scale(c.credit_limit)::text AS amount, c.credit_currency AS currency, ${used('$1')} AS used
     FROM customer c WHERE c.id = $1 AND c.credit_limit IS NOT NULL
     UNION ALL
     SELECT trim_scale(h.group_limit)::text, h.group_currency, ${used(groupOf('$1'))}
     FROM customer h WHERE h.id = (${headOf('$1')}) AND h.group_limit IS NOT NULL`,
    [customerId, companyId, number],
  );
  const lines: CreditLine[] = [];
  for (const { amount, currency, used } of limits) {
    const { rate } = await rateAt(tx, currency, policy, now);
    lines.push({ limit: roundAmount(new Exact(amount).times(rate), policy.baseCurrency).toFixed(), used });
  }
  return lines;
}
