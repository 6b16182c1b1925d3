import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { BUILT_IN_KINDS, type BuiltInFacts } from '../../domain/request-kind/built-in.js';
import type { JsonObject } from '../../domain/json.js';
import { Exact, formatAmount, roundAmount } from '../../domain/money.js';
import { quoteMeasures, type QuoteMaterial } from '../../domain/quote/measures.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import type { MarginFlag } from '../../domain/quote/pricing.js';
import type { ApprovalSubject } from '../approval/subject.js';
import { materialContent, type DraftCustomer, type PricedDraft, type QuoteDraft } from './draft.js';

/** What the routing of a quotation is decided on, whether it is stored yet or not. */
export interface QuoteFacts {
  id: string;
  number: string;
  version: number;
  ownerId: string;
  unitId: string;
  customer: Pick<DraftCustomer, 'id' | 'name' | 'creditClass' | 'creditLimit' | 'creditCurrency'>;
  currency: string;
  netTotal: string;
  discountPct: string;
  marginFlag: MarginFlag;
  marginPct: string | null;
  costTotal: string;
  financingCost: string;
  belowFloor: boolean;
  nonStandardClauses: readonly string[];
  termDays: number;
  instalments: number;
  /** percent of the total held back until the warranty has ended */
  retentionPct: string;
  material: JsonObject & QuoteMaterial;
}

/** The approval subject of a quotation. `usedCredit` is what the customer's other deals take of the limit, in base currency. */
export function quoteSubjectOf(
  quote: QuoteFacts,
  policy: PricingPolicy,
  usedCredit: string,
): ApprovalSubject {
  const base = inBase(quote.netTotal, quote.currency, policy);
  const { creditClass } = quote.customer;
  const facts = {
    discountPct: quote.discountPct,
    amount: base,
    marginFlag: quote.marginFlag,
    belowFloor: quote.belowFloor,
    nonStandardClauses: [...quote.nonStandardClauses].sort(),
    termDays: String(quote.termDays),
    beyondClassTerms: quote.termDays > (policy.classTermDays[creditClass ?? ''] ?? 0),
    instalments: quote.instalments > 1,
    retentionPct: quote.retentionPct,
    creditOk: creditCovers(quote.customer, base, usedCredit, policy),
    creditClass: creditClass ?? 'NONE',
  } satisfies BuiltInFacts<'QUOTE'>;
  return {
    kind: 'QUOTE',
    id: quote.id,
    number: quote.number,
    version: quote.version,
    title: `${quote.customer.name} · ${quote.number} v${quote.version}`,
    ownerId: quote.ownerId,
    beneficiaryIds: [],
    unitId: quote.unitId,
    policyKind: BUILT_IN_KINDS.QUOTE.policyKind,
    facts,
    measures: quoteMeasures(quote.material, facts),
    content: quote.material,
    exposure: { amount: base, currency: policy.baseCurrency },
    amount: { amount: formatAmount(quote.netTotal, quote.currency), currency: quote.currency },
    confidential: {
      costTotal: quote.costTotal,
      marginPct: quote.marginPct,
      financingCost: quote.financingCost,
    },
  };
}

/** As `quoteSubjectOf`, for a draft that is not stored yet. */
export async function subjectOfDraft(
  tx: EntityManager,
  priced: PricedDraft,
  who: { ownerId: string; unitId: string; id: string; number: string; version: number },
): Promise<ApprovalSubject> {
  const { draft, pricing, policy, customer } = priced;
  const { currency, nonStandardClauses, termDays } = draft;
  const quote = {
    ...who,
    ...pricing,
    customer,
    currency,
    nonStandardClauses,
    termDays,
    instalments: draft.instalments.length,
    retentionPct: retentionOf(draft.instalments),
  };
  return quoteSubjectOf(
    { ...quote, material: materialContent(priced) },
    policy,
    await usedCredit(tx, customer.id, policy),
  );
}

function retentionOf(instalments: QuoteDraft['instalments']): string {
  return Exact.sum(
    0,
    ...instalments.filter(({ trigger }) => trigger === 'WARRANTY').map(({ pct }) => pct),
  ).toFixed();
}

function inBase(amount: string, currency: string, policy: PricingPolicy): string {
  const rate = policy.ratesToBase[currency];
  if (rate === undefined) throw new DomainError('RATE_MISSING', { currency });
  return roundAmount(new Exact(amount).times(rate), policy.baseCurrency).toFixed();
}

/** A missing limit is no credit, not unlimited credit (processes.md 3.3). The limit is compared in base currency. */
function creditCovers(
  customer: QuoteFacts['customer'],
  base: string,
  used: string,
  policy: PricingPolicy,
): boolean {
  if (customer.creditLimit === null || customer.creditCurrency === null) return false;
  return new Exact(used).plus(base).lte(inBase(customer.creditLimit, customer.creditCurrency, policy));
}

/** Net of the customer's accepted quotations, in base currency. */
export async function usedCredit(
  tx: EntityManager,
  customerId: string,
  policy: PricingPolicy,
): Promise<string> {
  const rows = await tx.query<{ currency: string; net: string }[]>(
    `SELECT currency, sum(net_total)::text AS net FROM quote WHERE customer_id = $1 AND state = 'ACCEPTED' GROUP BY currency`,
    [customerId],
  );
  return rows
    .reduce((sum, { currency, net }) => sum.plus(inBase(net, currency, policy)), new Exact(0))
    .toFixed();
}
