import { amountProblem, decimalProblem } from '../money.js';
import { tidyName } from './name.js';
import type { Cells, RowIssue, Severity } from './row.js';

const DAY_FIRST = /^(\d{2})-(\d{2})-(\d{4})$/;
const WHOLE = /^\d{1,9}$/;
/** What exporters write for "nothing". */
const NOTHING = new Set(['', 'null', 'NULL', 'N/A', 'n/a', '\\N']);

/** Reads the cells of one row and collects every flaw on the way. */
export class CellReader {
  readonly issues: RowIssue[] = [];

  constructor(private readonly cells: Cells) {}

  report(column: string, rule: string, message: string, severity: Severity = 'ERROR'): null {
    this.issues.push({ column, value: this.raw(column), rule, severity, message });
    return null;
  }

  /** Tidied text; null when the cell is empty or says `null`. */
  text(column: string, maxLength: number): string | null {
    const value = tidyName(this.raw(column));
    if (NOTHING.has(value)) return null;
    if (/\p{Cc}|\p{Surrogate}/u.test(value))
      return this.report(column, 'CONTROL_CHARACTER', 'contains characters that cannot be read');
    if (value.length > maxLength) return this.report(column, 'TOO_LONG', `at most ${maxLength} characters`);
    return value;
  }

  mandatoryText(column: string, maxLength: number): string | null {
    const before = this.issues.length;
    const value = this.text(column, maxLength);
    if (value === null && this.issues.length === before) this.report(column, 'REQUIRED', 'must not be empty');
    return value;
  }

  /** A date as DD-MM-YYYY that exists, as ISO YYYY-MM-DD; null when empty. 29-02-2017 is refused. */
  date(column: string): string | null {
    const value = this.text(column, 40);
    if (value === null) return null;
    const [, day, month, year] = DAY_FIRST.exec(value) ?? [];
    if (day === undefined || month === undefined || year === undefined)
      return this.report(column, 'DATE_FORMAT', 'a date as DD-MM-YYYY, e.g. 31-12-2017');
    const real = Number(day) >= 1 && Number(day) <= daysOfMonth(Number(year), Number(month));
    return real
      ? `${year}-${month}-${day}`
      : this.report(column, 'DATE_NOT_REAL', 'there is no such day in the calendar');
  }

  /** An amount ≥ 0 with at most the currency's decimals; null when empty. */
  amount(column: string, currency: string): string | null {
    const value = this.text(column, 60);
    if (value === null) return null;
    const problem = amountProblem(value, currency, column);
    return problem ? this.report(column, `MONEY_${problem.code}`, problem.rule) : value;
  }

  /** A decimal ≥ 0 that is not money of a currency (millions, counts). */
  decimal(column: string, maxScale = 4): string | null {
    const value = this.text(column, 60);
    if (value === null) return null;
    const problem = decimalProblem(value, { maxScale, min: '0', max: '999999999999999' }, column);
    return problem ? this.report(column, `NUMBER_${problem.code}`, problem.rule) : value;
  }

  /** Whether the file has such a column at all. */
  has(column: string): boolean {
    return Object.hasOwn(this.cells, column);
  }

  whole(column: string, min: number, max: number): number | null {
    const value = this.text(column, 60);
    if (value === null) return null;
    const number = WHOLE.test(value) ? Number(value) : Number.NaN;
    return number >= min && number <= max
      ? number
      : this.report(column, 'NUMBER_RANGE', `a whole number from ${min} to ${max}`);
  }

  private raw(column: string): string {
    return this.cells[column] ?? '';
  }
}

function daysOfMonth(year: number, month: number): number {
  if (month < 1 || month > 12 || year < 1000) return 0;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
