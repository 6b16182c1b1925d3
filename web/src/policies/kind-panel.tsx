import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PolicyView } from '../api/types.js';
import { Panel } from '../ui/panel.js';
import { PolicyStateTag, Validity } from './policy-state.js';
import { usePolicyTitle } from './use-policy-title.js';

const PAST: readonly string[] = ['ENDED', 'CANCELLED'];

export function kindsOf(policies: readonly PolicyView[]): string[] {
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

interface KindPanelProps {
  kind: string;
  /** newest first */
  policies: readonly PolicyView[];
  note: ReactNode;
}

/** One kind of policy: what is in force or to come and what people work on, then what was. */
export function KindPanel({ kind, policies, note }: KindPanelProps): ReactElement {
  const { t } = useTranslation();
  const titleOf = usePolicyTitle();
  const present = policies.filter(({ state }) => !PAST.includes(state));
  const past = policies.filter(({ state }) => PAST.includes(state));
  return (
    <Panel title={titleOf(kind, policies[0]?.content)} note={note}>
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
