import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { fetchInboxCount, TABS, type InboxTab } from './inbox.api.js';

export function InboxTabs({ tab }: { tab: InboxTab }): ReactElement {
  const { t } = useTranslation();
  const { data: count } = useQuery({ queryKey: ['inbox-count'], queryFn: fetchInboxCount });
  return (
    <nav className="tabs" aria-label={t('inbox.tabs')}>
      {TABS.map((name) => (
        <Link
          key={name}
          to={`/inbox?tab=${name}`}
          className="tab"
          aria-current={tab === name ? 'page' : undefined}
        >
          {t(`inbox.tab.${name}`)}
          {name === 'todo' && count ? ` ${count.todo}` : ''}
        </Link>
      ))}
    </nav>
  );
}
