import type { UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from './page-state.js';
import { ProblemNote } from './problem-note.js';

type Asked = Pick<UseQueryResult<unknown>, 'data' | 'error' | 'refetch'>;

/** A part of a page that could not be read says so and offers another try: it never looks as if there were nothing. */
export function FetchFailed({ query }: { query: Asked }): ReactElement | null {
  const { t } = useTranslation();
  if (!query.error || query.data !== undefined) return null;
  return (
    <ProblemNote error={query.error}>
      <Button size="small" onClick={() => void query.refetch()}>
        {t('app.retry')}
      </Button>
    </ProblemNote>
  );
}

interface FetchedProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;
  rows?: number;
  children: (data: T) => ReactNode;
}

/** What was asked for, once it is there; until then that it is being read, or that it could not be. */
export function Fetched<T>({ query, rows = 2, children }: FetchedProps<T>): ReactElement {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  return query.error ? <FetchFailed query={query} /> : <Loading rows={rows} />;
}
