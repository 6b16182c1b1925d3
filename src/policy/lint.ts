import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import { DomainError } from '../domain/errors.js';
import type { DirectorySnapshot } from '../domain/org/directory.js';
import { answerCases, caseProblems } from './cases.js';
import { cellsOf, placeRows, probesOf, sampleFacts } from './cell-answers.js';
import { askedProblems, catalogueProblems, childProblems, type KnownKinds } from './lint-stages.js';
import { separationProblems } from './lint-separation.js';
import { sourceProblems } from './lint-sources.js';
import { staffingProblems } from './lint-staffing.js';
import { expressionProblems, resolverProblems } from './lint-resolver.js';
import { writesProblems } from './lint-writes.js';
import { tableProblems } from './lint-table.js';
import { policyProblems, type PolicyProblem, type TableProblem } from './problem.js';
import { readTable, type DecisionTable } from './table.js';
import { runTrial } from './trial.js';

/** What a policy is checked against besides itself; whatever is left out is not checked. */
export interface LintSurroundings {
  /** the kind it is, or would be */
  kind?: string;
  /** the approval policies there are */
  kinds?: KnownKinds;
  /** everybody as of now: can the stages be staffed? */
  directory?: DirectorySnapshot;
}

const CANNOT_RUN: ReadonlySet<string> = new Set(['CELL', 'SLOW_CELL', 'TRIAL']);

/** Whether a table with this problem is not run on cases. */
export function keepsFromRunning({ code }: { code: string }): boolean {
  return CANNOT_RUN.has(code);
}

/**
 * Everything wrong with an approval policy before anybody is asked by it: nodes, sizes, words, every cell run by
 * itself in a child process, cases no row covers, rows that never count, stages, ladders, people. Errors first; without
 * an error it may be put in force.
 */
export async function lintPolicy(
  content: ApprovalPolicyContent,
  { kind, kinds, directory }: LintSurroundings = {},
): Promise<PolicyProblem[]> {
  const resolvers = resolverProblems(content);
  const found = [
    ...catalogueProblems(content),
    ...writesProblems(content, kind),
    ...resolvers,
    ...separationProblems(content),
    ...sourceProblems(content),
  ];
  if (kinds) found.push(...childProblems(content, kinds, kind ?? null));
  const read = tableOf(content);
  if (Array.isArray(read)) return policyProblems([...found, ...read], rowIdsOf(content));
  const answers = read.rows.map(({ answer }) => answer);
  const run = await runProblems(content, read);
  found.push(...run);
  // what is not in order by its words and size is not run
  if (resolvers.length === 0) found.push(...(await expressionsRun(content)));
  found.push(...askedProblems(content, answers));
  if (!run.some(keepsFromRunning)) found.push(...(await casesOf(content, read)));
  if (directory) found.push(...staffingProblems(content, answers, directory));
  return policyProblems(found, new Set(answers.map(({ rowId }) => rowId)));
}

function tableOf(content: ApprovalPolicyContent): DecisionTable | TableProblem[] {
  try {
    return readTable(content);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return refusedAs(error);
  }
}

/** Only what has run cell by cell is looked at as a whole: a cell without an answer covers nothing. */
async function runProblems(content: ApprovalPolicyContent, table: DecisionTable): Promise<TableProblem[]> {
  const cells = cellsOf(table);
  const sample = sampleFacts(content.inputs);
  try {
    const trial = await runTrial(content.jdm, probesOf(cells, sample), sample);
    const { rows, problems } = placeRows(table, cells, trial);
    const slow = trial.slow.map(({ at }) => ({ at, code: 'SLOW_CELL', message: 'the cell takes too long' }));
    if (problems.some(({ code }) => code === 'CELL')) return [...problems, ...slow];
    return [...problems, ...slow, ...tableProblems(cells.axes, rows)];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return refusedAs(error);
  }
}

async function expressionsRun(content: ApprovalPolicyContent): Promise<TableProblem[]> {
  try {
    return await expressionProblems(content, sampleFacts(content.inputs));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return refusedAs(error);
  }
}

/** Cases are asked of a table whose cells run: what else is wrong with it does not hide a wrong answer. */
async function casesOf(content: ApprovalPolicyContent, table: DecisionTable): Promise<TableProblem[]> {
  try {
    return caseProblems(content, await answerCases(content, table));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return refusedAs(error);
  }
}

function refusedAs({ details }: DomainError): TableProblem[] {
  return Array.isArray(details.problems)
    ? (details.problems as TableProblem[])
    : [{ at: 'table', code: 'TRIAL', message: String(details.reason) }];
}

/** Ids of the rows of a table that cannot be read as a whole, so that its problems still show at their rows. */
function rowIdsOf({ jdm }: ApprovalPolicyContent): Set<string> {
  return new Set([...JSON.stringify(jdm).matchAll(/"_id":"([^"\\]{1,200})"/g)].map(([, id]) => id!));
}
