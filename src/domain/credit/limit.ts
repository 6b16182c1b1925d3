import { Exact } from '../money.js';
import { CREDIT_CLASSES, type CreditClass, type CreditPolicy } from './policy.js';

/** What a limit is worked out from, base currency. */
export interface LimitFacts {
  /** invoiced in the last twelve months, and in how many of them something was shipped */
  invoiced: string;
  shippingMonths: number;
  /** of a customer without history; null: has one */
  newCustomer: { expectedMonthly: string; onTimeCycles: number } | null;
  /** null: not known, no cap */
  netAssets: string | null;
  /** what the group's limit leaves for this customer; null: the group has none */
  groupRoom: string | null;
  /** all that is owed to us; null: not known, no cap */
  ourReceivables: string | null;
  /** guaranteed, deposited, insured */
  secured: string;
}

export type LimitCap = 'NET_ASSETS' | 'GROUP' | 'CONCENTRATION';

export interface ProposedLimit {
  limit: string;
  /** M, two decimals for show */
  monthlySales: string;
  /** T in months, four decimals for show */
  termMonths: string;
  k: string;
  /** M × T × k, of a new customer with its growth, rounded down to the step */
  formula: string;
  /** every cap there is */
  caps: readonly { cap: LimitCap; amount: string }[];
  /** the lowest cap, where it is below the formula */
  boundBy: LimitCap | null;
  /** what security adds */
  securedPart: string;
  /** the limit without the cap that bit, and of the next better class; null: no cap bit, there is no better class */
  counterfactual: {
    withoutCap: string | null;
    nextClass: { creditClass: CreditClass; limit: string } | null;
  };
}

type Rules = Pick<CreditPolicy, 'classes' | 'limit'>;

/**
 * Credit limit (processes.md 3.3): M × T × k rounded down to the step; at most every cap; plus what is secured, where the class
 * counts it; the whole rounded down to the step again. No month with shipments: M is 0.
 */
export function proposeLimit(facts: LimitFacts, creditClass: CreditClass, policy: Rules): ProposedLimit {
  const own = limitOf(facts, creditClass, policy);
  const better = CREDIT_CLASSES[CREDIT_CLASSES.indexOf(creditClass) - 1];
  const reachable = better !== undefined && !isBeyondNew(better, facts, policy);
  return {
    ...own,
    counterfactual: {
      withoutCap: own.boundBy && rounded(new Exact(own.formula).plus(own.securedPart), policy).toFixed(),
      nextClass: reachable ? { creditClass: better, limit: limitOf(facts, better, policy).limit } : null,
    },
  };
}

function isBeyondNew(creditClass: CreditClass, { newCustomer }: LimitFacts, { limit }: Rules): boolean {
  const best = CREDIT_CLASSES.indexOf(limit.newCustomer.bestClass);
  return newCustomer !== null && CREDIT_CLASSES.indexOf(creditClass) < best;
}

function limitOf(
  facts: LimitFacts,
  creditClass: CreditClass,
  policy: Rules,
): Omit<ProposedLimit, 'counterfactual'> {
  const { termDays, k, countsSecured } = policy.classes[creditClass];
  const { monthDays, securedFactor } = policy.limit;
  const monthlySales = monthly(facts, policy);
  const growth = growthOf(facts, policy);
  // one division, last: M × T × k is exact as long as it can be
  const product = new Exact(monthlySales.amount).times(termDays).times(k).times(growth);
  const formula = rounded(product.div(new Exact(monthDays).times(monthlySales.months)), policy);
  const caps = capsOf(facts, policy);
  const lowest = caps.reduce<(typeof caps)[number] | null>(
    (least, cap) => (least && new Exact(least.amount).lte(cap.amount) ? least : cap),
    null,
  );
  const boundBy = lowest && new Exact(lowest.amount).lt(formula) ? lowest.cap : null;
  const bounded = boundBy ? new Exact(lowest!.amount) : formula;
  const securedPart = countsSecured ? new Exact(facts.secured).times(securedFactor) : new Exact(0);
  return {
    limit: rounded(bounded.plus(securedPart), policy).toFixed(),
    monthlySales: new Exact(monthlySales.amount).div(monthlySales.months).toFixed(2),
    termMonths: new Exact(termDays).div(monthDays).toDecimalPlaces(4).toFixed(),
    k,
    formula: formula.toFixed(),
    caps,
    boundBy,
    securedPart: securedPart.toFixed(),
  };
}

/** What M is the quotient of. */
function monthly(
  { invoiced, shippingMonths, newCustomer }: LimitFacts,
  { limit }: Rules,
): { amount: Exact; months: number } {
  if (newCustomer)
    return {
      amount: new Exact(newCustomer.expectedMonthly).times(limit.newCustomer.expectedFactor),
      months: 1,
    };
  return shippingMonths === 0
    ? { amount: new Exact(0), months: 1 }
    : { amount: new Exact(invoiced), months: shippingMonths };
}

function growthOf({ newCustomer }: LimitFacts, { limit }: Rules): Exact {
  const { growthPct, cycles } = limit.newCustomer;
  const times = newCustomer ? Math.floor(newCustomer.onTimeCycles / cycles) : 0;
  return new Exact(growthPct).div(100).plus(1).pow(times);
}

function capsOf(
  { netAssets, groupRoom, ourReceivables }: LimitFacts,
  { limit }: Rules,
): { cap: LimitCap; amount: string }[] {
  const part = (of: string, pct: string) => new Exact(of).times(pct).div(100).toFixed();
  const atLeastZero = (amount: string) => Exact.max(amount, 0).toFixed();
  return [
    ...(netAssets === null
      ? []
      : [{ cap: 'NET_ASSETS' as const, amount: atLeastZero(part(netAssets, limit.netAssetsPct)) }]),
    ...(groupRoom === null ? [] : [{ cap: 'GROUP' as const, amount: atLeastZero(groupRoom) }]),
    ...(ourReceivables === null
      ? []
      : [{ cap: 'CONCENTRATION' as const, amount: part(ourReceivables, limit.concentrationPct) }]),
  ];
}

function rounded(amount: Exact, { limit }: Rules): Exact {
  return amount.div(limit.step).floor().times(limit.step);
}
