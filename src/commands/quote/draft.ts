import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { Exact } from '../../domain/money.js';
import type { QuoteMaterial } from '../../domain/quote/measures.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { priceQuote, unitNetFor, type LineInput, type Pricing } from '../../domain/quote/pricing.js';
import { dateIn, endOfValidity, validityDate } from '../../domain/quote/validity.js';
import { activePolicy } from '../policy/policy.js';
import { lineProblems, pointer, refuse, termProblems, totalProblems } from './draft-problems.js';

export interface LineDraft {
  productId: string;
  qty: string;
  unitNet?: string | undefined;
  discountPct?: string | undefined;
  free?: boolean | undefined;
  note?: string | null | undefined;
}

/** A quotation as somebody asks for it. Decimal strings, percents in percent, dates `YYYY-MM-DD`. */
export interface QuoteDraft {
  opportunityId: string | null;
  customerId: string;
  currency: string;
  lines: readonly LineDraft[];
  dealDiscountPct: string;
  termDays: number;
  instalments: readonly { trigger: string; pct: string; days: number }[];
  deliveryDays: number | null;
  warrantyMonths: number | null;
  nonStandardClauses: readonly string[];
  validUntil: string | null;
  note: string | null;
}

export interface DraftCustomer {
  id: string;
  name: string;
  zone: string;
  uscc: string | null;
  creditClass: string | null;
  creditLimit: string | null;
  creditCurrency: string | null;
}

export interface DraftLine extends LineInput {
  productId: string;
  sku: string;
  name: string;
  note: string | null;
}

/** The draft with everything it stands on, priced. */
export interface PricedDraft {
  draft: QuoteDraft;
  customer: DraftCustomer;
  priceListId: string;
  lines: readonly DraftLine[];
  pricing: Pricing;
  policy: PricingPolicy;
  validUntil: string;
  expiresAt: string;
}

/**
 * Checks a draft against customer, price list and policy and prices it. Every broken rule is named with its field.
 * @throws DomainError VALIDATION · NOT_FOUND customer · PRICE_LIST_MISSING none is valid in that currency now
 */
export async function priceDraft(tx: EntityManager, draft: QuoteDraft, now: string): Promise<PricedDraft> {
  const { content: policy } = await activePolicy<PricingPolicy>(tx, 'pricing', now);
  const customer = await customerOf(tx, draft.customerId);
  await mustBelong(tx, draft);
  const [list] = await tx.query<{ id: string }[]>(
    `SELECT id FROM price_list WHERE currency = $1 AND valid @> $2::timestamptz`,
    [draft.currency, now],
  );
  if (!list)
    throw new DomainError('PRICE_LIST_MISSING', { currency: draft.currency }, [
      pointer('/currency', 'a price list is valid'),
    ]);
  const lines = await linesOf(tx, list.id, draft);
  const validUntil = draft.validUntil ?? validityDate(customer.zone, now, policy.validityDays);
  refuse(
    termProblems(
      draft,
      policy,
      validUntil,
      dateIn(customer.zone, now),
      validityDate(customer.zone, now, policy.maxValidityDays),
    ),
  );
  const pricing = priceQuote(lines, draft, policy);
  refuse(totalProblems(pricing.listTotal));
  return {
    draft,
    customer,
    priceListId: list.id,
    lines,
    pricing,
    policy,
    validUntil,
    expiresAt: endOfValidity(validUntil, customer.zone),
  };
}

/** Approval-relevant content (AE-SUB-1): what customer and approvers would notice if it changed. Cost is not part of it. */
export function materialContent(priced: PricedDraft): JsonObject & QuoteMaterial {
  const { draft, customer, lines, pricing } = priced;
  return {
    customer: { id: customer.id, name: customer.name, uscc: customer.uscc },
    currency: draft.currency,
    lines: lines.map((line, index) => ({
      no: index + 1,
      productId: line.productId,
      sku: line.sku,
      name: line.name,
      qty: new Exact(line.qty).toFixed(),
      list: new Exact(line.list).toFixed(),
      unitNet: new Exact(line.unitNet).toFixed(),
      net: pricing.lines[index]!.net,
      free: line.free,
    })),
    dealDiscountPct: new Exact(draft.dealDiscountPct).toFixed(),
    discountPct: pricing.discountPct,
    listTotal: pricing.listTotal,
    netTotal: pricing.netTotal,
    termDays: draft.termDays,
    instalments: draft.instalments.map(({ trigger, pct, days }) => ({
      trigger,
      pct: new Exact(pct).toFixed(),
      days,
    })),
    deliveryDays: draft.deliveryDays,
    warrantyMonths: draft.warrantyMonths,
    nonStandardClauses: [...draft.nonStandardClauses].sort(),
    validUntil: priced.validUntil,
  };
}

async function customerOf(tx: EntityManager, id: string): Promise<DraftCustomer> {
  const [customer] = await tx.query<DraftCustomer[]>(
    `SELECT id, name, zone, uscc, credit_class AS "creditClass", trim_scale(credit_limit)::text AS "creditLimit",
       credit_currency AS "creditCurrency" FROM customer WHERE id = $1`,
    [id],
  );
  if (!customer)
    throw new DomainError('CUSTOMER.NOT_FOUND', { customerId: id }, [
      pointer('/customerId', 'the customer exists'),
    ]);
  return customer;
}

/** The quotation is for the customer of its opportunity. */
async function mustBelong(tx: EntityManager, { opportunityId, customerId }: QuoteDraft): Promise<void> {
  if (opportunityId === null) return;
  const found = await tx.query<unknown[]>(`SELECT 1 FROM opportunity WHERE id = $1 AND customer_id = $2`, [
    opportunityId,
    customerId,
  ]);
  refuse(found.length === 0 ? [pointer('/opportunityId', 'an opportunity of the customer')] : []);
}

async function linesOf(tx: EntityManager, priceListId: string, draft: QuoteDraft): Promise<DraftLine[]> {
  const items = await tx.query<
    { productId: string; sku: string; name: string; list: string; floor: string; cost: string }[]
  >(
    `SELECT i.product_id AS "productId", p.sku, p.name, trim_scale(i.list)::text AS list, trim_scale(i.floor)::text AS floor,
       trim_scale(i.cost)::text AS cost
     FROM price_item i JOIN product p ON p.id = i.product_id WHERE i.price_list_id = $1 AND i.product_id = ANY($2::uuid[])`,
    [priceListId, draft.lines.map(({ productId }) => productId)],
  );
  const byProduct = new Map(items.map((item) => [item.productId, item]));
  refuse([
    ...(draft.lines.length === 0 ? [pointer('/lines', 'at least one line')] : []),
    ...draft.lines.flatMap((line, index) =>
      lineProblems(line, index, draft.currency, byProduct.get(line.productId)),
    ),
  ]);
  return draft.lines.map((line) => {
    const item = byProduct.get(line.productId)!;
    const unitNet = line.free
      ? '0'
      : (line.unitNet ?? unitNetFor(item.list, line.discountPct ?? '0', draft.currency));
    return { ...item, qty: line.qty, unitNet, free: line.free ?? false, note: line.note ?? null };
  });
}
