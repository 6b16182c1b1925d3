import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PolicyView } from '../api/types.js';
import { useUrlFilters } from '../ui/url-filters.js';
import { PANES } from './policy-panes.js';

/** What a policy says, a tab each; a draft in review opens with what it changes, if it is not the first. */
export function PolicyTabs({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  const url = useUrlFilters();
  const panes = PANES.filter(({ shown }) => shown(policy));
  const wanted = url.get('tab') ?? (policy.state === 'IN_REVIEW' && policy.draft?.basedOn ? 'changes' : null);
  const pane = panes.find(({ key }) => key === wanted) ?? panes[0];
  return (
    <>
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
    </>
  );
}
