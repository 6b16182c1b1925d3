import { sumAmounts } from '../money.js';

/** A deal of the same customer that counts together with this one; amount in base currency. */
export interface NearbyDeal {
  /** `contract C-2026-000012`, `quotation Q-2026-000031` */
  name: string;
  amount: string;
}

/** What the policy's thresholds see of deals that were signed or sent into approval close together (anti-splitting, processes.md 3.2). */
export interface Rolling {
  rollingAmountBase: string;
  /** this deal's own amount first, then each other with its name; empty when it is alone */
  rollingDeals: string[];
}

export function rollingOf(own: string, nearby: readonly NearbyDeal[]): Rolling {
  const others = [...nearby].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    rollingAmountBase: sumAmounts([own, ...others.map(({ amount }) => amount)]).toFixed(),
    rollingDeals:
      others.length === 0 ? [] : [own, ...others.map(({ name, amount }) => `${amount} on ${name}`)],
  };
}
