import ExcelJS from 'exceljs';
import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import { DomainError } from '../domain/errors.js';
import type { Json, JsonObject } from '../domain/json.js';
import { LIMITS } from './cell.js';
import { mustBeSmallWorkbook } from './sheet-file.js';

/** Something wrong with one cell of a workbook, by its own address: `C5`. */
export interface SheetProblem {
  at: string;
  code: string;
  message: string;
  messageZh: string;
}

interface Column {
  id: string;
  /** what stands in the second line: the fact's or the output's name */
  name: string;
  title: string;
  output: boolean;
}

type Rule = Record<string, string>;

const ROW_ID = '_id';
const HEAD_ROWS = 2;
const MOST_COLUMNS = 80;
const MOST_PROBLEMS = 50;
const WIDTH = { condition: 16, output: 28 } as const;

/** The decision table as a workbook: titles, names, then one line a row, written as people write it. */
export async function tableToSheet(content: ApprovalPolicyContent): Promise<Buffer> {
  const { columns, rules } = tableOf(content);
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('table', {
    views: [{ state: 'frozen', xSplit: 1, ySplit: HEAD_ROWS }],
  });
  sheet.addRow(['row', ...columns.map(({ title }) => title)]).font = { bold: true };
  sheet.addRow([ROW_ID, ...columns.map(({ name }) => name)]).font = { italic: true };
  for (const rule of rules)
    sheet.addRow([rule[ROW_ID] ?? '', ...columns.map((column) => textOf(column, rule[column.id] ?? ''))]);
  columns.forEach(({ output }, index) => {
    sheet.getColumn(index + 2).width = output ? WIDTH.output : WIDTH.condition;
  });
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/**
 * The content with the rows of a workbook in its table; stages, ladders and everything else stay.
 * @throws DomainError BODY_TOO_LARGE · POLICY.SHEET_UNREADABLE · POLICY.SHEET with every problem at its cell
 */
export async function sheetToTable(
  content: ApprovalPolicyContent,
  file: Buffer,
): Promise<ApprovalPolicyContent> {
  mustBeSmallWorkbook(file);
  const sheet = await firstSheet(file);
  const problems: SheetProblem[] = [];
  const rules = readRules(sheet, tableOf(content).columns, problems);
  if (problems.length > 0)
    throw new DomainError('POLICY.SHEET', { problems: problems.slice(0, MOST_PROBLEMS) });
  return withRules(content, rules);
}

async function firstSheet(file: Buffer): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(file as unknown as ExcelJS.Buffer);
  } catch {
    throw new DomainError('POLICY.SHEET_UNREADABLE');
  }
  const [sheet] = workbook.worksheets;
  if (!sheet) throw new DomainError('POLICY.SHEET_UNREADABLE');
  return sheet;
}

function readRules(sheet: ExcelJS.Worksheet, columns: readonly Column[], problems: SheetProblem[]): Rule[] {
  if (sheet.rowCount > LIMITS.rows + HEAD_ROWS) {
    problem(
      problems,
      `A${sheet.rowCount}`,
      'TOO_MANY_ROWS',
      `at most ${LIMITS.rows} rows`,
      `最多 ${LIMITS.rows} 行`,
    );
    return [];
  }
  const places = readHead(sheet, columns, problems);
  const rules: Rule[] = [];
  const taken = new Map<string, string>();
  for (let number = HEAD_ROWS + 1; number <= sheet.rowCount; number += 1) {
    const row = sheet.getRow(number);
    const cells = places.map(({ at, column }) => [column, cellText(row.getCell(at), problems)] as const);
    if (cells.every(([, text]) => text === '')) continue;
    const rule: Rule = { [ROW_ID]: '' };
    for (const [column, text] of cells) rule[column.id] = column.id === ROW_ID ? text : cellOf(column, text);
    rule[ROW_ID] = ownId(rule[ROW_ID] ?? '', row.getCell(1).address, taken, problems);
    rules.push(rule);
  }
  return rules;
}

const ID_COLUMN: Column = { id: ROW_ID, name: ROW_ID, title: 'row', output: false };

/** Columns are found by the names of the second line, in any order; all of them must be there, and no others. */
function readHead(
  sheet: ExcelJS.Worksheet,
  columns: readonly Column[],
  problems: SheetProblem[],
): { at: number; column: Column }[] {
  const known = [ID_COLUMN, ...columns];
  const head = sheet.getRow(HEAD_ROWS);
  const places: { at: number; column: Column }[] = [];
  for (let at = 1; at <= Math.min(sheet.columnCount, MOST_COLUMNS); at += 1) {
    const cell = head.getCell(at);
    const name = cellText(cell, problems);
    if (name === '') continue;
    const column = known.find((one) => one.name === name);
    if (!column)
      problem(
        problems,
        cell.address,
        'UNKNOWN_COLUMN',
        `the table has no column ${name}`,
        `表中没有列 ${name}`,
      );
    else if (places.some((place) => place.column === column))
      problem(problems, cell.address, 'DUPLICATE', `column ${name} is there twice`, `列 ${name} 重复`);
    else places.push({ at, column });
  }
  for (const { name } of known.filter((one) => !places.some(({ column }) => column === one)))
    problem(problems, `A${HEAD_ROWS}`, 'MISSING_COLUMN', `column ${name} is missing`, `缺少列 ${name}`);
  return places;
}

/** A new line needs no id; one that is taken is refused, since events and reasons name rows by it. */
function ownId(wanted: string, at: string, taken: Map<string, string>, problems: SheetProblem[]): string {
  const other = wanted === '' ? undefined : taken.get(wanted);
  if (other)
    problem(problems, at, 'ROW_ID', `row ${wanted} is in ${other} too`, `行标识 ${wanted} 与 ${other} 重复`);
  let id = wanted;
  for (let number = taken.size + 1; id === '' || (wanted === '' && taken.has(id)); number += 1)
    id = `row-${number}`;
  taken.set(id, at);
  return id;
}

/** What a cell says as text. Formulas are never computed: what one shows is not what somebody wrote. */
function cellText(cell: ExcelJS.Cell, problems: SheetProblem[]): string {
  const { value } = cell;
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'object' && 'richText' in value)
    return value.richText
      .map(({ text }) => text)
      .join('')
      .trim();
  const formula = typeof value === 'object' && ('formula' in value || 'sharedFormula' in value);
  if (formula)
    problem(
      problems,
      cell.address,
      'FORMULA',
      'a formula; write what it should say',
      '是公式，请直接填写内容',
    );
  else problem(problems, cell.address, 'CELL_TYPE', 'neither text nor a number', '既不是文本也不是数字');
  return '';
}

function problem(
  problems: SheetProblem[],
  at: string,
  code: string,
  message: string,
  messageZh: string,
): void {
  problems.push({ at, code, message, messageZh });
}

function textOf({ name, output }: Column, cell: string): string {
  if (!output || cell.trim() === '') return cell;
  try {
    const value: unknown = JSON.parse(cell);
    if (name === 'stages' && Array.isArray(value)) return value.length === 0 ? '[]' : value.join(', ');
    return typeof value === 'string' || typeof value === 'number' ? String(value) : cell;
  } catch {
    return cell;
  }
}

function cellOf({ name, output }: Column, text: string): string {
  if (!output || text === '' || name === 'level' || name === 'quorum') return text;
  if (name !== 'stages') return JSON.stringify(text);
  if (text.startsWith('[')) return text;
  const keys = text.split(/[,，、]/).map((key) => key.trim());
  return JSON.stringify(keys.filter((key) => key !== ''));
}

function tableNode(content: ApprovalPolicyContent): JsonObject {
  const { nodes } = content.jdm as { nodes?: JsonObject[] };
  const node = Array.isArray(nodes) ? nodes.find(({ type }) => type === 'decisionTableNode') : undefined;
  if (!node) throw new DomainError('POLICY_ERROR', { reason: 'there is no decision table' });
  return node.content as JsonObject;
}

function tableOf(content: ApprovalPolicyContent): { columns: Column[]; rules: Rule[] } {
  const { inputs, outputs, rules } = tableNode(content) as unknown as {
    inputs: { id: string; field: string; name?: string }[];
    outputs: { id: string; field: string }[];
    rules: Rule[];
  };
  if (![inputs, outputs, rules].every(Array.isArray))
    throw new DomainError('POLICY_ERROR', { reason: 'the table has no columns or rows' });
  return {
    columns: [
      ...inputs.map(({ id, field, name }) => ({
        id,
        name: /^number\((\w+)\)$/.exec(field)?.[1] ?? field,
        title: name ?? field,
        output: false,
      })),
      ...outputs.map(({ id, field }) => ({ id, name: field, title: field, output: true })),
    ],
    rules,
  };
}

function withRules(content: ApprovalPolicyContent, rules: Rule[]): ApprovalPolicyContent {
  const { nodes, ...rest } = content.jdm as JsonObject & { nodes: JsonObject[] };
  const jdm: Json = {
    ...rest,
    nodes: nodes.map((node) =>
      node.type === 'decisionTableNode'
        ? { ...node, content: { ...(node.content as JsonObject), rules } }
        : node,
    ),
  };
  return { ...content, jdm };
}
