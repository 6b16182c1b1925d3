import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.js';
import type { KindList } from '../api/types.js';
import { fetchKinds } from '../forms/forms.api.js';
import { useCodeText } from '../i18n/code-text.js';
import { KindPanel, kindsOf } from '../policies/kind-panel.js';
import { fetchPolicies } from '../policies/policies.api.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { Tag } from '../ui/tag.js';
import { NewKindSheet } from './new-kind-sheet.js';
import { kindOfPolicy } from './policy-of-kind.js';
import '../policies/policies.css';

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

/** Under what key, by which policy, and whether requests of it are started now. */
function KindNote({ kindKey, kinds }: { kindKey: string; kinds: KindList['kinds'] }): ReactElement {
  const { t } = useTranslation();
  const begun = kinds.find(({ key }) => key === kindKey);
  return (
    <span className="row">
      {begun?.retired ? <Tag>{t('kinds.retired')}</Tag> : null}
      {begun && !begun.routed ? <Tag tone="warn">{t('kinds.unrouted')}</Tag> : null}
      <span className="code">{begun ? `${kindKey} · ${begun.policyKind}` : kindKey}</span>
    </span>
  );
}

/** Every kind of request: the ones that are data, each with its versions, and the ones with modules of their own. */
export function KindsPage(): ReactElement {
  const { t } = useTranslation();
  const may = useMay();
  const [beginning, setBeginning] = useState(false);
  const query = useQuery({ queryKey: ['kinds'], queryFn: fetchKinds });
  const policies = useQuery({ queryKey: ['policies', 'request'], queryFn: () => fetchPolicies('request') });
  const error = query.error ?? policies.error;
  if (error)
    return <Failure error={error} onRetry={() => void Promise.all([query.refetch(), policies.refetch()])} />;
  return (
    <>
      <header className="page-head">
        <h1>{t('kinds.title')}</h1>
        {may('policy:draft') ? (
          <div className="page-head-actions">
            <Button type="primary" onClick={() => setBeginning(true)}>
              {t('kinds.new')}
            </Button>
          </div>
        ) : null}
      </header>
      {query.data && policies.data ? (
        <div className="stack">
          {kindsOf(policies.data).map((kind) => (
            <KindPanel
              key={kind}
              kind={kind}
              policies={policies.data.filter((one) => one.kind === kind)}
              note={<KindNote kindKey={kindOfPolicy(kind) ?? kind} kinds={query.data.kinds} />}
            />
          ))}
          <Panel title={t('kinds.builtIn')}>
            <BuiltIn kinds={query.data.builtIn} />
          </Panel>
        </div>
      ) : (
        <Loading rows={8} />
      )}
      {beginning ? <NewKindSheet onClose={() => setBeginning(false)} /> : null}
    </>
  );
}
