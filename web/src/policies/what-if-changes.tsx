import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WhatIfResult } from '../api/types.js';
import { useServerText } from '../i18n/server-text.js';
import { MoneyText } from '../ui/money-text.js';
import { Panel } from '../ui/panel.js';
import { StateTag } from '../ui/state-tag.js';

/** The changed requests that are named, newest first. */
export function WhatIfChanges({ found: { changes, changed } }: { found: WhatIfResult }): ReactElement {
  const { t } = useTranslation();
  if (changed === 0) return <p className="quiet">{t('whatIf.noChanges')}</p>;
  return (
    <Panel title={t('whatIf.changes')} note={t('whatIf.shown', { shown: changes.length, all: changed })}>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t('whatIf.changes')}>
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{t('whatIf.request')}</th>
              <th scope="col" className="num">
                {t('whatIf.exposure')}
              </th>
              <th scope="col">{t('whatIf.effect')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.requestId}>
                <td>
                  <Link to={`/requests/${change.requestId}`} className="what-if-number">
                    {change.number}
                  </Link>
                  <span className="row">
                    {change.title} <StateTag state={change.state} />
                  </span>
                </td>
                <td className="num">
                  <MoneyText value={change.exposure} />
                </td>
                <td>
                  <Effect change={change} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Effect({ change }: { change: WhatIfResult['changes'][number] }): ReactElement {
  const { t } = useTranslation();
  const text = useServerText();
  return (
    <ul>
      {change.added.map(({ key, title }) => (
        <li key={`+${key}`}>{t('whatIf.plus', { stage: text(title) })}</li>
      ))}
      {change.dropped.map(({ key, title }) => (
        <li key={`-${key}`} className="strong">
          {t('whatIf.minus', { stage: text(title) })}
        </li>
      ))}
      {change.quorum.map(({ key, title, before, after }) => (
        <li key={key}>{t('whatIf.quorum', { stage: text(title), before, after })}</li>
      ))}
    </ul>
  );
}
