import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeText } from '../i18n/code-text.js';

type Row = Record<string, unknown>;

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTable(value: unknown): value is Row[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRow);
}

function Scalar({ value }: { value: unknown }): ReactElement {
  const { t } = useTranslation();
  if (value === null || value === undefined || value === '') return <span className="quiet">—</span>;
  if (typeof value === 'boolean') return <span>{value ? t('app.yes') : t('app.no')}</span>;
  if (Array.isArray(value)) return <span>{value.map(String).join(t('app.separator'))}</span>;
  if (isRow(value)) {
    const name = value['name'] ?? value['title'] ?? value['number'];
    if (typeof name === 'string') return <span>{name}</span>;
    return <span className="code">{JSON.stringify(value)}</span>;
  }
  const text = String(value);
  return text.includes('\n') ? <pre className="document-text">{text}</pre> : <span>{text}</span>;
}

function Rows({ name, rows }: { name: string; rows: readonly Row[] }): ReactElement {
  const words = useCodeText();
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((key) => !/id$/i.test(key));
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={words('document', name)}>
      <table className="grid-table">
        <caption className="visually-hidden">{words('document', name)}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {words('document', column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={String(row['id'] ?? row['no'] ?? index)}>
              {columns.map((column) => (
                <td key={column}>
                  <Scalar value={row[column]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A subject of any kind: its plain members as facts, its lists as tables. */
export function DocumentView({ document }: { document: Record<string, unknown> }): ReactElement {
  const words = useCodeText();
  const entries = Object.entries(document);
  const plain = entries.filter(([key, value]) => !isTable(value) && !/(Id|Hash)$|^id$/.test(key));
  return (
    <div className="stack">
      {entries.map(([key, value]) => (isTable(value) ? <Rows key={key} name={key} rows={value} /> : null))}
      <dl className="facts">
        {plain.map(([key, value]) => (
          <div key={key} className="fact">
            <dt>{words('document', key)}</dt>
            <dd>
              <Scalar value={value} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
