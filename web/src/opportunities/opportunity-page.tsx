import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { OpportunityDetailView } from '../api/types.js';
import { MoneyText } from '../ui/money-text.js';
import { LinkButton } from '../ui/link-button.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { StateTag } from '../ui/state-tag.js';
import { Link } from 'react-router';
import { Competitors } from './competitors.js';
import { Contacts } from './contacts.js';
import { DealFacts } from './deal-facts.js';
import { DealHeader } from './deal-header.js';
import { DealTeam } from './deal-team.js';
import { NextPanel } from './next-panel.js';
import { dealKey, fetchDeal } from './opportunities.api.js';
import { SplitPanel } from './split-panel.js';
import { StageStepper } from './stage-stepper.js';
import { Timeline } from './timeline.js';
import './opportunities.css';

const REFRESH_MS = 30_000;

/** One deal: where it stands, what is next, who is on both sides, and what has happened. */
export function OpportunityPage(): ReactElement {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: dealKey(id),
    queryFn: () => fetchDeal(id),
    refetchInterval: REFRESH_MS,
  });
  if (query.data) return <DealBody key={id} deal={query.data} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading rows={10} />;
}

function DealBody({ deal }: { deal: OpportunityDetailView }): ReactElement {
  return (
    <article className="columns" aria-labelledby="deal-title">
      <div className="stack">
        <DealHeader deal={deal} />
        <StageStepper deal={deal} />
        <DealFacts deal={deal} />
        <Timeline deal={deal} />
      </div>
      <div className="stack">
        <NextPanel deal={deal} />
        <DealTeam deal={deal} />
        <SplitPanel deal={deal} />
        <Contacts deal={deal} />
        <Competitors deal={deal} />
        <Documents deal={deal} />
      </div>
    </article>
  );
}

function Documents({ deal }: { deal: OpportunityDetailView }): ReactElement {
  const { t } = useTranslation();
  const open = deal.stage !== 'WON' && deal.stage !== 'LOST';
  return (
    <Panel title={t('deal.documents')}>
      {deal.documents.length === 0 ? <p className="quiet">{t('deal.noDocuments')}</p> : null}
      <ul className="deal-list">
        {deal.documents.map(({ kind, id, number, version, state, total }) => (
          <li key={id} className="row">
            <Link to={`/${kind === 'QUOTE' ? 'quotes' : 'contracts'}/${id}`}>
              {t('quote.numbered', { number, version })}
            </Link>
            <StateTag state={state} />
            <MoneyText value={total} />
          </li>
        ))}
      </ul>
      {deal.may.write && open && deal.customer ? (
        <LinkButton to={`/quotes/new?opportunity=${deal.id}`}>{t('deal.quote')}</LinkButton>
      ) : null}
    </Panel>
  );
}
