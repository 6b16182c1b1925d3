import type { EntityManager } from 'typeorm';
import { prepared } from '../../db/prepared.js';
import { creditFacts } from '../../db/credit-facts.js';
import type { CreditLine, CreditStanding } from '../../domain/credit/check.js';
import type { CreditPolicy } from '../../domain/credit/policy.js';
import { Exact, roundAmount } from '../../domain/money.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { groupOf, headOf } from '../customer/group.js';
import { activePolicy } from '../policy/policy.js';
import { rateAt } from '../product/fx-rate.js';
import type { Party } from './exposure.js';

interface Limit {
  of: 'OWN' | 'GROUP';
  amount: string;
  currency: string;
  used: string;
}

/** SQL: the id an offer is known by in the ledger, whichever of its versions is open. @param number a placeholder */
export const offerId = (number: string): string =>
  `(SELECT f.id FROM quote f WHERE f.number = ${number} ORDER BY f.version LIMIT 1)`;

/**
 * What a deal of the customer is checked against: limits and what the ledger says counts against them by the weights of the
 * policy `credit`, in base currency, the customer's own and that of their whole group, kept at its head; what is overdue;
 * promises they broke. An offer does not count against itself.
 */
export async function creditOf(
  tx: EntityManager,
  { customerId, companyId, number }: Party & { number: string },
  policy: PricingPolicy,
  now: string,
): Promise<CreditStanding> {
  const { content: credit } = await activePolicy<CreditPolicy>(tx, 'credit', now);
  const used = (customers: string) =>
    `(SELECT trim_scale(coalesce(sum(round(k.base * ($4::jsonb->>k.kind)::numeric, 4)), 0))::text FROM (
        SELECT e.kind, sum(e.base_amount) AS base FROM exposure_entry e
        WHERE e.customer_id IN (${customers}) AND e.company_id = $2
          AND NOT (e.ref_kind = 'OFFER' AND e.ref_id IS NOT DISTINCT FROM ${offerId('$3')})
        GROUP BY e.kind) k)`;
  const limits = await prepared<Limit>(
    tx,
    `SELECT 'OWN' AS of, trim_scale(c.credit_limit)::text AS amount, c.credit_currency AS currency, ${used('$1')} AS used
     FROM customer c WHERE c.id = $1 AND c.credit_limit IS NOT NULL
     UNION ALL
     SELECT 'GROUP', trim_scale(h.group_limit)::text, h.group_currency, ${used(groupOf('$1'))}
     FROM customer h WHERE h.id = (${headOf('$1')}) AND h.group_limit IS NOT NULL`,
    [customerId, companyId, number, JSON.stringify(credit.exposureWeights)],
  );
  const lines: CreditLine[] = [];
  for (const { of, amount, currency, used } of limits) {
    const { rate } = await rateAt(tx, currency, policy, now);
    lines.push({
      of,
      limit: roundAmount(new Exact(amount).times(rate), policy.baseCurrency).toFixed(),
      used,
    });
  }
  const facts = await creditFacts(tx, { customerId, companyId }, credit.promiseMonths);
  return { lines, facts, checks: credit.checks };
}
