import ExcelJS from 'exceljs';
import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import { DomainError } from '../domain/errors.js';
import type { Json, JsonObject } from '../domain/json.js';
import { LIMITS } from './cell.js';
import { casesToSheet, CASES_SHEET, readCases } from './sheet-cases.js';
import { addressOf, addSheet, listed, Problems, readLines, type SheetLine } from './sheet-cell.js';
import { mustBeSmallWorkbook, unreadable } from './sheet-file.js';
import { LADDERS_SHEET, readLadders, readStages, STAGES_SHEET, stagesToSheet } from './sheet-stages.js';

interface Column {
  id: string;
  /** what stands in the second line: the fact's or the output's name */
  name: string;
  title: string;
  output: boolean;
}

type Rule = Record<string, string>;

const ROW_ID = '_id';
const TABLE_SHEET = 'table';
const MOST_PROBLEMS = 50;
const WIDTH = { condition: 16, output: 28 } as const;

/**
 * A policy as a workbook: the decision table, stages, time limits and test cases, each on a sheet of its own, with titles,
 * names, then one line a row, written as people write it.
 */
export async function policyToSheets(content: ApprovalPolicyContent): Promise<Buffer> {
  const { columns, rules } = tableOf(content);
  const workbook = new ExcelJS.Workbook();
  addSheet(
    workbook,
    TABLE_SHEET,
    [
      { ...ID_COLUMN, width: WIDTH.condition },
      ...columns.map((column) => ({ ...column, width: column.output ? WIDTH.output : WIDTH.condition })),
    ],
    rules.map((rule) => [
      rule[ROW_ID] ?? '',
      ...columns.map((column) => textOf(column, rule[column.id] ?? '')),
    ]),
  );
  stagesToSheet(workbook, content);
  casesToSheet(workbook, content);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/**
 * The content with what a workbook says: the rows of its first sheet, and stages, ladders and cases if it has sheets of
 * them. Everything else stays.
 * @throws DomainError BODY_TOO_LARGE · POLICY.SHEET_UNREADABLE · POLICY.SHEET with every problem at its sheet and cell
 */
export async function sheetsToPolicy(
  content: ApprovalPolicyContent,
  file: Buffer,
): Promise<ApprovalPolicyContent> {
  mustBeSmallWorkbook(file);
  const workbook = await opened(file);
  const problems = new Problems();
  const rules = readRules(workbook.worksheets[0]!, tableOf(content).columns, problems);
  const { stages, ladders, inputs } = content;
  const sheet = (name: string) => workbook.worksheets.slice(1).find((one) => one.name === name);
  const [ofStages, ofLadders, ofCases] = [STAGES_SHEET, LADDERS_SHEET, CASES_SHEET].map(sheet);
  const next = withRules(
    {
      ...content,
      ...(ofStages ? { stages: readStages(ofStages, stages, problems) } : {}),
      ...(ofLadders ? { ladders: readLadders(ofLadders, ladders, problems) } : {}),
    },
    rules,
  );
  const cases = ofCases ? readCases(ofCases, inputs, problems) : [];
  if (problems.found.length > 0)
    throw new DomainError('POLICY.SHEET', { problems: problems.found.slice(0, MOST_PROBLEMS) });
  if (!ofCases || (cases.length === 0 && content.cases === undefined)) return next;
  return { ...next, cases };
}

async function opened(file: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(file as unknown as ExcelJS.Buffer);
  } catch {
    throw unreadable();
  }
  if (workbook.worksheets.length === 0) throw unreadable();
  return workbook;
}

function readRules(sheet: ExcelJS.Worksheet, columns: readonly Column[], problems: Problems): Rule[] {
  const taken = new Map<string, string>();
  return readLines(sheet, [ID_COLUMN, ...columns], LIMITS.rows, problems).map((line) => ({
    ...Object.fromEntries(columns.map((column) => [column.id, cellOf(column, line.text(column.name))])),
    [ROW_ID]: ownId(line, taken, problems),
  }));
}

const ID_COLUMN: Column = { id: ROW_ID, name: ROW_ID, title: 'row', output: false };

/** A new line needs no id; one that is taken is refused, since events and reasons name rows by it. */
function ownId(line: SheetLine, taken: Map<string, string>, problems: Problems): string {
  const wanted = line.text(ROW_ID);
  const cell = line.cell(ROW_ID);
  const other = wanted === '' ? undefined : taken.get(wanted);
  if (other)
    problems.add(cell, 'ROW_ID', `row ${wanted} is in ${other} too`, `行标识 ${wanted} 与 ${other} 重复`);
  let id = wanted;
  for (let number = taken.size + 1; id === '' || (wanted === '' && taken.has(id)); number += 1)
    id = `row-${number}`;
  taken.set(id, addressOf(cell));
  return id;
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
  return JSON.stringify(listed(text));
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
