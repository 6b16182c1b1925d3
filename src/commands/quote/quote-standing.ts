import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { hasMoved } from '../../domain/quote/fx.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import type { LineInput } from '../../domain/quote/pricing.js';
import { creditOf } from '../credit/check.js';
import { activePolicy } from '../policy/policy.js';
import { priceWith, type DraftCustomer, type QuoteDraft } from './draft.js';
import { pricesFor, type Prices } from './prices.js';
import { nearbyDeals, retentionOf, type QuoteFacts } from './quote-facts.js';

type Line = LineInput & { productId: string; rebatePct: string; freight: string };

type Row = Pick<
  QuoteFacts,
  | 'id'
  | 'number'
  | 'version'
  | 'ownerId'
  | 'dealOwnerId'
  | 'unitId'
  | 'currency'
  | 'nonStandardClauses'
  | 'termDays'
  | 'material'
> & {
  companyId: string;
  customer: DraftCustomer;
  rate: string;
  fxAccepted: boolean;
  instalments: QuoteDraft['instalments'];
  dealDiscountPct: string;
  freight: string;
  commissionPct: string;
  lines: Line[];
};

/**
 * A stored quotation as it stands now: what the customer is asked to pay stays, list, floor, cost and rebates are today's.
 * @throws DomainError NOT_FOUND
 */
export async function factsOfStored(tx: EntityManager, id: string, now: string): Promise<QuoteFacts> {
  const { content: policy } = await activePolicy<PricingPolicy>(tx, 'pricing', now);
  const row = await readRow(tx, id);
  const prices = await pricesNow(tx, row, policy, now);
  const today = row.lines.map((line) => ({ ...line, ...prices?.of(line.productId, line.qty) }));
  const asStored: Pick<Prices, 'rebates'> = { rebates: () => row.lines.map(({ rebatePct }) => rebatePct) };
  const { pricing } = priceWith(prices ?? asStored, today, row, policy);
  return {
    ...row,
    rate: rateThatCounts(row.rate, prices, policy),
    pricing,
    instalments: row.instalments.length,
    retentionPct: retentionOf(row.instalments),
    policy,
    credit: await creditOf(tx, { ...row, customerId: row.customer.id }, policy, now),
    nearby: await nearbyDeals(tx, { customerId: row.customer.id, number: row.number, policy, now }),
  };
}

/** Thresholds are compared at the rate it is frozen at; at the one of now once that has moved further than may stand. */
function rateThatCounts(frozen: string, prices: Prices | null, { fxTolerancePct }: PricingPolicy): string {
  return prices && hasMoved(frozen, prices.rate.rate, fxTolerancePct) ? prices.rate.rate : frozen;
}

/** Null when there are none any more: then what it was priced with is the best that is known. */
async function pricesNow(
  tx: EntityManager,
  { currency, customer, lines }: Row,
  policy: PricingPolicy,
  now: string,
): Promise<Prices | null> {
  const productIds = lines.map(({ productId }) => productId);
  try {
    return await pricesFor(tx, { customerId: customer.id, currency, productIds, policy, now });
  } catch (error) {
    const gone = error instanceof DomainError && ['PRICE_LIST_MISSING', 'RATE_MISSING'].includes(error.code);
    if (gone) return null;
    throw error;
  }
}

async function readRow(tx: EntityManager, id: string): Promise<Row> {
  const [row] = await tx.query<Row[]>(
    `SELECT q.id, q.number, q.version, q.company_id AS "companyId", q.owner_id AS "ownerId", q.unit_id AS "unitId", q.currency,
       (SELECT o.owner_id FROM opportunity o WHERE o.id = q.opportunity_id) AS "dealOwnerId",
       trim_scale(coalesce((q.fx_accepted->>'rate')::numeric, q.fx_rate))::text AS rate, q.fx_accepted IS NOT NULL AS "fxAccepted",
       q.non_standard_clauses AS "nonStandardClauses", q.term_days AS "termDays", q.instalments, q.material,
       trim_scale(q.deal_discount_pct)::text AS "dealDiscountPct", trim_scale(q.freight)::text AS freight,
       trim_scale(q.commission_pct)::text AS "commissionPct",
       (SELECT json_agg(json_build_object('productId', l.product_id, 'qty', trim_scale(l.qty)::text,
          'list', trim_scale(l.list)::text, 'floor', trim_scale(l.floor)::text, 'cost', trim_scale(l.cost)::text,
          'unitNet', trim_scale(l.unit_net)::text, 'free', l.free, 'rebatePct', trim_scale(l.rebate_pct)::text,
          'freight', trim_scale(l.freight)::text) ORDER BY l.no)
        FROM quote_line l WHERE l.quote_id = q.id) AS lines,
       json_build_object('id', c.id, 'name', c.name, 'creditClass', c.credit_class,
         'creditLimit', trim_scale(c.credit_limit)::text, 'creditCurrency', c.credit_currency) AS customer
     FROM quote q JOIN customer c ON c.id = q.customer_id WHERE q.id = $1`,
    [id],
  );
  if (!row) throw new DomainError('NOT_FOUND', { subjectId: id });
  return row;
}
