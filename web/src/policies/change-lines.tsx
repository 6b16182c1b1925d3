import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useColumnTitle } from './column-title.js';
import { textOf } from './grid-text.js';
import { differences, tablesOf } from './policy-diff.js';
import type { TableRow } from './table-model.js';

type Content = PolicyView['content'];

export interface ChangeLine {
  key: string;
  where: string;
  before: string | null;
  after: string | null;
}

const said = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

export function ChangeList({ lines }: { lines: readonly ChangeLine[] }): ReactElement {
  return (
    <ul className="policy-list policy-changes">
      {lines.map(({ key, where, before, after }) => (
        <li key={key}>
          <span className="strong">{where}</span>
          {before === null ? null : <del>{before}</del>}
          {after === null ? null : <ins>{after}</ins>}
        </li>
      ))}
    </ul>
  );
}

/** Everything one content says differently from another, in words; null: there is nothing to compare with. */
export function useChangeLines(base: Content | null, content: Content): ChangeLine[] {
  const { t } = useTranslation();
  const words = useCodeText();
  const titleOf = useColumnTitle();
  const tables = tablesOf(base, content);
  const any = t('policyTable.any');
  const rowText = (row: TableRow): string =>
    (tables?.table.columns ?? [])
      .filter(({ id }) => (row[id] ?? '') !== '')
      .map((column) => `${titleOf(column)} ${textOf(column, row[column.id] ?? '')}`)
      .join('; ');
  const ofTable = (tables?.table.rows ?? []).flatMap((row, index): ChangeLine[] => {
    const where = t('policyEdit.row', { n: index + 1 });
    if (tables?.diff.isNew(row))
      return [
        {
          key: `${row['_id']}`,
          where: `${where} · ${t('policyEdit.newRow')}`,
          before: null,
          after: rowText(row),
        },
      ];
    return (tables?.table.columns ?? []).flatMap((column): ChangeLine[] => {
      const was = tables?.diff.was(row, column.id) ?? null;
      return was === null
        ? []
        : [
            {
              key: `${row['_id']}/${column.id}`,
              where: `${where} · ${titleOf(column)}`,
              before: textOf(column, was) || any,
              after: textOf(column, row[column.id] ?? '') || any,
            },
          ];
    });
  });
  const gone = (tables?.diff.removed ?? []).map((row) => ({
    key: `gone/${row['_id']}`,
    where: t('policyEdit.goneRow'),
    before: rowText(row),
    after: null,
  }));
  const rest = (base ? differences(base, content) : []).map(({ path, before, after }) => ({
    key: path.join('/'),
    where: path.map((part) => words('policyField', part)).join(' · '),
    before: said(before),
    after: said(after),
  }));
  return [...ofTable, ...gone, ...rest];
}
