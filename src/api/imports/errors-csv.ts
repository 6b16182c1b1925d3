import type { Response } from 'express';
import { stringify } from 'csv-stringify/sync';
import type { ImportErrorRow } from '../../queries/import/import-jobs.js';

const BOM = '\ufeff';
const COLUMNS = ['row', 'column', 'value', 'rule', 'severity', 'message'] as const;
/** What spreadsheets read as the beginning of a formula, full-width forms included. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/u;
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** Text that a spreadsheet shows and never computes. Numbers stay numbers; line breaks inside become spaces. */
export function safeCell(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  return FORMULA.test(line) && !PLAIN_NUMBER.test(line) ? `'${line}` : line;
}

/** Sends flaws as CSV with a byte order mark, so that spreadsheets in China read it as UTF-8. */
export async function sendErrorsCsv(
  response: Response,
  jobId: string,
  pages: AsyncIterable<readonly ImportErrorRow[]>,
): Promise<void> {
  response.status(200).type('text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="import-${jobId}-errors.csv"`);
  response.write(BOM + stringify([[...COLUMNS]], { record_delimiter: 'windows' }));
  for await (const page of pages) {
    const rows = page.map((flaw) =>
      COLUMNS.map((name) => (name === 'row' ? String(flaw.row) : safeCell(flaw[name]))),
    );
    response.write(stringify(rows, { record_delimiter: 'windows' }));
  }
  response.end();
}
