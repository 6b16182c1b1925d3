import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { CustomerView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { MoneyText } from '../ui/money-text.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Tag } from '../ui/tag.js';
import { Instant } from '../ui/when.js';
import { useMay } from '../api/session.js';
import { CreditPanel } from './credit-panel.js';
import { BlocksPanel } from './blocks-panel.js';
import { customerKey, fetchCustomer } from './customers.api.js';

/** One customer: what is known, and whether anybody may deal with them. */
export function CustomerPage(): ReactElement {
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: customerKey(id), queryFn: () => fetchCustomer(id) });
  if (query.data) return <CustomerBody key={id} customer={query.data} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading rows={8} />;
}

function CustomerBody({ customer }: { customer: CustomerView }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const maySeeCredit = useMay()('receivable:read');
  const { block, parent, creditLimit, groupLimit } = customer;
  const facts: [string, string | null][] = [
    [t('customer.sector'), customer.sector],
    [t('customer.country'), customer.country],
    [t('customer.tier'), customer.tier],
    [t('customer.creditClass'), customer.creditClass],
  ];
  return (
    <article className="stack" aria-labelledby="customer-title">
      <header className="panel stack">
        <div className="row">
          <Link to="/customers" className="small">
            ← {t('customer.listTitle')}
          </Link>
          {block ? <Tag tone="bad">{t('customer.blocked')}</Tag> : null}
        </div>
        <h1 id="customer-title">{customer.name}</h1>
        {block ? (
          <div className="note tone-bad" role="status">
            <span className="note-text">
              {t('customer.blockedNote', {
                cause: words('blockCause', block.cause),
                name: block.blockedBy.name,
              })}{' '}
              <Instant at={block.blockedAt} />
            </span>
          </div>
        ) : null}
        <dl className="facts">
          {facts.map(([label, value]) => (
            <div key={label} className="fact">
              <dt>{label}</dt>
              <dd>{value ?? '—'}</dd>
            </div>
          ))}
          <div className="fact">
            <dt>{t('customer.creditLimit')}</dt>
            <dd>{creditLimit ? <MoneyText value={creditLimit} /> : '—'}</dd>
          </div>
          {groupLimit ? (
            <div className="fact">
              <dt>{t('customer.groupLimit')}</dt>
              <dd>
                <MoneyText value={groupLimit} />
              </dd>
            </div>
          ) : null}
          <div className="fact">
            <dt>{t('customer.parent')}</dt>
            <dd>{parent ? <Link to={`/customers/${parent.id}`}>{parent.name}</Link> : '—'}</dd>
          </div>
        </dl>
      </header>
      {maySeeCredit ? <CreditPanel id={customer.id} /> : null}
      <BlocksPanel customer={customer} />
    </article>
  );
}
