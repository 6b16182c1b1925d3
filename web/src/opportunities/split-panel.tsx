import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFollowing } from '../api/following.js';
import type { DealSplitsView, OpportunityDetailView, SplitView } from '../api/types.js';
import { useFormat } from '../i18n/format.js';
import { Fetched } from '../ui/fetched.js';
import { MoneyText } from '../ui/money-text.js';
import { Panel } from '../ui/panel.js';
import { PercentText } from '../ui/percent-text.js';
import { StateTag } from '../ui/state-tag.js';
import { fetchSplits } from './splits.api.js';
import { SplitSheet } from './split-sheet.js';

/** Who gets the credit of the deal: today, at other times, and what waits for an approval. */
export function SplitPanel({ deal }: { deal: OpportunityDetailView }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const query = useFollowing({
    queryKey: ['opportunity', deal.id, 'splits'],
    read: () => fetchSplits(deal.id),
    revision: deal.rowVersion,
  });
  const { data } = query;
  return (
    <Panel title={t('deal.split.title')}>
      <Fetched query={query}>{(splits) => <Splits splits={splits} />}</Fetched>
      {data?.mayWrite && !data.pending ? (
        <div className="row">
          <Button size="small" onClick={() => setOpen(true)}>
            {t('deal.split.set')}
          </Button>
        </div>
      ) : null}
      {open && data ? <SplitSheet id={deal.id} splits={data} onClose={() => setOpen(false)} /> : null}
    </Panel>
  );
}

function Splits({ splits: { current, history, pending } }: { splits: DealSplitsView }): ReactElement {
  const { t } = useTranslation();
  const others = history.filter(({ no }) => no !== current.no);
  return (
    <>
      <SplitLines split={current} />
      {pending ? (
        <div className="stack">
          <span className="row">
            <span className="strong">{t('deal.split.pending')}</span>
            <StateTag state={pending.requestState} />
            <Link to={`/requests/${pending.requestId}`}>{t('deal.split.openRequest')}</Link>
          </span>
          <SplitLines split={pending.split} />
        </div>
      ) : null}
      {others.length > 0 ? (
        <details>
          <summary className="small">{t('deal.split.history')}</summary>
          {others.map((split) => (
            <SplitLines key={split.no} split={split} />
          ))}
        </details>
      ) : null}
    </>
  );
}

function SplitLines({ split }: { split: SplitView }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const { validFrom, revenue, overlay, channel } = split;
  return (
    <>
      <span className="small quiet">
        {validFrom ? t('deal.split.since', { date: format.date(validFrom) }) : t('deal.split.owners')}
      </span>
      <ul className="deal-list">
        {[
          ...revenue.map((share) => ({ ...share, note: null })),
          ...overlay.map((share) => ({ ...share, note: t('deal.split.overlay') })),
        ].map(({ person, percent, amount, note }) => (
          <li key={`${person.id}${note}`} className="row">
            <span>
              {person.name} {note ? <span className="small quiet">{note}</span> : null}
            </span>
            <PercentText value={percent} />
            <MoneyText value={amount} />
          </li>
        ))}
        {channel ? (
          <li className="row">
            <span>
              {channel.partner} <span className="small quiet">{t('deal.split.channel')}</span>
            </span>
            <PercentText value={channel.percent} />
            <MoneyText value={channel.amount} />
          </li>
        ) : null}
      </ul>
    </>
  );
}
