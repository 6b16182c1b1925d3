import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { MatchedRow } from '../../domain/approval/model.js';
import { DEDUPE, type ApprovalPolicyContent } from '../../domain/approval/policy.js';
import type { StageSpec } from '../../domain/approval/stage-spec.js';
import { answersOn } from '../../domain/approval/what-if-answers.js';
import { WhatIfTally, type WhatIfTotals } from '../../domain/approval/what-if-tally.js';
import { isChanged, type Route, type RouteChange } from '../../domain/approval/what-if.js';
import { DomainError } from '../../domain/errors.js';
import type { Money } from '../../domain/money.js';
import type { DirectorySnapshot } from '../../domain/org/directory.js';
import { highestOfEachGroup, rowsAt } from '../../policy/evaluate.js';
import { bindStages } from '../../policy/bind.js';
import { checkFacts, type Facts } from '../../policy/facts.js';
import { resolverProblems } from '../../policy/lint-resolver.js';
import { rowNumbers } from '../../policy/numbered.js';
import { startTableProcess, type TableProcess } from '../../policy/table-process.js';
import { readTable, type DecisionTable } from '../../policy/table.js';
import { isUnknown } from '../approval/named.js';
import { planFor } from '../approval/planning.js';
import type { RoundWho } from '../approval/snapshot.js';
import { casesAfter, Snapshots, type StoredCase, type WhatIfScope } from './what-if-rows.js';

export interface WhatIfRequest extends WhatIfScope {
  /** the candidate; its form was checked, its table runs in a process of its own */
  content: ApprovalPolicyContent;
  /** measured working minutes of one answer in a stage; null: none was measured */
  minutesOf: (spec: StageSpec) => number | null;
  /** newest requests that are judged at most */
  limit: number;
  /** of those whose path changes, the newest that are named */
  shown: number;
  signal?: AbortSignal;
}

/** One request whose path would have been another one. */
export interface ChangedRequest extends RouteChange {
  requestId: string;
  number: string;
  title: string;
  state: string;
  submittedAt: string;
  exposure: Money | null;
}

/** Why a request was not judged; nothing is guessed (AE-POL-3). */
export type Unjudged =
  /** stored before snapshots were kept */
  | 'NO_SNAPSHOT'
  /** the candidate needs a fact that was not stored, or the engine failed on the facts */
  | 'POLICY_ERROR'
  /** the candidate has no row for it: it would be refused */
  | 'NO_POLICY_ROW'
  /** a stage nobody could have sat in: it would be refused */
  | 'NO_APPROVER'
  /** the candidate names a person the snapshot does not hold */
  | 'NOT_IN_SNAPSHOT'
  | 'ORG_CYCLE';

export interface WhatIf extends WhatIfTotals {
  changes: ChangedRequest[];
  unjudged: { code: Unjudged; count: number; newest: { requestId: string; number: string }[] }[];
  /** there are older requests in the period that were not judged */
  truncated: boolean;
}

const BATCH = 200;
/** Cases between two looks of the event loop at whoever else waits. */
const AT_A_TIME = 20;
const NAMED_UNJUDGED = 10;

/**
 * What a policy would have done to stored requests: each is judged again on its own facts and the organisation of then,
 * by the functions that plan submissions (AE-POL-3). Reads only. The table runs in a process of its own, the rest in
 * short turns, so that whoever shares the process does not wait.
 * @throws DomainError POLICY_ERROR the table is not allowed, crashed, or took too long
 */
export async function whatIf(db: DataSource, request: WhatIfRequest): Promise<WhatIf> {
  const table = readTable(request.content);
  const problems = resolverProblems(request.content);
  if (problems.length > 0) throw new DomainError('POLICY_ERROR', { problems });
  const engine = startTableProcess(request.content.jdm);
  const run = new Run(db, request, table, engine);
  try {
    return await run.all();
  } finally {
    engine.stop();
  }
}

type Judged =
  { route: Route; answers: Readonly<Record<'before' | 'after', readonly number[]>> } | { code: Unjudged };

interface Batch {
  cases: readonly StoredCase[];
  answers: Promise<unknown[]>;
}

class Run {
  private readonly tally: WhatIfTally;
  private readonly snapshots: Snapshots;
  private readonly changes: ChangedRequest[] = [];
  private readonly unjudged = new Map<Unjudged, WhatIf['unjudged'][number]>();

  constructor(
    private readonly db: DataSource,
    private readonly request: WhatIfRequest,
    private readonly table: DecisionTable,
    private readonly engine: TableProcess,
  ) {
    this.tally = new WhatIfTally(request.minutesOf);
    this.snapshots = new Snapshots(db);
  }

  /** The table works on one batch while the batch before is planned and the one after is read. */
  async all(): Promise<WhatIf> {
    const { limit, signal } = this.request;
    let seen = 0;
    let batch = this.asked(await this.next(null, limit));
    while (batch.cases.length > 0) {
      signal?.throwIfAborted();
      const { cases, answers } = batch;
      seen += cases.length;
      // beyond the limit one more is read: it tells whether there are older ones
      const following = this.next(cases.at(-1)!, limit - seen);
      const [said, older] = await Promise.all([answers, following, this.snapshots.load(cases)]);
      batch = this.asked(seen >= limit ? [] : older);
      await this.judge(cases, said);
      if (seen >= limit) return this.result(older.length > 0);
    }
    return this.result(false);
  }

  private next(after: StoredCase | null, left: number): Promise<StoredCase[]> {
    return casesAfter(this.db, this.request, after, Math.max(1, Math.min(BATCH, left)));
  }

  /** Gives the table the cases whose facts it can see. */
  private asked(cases: readonly StoredCase[]): Batch {
    const { inputs } = this.request.content;
    const facts = cases.map((one) => checkedOrNull(() => checkFacts(inputs, one.facts)));
    const answers = cases.length === 0 ? Promise.resolve([]) : this.answers(facts);
    // whoever awaits it hears of the failure; a run that ended for another reason does not
    answers.catch(() => undefined);
    return { cases, answers };
  }

  private async answers(facts: readonly (Facts | null)[]): Promise<unknown[]> {
    const said = (await this.engine.run(facts.filter((one) => one !== null))).values();
    return facts.map((one) => (one === null ? null : said.next().value));
  }

  private async judge(cases: readonly StoredCase[], answers: readonly unknown[]): Promise<void> {
    for (const [index, one] of cases.entries()) {
      if (index % AT_A_TIME === 0) await nextTurn();
      this.count(one, this.judged(one, answers[index] ?? null));
    }
  }

  private judged(one: StoredCase, answer: unknown): Judged {
    const directory = this.snapshots.of(one);
    if (!directory || !one.who) return { code: 'NO_SNAPSHOT' };
    if (answer === null) return { code: 'POLICY_ERROR' };
    const matched = highestOfEachGroup(rowsAt(this.table, rowNumbers(answer)));
    if (matched.length === 0) return { code: 'NO_POLICY_ROW' };
    try {
      return this.planned(one, one.who, directory, matched.map(asked));
    } catch (error) {
      if (error instanceof DomainError && (error.code === 'ORG_CYCLE' || error.code === 'POLICY_ERROR'))
        return { code: error.code };
      throw error;
    }
  }

  private planned(
    { facts, route, dedupe, separation }: StoredCase,
    who: RoundWho,
    directory: DirectorySnapshot,
    rows: readonly MatchedRow[],
  ): Judged {
    const keys = new Set(rows.flatMap(({ stageKeys }) => stageKeys));
    const bound = bindStages(this.request.content.stages, keys, facts);
    const { stages, problems } = planFor(who, {
      rows,
      stages: bound,
      separation: this.request.content.separation,
      directory,
      policyVersion: 0,
    });
    const resolvers = stages.map(({ spec }) => spec.resolver);
    if (resolvers.some((resolver) => isUnknown(resolver, directory))) return { code: 'NOT_IN_SNAPSHOT' };
    if (problems.length > 0) return { code: 'NO_APPROVER' };
    const { content } = this.request;
    const now = { dedupe: content.dedupe ?? DEDUPE, separation: content.separation ?? [] };
    const answers = {
      before: answersOn(route, { ...who, dedupe, separation, directory }),
      after: answersOn(stages, { ...who, ...now, directory }),
    };
    return { route: stages, answers };
  }

  private count(one: StoredCase, judged: Judged): void {
    const { requestId, number, title, state, submittedAt, who, readable } = one;
    if ('code' in judged) {
      const sum = this.unjudged.get(judged.code) ?? { code: judged.code, count: 0, newest: [] };
      sum.count += 1;
      if (readable && sum.newest.length < NAMED_UNJUDGED) sum.newest.push({ requestId, number });
      this.unjudged.set(judged.code, sum);
      return;
    }
    const exposure = who?.exposure ?? null;
    const change = this.tally.add(one.route, judged.route, exposure, judged.answers);
    if (!isChanged(change) || !readable || this.changes.length >= this.request.shown) return;
    this.changes.push({
      requestId,
      number,
      title,
      state,
      submittedAt: submittedAt.toISOString(),
      exposure,
      ...change,
    });
  }

  private result(truncated: boolean): WhatIf {
    const unjudged = [...this.unjudged.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
    return { ...this.tally.totals(), changes: this.changes, unjudged, truncated };
  }
}

/** What a row asks for; its reason is for people, and nobody reads it here. */
function asked({ answer }: DecisionTable['rows'][number]): MatchedRow {
  const { rowId, rule, text, stageKeys, quorum } = answer;
  return { rowId, rule, text, stageKeys, inputs: {}, ...(quorum ? { quorum } : {}) };
}

function checkedOrNull<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
