import { Exact } from '../money.js';
import type { CreditPolicy, LimitTier } from './policy.js';

/** Who decides a proposed limit (processes.md 3.3), base currency: by its amount, and at the top what is above the formula. */
export function tierOf(
  { proposed, formula }: { proposed: string; formula: string },
  { tiers }: Pick<CreditPolicy, 'tiers'>,
): LimitTier {
  const top = tiers[tiers.length - 1]!;
  if (new Exact(proposed).gt(formula)) return top;
  return tiers.find(({ upTo }) => upTo === null || new Exact(proposed).lte(upTo)) ?? top;
}
