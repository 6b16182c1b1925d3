import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchInboxCount } from '../inbox/inbox.api.js';

const REFRESH_MS = 10_000;
const MOST = 99;

export function InboxBadge(): ReactElement | null {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['inbox-count'],
    queryFn: fetchInboxCount,
    refetchInterval: REFRESH_MS,
  });
  if (!data || data.todo === 0) return null;
  return (
    <span className={data.overdue > 0 ? 'badge badge-late' : 'badge'}>
      <span aria-hidden="true">{data.todo > MOST ? `${MOST}+` : data.todo}</span>
      <span className="visually-hidden">{t('nav.waiting', { todo: data.todo, overdue: data.overdue })}</span>
    </span>
  );
}
