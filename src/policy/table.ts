import type { ApprovalPolicyContent, PolicyInput } from '../domain/approval/policy.js';
import type { QuorumRule } from '../domain/approval/stage-spec.js';
import { DomainError } from '../domain/errors.js';
import { canonicalJson, type Json } from '../domain/json.js';
import { cellProblem, LIMITS, loopProblem, wordProblems } from './cell.js';
import type { TableProblem } from './problem.js';
import { isQuorum } from './quorum-shape.js';

const NODE_KINDS = new Set(['inputNode', 'decisionTableNode', 'outputNode']);

export interface Column {
  id: string;
  /** expression the cell is tested against: the fact's name, or number(fact) for decimals */
  field: string;
  input: PolicyInput;
}

/** What a row answers when it matches. Output cells are JSON literals, so they need no engine to be read. */
export interface RowAnswer {
  rowId: string;
  rule: string;
  /** words with `{fact}` in place of the values */
  text: string;
  stageKeys: readonly string[];
  quorum?: Readonly<Record<string, QuorumRule>>;
  /** of the matching rows of one group only those of the highest level count ("take the highest that fires") */
  group: string | null;
  level: number;
}

export interface Row {
  answer: RowAnswer;
  /** non-empty input cells by column */
  cells: readonly { column: Column; expression: string }[];
}

export interface DecisionTable {
  columns: readonly Column[];
  rows: readonly Row[];
}

interface RawTable {
  inputs: { id: string; field: string }[];
  outputs: { id: string; field: string }[];
  rules: Record<string, string>[];
  hitPolicy: string;
}

/**
 * Reads the one decision table of an approval policy, refusing whatever is not allowed in it. Reads text only; no
 * expression runs here.
 * @throws DomainError POLICY_ERROR with all problems found
 */
export function readTable(content: Pick<ApprovalPolicyContent, 'jdm' | 'inputs' | 'stages'>): DecisionTable {
  const problems: TableProblem[] = [];
  const raw = rawTable(content.jdm, problems);
  const columns = raw ? readColumns(raw, content.inputs, problems) : [];
  const rows = raw ? readRows(raw, columns, content, problems) : [];
  if (problems.length > 0) throw new DomainError('POLICY_ERROR', { problems: problems.slice(0, 50) });
  return { columns, rows };
}

function rawTable(jdm: Json, problems: TableProblem[]): RawTable | null {
  if (Buffer.byteLength(canonicalJson(jdm)) > LIMITS.jdmBytes)
    return refuse(problems, 'jdm', 'TOO_LARGE', 'table above 256 kB');
  const nodes = isRecord(jdm) && Array.isArray(jdm.nodes) ? (jdm.nodes as unknown[]) : [];
  for (const node of nodes) {
    const kind = isRecord(node) ? String(node.type) : 'unknown';
    if (!NODE_KINDS.has(kind))
      refuse(problems, kind, 'NODE_NOT_ALLOWED', `node kind ${kind.slice(0, 40)} is not allowed`);
  }
  const tables = nodes.filter((node) => isRecord(node) && node.type === 'decisionTableNode');
  const found = tables.length === 1 && isRecord(tables[0]) ? tables[0].content : null;
  if (!isRecord(found)) return refuse(problems, 'jdm', 'ONE_TABLE', 'exactly one decision table is needed');
  const { inputs, outputs, rules, hitPolicy } = found;
  if (hitPolicy !== 'collect') refuse(problems, 'table', 'HIT_POLICY', 'hit policy must be collect');
  if (!isColumns(inputs) || !isColumns(outputs) || !isRules(rules))
    return refuse(problems, 'table', 'MALFORMED', 'columns and rows must be lists of text cells');
  if (rules.length > LIMITS.rows)
    return refuse(problems, 'table', 'TOO_MANY_ROWS', `at most ${LIMITS.rows} rows`);
  return { inputs, outputs, rules, hitPolicy: 'collect' };
}

function readColumns(raw: RawTable, inputs: readonly PolicyInput[], problems: TableProblem[]): Column[] {
  return raw.inputs.flatMap(({ id, field }) => {
    const name = /^number\((\w+)\)$/.exec(field)?.[1] ?? field;
    const input = inputs.find((candidate) => candidate.name === name);
    if (!input) {
      refuse(problems, field.slice(0, 60), 'UNKNOWN_INPUT', 'the column is not a declared input');
      return [];
    }
    if (field !== expectedField(input))
      refuse(problems, field, 'COLUMN_FORM', `write ${expectedField(input)}`);
    return [{ id, field, input }];
  });
}

/** Decimals travel as text and are compared as exact numbers. */
function expectedField(input: PolicyInput): string {
  return input.type === 'decimal' ? `number(${input.name})` : input.name;
}

function readRows(
  raw: RawTable,
  columns: readonly Column[],
  { stages, inputs }: Pick<ApprovalPolicyContent, 'stages' | 'inputs'>,
  problems: TableProblem[],
): Row[] {
  const stageKeys = new Set(stages.map(({ key }) => key));
  const names = new Set(inputs.map(({ name }) => name));
  const seen = new Set<string>();
  const named = new Map([
    ...columns.map(({ id, input }) => [id, input.name] as const),
    ...raw.outputs.map(({ id, field }) => [id, field] as const),
  ]);
  return raw.rules.map((rule, index) => {
    const rowId = rule._id ?? '';
    if (!rowId || seen.has(rowId)) refuse(problems, `row ${index}`, 'ROW_ID', 'every row needs its own id');
    seen.add(rowId);
    for (const [column, text] of Object.entries(rule)) {
      const problem = cellProblem(text);
      if (problem) refuse(problems, `${rowId}/${named.get(column) ?? column}`, problem.code, problem.message);
    }
    const cells = columns.flatMap((column) => {
      const expression = (rule[column.id] ?? '').trim();
      return expression === '' ? [] : [{ column, expression }];
    });
    for (const { column, expression } of cells) {
      for (const message of wordProblems(expression, names))
        refuse(problems, `${rowId}/${column.input.name}`, 'WORD', message);
      const loop = loopProblem(expression);
      if (loop) refuse(problems, `${rowId}/${column.input.name}`, 'LOOP', loop);
    }
    return { answer: readAnswer(raw, rule, rowId, stageKeys, names, problems), cells };
  });
}

function readAnswer(
  raw: RawTable,
  rule: Record<string, string>,
  rowId: string,
  stageKeys: ReadonlySet<string>,
  names: ReadonlySet<string>,
  problems: TableProblem[],
): RowAnswer {
  const values = new Map(
    raw.outputs.map(({ id, field }) => [field, readLiteral(rule[id] ?? '', `${rowId}/${field}`, problems)]),
  );
  const stages = values.get('stages');
  const keys = Array.isArray(stages) ? stages.map(String) : [];
  if (!Array.isArray(stages))
    refuse(
      problems,
      `${rowId}/stages`,
      'STAGES',
      'stages must be a list; an empty list is the automatic lane',
    );
  for (const key of keys)
    if (!stageKeys.has(key))
      refuse(problems, `${rowId}/stages`, 'UNKNOWN_STAGE', `stage ${key} is not in the catalogue`);
  const ruleName = text(values.get('rule'));
  const words = text(values.get('text'));
  if (!ruleName || !words) refuse(problems, rowId, 'NO_REASON', 'rule and text must say why');
  for (const [, name] of words.matchAll(/\{(\w*)\}/g))
    if (!names.has(name ?? '')) refuse(problems, `${rowId}/text`, 'UNKNOWN_INPUT', `text names {${name}}`);
  const quorum = values.get('quorum');
  const level = values.get('level');
  return {
    rowId,
    rule: ruleName,
    text: words,
    stageKeys: keys,
    ...(quorum === undefined ? {} : { quorum: readQuorum(quorum, rowId, stageKeys, problems) }),
    group: text(values.get('group')) || null,
    level: typeof level === 'number' ? level : 0,
  };
}

/** Rules of single stages that this row asks for: their form is checked, since evaluation relies on it. */
function readQuorum(
  value: unknown,
  rowId: string,
  stageKeys: ReadonlySet<string>,
  problems: TableProblem[],
): Record<string, QuorumRule> {
  const at = `${rowId}/quorum`;
  const rules: Record<string, QuorumRule> = {};
  if (!isRecord(value)) refuse(problems, at, 'QUORUM_FORM', 'quorum names rules by stage');
  for (const [key, rule] of Object.entries(isRecord(value) ? value : {})) {
    if (!stageKeys.has(key)) refuse(problems, at, 'UNKNOWN_STAGE', `stage ${key} is not in the catalogue`);
    if (isQuorum(rule)) rules[key] = rule;
    else refuse(problems, at, 'QUORUM_FORM', `the rule of ${key} is none`);
  }
  return rules;
}

function readLiteral(cell: string, at: string, problems: TableProblem[]): unknown {
  if (cell.trim() === '') return undefined;
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return refuse(problems, at, 'NOT_A_LITERAL', 'output cells are JSON values, not expressions');
  }
}

function refuse(problems: TableProblem[], at: string, code: string, message: string): null {
  problems.push({ at, code, message });
  return null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isColumns(value: unknown): value is { id: string; field: string }[] {
  return (
    Array.isArray(value) &&
    value.every(
      (column) => isRecord(column) && typeof column.id === 'string' && typeof column.field === 'string',
    )
  );
}

function isRules(value: unknown): value is Record<string, string>[] {
  return (
    Array.isArray(value) &&
    value.every((rule) => isRecord(rule) && Object.values(rule).every((cell) => typeof cell === 'string'))
  );
}
