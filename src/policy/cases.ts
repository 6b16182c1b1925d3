import type { ApprovalPolicyContent, PolicyCase } from '../domain/approval/policy.js';
import { DomainError } from '../domain/errors.js';
import { highestOfEachGroup, rowsAt } from './evaluate.js';
import { checkFacts, type Facts } from './facts.js';
import { rowNumbers } from './numbered.js';
import type { TableProblem } from './problem.js';
import { startTableProcess } from './table-process.js';
import type { DecisionTable } from './table.js';

/** What a table answers to one of its own cases. */
export interface CaseAnswer {
  name: string;
  passed: boolean;
  /** stages that are asked, and rows that count; empty where `refused` says why there is no answer */
  stages: string[];
  rows: string[];
  /** FACTS a fact is missing or mistyped · NO_ROW nothing matches · ENGINE the engine failed on it */
  refused: 'FACTS' | 'NO_ROW' | 'ENGINE' | null;
}

/**
 * Asks a table all the cases written down with it, in a process of its own.
 * @param table what `readTable` made of the content
 * @throws DomainError POLICY_ERROR the process crashed, or ran out of time or memory
 */
export async function answerCases(
  { jdm, inputs, cases = [] }: ApprovalPolicyContent,
  table: DecisionTable,
): Promise<CaseAnswer[]> {
  if (cases.length === 0) return [];
  const facts = cases.map((one) => factsOf(inputs, one));
  const asked = facts.filter((one) => one !== null);
  const engine = startTableProcess(jdm);
  try {
    const results = asked.length === 0 ? [] : await engine.run(asked);
    let next = 0;
    return cases.map((one, index) =>
      facts[index] === null ? refusal(one, 'FACTS') : answerOf(one, table, results[next++] ?? null),
    );
  } finally {
    engine.stop();
  }
}

function factsOf(inputs: ApprovalPolicyContent['inputs'], { facts }: PolicyCase): Facts | null {
  try {
    return checkFacts(inputs, facts);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

function answerOf(one: PolicyCase, table: DecisionTable, result: unknown): CaseAnswer {
  if (result === null) return refusal(one, 'ENGINE');
  const counting = highestOfEachGroup(rowsAt(table, rowNumbers(result))).map(({ answer }) => answer);
  if (counting.length === 0) return refusal(one, 'NO_ROW');
  const stages = [...new Set(counting.flatMap(({ stageKeys }) => stageKeys))];
  const rows = counting.map(({ rowId }) => rowId);
  const passed = isSame(stages, one.stages) && (one.rows === undefined || isSame(rows, one.rows));
  return { name: one.name, passed, stages, rows, refused: null };
}

function refusal({ name }: PolicyCase, refused: NonNullable<CaseAnswer['refused']>): CaseAnswer {
  return { name, passed: false, stages: [], rows: [], refused };
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify([...new Set(some)].sort()) === JSON.stringify([...new Set(others)].sort());
}

const REFUSED = {
  FACTS: { en: 'a fact is missing or of another type', zh: '条件值缺失或类型不符' },
  NO_ROW: { en: 'no row holds', zh: '没有任何行成立' },
  ENGINE: { en: 'the engine fails on it', zh: '决策引擎无法求值' },
} as const;

/** Cases whose answer is another one than was written down: nothing with such a case is put in force. */
export function caseProblems(content: ApprovalPolicyContent, answers: readonly CaseAnswer[]): TableProblem[] {
  const names = answers.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  const wanted = new Map((content.cases ?? []).map((one) => [one.name, one]));
  return [
    ...twice.map((name) => ({
      at: `cases/${name}`,
      code: 'CASE_DUPLICATE',
      message: 'two cases have this name',
    })),
    ...answers
      .filter(({ passed }) => !passed)
      .map(({ name, stages, rows, refused }): TableProblem => {
        const one = wanted.get(name);
        const [expected, got] =
          one?.rows && isSame(stages, one.stages) ? [one.rows, rows] : [one?.stages ?? [], stages];
        const list = (keys: readonly string[]) => `[${keys.join(', ')}]`;
        return {
          at: `cases/${name}`,
          code: 'CASE_FAILED',
          message: refused
            ? REFUSED[refused].en
            : `expected ${list(expected)}, the table answers ${list(got)}`,
          zh: refused ? REFUSED[refused].zh : `预期 ${list(expected)}，决策表得出 ${list(got)}`,
        };
      }),
  ];
}
