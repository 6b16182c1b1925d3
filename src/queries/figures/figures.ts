import type { Reader } from '../../db/prepared.js';
import {
  percentile,
  WAIT_CAUSES,
  type Period,
  type Task,
  type WaitCause,
} from '../../domain/approval/figures.js';
import { namesOf, type PersonRef } from '../request/person-ref.js';
import type { Case, Cases } from './cases.js';

export const GROUPINGS = ['STAGE', 'ROW', 'PERSON'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** How requests went. Percents with one decimal, touches with two; null when there is nothing to divide by. */
export interface Rates {
  /** approved or rejected in the period; parts of others not counted */
  closed: number;
  /** returned at least once */
  returnPct: number | null;
  /** approved without ever being returned */
  firstPassPct: number | null;
  /** approved without anybody's answer */
  autoPct: number | null;
  /** answers of people per request */
  touches: number | null;
}

/** A stage, a row of a policy's table, or a person. */
export interface FigureGroup extends Rates {
  key: string;
  /** of a PERSON; null: time itself, or somebody unknown */
  person: PersonRef | null;
  decided: number;
  running: number;
  /** business minutes of the decided ones */
  p50Minutes: number | null;
  p90Minutes: number | null;
  /** of the running ones */
  longestRunningMinutes: number | null;
  /** answers that sent a request back */
  returned: number;
}

export interface Figures {
  asOf: string;
  requests: number;
  truncated: boolean;
  rates: Rates;
  /** business minutes of the period that requests waited, by cause; and how many requests */
  lost: { cause: WaitCause; minutes: number; requests: number }[];
  groups: FigureGroup[];
  /** rungs that answered tasks had on their ladder, in its order */
  rungs: { id: string; tasks: number }[];
}

/** A task and the request it is of. */
export interface CaseTask {
  of: Case;
  task: Task;
}

export async function figuresBy(db: Reader, cases: Cases, period: Period, by: Grouping): Promise<Figures> {
  const tasks = tasksIn(cases, period);
  const groups = new Map<string, CaseTask[]>();
  for (const entry of tasks)
    for (const key of keysOf(entry.task, by)) {
      const group = groups.get(key);
      if (group) group.push(entry);
      else groups.set(key, [entry]);
    }
  const nameOf = await namesOf(db, by === 'PERSON' ? groups.keys() : []);
  return {
    asOf: cases.asOf,
    requests: cases.items.length,
    truncated: cases.truncated,
    rates: ratesOf(cases.items, period),
    lost: WAIT_CAUSES.map((cause) => ({
      cause,
      minutes: cases.items.reduce((sum, { lost }) => sum + lost[cause], 0),
      requests: cases.items.filter(({ lost }) => lost[cause] > 0).length,
    })),
    groups: [...groups]
      .map(([key, entries]) => groupOf(key, entries, nameOf(key), period))
      .sort((a, b) => b.decided + b.running - (a.decided + a.running) || (a.key < b.key ? -1 : 1)),
    rungs: rungsOf(tasks),
  };
}

/** What was answered in the period, and what still runs when the period reaches to now. */
export function tasksIn({ items, asOf }: Cases, { from, to }: Period): CaseTask[] {
  return items.flatMap((of) =>
    of.tasks
      .filter(({ endedAt }) => (endedAt === null ? to > asOf : endedAt >= from && endedAt < to))
      .map((task) => ({ of, task })),
  );
}

export function keysOf(task: Task, by: Grouping): readonly string[] {
  switch (by) {
    case 'STAGE':
      return [task.stageTitle];
    case 'ROW':
      return task.rows;
    case 'PERSON':
      return [task.actorId];
  }
}

export function isClosedIn({ state, closedAt, isPart }: Case, { from, to }: Period): boolean {
  const isDecided = state === 'APPROVED' || state === 'REJECTED' || state === 'REVOKED';
  return isDecided && !isPart && closedAt !== null && closedAt >= from && closedAt < to;
}

export function isFirstPass({ state, returns }: Case): boolean {
  return state !== 'REJECTED' && returns === 0;
}

export function isAutomatic(one: Case): boolean {
  return one.state !== 'REJECTED' && touchesOf(one) === 0;
}

/** Answers of people. */
function touchesOf({ tasks }: Case): number {
  return tasks.filter(({ endedAt, actorId }) => endedAt !== null && !actorId.startsWith('system:')).length;
}

function ratesOf(cases: readonly Case[], period: Period): Rates {
  const closed = cases.filter((one) => isClosedIn(one, period));
  const percent = (which: (one: Case) => boolean) =>
    share(closed.filter(which).length, closed.length, 100, 1);
  return {
    closed: closed.length,
    returnPct: percent(({ returns }) => returns > 0),
    firstPassPct: percent(isFirstPass),
    autoPct: percent(isAutomatic),
    touches: share(
      closed.reduce((sum, one) => sum + touchesOf(one), 0),
      closed.length,
      1,
      2,
    ),
  };
}

function share(part: number, whole: number, times: number, decimals: number): number | null {
  return whole === 0 ? null : Number(((times * part) / whole).toFixed(decimals));
}

function groupOf(
  key: string,
  entries: readonly CaseTask[],
  person: PersonRef | null,
  period: Period,
): FigureGroup {
  const decided = entries.filter(({ task }) => task.endedAt !== null);
  const minutes = decided.map(({ task }) => task.minutes).sort((a, b) => a - b);
  const running = entries.filter(({ task }) => task.endedAt === null).map(({ task }) => task.minutes);
  return {
    key,
    person,
    decided: decided.length,
    running: running.length,
    p50Minutes: percentile(minutes, 50),
    p90Minutes: percentile(minutes, 90),
    longestRunningMinutes: running.length > 0 ? Math.max(...running) : null,
    returned: decided.filter(({ task }) => task.action === 'RETURN').length,
    ...ratesOf([...new Set(entries.map(({ of }) => of))], period),
  };
}

function rungsOf(tasks: readonly CaseTask[]): Figures['rungs'] {
  const counts = new Map<string, number>();
  for (const { task } of tasks)
    for (const { id } of task.clock?.rungs ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].map(([id, count]) => ({ id, tasks: count }));
}
