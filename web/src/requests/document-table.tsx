import type { ReactElement } from 'react';
import { useCodeText } from '../i18n/code-text.js';
import { Scalar, type Row } from './document-scalar.js';

const HIDDEN = /(Id|Hash)$|^(id|key|hash)$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

function isNumeric(rows: readonly Row[], column: string): boolean {
  return rows.every((row) => row[column] === null || DECIMAL.test(String(row[column] ?? '0')));
}

/** What tells a row apart comes first; a stored document keeps its members in no order a reader would. */
const LEADING = ['no', 'title', 'sku', 'name', 'text', 'date', 'category', 'qty', 'list', 'unitNet', 'net'];

function inReadingOrder(columns: readonly string[]): string[] {
  const place = (column: string): number => {
    const at = LEADING.indexOf(column);
    return at === -1 ? LEADING.length : at;
  };
  return [...columns].sort((a, b) => place(a) - place(b));
}

interface DocumentTableProps {
  title: string;
  rows: readonly Row[];
  currency: string;
}

export function DocumentTable({ title, rows, currency }: DocumentTableProps): ReactElement {
  const words = useCodeText();
  const columns = inReadingOrder(
    [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((column) => !HIDDEN.test(column)),
  );
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={title}>
      <table className="grid-table">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={isNumeric(rows, column) ? 'num' : undefined}>
                {words('document', column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={String(row['id'] ?? row['key'] ?? row['no'] ?? index)}>
              {columns.map((column) => (
                <td key={column} className={isNumeric(rows, column) ? 'num' : undefined}>
                  <Scalar name={column} value={row[column]} currency={currency} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
