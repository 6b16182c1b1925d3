import type { Axis } from './axis.js';
import {
  sharedIn,
  uncovered,
  within,
  type Budget,
  type Case,
  type Region,
  type Shared,
  type Space,
  type Truth,
} from './coverage.js';
import { caseInWords } from './case-words.js';
import type { TableProblem } from './problem.js';
import type { RowAnswer } from './table.js';

/** A row with the region it covers. `inexact`: a cell of it is more than comparisons, so its region is only sampled. */
export interface Placed {
  answer: RowAnswer;
  region: Region;
  inexact: boolean;
}

/** Steps for a table of 2,000 rows within the time an editor waits. */
const STEPS = 20_000_000;
const MOST_OF_A_KIND = 20;

/**
 * What is wrong with the rows taken together: cases no row covers, rows that never count because higher ones of their
 * group always hold too, automatic lanes that others cross, rows said twice. Pure; equal tables give equal answers.
 */
export function tableProblems(axes: readonly Axis[], rows: readonly Placed[]): TableProblem[] {
  const whole: Space = axes.map(({ samples }) => samples.map((_, index) => index));
  const budget = { steps: STEPS };
  const shared = sharedIn(whole);
  return [
    ...gaps(axes, rows, whole, budget),
    ...shadowed(rows, whole, { budget, shared }),
    ...crossedLanes(axes, rows, shared),
    ...mixedLevels(axes, rows, shared),
    ...saidTwice(rows),
    ...(budget.steps < 0 ? [spent()] : []),
  ];
}

/** AE-PLAN-2: such a case would be refused with NO_POLICY_ROW. Numbers that nobody speaks of are only a warning. */
function gaps(axes: readonly Axis[], rows: readonly Placed[], whole: Space, budget: Budget): TableProblem[] {
  const sure = rows.filter(({ inexact }) => !inexact).map(({ region }) => region);
  const usual = whole.map((samples, axis) => samples.filter((at) => !axes[axis]!.samples[at]!.unusual));
  for (const space of [usual, whole]) {
    const found = uncovered(sure, space, budget);
    if (found === 'UNKNOWN') return [];
    if (found === null) continue;
    const perhaps = rows.some(({ inexact, region }) => inexact && holdsAt(region, found));
    const words = caseInWords(axes, found);
    return [
      {
        at: 'table',
        code: 'GAP',
        severity: space === whole || perhaps ? 'WARNING' : 'ERROR',
        message: `no row covers ${words.en}`,
        zh: `没有任何行覆盖：${words.zh}`,
      },
    ];
  }
  return [];
}

function holdsAt(region: Region, found: Case): boolean {
  return [...found].every(([axis, sample]) => region.get(axis)?.[sample] !== 0);
}

/** Of one group only the highest level counts: a row inside the union of higher ones is never heard. */
function shadowed(
  rows: readonly Placed[],
  whole: Space,
  { budget, shared }: { budget: Budget; shared: Shared },
): TableProblem[] {
  return rows.flatMap((row): TableProblem[] => {
    const { group, level, rowId } = row.answer;
    if (group === null) return [];
    const inside = within(whole, row.region);
    if (inside.some((samples) => samples.length === 0)) return [];
    const higher = rows.filter(
      (other) =>
        !other.inexact &&
        other.answer.group === group &&
        other.answer.level > level &&
        shared(row.region, other.region),
    );
    budget.steps -= rows.length;
    if (higher.length === 0) return [];
    const free = uncovered(
      higher.map(({ region }) => region),
      inside,
      budget,
    );
    if (free !== null) return [];
    const by = higher.slice(0, 5).map(({ answer }) => answer.rowId);
    return [
      {
        at: rowId,
        code: 'ROW_SHADOWED',
        message: `never counts: wherever it holds, a higher level of ${group} does (${by.join(', ')})`,
        zh: `永远不生效：它成立时，分组 ${group} 中更高级别的行（${by.join('、')}）总是同时成立`,
      },
    ];
  });
}

/** An automatic row that holds together with one that asks somebody: either it decides nothing, or it silences the other. */
function crossedLanes(axes: readonly Axis[], rows: readonly Placed[], shared: Shared): TableProblem[] {
  const lanes = rows.filter(({ answer }) => answer.stageKeys.length === 0);
  const asking = rows.filter(({ answer }) => answer.stageKeys.length > 0);
  return lanes.flatMap((lane) => {
    const crossing = asking.flatMap((other): TableProblem[] => {
      const sameGroup = lane.answer.group !== null && lane.answer.group === other.answer.group;
      if (sameGroup && lane.answer.level < other.answer.level) return [];
      const both = shared(lane.region, other.region);
      return both ? [crossed(lane, other, sameGroup, caseInWords(axes, both))] : [];
    });
    return crossing.slice(0, 1);
  });
}

function crossed(
  { answer: lane }: Placed,
  { answer: other }: Placed,
  sameGroup: boolean,
  words: { en: string; zh: string },
): TableProblem {
  const silences = sameGroup && lane.level > other.level;
  return {
    at: lane.rowId,
    code: silences ? 'AUTO_OUTRANKS' : 'OVERLAP_AUTOMATIC',
    severity: 'WARNING',
    message: silences
      ? `passes without anybody where ${other.rowId} asks somebody: ${words.en}`
      : `passes nobody by itself where ${other.rowId} holds too: ${words.en}`,
    zh: silences
      ? `与行 ${other.rowId} 同时成立时，因级别更高而无人审批：${words.zh}`
      : `与行 ${other.rowId} 同时成立时，仍需审批，自动通过不起作用：${words.zh}`,
  };
}

/** "Take the highest that fires" is ambiguous where two of the same level ask different people: both are asked. */
function mixedLevels(axes: readonly Axis[], rows: readonly Placed[], shared: Shared): TableProblem[] {
  const found: TableProblem[] = [];
  const grouped = rows.filter(({ answer }) => answer.group !== null && answer.stageKeys.length > 0);
  for (const [index, row] of grouped.entries()) {
    if (found.length >= MOST_OF_A_KIND) break;
    const other = grouped
      .slice(0, index)
      .find(
        ({ answer, region }) =>
          answer.group === row.answer.group &&
          answer.level === row.answer.level &&
          setOf(answer.stageKeys) !== setOf(row.answer.stageKeys) &&
          shared(row.region, region),
      );
    if (!other) continue;
    const words = caseInWords(axes, shared(row.region, other.region)!);
    found.push({
      at: row.answer.rowId,
      code: 'OVERLAP_SAME_LEVEL',
      severity: 'WARNING',
      message: `of the same level as ${other.answer.rowId}, for other stages: all are asked for ${words.en}`,
      zh: `与行 ${other.answer.rowId} 级别相同而节点不同，同时成立时全部需要审批：${words.zh}`,
    });
  }
  return found;
}

function saidTwice(rows: readonly Placed[]): TableProblem[] {
  const first = new Map<string, string>();
  const ids = new Map<Truth, number>();
  const idOf = (truth: Truth) => ids.get(truth) ?? ids.set(truth, ids.size).size - 1;
  return rows.flatMap(({ answer, region, inexact }): TableProblem[] => {
    if (inexact) return [];
    const { stageKeys, group, level, quorum } = answer;
    const key = JSON.stringify([
      [...region].sort(([a], [b]) => a - b).map(([axis, truth]) => [axis, idOf(truth)]),
      setOf(stageKeys),
      group,
      level,
      quorum ?? null,
    ]);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, answer.rowId);
      return [];
    }
    return [
      {
        at: answer.rowId,
        code: 'DUPLICATE_ROW',
        severity: 'WARNING',
        message: `says the same as ${before}`,
        zh: `与行 ${before} 的条件和结果相同`,
      },
    ];
  });
}

function setOf(keys: readonly string[]): string {
  return [...new Set(keys)].sort().join(' ');
}

function spent(): TableProblem {
  return {
    at: 'table',
    code: 'ANALYSIS_LIMIT',
    severity: 'WARNING',
    message: 'the table is too entangled to be searched whole for gaps and rows that never count',
    zh: '决策表过于复杂，未能完整检查遗漏和失效的行',
  };
}
