import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportError } from '../api/types.js';
import { importInChinese } from '../i18n/import-phrases.js';
import { LoadMore } from '../ui/load-more.js';
import { usePaged } from '../ui/paged.js';
import { Failure, Loading } from '../ui/page-state.js';
import { fetchImportErrors } from './imports.api.js';

export function ImportErrors({ jobId }: { jobId: string }): ReactElement {
  const { t, i18n } = useTranslation();
  const said = (text: string): string => (i18n.language === 'en' ? text : importInChinese(text));
  const { items, query } = usePaged<ImportError>({
    key: ['import-errors', jobId],
    load: (cursor) => fetchImportErrors(jobId, cursor),
  });
  if (query.isPending) return <Loading rows={4} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t('imports.errors')}>
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col" className="num">
                {t('imports.row')}
              </th>
              <th scope="col">{t('imports.column')}</th>
              <th scope="col">{t('imports.value')}</th>
              <th scope="col">{t('imports.rule')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((error, index) => (
              <tr key={`${error.row}/${error.column}/${index}`}>
                <td className="num">{error.row}</td>
                <td>{error.column}</td>
                <td className="code">{error.value}</td>
                <td>{said(error.message || error.rule)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <LoadMore query={query} />
    </>
  );
}
