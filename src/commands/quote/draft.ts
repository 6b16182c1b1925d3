import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { Exact, sumAmounts } from '../../domain/money.js';
import type { QuoteMaterial } from '../../domain/quote/measures.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import {
  priceQuote,
  unitNetFor,
  type Deal,
  type LineInput,
  type Pricing,
} from '../../domain/quote/pricing.js';
import { dateIn, endOfValidity, validityDate } from '../../domain/quote/validity.js';
import { activePolicy } from '../policy/policy.js';
import type { Rate } from '../product/fx-rate.js';
import { isQuantity, lineProblems, pointer, refuse, termProblems, totalProblems } from './draft-problems.js';
import { pricesFor, type Prices } from './prices.js';

export interface LineDraft {
  productId: string;
  qty: string;
  unitNet?: string | undefined;
  discountPct?: string | undefined;
  free?: boolean | undefined;
  /** what bringing the line costs us, an amount */
  freight?: string | undefined;
  note?: string | null | undefined;
}

/** A quotation as somebody asks for it. Decimal strings, percents in percent, dates `YYYY-MM-DD`. */
export interface QuoteDraft {
  opportunityId: string | null;
  customerId: string;
  currency: string;
  lines: readonly LineDraft[];
  dealDiscountPct: string;
  /** what bringing the goods costs us beside what is said line by line, an amount */
  freight: string;
  /** of the net, percent */
  commissionPct: string;
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
  /** from how many units on its price holds */
  minQty: string;
  rebatePct: string;
  freight: string;
  note: string | null;
}

/** The draft with everything it stands on, priced. */
export interface PricedDraft {
  draft: QuoteDraft;
  customer: DraftCustomer;
  priceListId: string;
  rate: Rate;
  lines: readonly DraftLine[];
  pricing: Pricing;
  policy: PricingPolicy;
  validUntil: string;
  expiresAt: string;
}

/**
 * Checks a draft against customer, price list and policy and prices it. Every broken rule is named with its field.
 * @throws DomainError VALIDATION · CUSTOMER.NOT_FOUND · as pricesFor
 */
export async function priceDraft(tx: EntityManager, draft: QuoteDraft, now: string): Promise<PricedDraft> {
  const { content: policy } = await activePolicy<PricingPolicy>(tx, 'pricing', now);
  const customer = await customerOf(tx, draft.customerId);
  await mustBelong(tx, draft);
  const prices = await pricesFor(tx, {
    customerId: customer.id,
    currency: draft.currency,
    productIds: draft.lines.map(({ productId }) => productId),
    policy,
    now,
  });
  const asked = linesOf(prices, draft);
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
  const { lines, pricing } = priceWith(prices, asked, draft, policy);
  refuse(totalProblems(pricing.listTotal));
  return {
    draft,
    customer,
    priceListId: prices.listId,
    rate: prices.rate,
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
    ...(priced.rate.rate === '1' ? {} : { fxRate: priced.rate.rate }),
    ...(priced.policy.vatPct === undefined ? {} : { vatPct: priced.policy.vatPct }),
    ...besideGoods(draft),
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

/** What the deal costs beside its goods, where it costs anything. */
function besideGoods({ freight, commissionPct, lines }: QuoteDraft): JsonObject {
  const all = sumAmounts([freight, ...lines.map((line) => line.freight ?? '0')]);
  const commission = new Exact(commissionPct);
  return {
    ...(all.isZero() ? {} : { freight: all.toFixed() }),
    ...(commission.isZero() ? {} : { commissionPct: commission.toFixed() }),
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

function linesOf(prices: Prices, draft: QuoteDraft): DraftLine[] {
  const found = draft.lines.map(({ productId, qty }) => prices.of(productId, isQuantity(qty) ? qty : '1'));
  refuse([
    ...(draft.lines.length === 0 ? [pointer('/lines', 'at least one line')] : []),
    ...draft.lines.flatMap((line, index) => lineProblems(line, index, draft.currency, found[index])),
  ]);
  return draft.lines.map((line, index) => {
    const item = found[index]!;
    const unitNet = line.free
      ? '0'
      : (line.unitNet ?? unitNetFor(item.list, line.discountPct ?? '0', draft.currency));
    const { qty, free = false, freight = '0', note = null } = line;
    return { ...item, qty, unitNet, free, freight, note, rebatePct: '0' };
  });
}

/** Rebates come by steps of the net, which is known when the deal's discount is cut over the lines. */
export function priceWith<L extends LineInput & { productId: string }>(
  prices: Pick<Prices, 'rebates'>,
  asked: readonly L[],
  deal: Deal,
  policy: PricingPolicy,
): { lines: L[]; pricing: Pricing } {
  const pricing = priceQuote(asked, deal, policy, (nets) =>
    prices.rebates(asked.map(({ productId }, index) => ({ productId, net: nets[index]! }))),
  );
  const lines = asked.map((line, index) => ({ ...line, rebatePct: pricing.lines[index]!.rebatePct! }));
  return { lines, pricing };
}
