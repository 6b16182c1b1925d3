import { Exact, formatAmount } from '../../domain/money.js';
import type { MarginFlag, PricedLine } from '../../domain/quote/pricing.js';
import type { Viewer } from '../org/scope.js';
import type { QuoteLineView } from './quote-view.js';

interface Subject {
  facts: Readonly<Record<string, string | boolean | readonly string[]>>;
  amount: { amount: string; currency: string } | null;
}

/** The figures of a preview that the plan itself does not hold; the margin only as its flag. */
export function previewFigures({ facts, amount }: Subject): {
  marginFlag: MarginFlag;
  total: { amount: string; currency: string };
  discountPct: string;
} {
  const flag = facts['marginFlag'];
  const discount = facts['discountPct'];
  return {
    marginFlag: flag === 'GREEN' || flag === 'AMBER' ? flag : 'RED',
    total: amount ?? { amount: '0.00', currency: 'CNY' },
    discountPct: typeof discount === 'string' ? discount : '0',
  };
}

interface Priced {
  draft: { currency: string };
  lines: readonly {
    productId: string;
    sku: string;
    name: string;
    minQty: string;
    freight: string;
    rebatePct: string;
    note: string | null;
  }[];
  pricing: { lines: readonly PricedLine[] };
}

/** Lines of a draft as priced now. */
export function draftLines({ draft, lines, pricing }: Priced, viewer: Viewer): QuoteLineView[] {
  const money = (amount: string) => formatAmount(amount, draft.currency);
  const showsCost = viewer.permissions['cost:read'] !== undefined;
  return pricing.lines.map((line, index) => {
    const { productId, sku, name, note, minQty, freight, rebatePct } = lines[index]!;
    return {
      id: productId,
      no: index + 1,
      product: { id: productId, sku, name, series: '' },
      qty: new Exact(line.qty).toFixed(),
      list: money(line.list),
      unitNet: money(line.unitNet),
      discountPct: line.discountPct,
      net: line.net,
      free: line.free,
      minQty,
      freight: money(freight),
      note,
      belowFloor: line.belowFloor,
      ...(showsCost ? { cost: money(line.cost), rebatePct } : {}),
    };
  });
}
