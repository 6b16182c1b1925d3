import { Exact } from '../money.js';
import type { LadderItem } from './ladder.js';

type Owed = Pick<LadderItem, 'dueOn' | 'currency' | 'outstanding' | 'disputed'>;

/**
 * What money on account, not applied yet, would pay of each item, in the items' order: the oldest first, in its own currency,
 * and never what is in dispute. It counts before a letter goes out (processes.md 3.4, Payment application).
 * @param onAccount by currency
 */
export function coveredOnAccount(
  items: readonly Owed[],
  onAccount: Readonly<Record<string, string>>,
): string[] {
  const left = new Map(Object.entries(onAccount).map(([currency, amount]) => [currency, new Exact(amount)]));
  const covered = items.map(() => '0');
  const oldest = [...items.entries()].sort(([a, one], [b, other]) =>
    one.dueOn === other.dueOn ? a - b : one.dueOn < other.dueOn ? -1 : 1,
  );
  for (const [index, { currency, outstanding, disputed }] of oldest) {
    const money = left.get(currency) ?? new Exact(0);
    const share = Exact.max(0, Exact.min(money, new Exact(outstanding).minus(disputed)));
    left.set(currency, money.minus(share));
    covered[index] = share.toFixed();
  }
  return covered;
}
