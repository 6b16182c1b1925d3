import { DateTime } from 'luxon';
import { Exact } from '../money.js';
import {
  CREDIT_CLASSES,
  type ByClass,
  type ClassRules,
  type CreditClass,
  type CreditPolicy,
  type ScoreInput,
} from './policy.js';

/** A value the score is made of, as it was seen. */
export interface SeenInput {
  key: string;
  /** decimal string; null: not known */
  value: string | null;
  source: string;
  asOf: string;
}

export interface ScoreFacts {
  inputs: readonly SeenInput[];
  /** what is known against the customer, by the codes of the policy's hard stops */
  stops: readonly string[];
  /** day of the scoring */
  on: string;
}

/** What one input gave. `weight` and `points` are shown with two decimals, after weighing anew. */
export interface ScorePart {
  group: string;
  key: string;
  seen: SeenInput | null;
  weight: string;
  points: string;
}

export interface Scored {
  /** 0–100, rounded down to two decimals: what is shown never reaches a class that was not reached */
  score: string;
  creditClass: CreditClass;
  /** last day it may be used */
  validTo: string;
  isNew: boolean;
  /** what holds the class below that of the score; null: nothing does */
  cappedBy: 'HARD_STOP' | 'NEW_CUSTOMER' | null;
  /** hard stops that were found */
  stops: readonly string[];
  parts: readonly ScorePart[];
  counterfactual: Counterfactual | null;
}

/** What the next better class would have taken: so many points, or any one of these inputs alone at such a value. */
export interface Counterfactual {
  nextClass: CreditClass;
  pointsMissing: string;
  enough: readonly { key: string; value: string }[];
}

interface Weighed extends ScoreInput {
  group: string;
  seen: SeenInput | null;
  /** 0–1 of the weight; nothing for what is not known, never an average */
  share: Exact;
}

/**
 * Credit score and class (processes.md 3.3): Σ weight × share. A customer without any history has the other groups weighed to
 * 100 and no better class than the policy's for new ones; a hard stop is class E whatever the score.
 */
export function score(
  { inputs, stops, on }: ScoreFacts,
  policy: Pick<CreditPolicy, 'score' | 'classes' | 'hardStops' | 'limit'>,
): Scored {
  const all = policy.score.map((group) => ({ ...group, inputs: weighed(group, inputs) }));
  const history = all.filter(({ isHistory }) => isHistory);
  const isNew =
    history.length > 0 && history.every((group) => group.inputs.every(({ seen }) => isUnknown(seen)));
  const counted = (isNew ? all.filter(({ isHistory }) => !isHistory) : all).flatMap((group) => group.inputs);
  const whole = Exact.sum(0, ...counted.map(({ weight }) => weight));
  const raw = Exact.sum(0, ...counted.map(({ weight, share }) => share.times(weight)));
  const points = ofHundred(raw, whole);
  const found = stops.filter((stop) => policy.hardStops.includes(stop));
  const earned = classOf(points, policy.classes);
  const { bestClass } = policy.limit.newCustomer;
  const ofNew = isNew && rank(earned) < rank(bestClass) ? bestClass : earned;
  const creditClass = found.length > 0 ? WORST : ofNew;
  return {
    score: points.toFixed(2, Exact.ROUND_DOWN),
    creditClass,
    validTo: DateTime.fromISO(on).plus({ months: policy.classes[creditClass].reviewMonths }).toISODate()!,
    isNew,
    cappedBy: creditClass === earned ? null : found.length > 0 ? 'HARD_STOP' : 'NEW_CUSTOMER',
    stops: found,
    parts: counted.map(({ group, key, seen, weight, share }) => ({
      group,
      key,
      seen,
      weight: ofHundred(weight, whole).toFixed(2),
      points: ofHundred(share.times(weight), whole).toFixed(2),
    })),
    counterfactual:
      found.length > 0 || (isNew && rank(creditClass) <= rank(bestClass))
        ? null
        : missingFor(creditClass, points, { counted, whole, classes: policy.classes }),
  };
}

/** Weighed to 100; divided last, so that all of it is 100 and not 99.99. */
function ofHundred(points: Exact | string, whole: Exact): Exact {
  return new Exact(points).times(100).div(whole);
}

const WORST = CREDIT_CLASSES[CREDIT_CLASSES.length - 1]!;

/** The class of a score, boundaries inclusive. */
export function classOf(points: Exact | string, classes: ByClass<Pick<ClassRules, 'from'>>): CreditClass {
  return CREDIT_CLASSES.find((key) => new Exact(points).gte(classes[key].from)) ?? WORST;
}

function weighed(
  { key: group, inputs }: { key: string; inputs: readonly ScoreInput[] },
  seen: readonly SeenInput[],
): Weighed[] {
  return inputs.map((input) => {
    const of = seen.find(({ key }) => key === input.key) ?? null;
    return { ...input, group, seen: of, share: of?.value == null ? new Exact(0) : shareOf(of.value, input) };
  });
}

function shareOf(value: string, { zero, full }: ScoreInput): Exact {
  const length = new Exact(full).minus(zero);
  return Exact.min(Exact.max(new Exact(value).minus(zero).div(length), 0), 1);
}

function isUnknown(seen: SeenInput | null): boolean {
  return seen === null || seen.value === null;
}

function rank(creditClass: CreditClass): number {
  return CREDIT_CLASSES.indexOf(creditClass);
}

function missingFor(
  creditClass: CreditClass,
  points: Exact,
  { counted, whole, classes }: { counted: readonly Weighed[]; whole: Exact; classes: ByClass<ClassRules> },
): Counterfactual | null {
  const nextClass = CREDIT_CLASSES[rank(creditClass) - 1];
  if (nextClass === undefined) return null;
  const missing = new Exact(classes[nextClass].from).minus(points);
  const enough = counted.flatMap((input) => {
    const weight = ofHundred(input.weight, whole);
    const needed = weight.isZero() ? new Exact(2) : input.share.plus(missing.div(weight));
    return needed.gt(1) ? [] : [{ key: input.key, value: valueAt(needed, input) }];
  });
  return { nextClass, pointsMissing: missing.toFixed(2, Exact.ROUND_UP), enough };
}

/** Where an input has such a share, two decimals, on the side that gives more; not beyond `full`. */
function valueAt(share: Exact, { zero, full }: ScoreInput): string {
  const length = new Exact(full).minus(zero);
  const exact = share.times(length).plus(zero);
  const rounded = exact.toDecimalPlaces(2, length.isPositive() ? Exact.ROUND_CEIL : Exact.ROUND_FLOOR);
  return (length.isPositive() ? Exact.min(rounded, full) : Exact.max(rounded, full)).toFixed();
}
