import type ExcelJS from 'exceljs';
import type { ApprovalPolicyContent, PolicyCase, PolicyInput } from '../domain/approval/policy.js';
import { addSheet, listed, Problems, readLines, type SheetColumn } from './sheet-cell.js';

export const CASES_SHEET = 'cases';
const MOST = 200;

const columnsOf = (inputs: readonly PolicyInput[]): SheetColumn[] => [
  { name: '_name', title: 'Case · 用例', width: 30 },
  ...inputs.map(({ name, label }) => ({ name, title: label, width: 16 })),
  { name: '_stages', title: 'Stages expected · 预期审批节点', width: 34 },
  { name: '_rows', title: 'Rows expected · 预期行', width: 24 },
];

export function casesToSheet(
  workbook: ExcelJS.Workbook,
  { inputs, cases = [] }: ApprovalPolicyContent,
): void {
  addSheet(
    workbook,
    CASES_SHEET,
    columnsOf(inputs),
    cases.map(({ name, facts, stages, rows }) => [
      name,
      ...inputs.map((input) => factText(facts[input.name])),
      stages.length === 0 ? '[]' : stages.join(', '),
      rows === undefined ? '' : rows.length === 0 ? '[]' : rows.join(', '),
    ]),
  );
}

function factText(fact: string | boolean | readonly string[] | undefined): string {
  if (fact === undefined) return '';
  return Array.isArray(fact) ? fact.join(', ') : String(fact);
}

/** The cases that stand there; whether the table answers them so is the linter's matter. */
export function readCases(
  sheet: ExcelJS.Worksheet,
  inputs: readonly PolicyInput[],
  problems: Problems,
): PolicyCase[] {
  return readLines(sheet, columnsOf(inputs), MOST, problems).map((line) => {
    const name = line.text('_name');
    if (name === '' || name.length > MOST)
      problems.add(line.cell('_name'), 'CASE_NAME', 'a case needs a name', '用例须有名称');
    const facts = inputs.map((input) => {
      const text = line.text(input.name);
      const fact = factOf(input, text);
      if (fact === null)
        problems.add(line.cell(input.name), 'FACT', `this is no ${input.type}`, '不是该字段类型的值');
      return [input.name, fact ?? ''] as const;
    });
    const rows = line.text('_rows');
    return {
      name,
      facts: Object.fromEntries(facts),
      stages: keys(line.text('_stages')),
      ...(rows === '' ? {} : { rows: keys(rows) }),
    };
  });
}

function keys(text: string): string[] {
  return text === '[]' ? [] : listed(text);
}

function factOf({ type }: PolicyInput, text: string): string | boolean | string[] | null {
  switch (type) {
    case 'decimal':
      return /^-?\d{1,15}(\.\d{1,10})?$/.test(text) ? text : null;
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : null;
    case 'strings':
      return listed(text);
    case 'string':
      return text;
  }
}
