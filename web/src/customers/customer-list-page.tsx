import { useCallback, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CustomerView } from '../api/types.js';
import { LoadMore } from '../ui/load-more.js';
import { usePaged } from '../ui/paged.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { SearchBox } from '../ui/search-box.js';
import { Tag } from '../ui/tag.js';
import { useUrlFilters } from '../ui/url-filters.js';
import { searchCustomers } from './customers.api.js';
import '../ui/record-list.css';

const PAGE = 50;

/** Customers by name; who is blocked shows at a glance. */
export function CustomerListPage(): ReactElement {
  const { t } = useTranslation();
  const url = useUrlFilters();
  const { set } = url;
  const search = url.get('search');
  const look = useCallback((text: string) => set({ search: text.trim() }), [set]);
  const { items, query } = usePaged<CustomerView>({
    key: ['customers', search],
    load: (cursor) => searchCustomers(search, PAGE, cursor),
  });
  return (
    <>
      <header className="page-head">
        <h1>{t('customer.listTitle')}</h1>
      </header>
      <div className="stack">
        <SearchBox label={t('customer.search')} value={search ?? ''} onSearch={look} />
        {query.isPending ? (
          <Loading rows={8} />
        ) : query.isError && items.length === 0 ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : items.length === 0 ? (
          <Empty text={t('customer.empty')} />
        ) : (
          <>
            <ul className="record-list">
              {items.map((customer) => (
                <li key={customer.id} className="record">
                  <Link to={`/customers/${customer.id}`} className="record-link">
                    <span className="row">
                      <span className="strong">{customer.name}</span>
                      {customer.block ? <Tag tone="bad">{t('customer.blocked')}</Tag> : null}
                    </span>
                    <span className="small quiet">{customer.sector}</span>
                    <span className="small quiet">{customer.country}</span>
                  </Link>
                </li>
              ))}
            </ul>
            <LoadMore query={query} />
          </>
        )}
      </div>
    </>
  );
}
