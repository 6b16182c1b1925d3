import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeliveryView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { Field } from '../ui/field.js';
import { LoadMore } from '../ui/load-more.js';
import { usePaged } from '../ui/paged.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { useUrlFilters } from '../ui/url-filters.js';
import { fetchEndpoints } from './channels.api.js';
import { DELIVERY_STATES, fetchDeliveries } from './deliveries.api.js';
import { DeliveryRow } from './delivery-row.js';
import '../ui/log-list.css';

const REFRESH_MS = 10_000;

/** The delivery log: every message to people and systems, and what became of it. */
export function DeliveriesPage(): ReactElement {
  const { t } = useTranslation();
  const url = useUrlFilters();
  const filters = { state: url.pick('state', DELIVERY_STATES), endpointId: url.get('endpointId') };
  const { items, query } = usePaged<DeliveryView>({
    key: ['deliveries', filters],
    load: (cursor) => fetchDeliveries(filters, cursor),
    refreshMs: REFRESH_MS,
  });
  return (
    <>
      <header className="page-head">
        <h1>{t('deliveries.title')}</h1>
        <Link to="/ops">{t('deliveries.toOps')}</Link>
      </header>
      <div className="stack">
        <DeliveryFilterBar />
        {query.isPending ? (
          <Loading rows={8} />
        ) : query.isError && items.length === 0 ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : items.length === 0 ? (
          <Empty text={t(filters.state || filters.endpointId ? 'deliveries.noneSuch' : 'deliveries.none')} />
        ) : (
          <>
            <ul className="log-list">
              {items.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} />
              ))}
            </ul>
            <LoadMore query={query} />
          </>
        )}
      </div>
    </>
  );
}

function DeliveryFilterBar(): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const { get, set } = useUrlFilters();
  const endpoints = useQuery({ queryKey: ['ops', 'channels'], queryFn: fetchEndpoints });
  return (
    <div className="filters">
      <Field label={t('deliveries.endpoint')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={get('endpointId') ?? ''}
            onChange={(event) => set({ endpointId: event.target.value })}
          >
            <option value="">{t('deliveries.anyEndpoint')}</option>
            {(endpoints.data ?? []).map(({ id, channel, name }) => (
              <option key={id} value={id}>
                {channel === 'MAIL' ? t('channels.kind.MAIL') : `${t(`channels.kind.${channel}`)} · ${name}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('deliveries.state')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={get('state') ?? ''}
            onChange={(event) => set({ state: event.target.value })}
          >
            <option value="">{t('deliveries.anyState')}</option>
            {DELIVERY_STATES.map((state) => (
              <option key={state} value={state}>
                {words('deliveryState', state)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}
