import { ZH } from './problem-zh.js';

/** Something in a policy that a rule of the linter is against, as the rules report it. */
export interface TableProblem {
  /** where: `row/column`, a row's id, a stage, a ladder, a parameter or a node */
  at: string;
  code: string;
  message: string;
  /** the same in Chinese where the words depend on the case; left out: the words of the code */
  zh?: string;
  /** left out: ERROR */
  severity?: Severity;
}

/** ERROR: may not be put in force. WARNING: a person should look at it. */
export type Severity = 'ERROR' | 'WARNING';

/** A problem as people and editors get it: at its cell, with words in both languages. */
export interface PolicyProblem {
  at: string;
  /** id of the table's row, and the input or output of its cell; null when it is about neither */
  row: string | null;
  column: string | null;
  code: string;
  severity: Severity;
  message: string;
  messageZh: string;
}

/** Errors first, each at its row and cell. */
export function policyProblems(
  found: readonly TableProblem[],
  rowIds: ReadonlySet<string> = new Set(),
): PolicyProblem[] {
  const problems = found.map(({ at, code, message, zh, severity = 'ERROR' }): PolicyProblem => {
    const [row = '', ...column] = at.split('/');
    const inTable = rowIds.has(row);
    return {
      at,
      row: inTable ? row : null,
      column: inTable && column.length > 0 ? column.join('/') : null,
      code,
      severity,
      message,
      messageZh: zh ?? ZH[code] ?? message,
    };
  });
  return [...problems.filter(isError), ...problems.filter((problem) => !isError(problem))];
}

export function isError({ severity }: { severity?: Severity }): boolean {
  return severity !== 'WARNING';
}
