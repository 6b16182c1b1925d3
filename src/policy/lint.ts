import type { ApprovalPolicyContent, PolicyInput } from '../domain/approval/policy.js';
import type { QuorumRule, Resolver, StageSpec } from '../domain/approval/stage-spec.js';
import { DomainError } from '../domain/errors.js';
import type { Fact } from './facts.js';
import { readTable, type TableProblem } from './table.js';
import { runTrial, type Probe } from './trial.js';

const SAMPLE: Readonly<Record<PolicyInput['type'], Fact>> = {
  decimal: '12.5',
  boolean: true,
  string: 'A',
  strings: ['a'],
};

/**
 * Everything wrong with an approval policy before anybody is asked by it: nodes, sizes, words, every cell run by
 * itself in a child process, stages, ladders. Empty when it may be published.
 */
export async function lintPolicy(content: ApprovalPolicyContent): Promise<TableProblem[]> {
  const problems = catalogueProblems(content);
  try {
    const { rows } = readTable(content);
    const facts = Object.fromEntries(content.inputs.map(({ name, type }) => [name, SAMPLE[type]]));
    const probes = rows.flatMap(({ answer, cells }) =>
      cells.map(({ column, expression }): Probe => ({
        at: `${answer.rowId}/${column.input.name}`,
        field: column.field,
        cell: expression,
        facts,
      })),
    );
    for (const { at } of await runTrial(content.jdm, probes))
      problems.push({ at, code: 'CELL', message: 'the cell does not evaluate for a value of its type' });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    problems.push(...tableProblems(error));
  }
  return problems;
}

function tableProblems({ details }: DomainError): TableProblem[] {
  return Array.isArray(details.problems)
    ? (details.problems as TableProblem[])
    : [{ at: 'table', code: 'TRIAL', message: String(details.reason) }];
}

function catalogueProblems(content: ApprovalPolicyContent): TableProblem[] {
  const { stages, ladders, inputs } = content;
  const ladderKeys = new Set(ladders.map(({ key }) => key));
  return [
    ...returnProblems(content),
    ...duplicates(stages.map(({ key }) => key)).map((at) => ({
      at,
      code: 'DUPLICATE',
      message: 'stage key used twice',
    })),
    ...duplicates(inputs.map(({ name }) => name)).map((at) => ({
      at,
      code: 'DUPLICATE',
      message: 'input name used twice',
    })),
    ...stages
      .filter(({ ladder }) => !ladderKeys.has(ladder))
      .map(({ key, ladder }) => ({
        at: key,
        code: 'UNKNOWN_LADDER',
        message: `ladder ${ladder} is not defined`,
      })),
    ...stages
      .filter(({ empty, risk }) => empty.kind === 'SKIP' && risk !== 'LOW')
      .map(({ key }) => ({
        at: key,
        code: 'SKIP_NEEDS_LOW_RISK',
        message: 'only a low-risk stage may be skipped when empty',
      })),
    ...stages
      .filter(({ pool, quorum, mode, resolver }) => pool && !isPool(quorum, mode, resolver))
      .map(({ key }) => ({
        at: key,
        code: 'POOL_NEEDS_ANY',
        message: 'a pool has a resolver of kind ROLE, a quorum of kind ANY, and is asked all at once',
      })),
    ...stages
      .filter(({ strictRole, resolver }) => strictRole && !findsByRole(resolver))
      .map(({ key }) => ({
        at: key,
        code: 'STRICT_WITHOUT_ROLE',
        message: 'strictRole needs a resolver of kind ROLE',
      })),
    ...ladders
      .filter(
        ({ rungs }) =>
          !rungs.some(({ kind }) => kind === 'INCIDENT' || kind === 'EXPIRE' || kind === 'AUTO_REJECT'),
      )
      .map(({ key }) => ({
        at: key,
        code: 'LADDER_WITHOUT_END',
        message: 'the last rung must not mean silence',
      })),
  ];
}

function isPool(quorum: QuorumRule, mode: StageSpec['mode'], resolver: Resolver): boolean {
  return quorum.kind === 'ANY' && mode === 'PARALLEL' && resolver.kind === 'ROLE';
}

function findsByRole(resolver: Resolver): boolean {
  if (resolver.kind === 'GROUPS') return Object.values(resolver.groups).some(findsByRole);
  return resolver.kind === 'ROLE';
}

/** A reminder of what never ends, or that comes with the end, helps nobody. */
function returnProblems({
  returnedWorkDays,
  returnedReminderWorkDays,
}: ApprovalPolicyContent): TableProblem[] {
  if (returnedReminderWorkDays === undefined || returnedReminderWorkDays < (returnedWorkDays ?? 0)) return [];
  const message =
    'a returned request is reminded of before it expires: returnedReminderWorkDays < returnedWorkDays';
  return [{ at: 'returnedReminderWorkDays', code: 'REMINDER_TOO_LATE', message }];
}

function duplicates(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
