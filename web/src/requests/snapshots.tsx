import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { Panel } from '../ui/panel.js';
import { Tag } from '../ui/tag.js';
import { Ago, Instant } from '../ui/when.js';
import { FactValue } from './fact-value.js';

/** What the books said when they were read, and whether a yes may still rest on it (AE-MGR-3). */
export function Snapshots({ request }: { request: RequestView }): ReactElement | null {
  const { t } = useTranslation();
  const sources = useCodeText();
  const serverText = useServerText();
  if (request.snapshots.length === 0) return null;
  return (
    <Panel title={t('snapshots.title')}>
      <ul className="snapshots">
        {request.snapshots.map(({ id, source, asOf, until, stale, facts }) => (
          <li key={id} className="stack">
            <span className="row">
              <span className="strong">{sources('snapshots.source', source)}</span>
              {stale ? <Tag tone="warn">{t('snapshots.stale')}</Tag> : null}
            </span>
            <dl className="facts">
              {facts.map((fact) => (
                <div key={fact.key} className="fact">
                  <dt>{serverText(fact.label)}</dt>
                  <dd>
                    <FactValue fact={fact} />
                  </dd>
                </div>
              ))}
            </dl>
            <span className="small quiet">
              {t('snapshots.asOf')} <Instant at={asOf} /> (<Ago at={asOf} />)
              {stale ? ` · ${t('snapshots.staleText')}` : null}
              {!stale && request.state === 'PENDING' ? (
                <>
                  {' · '}
                  {t('snapshots.until')} <Instant at={until} />
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
