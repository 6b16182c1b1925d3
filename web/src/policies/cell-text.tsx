import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { outputOf, type TableColumn } from './table-model.js';

interface CellTextProps {
  column: TableColumn;
  cell: string;
  stages: ReadonlyMap<string, string>;
}

/** A cell in words; what is not understood is shown as it is written. */
export function CellText({ column, cell, stages }: CellTextProps): ReactElement {
  const { t } = useTranslation();
  if (column.input) {
    if (cell.trim() === '') return <span className="quiet visually-hidden">{t('policyTable.any')}</span>;
    if (column.input.type === 'boolean' && (cell === 'true' || cell === 'false'))
      return <span>{cell === 'true' ? t('app.yes') : t('app.no')}</span>;
    return <span className="code">{cell}</span>;
  }
  const value = outputOf(cell);
  if (Array.isArray(value))
    return value.length === 0 ? (
      <span className="quiet">{t('policyTable.automatic')}</span>
    ) : (
      <span>{value.map((key) => stages.get(String(key)) ?? String(key)).join(t('app.separator'))}</span>
    );
  if (typeof value === 'string' || typeof value === 'number') return <span>{value}</span>;
  return <span className="code">{cell}</span>;
}
