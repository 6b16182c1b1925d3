import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportJob } from '../api/types.js';
import { LoadMore } from '../ui/load-more.js';
import { usePaged } from '../ui/paged.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { ImportForm } from './import-form.js';
import { ImportJobItem } from './import-job-item.js';
import { fetchImports } from './imports.api.js';
import './imports.css';

const REFRESH_MS = 2_000;

export function ImportsPage(): ReactElement {
  const { t } = useTranslation();
  const { items, query } = usePaged<ImportJob>({
    key: ['imports'],
    load: fetchImports,
    refreshMs: REFRESH_MS,
  });
  return (
    <>
      <header className="page-head">
        <h1>{t('imports.title')}</h1>
      </header>
      <div className="stack">
        <ImportForm />
        {query.isPending ? (
          <Loading rows={5} />
        ) : query.isError && items.length === 0 ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : items.length === 0 ? (
          <Empty text={t('imports.empty')} />
        ) : (
          <ul className="stack">
            {items.map((job) => (
              <ImportJobItem key={job.id} job={job} />
            ))}
          </ul>
        )}
        <LoadMore query={query} />
      </div>
    </>
  );
}
