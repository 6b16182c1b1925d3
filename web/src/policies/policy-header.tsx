import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PolicyView } from '../api/types.js';
import { kindOfPolicy } from '../kinds/policy-of-kind.js';
import { PolicyStateTag, Validity } from './policy-state.js';
import { usePolicyTitle } from './use-policy-title.js';

export function PolicyHeader({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  const titleOf = usePolicyTitle();
  const isKind = kindOfPolicy(policy.kind) !== null;
  return (
    <header className="stack">
      <Link to={isKind ? '/request-kinds' : '/policies'} className="small">
        {t(isKind ? 'kinds.all' : 'policy.all')}
      </Link>
      <div className="row">
        <h1 id="policy-title">{titleOf(policy.kind, policy.content)}</h1>
        <span className="quiet">
          {t(policy.draft ? 'policy.nextVersion' : 'policy.version', { n: policy.version })}
        </span>
        <PolicyStateTag state={policy.state} />
        <Validity policy={policy} />
        {policy.approvedBy && policy.createdBy ? (
          <span className="small quiet">
            {t('policyReview.people', { author: policy.createdBy.name, reviewer: policy.approvedBy.name })}
          </span>
        ) : null}
      </div>
    </header>
  );
}
