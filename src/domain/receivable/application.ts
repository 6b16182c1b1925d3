import { DomainError } from '../errors.js';
import { allocate, currencyExponent, Exact, formatAmount, sumAmounts } from '../money.js';
import { claimOf, levelAfterPayment, type OpenDebt } from './debt.js';

/** Thresholds of applying payments (policy kind `collection`). */
export interface ApplicationRules {
  /** percent of the original principal paid at which the level falls by one */
  levelDropPct: string;
  /** a residual no larger than this is written off with the payment, per currency; a currency not named: only the percent */
  toleranceAmount: Readonly<Record<string, string>>;
  /** or no larger than this percent of the original principal */
  tolerancePct: string;
}

/** A debt the payer named; without an amount as much of it as the payment reaches. */
export interface Designation {
  debtId: string;
  amount?: string;
}

export interface IncomingPayment {
  amount: string;
  currency: string;
  /** `YYYY-MM-DD`: what is due on that day is due */
  valueDate: string;
}

/** Order of application, strongest first: what contract or payer said comes before the law. */
export interface ApplicationOrder {
  /** as the contract agrees */
  agreed?: readonly Designation[];
  /** as the debtor says when paying (civil code 560: the debtor chooses) */
  designated?: readonly Designation[];
}

/** What a payment does to one debt. */
export interface AppliedPart {
  debtId: string;
  costs: string;
  interest: string;
  principal: string;
  /** costs + interest + principal */
  amount: string;
  /** residual given up because it is within the tolerance */
  writtenOff: string;
  /** claim that stays open */
  residual: string;
  settled: boolean;
  levelAfter: number;
  /** interest and costs that were only told and fall away with the settlement (MEMO) */
  lapsed: string;
}

export interface Application {
  parts: AppliedPart[];
  /** unapplied cash: stays on the account of the payer */
  unapplied: string;
}

/**
 * Applies a payment: agreement → designation → law. The law (civil code 560): due debts first, then the least secured,
 * the heaviest burden, the earliest due, and equals in proportion; inside one debt (561) costs → interest → principal.
 * @throws DomainError VALIDATION a designated debt is unknown, or named beyond what is open of it
 * @see docs/formulas.md#receivables
 */
export function applyPayment(
  payment: IncomingPayment,
  debts: readonly OpenDebt[],
  rules: ApplicationRules,
  { agreed = [], designated = [] }: ApplicationOrder = {},
): Application {
  mustFit(designated, debts, payment.currency);
  const shares = new Map<string, Exact>(debts.map(({ id }) => [id, new Exact(0)]));
  const open = (debt: OpenDebt): Exact => claimOf(debt).minus(shares.get(debt.id)!);
  let left = new Exact(payment.amount);
  for (const { debtId, amount } of [...agreed, ...designated]) {
    const debt = debts.find(({ id }) => id === debtId);
    if (!debt) continue;
    const taken = Exact.min(left, open(debt), amount ?? left);
    shares.set(debtId, shares.get(debtId)!.plus(taken));
    left = left.minus(taken);
  }
  for (const group of legalOrder(debts, payment.valueDate)) {
    const claims = group.map(open);
    const taken = Exact.min(left, sumAmounts(claims));
    if (taken.isZero()) continue;
    const cut = allocate(taken, claims, payment.currency);
    group.forEach(({ id }, index) => shares.set(id, shares.get(id)!.plus(cut[index]!)));
    left = left.minus(taken);
  }
  const parts = debts
    .map((debt) => ({ debt, share: shares.get(debt.id)! }))
    .filter(({ share }) => share.gt(0))
    .map(({ debt, share }) => partOf(debt, share, payment.currency, rules));
  return { parts, unapplied: formatAmount(left, payment.currency) };
}

function mustFit(designated: readonly Designation[], debts: readonly OpenDebt[], currency: string): void {
  const wrong = designated.flatMap(({ debtId, amount }, index) => {
    const debt = debts.find(({ id }) => id === debtId);
    if (!debt)
      return [{ pointer: `/items/${index}/itemId`, code: 'UNKNOWN', rule: 'an open item of the payer' }];
    const open = claimOf(debt);
    if (amount === undefined || open.gte(amount)) return [];
    const rule = `at most ${formatAmount(open, currency)}, what is open of the item`;
    return [{ pointer: `/items/${index}/amount`, code: 'BEYOND_OUTSTANDING', rule }];
  });
  if (wrong.length > 0) throw new DomainError('VALIDATION', {}, wrong);
}

/** Debts in the order of civil code 560; those that are equal in everything are paid together, in proportion. */
export function legalOrder(debts: readonly OpenDebt[], valueDate: string): OpenDebt[][] {
  const compare = (a: OpenDebt, b: OpenDebt): number =>
    Number(a.dueOn > valueDate) - Number(b.dueOn > valueDate) ||
    new Exact(a.secured).comparedTo(b.secured) ||
    new Exact(b.burdenPct).comparedTo(a.burdenPct) ||
    a.dueOn.localeCompare(b.dueOn);
  const groups: OpenDebt[][] = [];
  for (const debt of [...debts].sort((a, b) => compare(a, b) || a.id.localeCompare(b.id))) {
    const last = groups.at(-1);
    if (last && compare(last[0]!, debt) === 0) last.push(debt);
    else groups.push([debt]);
  }
  return groups;
}

/** One debt's share, cut by civil code 561. */
function partOf(debt: OpenDebt, share: Exact, currency: string, rules: ApplicationRules): AppliedPart {
  const booked = debt.interestMode === 'BOOKED';
  const costs = booked ? Exact.min(share, debt.costs) : new Exact(0);
  const interest = booked ? Exact.min(share.minus(costs), debt.interest) : new Exact(0);
  const principal = share.minus(costs).minus(interest);
  const rest = claimOf(debt).minus(share);
  const forgiven = isTolerated(rest, debt.original, currency, rules) ? rest : new Exact(0);
  const settled = rest.equals(forgiven);
  const percentPaid = (open: Exact): Exact =>
    new Exact(debt.original).isZero()
      ? new Exact(100)
      : new Exact(debt.original).minus(open).div(debt.original).times(100);
  const before = new Exact(debt.principal);
  const paid = { beforePct: percentPaid(before), afterPct: percentPaid(before.minus(principal)), settled };
  const lapsed = settled && debt.interestMode === 'MEMO' ? sumAmounts([debt.costs, debt.interest]) : 0;
  const text = (amount: Exact | number): string => formatAmount(amount, currency);
  return {
    debtId: debt.id,
    costs: text(costs),
    interest: text(interest),
    principal: text(principal),
    amount: text(share),
    writtenOff: text(forgiven),
    residual: text(rest.minus(forgiven)),
    settled,
    levelAfter: levelAfterPayment(debt.level, paid, rules.levelDropPct),
    lapsed: text(lapsed),
  };
}

/** A short payment: the residual is within the amount or within the percent. */
function isTolerated(rest: Exact, original: string, currency: string, rules: ApplicationRules): boolean {
  const amount = Object.hasOwn(rules.toleranceAmount, currency) ? rules.toleranceAmount[currency]! : '0';
  const share = new Exact(original)
    .times(rules.tolerancePct)
    .div(100)
    .toDecimalPlaces(currencyExponent(currency), Exact.ROUND_DOWN);
  return rest.lte(Exact.max(amount, share));
}
