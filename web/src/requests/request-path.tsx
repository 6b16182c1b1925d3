import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { PathList } from './path-list.js';
import { fetchRequest, requestKey } from './requests.api.js';
import './requests.css';

const REFRESH_MS = 10_000;

/** The path of a record's approval, on the record itself. */
export function RequestPath({ requestId }: { requestId: string }): ReactElement {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: requestKey(requestId),
    queryFn: () => fetchRequest(requestId),
    refetchInterval: REFRESH_MS,
  });
  if (query.isPending) return <Loading rows={5} />;
  if (!query.data) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Panel title={t('request.path')} note={<Link to={`/requests/${requestId}`}>{t('request.open')}</Link>}>
      <PathList path={query.data.path} />
    </Panel>
  );
}
