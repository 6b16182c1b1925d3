import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { Exact, roundAmount } from '../../domain/money.js';
import { tierFor, type Tiered } from '../../domain/quote/price-tier.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { rebatePcts, type RebateRule } from '../../domain/quote/rebate.js';
import { rateAt, type Rate } from '../product/fx-rate.js';
import { pointer } from './draft-problems.js';

/** A step of a product's price, decimal strings in the currency of its list. */
interface Step extends Tiered {
  list: string;
  floor: string;
}

interface Item {
  productId: string;
  sku: string;
  name: string;
  tiers: Step[];
  /** in the currency of the list, or else in base currency */
  costs: { currency: string; cost: string }[] | null;
}

/** What a quotation is priced with at one instant. */
export interface Prices {
  listId: string;
  rate: Rate;
  /** undefined: the list has no price for that many of the product */
  of: (productId: string, qty: string) => Priced | undefined;
  /** the rebate of each line, percent. @param lines net in the quotation's currency */
  rebates: (lines: readonly { productId: string; net: string }[]) => string[];
}

export interface Priced {
  productId: string;
  sku: string;
  name: string;
  list: string;
  floor: string;
  cost: string;
  minQty: string;
}

interface For {
  customerId: string;
  currency: string;
  productIds: readonly string[];
  policy: PricingPolicy;
  now: string;
}

/**
 * The prices of a customer in a currency: of the list made for their tier and region, else for one of the two, else for
 * everybody.
 * @throws DomainError PRICE_LIST_MISSING none is valid · RATE_MISSING nobody has entered what the currency is worth
 */
export async function pricesFor(tx: EntityManager, want: For): Promise<Prices> {
  const { currency, policy, now } = want;
  const [list] = await tx.query<{ id: string }[]>(
    `SELECT l.id FROM price_list l JOIN customer c ON c.id = $1
     WHERE l.currency = $2 AND l.valid @> $3::timestamptz AND l.tier IN ('', c.tier) AND l.region IN ('', c.region)
     ORDER BY l.tier <> '' DESC, l.region <> '' DESC LIMIT 1`,
    [want.customerId, currency, now],
  );
  if (!list)
    throw new DomainError('PRICE_LIST_MISSING', { currency }, [
      pointer('/currency', 'a price list is valid'),
    ]);
  const rate = await rateAt(tx, currency, policy, now);
  const items = await itemsOf(tx, list.id, want);
  const rules = await rulesOf(tx, want);
  const inBase = (net: string) => roundAmount(new Exact(net).times(rate.rate), policy.baseCurrency).toFixed();
  return {
    listId: list.id,
    rate,
    of: (productId, qty) => pricedAt(items.get(productId), qty, currency, rate),
    rebates: (lines) =>
      rules.length === 0
        ? lines.map(() => '0')
        : rebatePcts(
            rules,
            lines.map(({ productId, net }) => ({ productId, net: inBase(net) })),
          ),
  };
}

function pricedAt(item: Item | undefined, qty: string, currency: string, rate: Rate): Priced | undefined {
  const tier = item && tierFor(item.tiers, qty);
  if (!item || !tier) return undefined;
  const { productId, sku, name, costs } = item;
  return { productId, sku, name, cost: costIn(currency, costs ?? [], rate) ?? tier.list, ...tier };
}

/** Undefined when nobody has said what the product costs: then it is taken to earn nothing, so that no margin looks good by neglect. */
function costIn(currency: string, costs: NonNullable<Item['costs']>, { rate }: Rate): string | undefined {
  const own = costs.find((cost) => cost.currency === currency) ?? costs[0];
  if (!own || own.currency === currency) return own?.cost;
  return roundAmount(new Exact(own.cost).div(rate), currency).toFixed();
}

async function itemsOf(tx: EntityManager, listId: string, want: For): Promise<Map<string, Item>> {
  const rows = await tx.query<Item[]>(
    `SELECT p.id AS "productId", p.sku, p.name,
       json_agg(json_build_object('minQty', trim_scale(i.min_qty)::text, 'list', trim_scale(i.list)::text,
         'floor', trim_scale(i.floor)::text)) AS tiers,
       (SELECT json_agg(json_build_object('currency', c.currency, 'cost', trim_scale(c.cost)::text)) FROM product_cost c
        WHERE c.product_id = p.id AND c.currency IN ($3, $4) AND c.valid @> $5::timestamptz) AS costs
     FROM price_item i JOIN product p ON p.id = i.product_id
     WHERE i.price_list_id = $1 AND i.product_id = ANY($2::uuid[]) GROUP BY p.id`,
    [listId, [...new Set(want.productIds)], want.currency, want.policy.baseCurrency, want.now],
  );
  return new Map(rows.map((row) => [row.productId, row]));
}

function rulesOf(tx: EntityManager, { customerId, productIds, now }: For): Promise<RebateRule[]> {
  return tx.query<RebateRule[]>(
    `SELECT customer_id AS "customerId", product_id AS "productId", trim_scale(from_amount)::text AS "fromAmount",
       trim_scale(pct)::text AS pct
     FROM rebate WHERE valid @> $3::timestamptz AND (customer_id IS NULL OR customer_id = $1)
       AND (product_id IS NULL OR product_id = ANY($2::uuid[]))`,
    [customerId, [...new Set(productIds)], now],
  );
}
