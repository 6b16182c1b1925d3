import type { FieldError } from '../errors.js';

/** One line of a bank statement with money that came in; all as text, nothing is guessed. */
export interface StatementLine {
  /** of the file, for people: line of the CSV, number of the entry in CAMT */
  no: number;
  /** the bank's own id of it */
  sourceId: string;
  amount: string;
  currency: string;
  /** `YYYY-MM-DD` */
  valueDate: string;
  payerName: string;
  payerAccount: string | null;
  reference: string;
}

/** A line that cannot be booked, and why. */
export interface BrokenLine {
  no: number;
  field: string;
  code: string;
  rule: string;
}

/** A statement as it was read: what can be booked, what cannot, and how much of it is not money that came in. */
export interface ReadStatement {
  format: 'CSV' | 'CAMT.053';
  lines: StatementLine[];
  broken: BrokenLine[];
  /** payments out, entries not booked yet */
  ignored: number;
}

export function brokenLine(
  no: number,
  field: string,
  { code, rule }: Pick<FieldError, 'code' | 'rule'>,
): BrokenLine {
  return { no, field, code, rule };
}
