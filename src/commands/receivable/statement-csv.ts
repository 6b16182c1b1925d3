import { createHash } from 'node:crypto';
import { CsvError, parse } from 'csv-parse/sync';
import { DomainError } from '../../domain/errors.js';
import { Exact } from '../../domain/money.js';
import {
  brokenLine,
  type BrokenLine,
  type ReadStatement,
  type StatementLine,
} from '../../domain/receivable/statement.js';
import { decodeBytes } from '../import/file.js';
import { checkedLine, unreadableStatement } from './statement-line.js';

/** Which column of a bank's CSV says what, by its heading; left out: the heading is our own name of it. */
export interface CsvMapping {
  sourceId?: string;
  valueDate?: string;
  amount?: string;
  currency?: string;
  payerName?: string;
  payerAccount?: string;
  reference?: string;
  /** luxon tokens; left out: `yyyy-MM-dd` */
  dateFormat?: string;
  /** left out: `.` */
  decimal?: '.' | ',';
  /** currency of every line, where no column says it */
  fixedCurrency?: string;
}

export const CSV_FIELDS = [
  'sourceId',
  'valueDate',
  'amount',
  'currency',
  'payerName',
  'payerAccount',
  'reference',
] as const;
type Field = (typeof CSV_FIELDS)[number];
type Cells = Readonly<Record<Field, string>>;

/**
 * Reads a statement with a header line; a line that is broken is named and the others are kept. Amounts below 0 are payments
 * out. Without ids of the bank a line's id is made of what it says, and of how many times the file says the same.
 * @throws DomainError IMPORT.FILE_UNREADABLE · IMPORT.COLUMNS_MISSING
 */
export function readCsvStatement(bytes: Buffer, mapping: CsvMapping): ReadStatement {
  const text = decodeBytes(bytes).text.toString('utf8');
  const skipped: BrokenLine[] = [];
  const rows = parsed(text, skipped);
  const header = (rows.shift()?.record ?? []).map(heading);
  const columns = columnsOf(header, mapping);
  const said = new Map<string, number>();
  const lines: StatementLine[] = [];
  const broken: BrokenLine[] = [...skipped];
  let ignored = 0;
  for (const { record, info } of rows) {
    if (record.length !== header.length) {
      const rule = `${header.length} values, as the header; this line has ${record.length}`;
      broken.push(brokenLine(info.lines, 'line', { code: 'COLUMNS', rule }));
      continue;
    }
    const cells = cellsOf(record, columns);
    const amount = plainAmount(cells.amount, mapping.decimal ?? '.');
    if (isOut(amount)) {
      ignored += 1;
      continue;
    }
    const sourceId = cells.sourceId.trim() || madeId(cells, said);
    const currency = (cells.currency.trim() || mapping.fixedCurrency || '').toUpperCase();
    const line = checkedLine(
      { ...cells, no: info.lines, amount, sourceId, currency },
      mapping.dateFormat ?? 'yyyy-MM-dd',
    );
    if (Array.isArray(line)) broken.push(...line);
    else lines.push(line);
  }
  return { format: 'CSV', lines, broken: broken.sort((a, b) => a.no - b.no), ignored };
}

interface ParsedRow {
  record: string[];
  info: { lines: number };
}

/** The file as it is; where a quote is broken, line by line, so that it hides nothing behind it. */
function parsed(text: string, skipped: BrokenLine[]): ParsedRow[] {
  const first = text.slice(0, text.search(/\r|\n|$/));
  const delimiter = [',', ';', '\t'].sort((a, b) => first.split(b).length - first.split(a).length)[0]!;
  const read = (part: string) =>
    parse(part, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as ParsedRow[];
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return text.split(/\r\n|\n|\r/).flatMap((line, index) => {
    try {
      return read(line).map(({ record }) => ({ record, info: { lines: index + 1 } }));
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const rule = 'a quote is closed before the next delimiter or line end';
      skipped.push(brokenLine(index + 1, 'line', { code: 'QUOTES', rule }));
      return [];
    }
  });
}

function heading(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

function columnsOf(header: readonly string[], mapping: CsvMapping): ReadonlyMap<Field, number> {
  if (header.length === 0) throw unreadableStatement('it is empty');
  const places = CSV_FIELDS.map(
    (field) => [field, header.indexOf(heading(mapping[field] ?? field))] as const,
  );
  const missing = places
    .filter(
      ([field, place]) =>
        place < 0 && (mapping[field] !== undefined || field === 'valueDate' || field === 'amount'),
    )
    .map(([field]) => mapping[field] ?? field);
  if (missing.length > 0) throw new DomainError('IMPORT.COLUMNS_MISSING', { missing, found: header });
  return new Map(places.filter(([, place]) => place >= 0));
}

function cellsOf(record: readonly string[], columns: ReadonlyMap<Field, number>): Cells {
  const cell = (field: Field) => record[columns.get(field) ?? -1] ?? '';
  return Object.fromEntries(CSV_FIELDS.map((field) => [field, cell(field)])) as Record<Field, string>;
}

/** `1.234,50` and `1,234.50` and `¥ 1234.5` as `1234.50`: signs that group, and of currencies, are left out. */
function plainAmount(text: string, decimal: '.' | ','): string {
  const grouping = decimal === '.' ? ',' : '.';
  return text
    .replaceAll(/[\s¥￥$€£'+]/gu, '')
    .replaceAll(grouping, '')
    .replace(decimal, '.');
}

function isOut(amount: string): boolean {
  return /^-\d+(\.\d+)?$/.test(amount) && !new Exact(amount).isZero();
}

function madeId(cells: Cells, said: Map<string, number>): string {
  const content = CSV_FIELDS.map((field) => cells[field].trim()).join('\u001f');
  const times = (said.get(content) ?? 0) + 1;
  said.set(content, times);
  return `csv:${createHash('sha256').update(`${content}\u001f${times}`).digest('hex').slice(0, 40)}`;
}
