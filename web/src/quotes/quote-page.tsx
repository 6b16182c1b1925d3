import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useMe } from '../api/session.js';
import type { QuoteView } from '../api/types.js';
import { AskedAgain } from '../requests/asked-again.js';
import { RequestPath } from '../requests/request-path.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { FxNote } from './fx-note.js';
import { OfferPanel } from './offer-panel.js';
import { QuoteActions } from './quote-actions.js';
import { QuoteHeader } from './quote-header.js';
import { QuoteLines } from './quote-lines.js';
import { QuoteTerms } from './quote-terms.js';
import { fetchQuote, quoteKey } from './quotes.api.js';
import './quotes.css';

const REFRESH_MS = 10_000;

export function QuotePage(): ReactElement {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: quoteKey(id),
    queryFn: () => fetchQuote(id),
    refetchInterval: REFRESH_MS,
  });
  if (query.data) return <QuoteBodyView key={id} quote={query.data} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading rows={10} />;
}

function QuoteBodyView({ quote }: { quote: QuoteView }): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <article className="columns" aria-labelledby="quote-title">
      <div className="stack">
        <QuoteHeader quote={quote} />
        <FxNote quote={quote} isMine={quote.owner.id === me.id} />
        <QuoteActions quote={quote} />
        <AskedAgain title={t('envelope.stale')} note={t('envelope.staleNote')} stages={quote.stale ?? []} />
        <OfferPanel quote={quote} />
        <Panel title={t('quote.lines')}>
          <QuoteLines lines={quote.lines} currency={quote.currency} />
        </Panel>
        <Panel title={t('editor.terms')}>
          <QuoteTerms quote={quote} />
        </Panel>
      </div>
      <div className="stack">{quote.requestId ? <RequestPath requestId={quote.requestId} /> : null}</div>
    </article>
  );
}
