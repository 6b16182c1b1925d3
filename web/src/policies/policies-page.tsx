import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { kindOfPolicy } from '../kinds/policy-of-kind.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { KindPanel, kindsOf } from './kind-panel.js';
import { fetchPolicies } from './policies.api.js';
import './policies.css';

const REFRESH_MS = 15_000;
/** Every policy by kind: what is in force, what is to come, what people work on, what was. Request kinds have their own page. */
export function PoliciesPage(): ReactElement {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['policies'],
    queryFn: () => fetchPolicies(),
    refetchInterval: REFRESH_MS,
  });
  const policies = query.data?.filter(({ kind }) => kindOfPolicy(kind) === null);
  return (
    <>
      <header className="page-head">
        <h1>{t('policy.title')}</h1>
      </header>
      {policies ? (
        policies.length === 0 ? (
          <Empty text={t('policy.empty')} />
        ) : (
          <div className="stack">
            {kindsOf(policies).map((kind) => (
              <KindPanel
                key={kind}
                kind={kind}
                policies={policies.filter((one) => one.kind === kind)}
                note={<span className="code">{kind}</span>}
              />
            ))}
          </div>
        )
      ) : query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Loading rows={8} />
      )}
    </>
  );
}
