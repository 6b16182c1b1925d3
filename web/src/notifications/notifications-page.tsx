import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCommand } from '../api/intent.js';
import type { NotificationView } from '../api/types.js';
import { LinkButton } from '../ui/link-button.js';
import { LoadMore } from '../ui/load-more.js';
import { usePaged } from '../ui/paged.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useUrlFilters } from '../ui/url-filters.js';
import { NotificationItem } from './notification-item.js';
import { fetchNotifications, markRead } from './notifications.api.js';
import '../ui/log-list.css';

const REFRESH_MS = 10_000;
const ONLY_UNREAD = ['true'] as const;

/** What one was told, newest first. Nothing is read by being looked at: one says so. */
export function NotificationsPage(): ReactElement {
  const { t } = useTranslation();
  const unread = useUrlFilters().pick('unread', ONLY_UNREAD) !== undefined;
  const { items, query } = usePaged<NotificationView>({
    key: ['notifications', unread],
    load: (cursor) => fetchNotifications(unread, cursor),
    refreshMs: REFRESH_MS,
  });
  const reading = useCommand<string, unknown>({ run: markRead });
  const newest = items[0];
  return (
    <>
      <header className="page-head">
        <h1>{t('notifications.title')}</h1>
        <div className="page-head-actions">
          {newest && items.some(({ readAt }) => readAt === null) ? (
            <Button loading={reading.isPending} onClick={() => reading.mutate(newest.id)}>
              {t('notifications.readAll')}
            </Button>
          ) : null}
          <LinkButton to="/notifications/settings" plain>
            {t('notifications.settings')}
          </LinkButton>
        </div>
      </header>
      <div className="stack">
        <nav className="tabs" aria-label={t('notifications.which')}>
          {[false, true].map((only) => (
            <Link
              key={String(only)}
              to={only ? '?unread=true' : '?'}
              className="tab"
              aria-current={unread === only ? 'page' : undefined}
            >
              {t(only ? 'notifications.unread' : 'notifications.all')}
            </Link>
          ))}
        </nav>
        <ProblemNote error={reading.error} />
        {query.isPending ? (
          <Loading rows={8} />
        ) : query.isError && items.length === 0 ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : items.length === 0 ? (
          <Empty text={t(unread ? 'notifications.noneNew' : 'notifications.none')} />
        ) : (
          <>
            <ul className="log-list">
              {items.map((item) => (
                <NotificationItem key={item.id} notification={item} />
              ))}
            </ul>
            <LoadMore query={query} />
          </>
        )}
      </div>
    </>
  );
}
