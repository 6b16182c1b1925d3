import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { QuoteView } from '../api/types.js';
import { MarginFlag } from '../ui/margin-flag.js';
import { MoneyText } from '../ui/money-text.js';
import { PercentText } from '../ui/percent-text.js';
import { RecordHolder } from '../ui/record-holder.js';
import { StateTag } from '../ui/state-tag.js';
import { DateText } from '../ui/when.js';

export function QuoteHeader({ quote }: { quote: QuoteView }): ReactElement {
  const { t } = useTranslation();
  const { currency } = quote;
  return (
    <header className="panel stack">
      <div className="row">
        <Link to="/quotes" className="small">
          ← {t('quote.listTitle')}
        </Link>
        <StateTag state={quote.state} />
        <MarginFlag flag={quote.marginFlag} />
        <Link to={`/customers/${quote.customer.id}`} className="small">
          {t('quote.openCustomer')}
        </Link>
      </div>
      <h1 id="quote-title">
        {t('quote.title', { customer: quote.customer.name, number: quote.number, version: quote.version })}
      </h1>
      <div className="row">
        <span className="quote-total">
          <MoneyText value={quote.total} />
        </span>
        <span className="quiet">{quote.owner.name}</span>
      </div>
      <div>
        <RecordHolder kind="quote" record={quote} />
      </div>
      <dl className="facts">
        <div className="fact">
          <dt>{t('quote.listTotal')}</dt>
          <dd>
            <MoneyText value={{ amount: quote.listTotal, currency }} />
          </dd>
        </div>
        <div className="fact">
          <dt>{t('quote.discount')}</dt>
          <dd>
            <PercentText value={quote.discountPct} />
          </dd>
        </div>
        <div className="fact">
          <dt>{t('quote.validUntil')}</dt>
          <dd>
            <DateText on={quote.validUntil} />
          </dd>
        </div>
        {quote.marginPct === undefined ? null : (
          <div className="fact">
            <dt>{t('quote.margin')}</dt>
            <dd>
              <PercentText value={quote.marginPct} />
            </dd>
          </div>
        )}
        {quote.costTotal === undefined ? null : (
          <div className="fact">
            <dt>{t('quote.cost')}</dt>
            <dd>
              <MoneyText value={{ amount: quote.costTotal, currency }} />
            </dd>
          </div>
        )}
        {quote.financingCost === undefined ? null : (
          <div className="fact">
            <dt>{t('quote.financing')}</dt>
            <dd>
              <MoneyText value={{ amount: quote.financingCost, currency }} />
            </dd>
          </div>
        )}
        {quote.contractId ? (
          <div className="fact">
            <dt>{t('quote.contract')}</dt>
            <dd>
              <Link to={`/contracts/${quote.contractId}`}>{t('quote.openContract')}</Link>
            </dd>
          </div>
        ) : null}
      </dl>
    </header>
  );
}
