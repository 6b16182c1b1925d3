import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WhatIfResult } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useFormat } from '../i18n/format.js';
import { useServerText } from '../i18n/server-text.js';
import { Figure } from '../ui/figure.js';
import { MoneyText } from '../ui/money-text.js';
import { Panel } from '../ui/panel.js';
import { WhatIfChanges } from './what-if-changes.js';

interface FoundProps {
  found: WhatIfResult;
}

/** What a candidate would have changed: in all, by stage, by request, and what could not be judged. */
export function WhatIfFound({ found }: FoundProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {found.truncated ? (
        <p className="note tone-warn" role="status">
          {t('whatIf.truncated')}
        </p>
      ) : null}
      <Figures found={found} />
      {found.stages.length > 0 ? <ByStage found={found} /> : null}
      <WhatIfChanges found={found} />
      {found.unjudged.length > 0 ? <Unjudged found={found} /> : null}
    </>
  );
}

function Amounts({ amounts }: { amounts: WhatIfResult['unguarded']['amounts'] }): ReactElement {
  const { t } = useTranslation();
  if (amounts.length === 0) return <>{t('whatIf.none')}</>;
  return (
    <>
      {amounts.map((amount) => (
        <span key={amount.currency} className="what-if-amount">
          <MoneyText value={amount} />
        </span>
      ))}
    </>
  );
}

function Figures({ found }: FoundProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const format = useFormat();
  const { judged, before, after, unguarded, unmeasured } = found;
  const wasIs = (was: string, is: string): string => t('whatIf.wasIs', { before: was, after: is });
  const share = (count: number): string =>
    judged === 0 ? '—' : t('whatIf.share', { pct: ((100 * count) / judged).toFixed(1) });
  return (
    <Panel title={t('whatIf.figures')}>
      <dl className="figures">
        <Figure label={t('whatIf.judged')} value={judged} note={t('whatIf.changed', { n: found.changed })} />
        <Figure
          label={t('whatIf.touches')}
          value={wasIs(String(before.touches), String(after.touches))}
          note={t('whatIf.touchesHow')}
        />
        <Figure
          label={t('whatIf.waiting')}
          value={wasIs(format.duration(before.minutes), format.duration(after.minutes))}
          note={
            <>
              {t('whatIf.waitingHow')}
              {unmeasured.length > 0 ? (
                <>
                  {' '}
                  ·{' '}
                  {t('whatIf.unmeasured', {
                    stages: unmeasured.map((key) => words('role', key)).join(t('app.separator')),
                  })}
                </>
              ) : null}
            </>
          }
        />
        <Figure
          label={t('whatIf.automatic')}
          value={wasIs(share(before.automatic), share(after.automatic))}
        />
        <Figure
          label={t('whatIf.unguarded')}
          value={<Amounts amounts={unguarded.amounts} />}
          bad={unguarded.requests > 0}
          note={
            <>
              {t('whatIf.unguardedHow', { n: unguarded.requests })}
              {unguarded.withoutAmount > 0 ? (
                <> · {t('whatIf.withoutAmount', { n: unguarded.withoutAmount })}</>
              ) : null}
            </>
          }
        />
      </dl>
    </Panel>
  );
}

function ByStage({ found }: FoundProps): ReactElement {
  const { t } = useTranslation();
  const text = useServerText();
  const counts = ['added', 'dropped', 'quorumChanged'] as const;
  return (
    <Panel title={t('whatIf.stages')}>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t('whatIf.stages')}>
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{t('whatIf.stage')}</th>
              {counts.map((count) => (
                <th key={count} scope="col" className="num">
                  {t(`whatIf.${count}`)}
                </th>
              ))}
              <th scope="col" className="num">
                {t('whatIf.money')}
              </th>
            </tr>
          </thead>
          <tbody>
            {found.stages.map((stage) => (
              <tr key={stage.key}>
                <td>{text(stage.title)}</td>
                {counts.map((count) => (
                  <td key={count} className="num">
                    {stage[count]}
                  </td>
                ))}
                <td className="num">
                  <Amounts amounts={stage.unguarded} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Unjudged({ found }: FoundProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  return (
    <Panel title={t('whatIf.unjudged')}>
      <ul className="stack">
        {found.unjudged.map(({ code, count, newest }) => (
          <li key={code}>
            <span className="strong">{count}</span> {words('unjudged', code)}
            {newest.map(({ requestId, number }) => (
              <Link key={requestId} to={`/requests/${requestId}`} className="small what-if-link">
                {number}
              </Link>
            ))}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
