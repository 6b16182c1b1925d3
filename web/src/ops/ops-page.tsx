import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StuckItem } from '../api/types.js';
import { LoadMore } from '../ui/load-more.js';
import { usePaged } from '../ui/paged.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { Channels } from './channels.js';
import { Handling } from './handling.js';
import { fetchOverview, fetchStuck } from './ops.api.js';
import { Overview } from './overview.js';
import { StuckRow } from './stuck-row.js';
import './ops.css';

const REFRESH_MS = 10_000;

export function OpsPage(): ReactElement {
  const { t } = useTranslation();
  const overview = useQuery({
    queryKey: ['ops', 'overview'],
    queryFn: fetchOverview,
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <header className="page-head">
        <h1>{t('ops.title')}</h1>
      </header>
      <div className="stack">
        {overview.data ? (
          <Overview overview={overview.data} />
        ) : overview.isError ? (
          <Failure error={overview.error} onRetry={() => void overview.refetch()} />
        ) : (
          <Loading rows={3} />
        )}
        <section className="stack" aria-labelledby="stuck-title">
          <h2 id="stuck-title">{t('ops.stuck')}</h2>
          <StuckList />
        </section>
        <Channels />
        {overview.data ? <Handling overview={overview.data} /> : null}
      </div>
    </>
  );
}

function StuckList(): ReactElement {
  const { t } = useTranslation();
  const { items, query } = usePaged<StuckItem>({
    key: ['ops', 'stuck'],
    load: fetchStuck,
    refreshMs: REFRESH_MS,
  });
  if (query.isPending) return <Loading rows={6} />;
  if (query.isError && items.length === 0) {
    return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (items.length === 0) return <Empty text={t('ops.nothingStuck')} />;
  return (
    <>
      <ul className="stuck-list">
        {items.map((item) => (
          <StuckRow key={`${item.processId}/${item.cause}`} item={item} />
        ))}
      </ul>
      <LoadMore query={query} />
    </>
  );
}
