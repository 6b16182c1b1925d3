import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchInboxCount } from '../inbox/inbox.api.js';
import { CountBadge } from './count-badge.js';

const REFRESH_MS = 10_000;

export function InboxBadge(): ReactElement | null {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['inbox-count'],
    queryFn: fetchInboxCount,
    refetchInterval: REFRESH_MS,
  });
  if (!data) return null;
  const { todo, overdue } = data;
  return <CountBadge count={todo} late={overdue > 0} label={t('nav.waiting', { todo, overdue })} />;
}
