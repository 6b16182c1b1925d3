import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Failure, Loading } from '../ui/page-state.js';
import { fetchSettings } from './notifications.api.js';
import { SettingsForm } from './settings-form.js';

/** How one wants to be told. */
export function NotificationSettingsPage(): ReactElement {
  const { t } = useTranslation();
  const stored = useQuery({ queryKey: ['notification-settings'], queryFn: fetchSettings });
  return (
    <>
      <header className="page-head">
        <h1>{t('notifications.settings')}</h1>
        <Link to="/notifications">{t('notifications.toList')}</Link>
      </header>
      {stored.isPending ? (
        <Loading rows={8} />
      ) : stored.isError ? (
        <Failure error={stored.error} onRetry={() => void stored.refetch()} />
      ) : (
        <SettingsForm stored={stored.data} />
      )}
    </>
  );
}
