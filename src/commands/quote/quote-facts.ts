import type { EntityManager } from 'typeorm';
import { creditCovers, type CreditStanding } from '../../domain/credit/check.js';
import type { JsonObject } from '../../domain/json.js';
import { Exact, formatAmount, roundAmount } from '../../domain/money.js';
import { quoteMeasures, type QuoteMaterial } from '../../domain/quote/measures.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import type { Pricing } from '../../domain/quote/pricing.js';
import { rollingOf, type NearbyDeal } from '../../domain/quote/rolling.js';
import { BUILT_IN_KINDS, type BuiltInFacts } from '../../domain/request-kind/built-in.js';
import type { ApprovalSubject } from '../approval/subject.js';
import { creditOf } from '../credit/check.js';
import { companyOf } from '../company.js';
import { materialContent, type DraftCustomer, type PricedDraft, type QuoteDraft } from './draft.js';

/** What the routing of a quotation is decided on, whether it is stored yet or not. */
export interface QuoteFacts {
  id: string;
  number: string;
  version: number;
  ownerId: string;
  /** who owns the opportunity it is of; null: it is of none */
  dealOwnerId: string | null;
  unitId: string;
  customer: Pick<DraftCustomer, 'id' | 'name' | 'creditClass'>;
  currency: string;
  /** what one unit of the currency counts for in base currency */
  rate: string;
  fxAccepted: boolean;
  pricing: Omit<Pricing, 'lines'>;
  nonStandardClauses: readonly string[];
  termDays: number;
  instalments: number;
  /** percent of the total held back until the warranty has ended */
  retentionPct: string;
  material: JsonObject & QuoteMaterial;
  policy: PricingPolicy;
  /** limits with what the ledger has others take of them, and what the books say of the customer */
  credit: CreditStanding;
  nearby: readonly NearbyDeal[];
}

/** The approval subject of a quotation. */
export function quoteSubjectOf(quote: QuoteFacts): ApprovalSubject {
  const { pricing, policy, currency } = quote;
  const base = roundAmount(new Exact(pricing.netTotal).times(quote.rate), policy.baseCurrency).toFixed();
  const { creditClass } = quote.customer;
  const routed = {
    discountPct: Exact.max(0, pricing.discountPct).toFixed(),
    amount: base,
    marginFlag: pricing.marginFlag,
    belowFloor: pricing.belowFloor,
    nonStandardClauses: [...quote.nonStandardClauses].sort(),
    termDays: String(quote.termDays),
    beyondClassTerms: quote.termDays > (policy.classTermDays[creditClass ?? ''] ?? 0),
    instalments: quote.instalments > 1,
    retentionPct: quote.retentionPct,
    creditOk: creditCovers(quote.credit, base),
    creditClass: creditClass ?? 'NONE',
  };
  const facts = {
    ...routed,
    ...rollingOf(base, quote.nearby),
    portfolioMargin: reachesBudget(pricing.marginPct, policy),
    fxAccepted: quote.fxAccepted,
  } satisfies BuiltInFacts<'QUOTE'>;
  return {
    kind: 'QUOTE',
    id: quote.id,
    number: quote.number,
    version: quote.version,
    title: `${quote.customer.name} · ${quote.number} v${quote.version}`,
    ownerId: quote.ownerId,
    beneficiaryIds: sellersBeside(quote),
    customerId: quote.customer.id,
    unitId: quote.unitId,
    policyKind: BUILT_IN_KINDS.QUOTE.policyKind,
    facts,
    // deals close by and the margin of the whole follow from what is measured, or from outside
    measures: quoteMeasures(quote.material, routed),
    content: quote.material,
    exposure: { amount: base, currency: policy.baseCurrency },
    amount: { amount: formatAmount(pricing.netTotal, currency), currency },
    confidential: {
      costTotal: pricing.costTotal,
      marginPct: pricing.marginPct,
      financingCost: pricing.financingCost,
      rebateTotal: pricing.rebateTotal,
    },
  };
}

/** AE-SOD-1: whose deal it is gains by it, whoever wrote the quotation. Who is paid a commission is not known by name. */
function sellersBeside({ ownerId, dealOwnerId }: QuoteFacts): string[] {
  return dealOwnerId === null || dealOwnerId === ownerId ? [] : [dealOwnerId];
}

/** @returns null for a quotation of no opportunity */
async function dealOwnerOf(tx: EntityManager, opportunityId: string | null): Promise<string | null> {
  if (opportunityId === null) return null;
  const [deal] = await tx.query<{ id: string }[]>(`SELECT owner_id AS id FROM opportunity WHERE id = $1`, [
    opportunityId,
  ]);
  return deal?.id ?? null;
}

/** As `quoteSubjectOf`, for a draft that is not stored yet. */
export async function subjectOfDraft(
  tx: EntityManager,
  priced: PricedDraft,
  who: { ownerId: string; unitId: string; id: string; number: string; version: number },
  now: string,
): Promise<ApprovalSubject> {
  const { draft, pricing, policy, customer, rate } = priced;
  return quoteSubjectOf({
    ...who,
    dealOwnerId: await dealOwnerOf(tx, draft.opportunityId),
    customer,
    currency: draft.currency,
    rate: rate.rate,
    fxAccepted: false,
    pricing,
    nonStandardClauses: draft.nonStandardClauses,
    termDays: draft.termDays,
    instalments: draft.instalments.length,
    retentionPct: retentionOf(draft.instalments),
    material: materialContent(priced),
    policy,
    credit: await creditOf(
      tx,
      { customerId: customer.id, companyId: await companyOf(tx, null), number: who.number },
      policy,
      now,
    ),
    nearby: await nearbyDeals(tx, { customerId: customer.id, number: who.number, policy, now }),
  });
}

export function retentionOf(instalments: QuoteDraft['instalments']): string {
  return Exact.sum(
    0,
    ...instalments.filter(({ trigger }) => trigger === 'WARRANTY').map(({ pct }) => pct),
  ).toFixed();
}

/** The exception of a deal that earns its budget as a whole (processes.md 3.2); not offered when the policy names no budget. */
function reachesBudget(marginPct: string | null, { budgetMarginPct }: PricingPolicy): boolean {
  return marginPct !== null && budgetMarginPct !== undefined && new Exact(marginPct).gte(budgetMarginPct);
}

/** What a quotation counts for in base currency, in SQL: at the rate it is frozen at, or at the one its owner accepted since. */
const BASE_AMOUNT = `round(q.net_total * coalesce((q.fx_accepted->>'rate')::numeric, q.fx_rate), 2)`;

/** Other deals of the customer that were sent into approval or signed within the policy's days, each number once. */
export function nearbyDeals(
  tx: EntityManager,
  {
    customerId,
    number,
    policy,
    now,
  }: { customerId: string; number: string; policy: PricingPolicy; now: string },
): Promise<NearbyDeal[]> {
  if (policy.rollingDays === undefined) return Promise.resolve([]);
  return tx.query<NearbyDeal[]>(
    `SELECT DISTINCT ON (q.number) trim_scale(${BASE_AMOUNT})::text AS amount,
       coalesce((SELECT 'contract ' || k.number FROM contract k WHERE k.quote_id = q.id
                 AND k.state NOT IN ('REJECTED', 'LAPSED', 'CANCELLED') ORDER BY k.version DESC LIMIT 1),
                'quotation ' || q.number) AS name
     FROM quote q LEFT JOIN approval_request r ON r.id = q.request_id
     WHERE q.customer_id = $1 AND q.number <> $2 AND q.state IN ('IN_APPROVAL', 'APPROVED', 'SENT', 'ACCEPTED')
       AND coalesce(q.answered_at, r.submitted_at) > $3::timestamptz - make_interval(days => $4)
     ORDER BY q.number, q.version DESC`,
    [customerId, number, now, policy.rollingDays],
  );
}
