import type { Money } from '../money.js';
import type { Exposure } from './authority.js';
import type { StageSpec } from './stage-spec.js';
import {
  compareRoutes,
  fewestAnswers,
  isChanged,
  pathMinutes,
  Sums,
  type Route,
  type RouteChange,
} from './what-if.js';

/** The requests of a side together. */
export interface RouteTotals {
  /** fewest answers of people with which all of them pass */
  touches: number;
  /** working minutes they wait for answers, by measured times */
  minutes: number;
  /** requests nobody is asked about */
  automatic: number;
}

/** What the candidate does to one stage, over all requests. */
export interface StageTotals {
  key: string;
  title: string;
  added: number;
  dropped: number;
  quorumChanged: number;
  /** exposure of the requests that would pass without it and do not now */
  unguarded: Money[];
}

export interface WhatIfTotals {
  judged: number;
  changed: number;
  before: RouteTotals;
  after: RouteTotals;
  /** requests that would pass without a stage they have now, each once */
  unguarded: { requests: number; withoutAmount: number; amounts: Money[] };
  stages: StageTotals[];
  /** stages on some path for which no answer was measured: they add no time */
  unmeasured: string[];
}

type StageSum = Omit<StageTotals, 'unguarded'> & { sums: Sums };

/** Adds up what a candidate policy would have changed (AE-POL-3). Every request counts once, amounts exactly. */
export class WhatIfTally {
  private judged = 0;
  private changed = 0;
  private readonly before: RouteTotals = { touches: 0, minutes: 0, automatic: 0 };
  private readonly after: RouteTotals = { touches: 0, minutes: 0, automatic: 0 };
  private readonly unguarded = { requests: 0, withoutAmount: 0, sums: new Sums() };
  private readonly stages = new Map<string, StageSum>();
  private readonly unmeasured = new Set<string>();

  /** @param minutesOf as of pathMinutes */
  constructor(private readonly minutesOf: (spec: StageSpec) => number | null) {}

  /** @param answers each stage of a route needs; left out: nobody sits in two of them */
  add(
    before: Route,
    after: Route,
    exposure: Exposure | null,
    answers: Readonly<Record<'before' | 'after', readonly number[]>> = {
      before: before.map(fewestAnswers),
      after: after.map(fewestAnswers),
    },
  ): RouteChange {
    const change = compareRoutes(before, after);
    this.judged += 1;
    if (isChanged(change)) this.changed += 1;
    this.count(this.before, before, answers.before);
    this.count(this.after, after, answers.after);
    if (change.dropped.length > 0) {
      this.unguarded.requests += 1;
      if (exposure) this.unguarded.sums.add(exposure);
      else this.unguarded.withoutAmount += 1;
    }
    for (const stage of change.added) this.stage(stage).added += 1;
    for (const stage of change.quorum) this.stage(stage).quorumChanged += 1;
    for (const stage of change.dropped) {
      const sum = this.stage(stage);
      sum.dropped += 1;
      if (exposure) sum.sums.add(exposure);
    }
    return change;
  }

  totals(): WhatIfTotals {
    const { requests, withoutAmount, sums } = this.unguarded;
    return {
      judged: this.judged,
      changed: this.changed,
      before: { ...this.before },
      after: { ...this.after },
      unguarded: { requests, withoutAmount, amounts: sums.total() },
      stages: [...this.stages.values()]
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map(({ sums: ofStage, ...stage }) => ({ ...stage, unguarded: ofStage.total() })),
      unmeasured: [...this.unmeasured].sort(),
    };
  }

  private count(totals: RouteTotals, route: Route, answers: readonly number[]): void {
    totals.touches += answers.reduce((sum, count) => sum + count, 0);
    totals.minutes += pathMinutes(route, this.minutesOf, answers);
    if (route.every(({ outcome }) => outcome === 'SKIP')) totals.automatic += 1;
    for (const { spec } of route) if (this.minutesOf(spec) === null) this.unmeasured.add(spec.key);
  }

  private stage({ key, title }: { key: string; title: string }): StageSum {
    const known = this.stages.get(key);
    if (known) return known;
    const fresh = { key, title, added: 0, dropped: 0, quorumChanged: 0, sums: new Sums() };
    this.stages.set(key, fresh);
    return fresh;
  }
}
