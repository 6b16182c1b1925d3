import { DateTime } from 'luxon';
import { DomainError, type FieldError } from '../../domain/errors.js';
import { amountProblem, Exact } from '../../domain/money.js';
import { brokenLine, type BrokenLine, type StatementLine } from '../../domain/receivable/statement.js';

const LONGEST = { sourceId: 120, payerName: 200, payerAccount: 64, reference: 500 } as const;

/** What a file says of one line, before it is looked at. */
export interface RawLine extends Omit<StatementLine, 'payerAccount' | 'valueDate'> {
  payerAccount: string;
  valueDate: string;
}

/** The line as it can be booked, or everything that is wrong with it. Texts that are too long are cut, ids are not. */
export function checkedLine(raw: RawLine, dateFormat: string): StatementLine | BrokenLine[] {
  const date = DateTime.fromFormat(raw.valueDate.trim(), dateFormat, { zone: 'utc' });
  const wrong = [
    ...(raw.sourceId.length > LONGEST.sourceId
      ? [brokenLine(raw.no, 'sourceId', { code: 'TOO_LONG', rule: `at most ${LONGEST.sourceId} characters` })]
      : []),
    ...amountWrong(raw),
    ...(date.isValid
      ? []
      : [brokenLine(raw.no, 'valueDate', { code: 'NOT_A_DATE', rule: `a date as ${dateFormat}` })]),
  ];
  if (wrong.length > 0) return wrong;
  const text = (value: string, longest: number) =>
    value.normalize('NFC').replaceAll(/\s+/gu, ' ').trim().slice(0, longest);
  return {
    no: raw.no,
    sourceId: raw.sourceId,
    amount: new Exact(raw.amount).toFixed(),
    currency: raw.currency,
    valueDate: date.toISODate()!,
    payerName: text(raw.payerName, LONGEST.payerName) || '?',
    payerAccount: text(raw.payerAccount, LONGEST.payerAccount) || null,
    reference: text(raw.reference, LONGEST.reference),
  };
}

function amountWrong({ no, amount, currency }: RawLine): BrokenLine[] {
  const problem = problemOf(amount, currency);
  if (problem) return [brokenLine(no, problem.pointer, problem)];
  return new Exact(amount).isZero()
    ? [brokenLine(no, 'amount', { code: 'TOO_SMALL', rule: 'more than 0' })]
    : [];
}

function problemOf(amount: string, currency: string): FieldError | null {
  try {
    return amountProblem(amount, currency, 'amount');
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { pointer: 'currency', code: 'UNKNOWN', rule: 'a currency by ISO 4217' };
  }
}

/** A file that is none of ours. */
export function unreadableStatement(reason: string): DomainError {
  return new DomainError('IMPORT.FILE_UNREADABLE', { reason }, [
    { pointer: '/file', code: 'TYPE', rule: 'a bank statement as CSV or CAMT.053' },
  ]);
}
