import type { QuoteBody, QuoteView } from '../api/types.js';

/** How a line's price is given: as a discount on the list price, or as the net unit price itself. */
export type Pricing = 'DISCOUNT' | 'NET' | 'FREE';

export interface DraftLine {
  /** only to tell rows apart on the screen */
  rowKey: string;
  productId: string;
  qty: string;
  pricing: Pricing;
  value: string;
  freight: string;
  note: string;
}

export type Trigger = NonNullable<QuoteBody['instalments']>[number]['trigger'];

export interface DraftInstalment {
  rowKey: string;
  trigger: Trigger;
  pct: string;
  days: string;
}

export interface DraftClause {
  rowKey: string;
  text: string;
}

/** The form as typed; everything is text until the server has judged it. */
export interface Draft {
  opportunityId: string | null;
  customerId: string;
  currency: string;
  lines: DraftLine[];
  dealDiscountPct: string;
  freight: string;
  commissionPct: string;
  termDays: string;
  instalments: DraftInstalment[];
  deliveryDays: string;
  warrantyMonths: string;
  clauses: DraftClause[];
  validUntil: string;
  note: string;
}

let rows = 0;
function rowKey(): string {
  rows += 1;
  return `row-${rows}`;
}

export function newLine(): DraftLine {
  return {
    rowKey: rowKey(),
    productId: '',
    qty: '1',
    pricing: 'DISCOUNT',
    value: '0',
    freight: '',
    note: '',
  };
}

export function newInstalment(): DraftInstalment {
  return { rowKey: rowKey(), trigger: 'SIGNING', pct: '', days: '' };
}

export function newClause(): DraftClause {
  return { rowKey: rowKey(), text: '' };
}

export function emptyDraft(): Draft {
  return {
    opportunityId: null,
    customerId: '',
    currency: 'CNY',
    lines: [newLine()],
    dealDiscountPct: '',
    freight: '',
    commissionPct: '',
    termDays: '30',
    instalments: [],
    deliveryDays: '',
    warrantyMonths: '',
    clauses: [],
    validUntil: '',
    note: '',
  };
}

/** The price somebody gave the line; under a discount on the whole deal the line's percentage holds a share of that, too. */
function priceOf(
  line: QuoteView['lines'][number],
  dealDiscountPct: string,
): Pick<DraftLine, 'pricing' | 'value'> {
  if (line.free) return { pricing: 'FREE', value: line.discountPct };
  if (Number(dealDiscountPct) === 0) return { pricing: 'DISCOUNT', value: line.discountPct };
  return { pricing: 'NET', value: line.unitNet };
}

export function draftOf(quote: QuoteView): Draft {
  return {
    opportunityId: quote.opportunity?.id ?? null,
    customerId: quote.customer.id,
    currency: quote.currency,
    lines: quote.lines.map((line) => ({
      rowKey: rowKey(),
      productId: line.product.id,
      qty: line.qty,
      ...priceOf(line, quote.dealDiscountPct),
      freight: Number(line.freight) === 0 ? '' : line.freight,
      note: line.note ?? '',
    })),
    dealDiscountPct: quote.dealDiscountPct === '0' ? '' : quote.dealDiscountPct,
    freight: Number(quote.freight) === 0 ? '' : quote.freight,
    commissionPct: quote.commissionPct === '0' ? '' : quote.commissionPct,
    termDays: String(quote.termDays),
    instalments: quote.instalments.map(({ trigger, pct, days }) => ({
      rowKey: rowKey(),
      trigger: trigger as Trigger,
      pct,
      days: days === null ? '' : String(days),
    })),
    deliveryDays: quote.deliveryDays === null ? '' : String(quote.deliveryDays),
    warrantyMonths: quote.warrantyMonths === null ? '' : String(quote.warrantyMonths),
    clauses: quote.nonStandardClauses.map((text) => ({ rowKey: rowKey(), text })),
    validUntil: quote.validUntil ?? '',
    note: quote.note ?? '',
  };
}

function count(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text);
}

function lineBody({ productId, qty, pricing, value, freight, note }: DraftLine): QuoteBody['lines'][number] {
  return {
    productId,
    qty: qty.trim(),
    ...(pricing === 'NET' ? { unitNet: value.trim() } : {}),
    ...(pricing === 'DISCOUNT' ? { discountPct: value.trim() || '0' } : {}),
    ...(pricing === 'FREE' ? { free: true } : {}),
    ...(freight.trim() ? { freight: freight.trim() } : {}),
    ...(note.trim() ? { note: note.trim() } : {}),
  };
}

/** The wire body; what was left empty is left out. */
export function bodyOf(draft: Draft): QuoteBody {
  const clauses = draft.clauses.map(({ text }) => text.trim()).filter((text) => text !== '');
  return {
    ...(draft.opportunityId ? { opportunityId: draft.opportunityId } : {}),
    customerId: draft.customerId,
    currency: draft.currency,
    lines: draft.lines.map(lineBody),
    ...(draft.dealDiscountPct.trim() ? { dealDiscountPct: draft.dealDiscountPct.trim() } : {}),
    ...(draft.freight.trim() ? { freight: draft.freight.trim() } : {}),
    ...(draft.commissionPct.trim() ? { commissionPct: draft.commissionPct.trim() } : {}),
    termDays: Number(draft.termDays),
    ...(draft.instalments.length > 0
      ? {
          instalments: draft.instalments.map(({ trigger, pct, days }) => ({
            trigger,
            pct: pct.trim(),
            ...(days.trim() ? { days: Number(days) } : {}),
          })),
        }
      : {}),
    deliveryDays: count(draft.deliveryDays),
    warrantyMonths: count(draft.warrantyMonths),
    nonStandardClauses: clauses,
    ...(draft.validUntil ? { validUntil: draft.validUntil } : {}),
    ...(draft.note.trim() ? { note: draft.note.trim() } : {}),
  };
}

/** Enough for the server to say something useful about it. */
export function isComplete(draft: Draft): boolean {
  return (
    draft.customerId !== '' &&
    draft.lines.length > 0 &&
    draft.lines.every(
      ({ productId, qty, pricing, value }) => productId && qty.trim() && (pricing !== 'NET' || value.trim()),
    )
  );
}
