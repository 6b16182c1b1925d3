import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerText } from '../i18n/server-text.js';
import { CellText } from './cell-text.js';
import { useColumnTitle } from './column-title.js';
import { stagesOf, type TableModel } from './table-model.js';

interface TableReadingProps {
  table: TableModel;
  content: unknown;
}

/** The table to read: columns nobody uses are left out, so that it fits. */
export function TableReading({ table, content }: TableReadingProps): ReactElement {
  const { t } = useTranslation();
  const text = useServerText();
  const titleOf = useColumnTitle();
  const stages = new Map(stagesOf(content).map(({ key, title }) => [key, text(title)]));
  const columns = table.columns.filter(({ id }) => table.rows.some((row) => (row[id] ?? '') !== ''));
  return (
    <div className="policy-scroll" tabIndex={0} role="region" aria-label={t('policy.tab.table')}>
      <table className="policy-table">
        <caption className="visually-hidden">{t('policyTable.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('policyTable.rowNumber')}</th>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.input ? undefined : 'policy-out'}>
                {titleOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={row['_id'] ?? index}>
              <th scope="row">{index + 1}</th>
              {columns.map((column) => (
                <td key={column.id} className={column.input ? undefined : 'policy-out'}>
                  <CellText column={column} cell={row[column.id] ?? ''} stages={stages} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
