import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Validity } from './validity.js';

interface Effective {
  id: string;
  validFrom: string;
  validTo: string | null;
  source: string;
}

interface EffectiveTableProps<T extends Effective> {
  label: string;
  rows: readonly T[];
  columns: readonly { title: string; of: (row: T) => ReactNode; num?: boolean }[];
}

/** What holds, held and will hold, with its time. */
export function EffectiveTable<T extends Effective>({
  label,
  rows,
  columns,
}: EffectiveTableProps<T>): ReactElement {
  const { t } = useTranslation();
  if (rows.length === 0) return <p className="quiet">{t('pricing.none')}</p>;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="grid-table">
        <thead>
          <tr>
            {columns.map(({ title, num }) => (
              <th key={title} scope="col" className={num ? 'num' : undefined}>
                {title}
              </th>
            ))}
            <th scope="col">{t('pricing.valid')}</th>
            <th scope="col">{t('pricing.source')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={row.validTo === null ? undefined : 'quiet'}>
              {columns.map(({ title, of, num }) => (
                <td key={title} className={num ? 'num' : undefined}>
                  {of(row)}
                </td>
              ))}
              <td>
                <Validity from={row.validFrom} to={row.validTo} />
              </td>
              <td>{row.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
