import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpsOverview } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useFormat } from '../i18n/format.js';
import { Figure } from '../ui/figure.js';
import { Panel } from '../ui/panel.js';
import { Ago } from '../ui/when.js';

function outboxAge(ms: number, format: ReturnType<typeof useFormat>): string {
  return ms < 60_000 ? `${format.decimal((ms / 1000).toFixed(1))} s` : format.span(ms);
}

/** Is the machinery well: counts, lag, reach; and the way into the Temporal UI. */
export function Overview({ overview }: { overview: OpsOverview }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useCodeText();
  const { outbox, temporal } = overview;
  return (
    <Panel
      title={t('ops.overview')}
      note={
        overview.reconciledAt ? (
          <>
            {t('ops.reconciled')} <Ago at={overview.reconciledAt} />
          </>
        ) : (
          t('ops.neverReconciled')
        )
      }
    >
      <dl className="figures">
        <Figure label={t('ops.open')} value={String(overview.openRequests)} />
        <Figure
          label={t('ops.outbox')}
          value={String(outbox.pending)}
          note={
            outbox.oldestAgeMs === null
              ? null
              : t('ops.oldest', { age: outboxAge(outbox.oldestAgeMs, format) })
          }
        />
        <Figure label={t('ops.parked')} value={String(outbox.parked)} bad={outbox.parked > 0} />
        <Figure
          label={t('ops.temporal')}
          value={temporal.reachable ? t('ops.reachable') : t('ops.unreachable')}
          bad={!temporal.reachable}
          note={t('ops.pollers', { n: temporal.pollers })}
        />
        <Figure label={t('ops.findings')} value={String(overview.findings)} bad={overview.findings > 0} />
      </dl>
      <div className="row saved-views">
        <span className="small quiet">{t('ops.savedViews')}</span>
        {overview.savedViews.map(({ name, url }) => (
          <a key={url} href={url} target="_blank" rel="noreferrer" className="chip">
            {words('savedView', name)}
          </a>
        ))}
      </div>
    </Panel>
  );
}
