import type { Measure } from '../approval/envelope.js';
import { Exact } from '../money.js';
import { discountPct } from './pricing.js';

/** Of a quotation's approval-relevant content, what envelopes are held against besides the facts of the table. */
export interface QuoteMaterial {
  customer: { id: string; name: string; uscc: string | null };
  lines: readonly { sku: string; qty: string; list: string; net: string; free: boolean }[];
  instalments: readonly { trigger: string; pct: string; days: number }[];
  deliveryDays: number | null;
  warrantyMonths: number | null;
  validUntil: string;
}

/**
 * Everything relevant in a quotation, value by value (AE-ENV-1). Prices are measured by discounts and the amount, so
 * that a better price for us stays covered; the deepest discount of a line is one of them, for what moves between lines.
 */
export function quoteMeasures(
  material: QuoteMaterial,
  facts: Readonly<Record<string, Measure>>,
): Record<string, Measure> {
  const { customer, lines, instalments, deliveryDays, warrantyMonths, validUntil } = material;
  return {
    ...facts,
    customer: customer.id,
    goods: lines.map(({ sku, qty, free }) => `${sku} × ${qty}${free ? ' (free)' : ''}`).sort(),
    lineDiscountPct: deepest(lines),
    paymentPlan: instalments.map(({ trigger, pct, days }) => `${trigger} ${pct} % + ${days}`),
    validUntil,
    ...(deliveryDays === null ? {} : { deliveryDays: String(deliveryDays) }),
    ...(warrantyMonths === null ? {} : { warrantyMonths: String(warrantyMonths) }),
  };
}

/** The largest discount of a line that is charged, percent; lines given away are told by the goods. */
function deepest(lines: QuoteMaterial['lines']): string {
  const charged = lines.filter(({ free }) => !free);
  const discounts = charged.map(({ qty, list, net }) =>
    discountPct(new Exact(qty).times(list), new Exact(net)),
  );
  return Exact.max(0, ...discounts).toFixed();
}
