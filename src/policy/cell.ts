/** The engine is no sandbox: these bounds hold before it sees anything. */
export const LIMITS = { cellChars: 500, bracketDepth: 32, rows: 2_000, jdmBytes: 256 * 1_024 } as const;

/** Deterministic, bounded functions. Everything else (rand, date, now, d, map …) is refused by not being here. */
const FUNCTIONS = new Set([
  'number',
  'len',
  'contains',
  'some',
  'all',
  'none',
  'startsWith',
  'endsWith',
  'abs',
]);
const KEYWORDS = new Set(['and', 'or', 'not', 'in', 'true', 'false', 'null']);
const CLOSURES = new Set(['some', 'all', 'none']);

/** What is wrong with a cell's size, whatever it says. */
export function cellProblem(cell: string): { code: string; message: string } | null {
  if (cell.length > LIMITS.cellChars)
    return { code: 'CELL_TOO_LONG', message: `at most ${LIMITS.cellChars} characters` };
  let depth = 0;
  for (const char of cell) {
    if ('([{'.includes(char)) depth += 1;
    if (')]}'.includes(char)) depth -= 1;
    if (depth > LIMITS.bracketDepth)
      return { code: 'TOO_DEEP', message: `at most ${LIMITS.bracketDepth} brackets deep` };
  }
  return null;
}

/** Words of an expression outside quotes that are neither declared inputs nor allowed functions. */
export function wordProblems(expression: string, names: ReadonlySet<string>): string[] {
  const bare = expression.replace(/'[^']*'|"[^"]*"/g, "''");
  const problems: string[] = [];
  if (/[`'"]/.test(bare.replaceAll("''", ''))) problems.push('unclosed quote or template string');
  let closures = 0;
  for (const match of bare.matchAll(/[A-Za-z_]\w*/g)) {
    const word = match[0];
    const called = /^\s*\(/.test(bare.slice(match.index + word.length));
    if (called && CLOSURES.has(word)) closures += 1;
    if (called && !KEYWORDS.has(word) && !FUNCTIONS.has(word))
      problems.push(`function ${word.slice(0, 40)} is not allowed`);
    if (!called && !KEYWORDS.has(word) && !names.has(word))
      problems.push(`${word.slice(0, 40)} is not a declared input`);
  }
  if (closures > 1) problems.push('at most one some/all/none per cell');
  return problems;
}

/** Walking a range of numbers takes as long as the range is: no cell may. Being inside one is only a comparison. */
export function loopProblem(expression: string): string | null {
  const bare = expression.replace(/'[^']*'|"[^"]*"/g, "''");
  const walked = /\b(some|all|none)\s*\(/.test(bare) || /[A-Za-z]\(\s*[[(]/.test(bare);
  return walked && bare.includes('..') ? 'a cell does not walk a range of numbers' : null;
}
