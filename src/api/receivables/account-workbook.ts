import ExcelJS from 'exceljs';
import type { DocumentLanguage } from '../../domain/document/document.js';
import {
  ACCOUNT_WORDS,
  movementWord,
  withBalance,
  type AccountStatement,
} from '../../domain/receivable/account-document.js';

/** The statement as a workbook: movements and open invoices, a sheet each. Texts are texts, so nothing is a formula. */
export async function accountWorkbook(
  statement: AccountStatement,
  language: DocumentLanguage,
): Promise<Buffer> {
  const words = ACCOUNT_WORDS[language];
  const workbook = new ExcelJS.Workbook();
  const moved = workbook.addWorksheet(words.movements);
  moved.columns = [{ width: 14 }, { width: 24 }, { width: 26 }, { width: 18 }, { width: 18 }];
  moved.addRow([words.title, statement.customer, `${statement.from} – ${statement.to}`, statement.currency]);
  moved.addRow([words.date, words.kind, words.invoice, words.amount, words.balance]).font = { bold: true };
  moved.addRow([statement.from, words.opening, '', '', statement.opening]);
  for (const { on, kind, invoiceNo, amount, balance } of withBalance(statement))
    moved.addRow([on, movementWord(kind, language), invoiceNo, amount, balance]);
  moved.addRow([statement.to, words.closing, '', '', statement.closing]).font = { bold: true };
  const open = workbook.addWorksheet(words.open);
  open.columns = [{ width: 26 }, { width: 14 }, { width: 14 }, { width: 18 }];
  open.addRow([words.invoice, words.due, words.days, words.amount]).font = { bold: true };
  for (const { invoiceNo, dueOn, daysPastDue, outstanding } of statement.open)
    open.addRow([invoiceNo, dueOn, daysPastDue, outstanding]);
  for (const sheet of [moved, open]) rightAlign(sheet);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** Amounts are exact as text; a number of a workbook is a float. */
function rightAlign(sheet: ExcelJS.Worksheet): void {
  sheet.eachRow((row) =>
    row.eachCell((cell) => {
      if (typeof cell.value === 'string' && /^-?\d+(\.\d+)?$/.test(cell.value))
        cell.alignment = { horizontal: 'right' };
    }),
  );
}
