import { Exact } from '../money.js';

/** From how many units on a price holds; decimal string. */
export interface Tiered {
  minQty: string;
}

/** The price that holds for a quantity: the highest step it reaches. Undefined when it reaches none. */
export function tierFor<T extends Tiered>(tiers: readonly T[], qty: string): T | undefined {
  const reached = tiers.filter(({ minQty }) => new Exact(minQty).lte(qty));
  return reached.reduce<T | undefined>(
    (best, tier) => (best && new Exact(best.minQty).gte(tier.minQty) ? best : tier),
    undefined,
  );
}
