import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../api/session.js';
import type { QuoteState, QuoteSummary } from '../api/types.js';
import { LinkButton } from '../ui/link-button.js';
import { MoneyText } from '../ui/money-text.js';
import { PercentText } from '../ui/percent-text.js';
import { RecordHolder } from '../ui/record-holder.js';
import { RecordList } from '../ui/record-list.js';
import { StateTag } from '../ui/state-tag.js';
import { Ago, DateText } from '../ui/when.js';
import { fetchQuotes } from './quotes.api.js';

const STATES: readonly QuoteState[] = [
  'DRAFT',
  'IN_APPROVAL',
  'RETURNED',
  'APPROVED',
  'SENT',
  'ACCEPTED',
  'DECLINED',
  'EXPIRED',
  'REJECTED',
  'WITHDRAWN',
  'SUPERSEDED',
];

function QuoteRow({ quote }: { quote: QuoteSummary }): ReactElement {
  const { t } = useTranslation();
  return (
    <Link to={`/quotes/${quote.id}`} className="record-link">
      <span className="row">
        <span className="strong">{quote.customer.name}</span>
        <StateTag state={quote.state} />
        <span className="small quiet">
          {t('quote.numbered', { number: quote.number, version: quote.version })}
        </span>
      </span>
      <span className="strong num">
        <MoneyText value={quote.total} />
      </span>
      <span className="small quiet">
        {quote.owner.name} · {t('quote.discount')} <PercentText value={quote.discountPct} /> ·{' '}
        {t('quote.validUntil')} <DateText on={quote.validUntil} />
      </span>
      <span className="small quiet num">
        <Ago at={quote.updatedAt} />
      </span>
      <span className="record-wide">
        <RecordHolder kind="quote" record={quote} />
      </span>
    </Link>
  );
}

export function QuoteListPage(): ReactElement {
  const { t } = useTranslation();
  const may = useMay();
  const create = may('quote:write') ? <LinkButton to="/quotes/new">{t('quote.new')}</LinkButton> : null;
  return (
    <>
      <header className="page-head">
        <h1>{t('quote.listTitle')}</h1>
        <div className="page-head-actions">{create}</div>
      </header>
      <RecordList<QuoteSummary, QuoteState>
        name="quotes"
        states={STATES}
        load={fetchQuotes}
        row={(quote) => <QuoteRow quote={quote} />}
        keyOf={({ id }) => id}
        emptyText={t('quote.empty')}
        emptyAction={create}
      />
    </>
  );
}
