import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { PolicyView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { Failure, Loading } from '../ui/page-state.js';
import { useUrlFilters } from '../ui/url-filters.js';
import { fetchPolicy, policyKey } from './policies.api.js';
import { PolicyStateTag, Validity } from './policy-state.js';
import { PANES } from './policy-panes.js';
import './policies.css';

export function PolicyPage(): ReactElement {
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: policyKey(id), queryFn: () => fetchPolicy(id) });
  if (query.data) return <PolicyBody key={id} policy={query.data} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading rows={10} />;
}

function PolicyBody({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  const url = useUrlFilters();
  const panes = PANES.filter(({ shown }) => shown(policy));
  const wanted = url.get('tab');
  const pane = panes.find(({ key }) => key === wanted) ?? panes[0];
  return (
    <article className="stack" aria-labelledby="policy-title">
      <PolicyHeader policy={policy} />
      <nav className="tabs" aria-label={t('policy.tabs')}>
        {panes.map(({ key }) => (
          <Link
            key={key}
            to={`?tab=${key}`}
            className="tab"
            replace
            aria-current={key === pane?.key ? 'page' : undefined}
          >
            {t(`policy.tab.${key}`)}
          </Link>
        ))}
      </nav>
      {pane ? <pane.Pane policy={policy} /> : null}
    </article>
  );
}

function PolicyHeader({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  return (
    <header className="stack">
      <Link to="/policies" className="small">
        {t('policy.all')}
      </Link>
      <div className="row">
        <h1 id="policy-title">{words('policyKind', policy.kind)}</h1>
        <span className="quiet">
          {t(policy.state === 'DRAFT' ? 'policy.nextVersion' : 'policy.version', { n: policy.version })}
        </span>
        <PolicyStateTag state={policy.state} />
        <Validity policy={policy} />
      </div>
    </header>
  );
}
