import type { EntityManager } from 'typeorm';
import type { Money } from '../../domain/money.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import type { NearbyDeal } from '../../domain/quote/rolling.js';
import { budgetRates } from '../approval/base-currency.js';

/**
 * The customer's other contracts that were sent into review or took effect within the policy's days, whole, as amended:
 * for thresholds they are one contract with this one (anti-splitting, processes.md 3.2).
 */
export async function nearbyContracts(
  tx: EntityManager,
  { id, customerId }: { id: string; customerId: string },
  { rollingDays }: PricingPolicy,
  now: string,
): Promise<NearbyDeal[]> {
  if (rollingDays === undefined) return [];
  const rows = await tx.query<(Money & { number: string })[]>(
    `SELECT k.number, k.currency, trim_scale(k.total)::text AS amount
     FROM contract k JOIN approval_request r ON r.id = k.request_id
     WHERE k.customer_id = $1 AND k.id <> $2 AND k.state NOT IN ('DRAFT', 'RETURNED', 'REJECTED', 'LAPSED', 'CANCELLED')
       AND coalesce(k.effective_at, r.submitted_at) > $3::timestamptz - make_interval(days => $4)
     ORDER BY k.number`,
    [customerId, id, now, rollingDays],
  );
  const toBase = await budgetRates(tx);
  return rows.map(({ number, ...money }) => ({ name: `contract ${number}`, amount: toBase(money).amount }));
}
