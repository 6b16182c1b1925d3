import { Exact, sumAmounts } from '../money.js';

/** What is paid back later: of a customer, of a product, or of one product to one customer (null: all of them). */
export interface RebateRule {
  customerId: string | null;
  productId: string | null;
  /** net of the lines it covers from which on it is paid, in base currency; decimal string */
  fromAmount: string;
  pct: string;
}

/**
 * The rebate of each line, percent. Rules of one scope are steps, of which the highest reached counts; scopes add up.
 * @param rules of the customer or of any customer
 * @param lines net in base currency
 */
export function rebatePcts(
  rules: readonly RebateRule[],
  lines: readonly { productId: string; net: string }[],
): string[] {
  const scopes = new Map<string, RebateRule[]>();
  for (const rule of rules) {
    const key = `${rule.customerId ?? ''}/${rule.productId ?? ''}`;
    scopes.set(key, [...(scopes.get(key) ?? []), rule]);
  }
  const reached = [...scopes.values()].flatMap((steps) => {
    const { productId } = steps[0]!;
    const covered = lines.filter((line) => productId === null || line.productId === productId);
    const net = sumAmounts(covered.map((line) => line.net));
    const paid = steps
      .filter(({ fromAmount }) => net.gte(fromAmount))
      .sort((a, b) => new Exact(b.fromAmount).cmp(a.fromAmount))[0];
    return paid ? [{ productId, pct: paid.pct }] : [];
  });
  return lines.map(({ productId }) =>
    Exact.min(
      100,
      sumAmounts(
        reached
          .filter((rule) => rule.productId === null || rule.productId === productId)
          .map(({ pct }) => pct),
      ),
    ).toFixed(),
  );
}
