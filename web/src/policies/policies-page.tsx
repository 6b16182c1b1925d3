import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PolicyView } from '../api/types.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { fetchPolicies } from './policies.api.js';
import { PolicyStateTag, Validity } from './policy-state.js';
import { usePolicyTitle } from './use-policy-title.js';
import './policies.css';

const REFRESH_MS = 15_000;
const PAST: readonly string[] = ['ENDED', 'CANCELLED'];

function kindsOf(policies: readonly PolicyView[]): string[] {
  return [...new Set(policies.map(({ kind }) => kind))];
}

function PolicyRow({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Link to={`/policies/${policy.id}`} className="policy-row">
      <span className="row">
        <span className="strong">
          {t(policy.draft ? 'policy.nextVersion' : 'policy.version', { n: policy.version })}
        </span>
        <PolicyStateTag state={policy.state} />
      </span>
      <Validity policy={policy} />
    </Link>
  );
}

function KindPanel({ kind, policies }: { kind: string; policies: readonly PolicyView[] }): ReactElement {
  const { t } = useTranslation();
  const titleOf = usePolicyTitle();
  const present = policies.filter(({ state }) => !PAST.includes(state));
  const past = policies.filter(({ state }) => PAST.includes(state));
  return (
    <Panel title={titleOf(kind)} note={<span className="code">{kind}</span>}>
      <ul className="policy-list">
        {present.map((policy) => (
          <li key={policy.id}>
            <PolicyRow policy={policy} />
          </li>
        ))}
      </ul>
      {past.length > 0 ? (
        <details>
          <summary>{t('policy.history', { n: past.length })}</summary>
          <ul className="policy-list">
            {past.map((policy) => (
              <li key={policy.id}>
                <PolicyRow policy={policy} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Panel>
  );
}

/** Every policy by kind: what is in force, what is to come, what people work on, what was. */
export function PoliciesPage(): ReactElement {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['policies'],
    queryFn: () => fetchPolicies(),
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <header className="page-head">
        <h1>{t('policy.title')}</h1>
      </header>
      {query.data ? (
        query.data.length === 0 ? (
          <Empty text={t('policy.empty')} />
        ) : (
          <div className="stack">
            {kindsOf(query.data).map((kind) => (
              <KindPanel key={kind} kind={kind} policies={query.data.filter((one) => one.kind === kind)} />
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
