import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchUnread } from '../notifications/notifications.api.js';
import { CountBadge } from './count-badge.js';

const REFRESH_MS = 10_000;

export function UnreadBadge(): ReactElement | null {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['unread-count'],
    queryFn: fetchUnread,
    refetchInterval: REFRESH_MS,
  });
  if (!data) return null;
  return <CountBadge count={data.unread} label={t('nav.unread', { unread: data.unread })} />;
}
