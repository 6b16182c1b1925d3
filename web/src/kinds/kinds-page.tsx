import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../api/session.js';
import type { KindList, KindSummary } from '../api/types.js';
import { fetchKinds } from '../forms/forms.api.js';
import { useWords } from '../forms/use-words.js';
import { useCodeText } from '../i18n/code-text.js';
import { LinkButton } from '../ui/link-button.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { Tag } from '../ui/tag.js';
import '../policies/policies.css';

function KindRow({ kind }: { kind: KindSummary }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Link to={`/request-kinds/${kind.key}`} className="policy-row">
      <span className="row">
        <span className="strong">{words(kind.titles)}</span>
        <span className="small quiet">{t('policy.version', { n: kind.version })}</span>
        {kind.retired ? <Tag>{t('kinds.retired')}</Tag> : null}
        {kind.routed ? null : <Tag tone="warn">{t('kinds.unrouted')}</Tag>}
      </span>
      <span className="small quiet code">
        {kind.key} · {kind.policyKind}
      </span>
    </Link>
  );
}

function BuiltIn({ kinds }: { kinds: KindList['builtIn'] }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  return (
    <dl className="facts">
      {kinds.map(({ kind, policyKind, facts }) => (
        <div key={kind} className="fact fact-long">
          <dt>{words('kind', kind)}</dt>
          <dd className="small">
            <span className="code">{policyKind}</span>{' '}
            <span className="quiet">{facts?.map(({ name }) => name).join(', ') ?? t('kinds.anyFacts')}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Every kind of request: the ones that are data, and beside them the ones with modules of their own. */
export function KindsPage(): ReactElement {
  const { t } = useTranslation();
  const may = useMay();
  const query = useQuery({ queryKey: ['kinds'], queryFn: fetchKinds });
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <header className="page-head">
        <h1>{t('kinds.title')}</h1>
        {may('policy:write') ? (
          <div className="page-head-actions">
            <LinkButton to="/request-kinds/new">{t('kinds.new')}</LinkButton>
          </div>
        ) : null}
      </header>
      {query.data ? (
        <div className="stack">
          <Panel title={t('kinds.data')}>
            <ul className="policy-list">
              {query.data.kinds.map((kind) => (
                <li key={kind.key}>
                  <KindRow kind={kind} />
                </li>
              ))}
            </ul>
          </Panel>
          <Panel title={t('kinds.builtIn')}>
            <BuiltIn kinds={query.data.builtIn} />
          </Panel>
        </div>
      ) : (
        <Loading rows={8} />
      )}
    </>
  );
}
