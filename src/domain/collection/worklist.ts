import { Exact } from '../money.js';
import { daysPastDue } from '../receivable/debt.js';
import type { WorklistRules } from './policy.js';

/** What a collector's day is made of. */
export interface WorklistCase {
  id: string;
  collectorId: string;
  /** overdue in base currency */
  overdue: string;
  /** oldest day past due */
  days: number;
  creditClass: string | null;
  /** promises not kept */
  broken: number;
  /** end of the limitation period, or the next legal date; null: none known */
  legalOn: string | null;
  /** last contact with the customer */
  contactedOn: string | null;
}

/** A score with its parts, two decimals. */
export interface WorklistScore {
  total: string;
  parts: { amount: string; days: string; classRisk: string; broken: string; limitation: string };
}

/** Weight × a share of 0 to 1 each: the overdue amount on a logarithmic scale, days, class, broken promises, legal date. */
export function worklistScore(of: WorklistCase, today: string, rules: WorklistRules): WorklistScore {
  const { weights, classRisk, unknownRisk } = rules;
  const amount = share(new Exact(of.overdue).plus(1).log(10), new Exact(rules.amountFull).plus(1).log(10));
  const risk =
    of.creditClass !== null && Object.hasOwn(classRisk, of.creditClass)
      ? classRisk[of.creditClass]!
      : unknownRisk;
  const left = of.legalOn === null ? rules.limitationDays : daysPastDue(today, of.legalOn);
  const parts = {
    amount: part(amount, weights.amount),
    days: part(share(of.days, rules.daysFull), weights.days),
    classRisk: part(new Exact(risk), weights.classRisk),
    broken: part(share(of.broken, rules.brokenFull), weights.broken),
    limitation: part(share(rules.limitationDays - left, rules.limitationDays), weights.limitation),
  };
  return { total: Exact.sum(...Object.values(parts)).toFixed(2), parts };
}

/** What each collector gets today: highest scores first, none contacted within the rest, at most `perDay` each. */
export function worklist<T extends WorklistCase>(
  cases: readonly T[],
  today: string,
  rules: WorklistRules,
): (T & { score: WorklistScore })[] {
  const taken = new Map<string, number>();
  return cases
    .filter(({ contactedOn }) => contactedOn === null || daysPastDue(contactedOn, today) > rules.restDays)
    .map((of) => ({ ...of, score: worklistScore(of, today, rules) }))
    .sort((a, b) => new Exact(b.score.total).comparedTo(a.score.total) || a.id.localeCompare(b.id))
    .filter(({ collectorId }) => {
      const count = (taken.get(collectorId) ?? 0) + 1;
      taken.set(collectorId, count);
      return count <= rules.perDay;
    });
}

function share(value: Exact | number, full: Exact | number): Exact {
  return Exact.min(Exact.max(new Exact(value).div(full), 0), 1);
}

function part(of: Exact, weight: string): string {
  return of.times(weight).toFixed(2);
}
