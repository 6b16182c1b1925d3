import { currencyExponent, Exact, type Money } from '../money.js';
import type { PlannedStage } from './plan.js';
import { quorumOutcome, type Vote } from './quorum.js';
import type { QuorumRule, StageSpec } from './stage-spec.js';

/** What of a planned stage a comparison needs; the plan stored with a round has it too. */
export type RouteStage = Pick<PlannedStage, 'spec' | 'outcome' | 'seats'>;
export type Route = readonly RouteStage[];

export interface StageName {
  key: string;
  title: string;
}

/** What a candidate policy would do to one request's path (AE-POL-3). */
export interface RouteChange {
  added: StageName[];
  dropped: StageName[];
  quorum: (StageName & { before: QuorumRule; after: QuorumRule })[];
}

/** By stage key; a stage that nobody is asked for, being skipped by rule, is not on the path. */
export function compareRoutes(before: Route, after: Route): RouteChange {
  const [was, is] = [asked(before), asked(after)];
  const find = (route: Route, key: string) => route.find(({ spec }) => spec.key === key);
  return {
    added: is.filter(({ spec }) => !find(was, spec.key)).map(nameOf),
    dropped: was.filter(({ spec }) => !find(is, spec.key)).map(nameOf),
    quorum: is.flatMap((stage) => {
      const old = find(was, stage.spec.key)?.spec.quorum;
      const { quorum } = stage.spec;
      return old && !sameQuorum(old, quorum) ? [{ ...nameOf(stage), before: old, after: quorum }] : [];
    }),
  };
}

export function isChanged({ added, dropped, quorum }: RouteChange): boolean {
  return added.length + dropped.length + quorum.length > 0;
}

function asked(route: Route): Route {
  return route.filter(({ outcome }) => outcome !== 'SKIP');
}

function nameOf({ spec }: RouteStage): StageName {
  return { key: spec.key, title: spec.title };
}

function sameQuorum(a: QuorumRule, b: QuorumRule): boolean {
  if (a.kind !== b.kind) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => {
    const [x, y] = [a[key as keyof QuorumRule], b[key as keyof QuorumRule]];
    return x === y || JSON.stringify(x) === JSON.stringify(y);
  });
}

/**
 * The fewest yes that pass the stage, the heaviest seats first: one for ANY, every seat for ALL. A stage that is skipped
 * or a request of its own asks nobody here.
 */
export function fewestAnswers({ spec, outcome, seats }: RouteStage): number {
  if (outcome !== 'SEATS') return 0;
  const votes = [...seats]
    .sort((a, b) => b.weight - a.weight)
    .map(({ holderId, weight, group }) => ({ person: holderId, weight, group }));
  return Math.max(Math.min(spec.minApprovals, seats.length), fewestYes(spec.quorum, votes));
}

function fewestYes(rule: QuorumRule, seats: readonly Omit<Vote, 'value'>[]): number {
  if (rule.kind === 'PER_GROUP')
    return Object.entries(rule.groups)
      .map(([name, inner]) =>
        fewestYes(
          inner,
          seats.filter(({ group }) => group === name),
        ),
      )
      .reduce((sum, count) => sum + count, 0);
  const passesWith = (count: number) =>
    quorumOutcome(
      rule,
      seats.map((seat, index) => ({ ...seat, value: index < count ? 'YES' : 'LIVE' })),
      'EXCLUDED',
    ) === 'PASS';
  const count = seats.findIndex((_, index) => passesWith(index + 1));
  return count < 0 ? seats.length : count + 1;
}

/**
 * Working minutes a request waits on its path: stages of a branch one after the other, branches of a block beside each
 * other, blocks one after the other. A stage takes its measured time once, one whose seats answer in turn once for each.
 * @param minutesOf measured working minutes of one answer in a stage; null: nothing was measured
 * @param answersIn of each stage; left out: nobody sits in two
 */
export function pathMinutes(
  route: Route,
  minutesOf: (spec: StageSpec) => number | null,
  answersIn: readonly number[] = route.map(fewestAnswers),
): number {
  const branches = new Map<number, Map<string, number>>();
  for (const [index, stage] of route.entries()) {
    const { block, branch, mode } = stage.spec;
    const answers = answersIn[index] ?? 0;
    const times = mode === 'SEQUENTIAL' ? answers : Math.min(answers, 1);
    const inBlock = branches.get(block) ?? new Map<string, number>();
    inBlock.set(branch, (inBlock.get(branch) ?? 0) + times * (minutesOf(stage.spec) ?? 0));
    branches.set(block, inBlock);
  }
  return [...branches.values()].reduce((sum, inBlock) => sum + Math.max(...inBlock.values()), 0);
}

/** Exact sums of amounts, one per currency. */
export class Sums {
  private readonly byCurrency = new Map<string, Exact>();

  add({ amount, currency }: Money): void {
    this.byCurrency.set(currency, (this.byCurrency.get(currency) ?? new Exact(0)).plus(amount));
  }

  /** @returns by currency code, none rounded */
  total(): Money[] {
    return [...this.byCurrency]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, sum]) => ({
        currency,
        amount: sum.toFixed(Math.max(currencyExponent(currency), sum.decimalPlaces())),
      }));
  }
}
