import type ExcelJS from 'exceljs';

/** Something wrong with one cell of a workbook, by its sheet and address: `stages!C5`. */
export interface SheetProblem {
  at: string;
  code: string;
  message: string;
  messageZh: string;
}

export interface SheetColumn {
  /** what stands in the second line */
  name: string;
  title: string;
  width: number;
}

/** Titles, then names; what is read is found by the names. */
export const HEAD_ROWS = 2;
const MOST_COLUMNS = 80;

/** What is wrong with a workbook; of a cell that cannot be read only that. */
export class Problems {
  readonly found: SheetProblem[] = [];
  private readonly unread = new Set<string>();

  add(cell: ExcelJS.Cell, code: string, message: string, messageZh: string): void {
    if (this.unread.has(addressOf(cell))) return;
    this.found.push({ at: addressOf(cell), code, message, messageZh });
  }

  addUnread(cell: ExcelJS.Cell, code: string, message: string, messageZh: string): void {
    this.add(cell, code, message, messageZh);
    this.unread.add(addressOf(cell));
  }
}

export function addressOf(cell: ExcelJS.Cell): string {
  return `${cell.worksheet.name}!${cell.address}`;
}

export function addSheet(
  workbook: ExcelJS.Workbook,
  name: string,
  columns: readonly SheetColumn[],
  lines: readonly (readonly string[])[],
): void {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', xSplit: 1, ySplit: HEAD_ROWS }],
  });
  sheet.addRow(columns.map(({ title }) => title)).font = { bold: true };
  sheet.addRow(columns.map((column) => column.name)).font = { italic: true };
  for (const line of lines) sheet.addRow([...line]);
  columns.forEach(({ width }, index) => {
    sheet.getColumn(index + 1).width = width;
  });
}

/** One line of a sheet: its cells by column name, and what they say. */
export interface SheetLine {
  cell: (name: string) => ExcelJS.Cell;
  text: (name: string) => string;
}

/** Lines that say anything. Columns may stand in any order; all of them must be there, and no others. */
export function readLines(
  sheet: ExcelJS.Worksheet,
  columns: readonly { name: string }[],
  most: number,
  problems: Problems,
): SheetLine[] {
  if (sheet.rowCount > most + HEAD_ROWS) {
    const last = sheet.getCell(sheet.rowCount, 1);
    problems.add(last, 'TOO_MANY_ROWS', `at most ${most} rows`, `最多 ${most} 行`);
    return [];
  }
  const places = readHead(sheet, columns, problems);
  const lines: SheetLine[] = [];
  for (let number = HEAD_ROWS + 1; number <= sheet.rowCount; number += 1) {
    const row = sheet.getRow(number);
    const texts = new Map([...places].map(([name, at]) => [name, cellText(row.getCell(at), problems)]));
    if ([...texts.values()].every((text) => text === '')) continue;
    lines.push({
      cell: (name) => row.getCell(places.get(name) ?? 1),
      text: (name) => texts.get(name) ?? '',
    });
  }
  return lines;
}

function readHead(
  sheet: ExcelJS.Worksheet,
  columns: readonly { name: string }[],
  problems: Problems,
): Map<string, number> {
  const head = sheet.getRow(HEAD_ROWS);
  const places = new Map<string, number>();
  for (let at = 1; at <= Math.min(sheet.columnCount, MOST_COLUMNS); at += 1) {
    const cell = head.getCell(at);
    const name = cellText(cell, problems);
    if (name === '') continue;
    if (!columns.some((one) => one.name === name))
      problems.add(cell, 'UNKNOWN_COLUMN', `there is no column ${name}`, `没有列 ${name}`);
    else if (places.has(name))
      problems.add(cell, 'DUPLICATE', `column ${name} is there twice`, `列 ${name} 重复`);
    else places.set(name, at);
  }
  for (const { name } of columns.filter((one) => !places.has(one.name)))
    problems.add(head.getCell(1), 'MISSING_COLUMN', `column ${name} is missing`, `缺少列 ${name}`);
  return places;
}

/** What a cell says as text. Formulas are never computed: what one shows is not what somebody wrote. */
function cellText(cell: ExcelJS.Cell, problems: Problems): string {
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
    problems.addUnread(cell, 'FORMULA', 'a formula; write what it should say', '是公式，请直接填写内容');
  else problems.addUnread(cell, 'CELL_TYPE', 'neither text nor a number', '既不是文本也不是数字');
  return '';
}

/** `A, B` in any of the commas people type. */
export function listed(text: string): string[] {
  return text
    .split(/[,，、]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
