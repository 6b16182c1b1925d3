import { Exact } from '../money.js';
import type { CheckStep, CreditCheck, CreditPolicy, Reaction } from './policy.js';

/** In base currency: a limit that covers the customer, their own or their group's, and what counts against it already. */
export interface CreditLine {
  of: 'OWN' | 'GROUP';
  limit: string;
  used: string;
}

/** What the books say of a customer to one company, as of a day. */
export interface CreditFacts {
  creditClass: string | null;
  /** calendar days the oldest open item is past due; 0: none is */
  oldestOverdueDays: number;
  /** what is past due of what is open, percent */
  overdueSharePct: string;
  /** the highest of an open item, 0–4 */
  dunningLevel: number;
  /** over the months the policy counts them */
  brokenPromises: number;
  /** they were judged (a class), or invoiced by the company */
  isKnown: boolean;
}

/** Everything a deal is checked against. */
export interface CreditStanding {
  lines: readonly CreditLine[];
  facts: CreditFacts;
  checks: CreditPolicy['checks'];
}

export interface CheckResult {
  check: CreditCheck;
  /** rounded up to two places: what is over a step reads so */
  value: string;
  reaction: Reaction;
  /** the step that was reached; null: none */
  step: { at: CheckStep['at']; value: string } | null;
  /** in base currency: with so much less it would not block; null: the amount does not matter, or it does not block */
  lessBy: string | null;
}

/**
 * The checks of a customer (processes.md 3.3), one by one, with what a deal of an amount (base currency) would make of them.
 * A check that does not apply is left out: no limit has no utilisation, and is no credit either (`creditCovers`).
 */
export function creditChecks({ lines, facts, checks }: CreditStanding, amount: string): CheckResult[] {
  return checks.flatMap(({ check, steps, byClass }) => {
    const value = valueOf(check, lines, facts, amount);
    if (value === null) return [];
    const own = Object.entries(byClass ?? {}).find(([of]) => of === facts.creditClass)?.[1] ?? steps;
    const step = own.filter((one) => isReached(one, value)).at(-1);
    const reaction = step?.reaction ?? 'NONE';
    const block = own.find((one) => one.reaction === 'BLOCK');
    return [
      {
        check,
        value: value.toDecimalPlaces(2, Exact.ROUND_UP).toFixed(),
        reaction,
        step: step ? { at: step.at, value: step.value } : null,
        lessBy: reaction === 'BLOCK' && block ? excess(check, lines, amount, block.value) : null,
      },
    ];
  });
}

/** A missing limit is no credit, not unlimited credit; a check that blocks leaves nothing covered (processes.md 3.3). */
export function creditCovers(standing: CreditStanding, amount: string): boolean {
  const { lines } = standing;
  return (
    lines.length > 0 &&
    lines.every(({ limit, used }) => new Exact(used).plus(amount).lte(limit)) &&
    creditChecks(standing, amount).every(({ reaction }) => reaction !== 'BLOCK')
  );
}

/** Of limit and exposure with the deal, percent, of the line that is fullest. Nothing of a limit of zero is used at 0. */
function utilisation(lines: readonly CreditLine[], amount: string): Exact | null {
  const percents = lines.map(({ limit, used }) => {
    const wanted = new Exact(used).plus(amount);
    if (wanted.lte(0)) return new Exact(0);
    return new Exact(limit).isZero() ? null : wanted.div(limit).times(100);
  });
  const known = percents.filter((percent) => percent !== null);
  return known.length === 0 ? null : Exact.max(...known);
}

function valueOf(
  check: CreditCheck,
  lines: readonly CreditLine[],
  facts: CreditFacts,
  amount: string,
): Exact | null {
  switch (check) {
    case 'UTILISATION_PCT':
      return utilisation(lines, amount);
    case 'OLDEST_OVERDUE_DAYS':
      return new Exact(facts.oldestOverdueDays);
    case 'OVERDUE_SHARE_PCT':
      return new Exact(facts.overdueSharePct);
    case 'DUNNING_LEVEL':
      return new Exact(facts.dunningLevel);
    case 'BROKEN_PROMISES':
      return new Exact(facts.brokenPromises);
    case 'NEW_CUSTOMER_DOCUMENT':
      return facts.isKnown ? null : new Exact(amount);
    case 'REVIEW_OVERDUE_DAYS':
      return null;
  }
}

function isReached({ at, value }: CheckStep, of: Exact): boolean {
  return at === 'FROM' ? of.gte(value) : of.gt(value);
}

/** What a document has too much: of a share of the limits, or as such. */
function excess(
  check: CreditCheck,
  lines: readonly CreditLine[],
  amount: string,
  allowed: string,
): string | null {
  if (check === 'NEW_CUSTOMER_DOCUMENT') return new Exact(amount).minus(allowed).toFixed();
  if (check !== 'UTILISATION_PCT') return null;
  const over = lines.map(({ limit, used }) =>
    new Exact(used).plus(amount).minus(new Exact(limit).times(allowed).div(100)),
  );
  return Exact.max(...over).toFixed();
}
