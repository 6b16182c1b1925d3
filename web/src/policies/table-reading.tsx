import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerText } from '../i18n/server-text.js';
import { CellText } from './cell-text.js';
import { useColumnTitle } from './column-title.js';
import { textOf } from './grid-text.js';
import { tableDiff } from './policy-diff.js';
import { stagesOf, type TableColumn, type TableModel } from './table-model.js';

interface TableReadingProps {
  table: TableModel;
  content: unknown;
  /** what it was made from: what differs is marked; null: nothing is */
  before: TableModel | null;
}

/** The table to read: columns nobody uses are left out, so that it fits. */
export function TableReading({ table, content, before }: TableReadingProps): ReactElement {
  const { t } = useTranslation();
  const text = useServerText();
  const titleOf = useColumnTitle();
  const stages = new Map(stagesOf(content).map(({ key, title }) => [key, text(title)]));
  const diff = tableDiff(before ?? table, table);
  const columns = table.columns.filter(({ id }) => table.rows.some((row) => (row[id] ?? '') !== ''));
  return (
    <div className="policy-scroll" tabIndex={0} role="region" aria-label={t('policy.tab.table')}>
      <table className="policy-table">
        <caption className="visually-hidden">{t('policyTable.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('policyTable.rowNumber')}</th>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={column.input ? undefined : `policy-out policy-out-${column.name}`}
              >
                {titleOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={row['_id'] ?? index} className={diff.isNew(row) ? 'policy-new' : undefined}>
              <th scope="row">{index + 1}</th>
              {columns.map((column) => (
                <ReadCell
                  key={column.id}
                  column={column}
                  cell={row[column.id] ?? ''}
                  was={diff.was(row, column.id)}
                  stages={stages}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ReadCellProps {
  column: TableColumn;
  cell: string;
  was: string | null;
  stages: ReadonlyMap<string, string>;
}

function ReadCell({ column, cell, was, stages }: ReadCellProps): ReactElement {
  const { t } = useTranslation();
  const marks = [...(column.input ? [] : ['policy-out']), ...(was === null ? [] : ['policy-changed'])];
  return (
    <td className={marks.join(' ') || undefined}>
      <CellText column={column} cell={cell} stages={stages} />
      {was === null ? null : (
        <span className="policy-was">
          {t('policyEdit.was', { text: textOf(column, was) || t('policyTable.any') })}
        </span>
      )}
    </td>
  );
}
