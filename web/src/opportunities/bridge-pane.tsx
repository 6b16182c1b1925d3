import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BridgeView } from '../api/types.js';
import { dayFromNow } from '../ui/day.js';
import { Field } from '../ui/field.js';
import { MoneyText } from '../ui/money-text.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { useUrlFilters } from '../ui/url-filters.js';
import { useDealFilter } from './deal-filters.js';
import { fetchBridge } from './opportunities.api.js';

type Step = BridgeView['steps'][number];

/** From the open pipeline then to the one now, step by step; a step opens the deals behind it. */
export function BridgePane(): ReactElement {
  const { t } = useTranslation();
  const url = useUrlFilters();
  const { pipeline, owner } = useDealFilter();
  const since = url.get('since') ?? dayFromNow(-7);
  const bridge = useQuery({
    queryKey: ['opportunities', 'bridge', since, pipeline, owner],
    queryFn: () => fetchBridge(since, pipeline, owner),
  });
  return (
    <Panel title={t('pipe.bridgeTitle')}>
      <div className="stack">
        <div className="filters">
          <Field label={t('pipe.sinceDate')}>
            {(control) => (
              <input
                {...control}
                className="input"
                type="date"
                max={dayFromNow(0)}
                value={since}
                onChange={(event) => url.set({ since: event.target.value })}
              />
            )}
          </Field>
        </div>
        {bridge.data ? (
          <BridgeTable bridge={bridge.data} />
        ) : bridge.isError ? (
          <Failure error={bridge.error} onRetry={() => void bridge.refetch()} />
        ) : (
          <Loading rows={6} />
        )}
      </div>
    </Panel>
  );
}

function BridgeTable({ bridge }: { bridge: BridgeView }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string>();
  return (
    <ul className="bridge">
      <li className="bridge-end">
        <span>{t('pipe.openThen')}</span>
        <MoneyText value={bridge.openThen} />
      </li>
      {bridge.steps
        .filter(({ count }) => count > 0)
        .map((step) => (
          <li key={step.step}>
            <button
              type="button"
              className="bridge-step"
              aria-expanded={open === step.step}
              onClick={() => setOpen(open === step.step ? undefined : step.step)}
            >
              <span>
                {t(`pipe.steps.${step.step}`)} · {t('pipe.deals', { count: step.count })}
              </span>
              <MoneyText value={step.delta} />
            </button>
            {open === step.step ? <BridgeDeals step={step} /> : null}
          </li>
        ))}
      <li className="bridge-end">
        <span>{t('pipe.openNow')}</span>
        <MoneyText value={bridge.openNow} />
      </li>
    </ul>
  );
}

function BridgeDeals({ step }: { step: Step }): ReactElement {
  return (
    <ul className="bridge-deals">
      {step.deals.map((deal) => (
        <li key={deal.id} className="row">
          <Link to={`/opportunities/${deal.id}`}>{deal.title ?? deal.customer ?? deal.number}</Link>
          <span className="small quiet">{deal.owner}</span>
          <MoneyText value={deal.delta} />
        </li>
      ))}
    </ul>
  );
}
