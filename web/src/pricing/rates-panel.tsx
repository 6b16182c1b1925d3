import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.js';
import { dayFromNow } from '../ui/day.js';
import { Fetched } from '../ui/fetched.js';
import { Panel } from '../ui/panel.js';
import { DateText } from '../ui/when.js';
import { EffectiveTable } from './effective-table.js';
import { EntryForm } from './entry-form.js';
import { enterRates, fetchRates } from './pricing.api.js';

export function RatesPanel(): ReactElement {
  const { t } = useTranslation();
  const may = useMay();
  const rates = useQuery({ queryKey: ['fx-rates'], queryFn: fetchRates });
  return (
    <Panel title={t('pricing.rates')} note={t('pricing.ratesNote')}>
      <Fetched query={rates}>
        {(rows) => (
          <EffectiveTable
            label={t('pricing.rates')}
            rows={rows}
            columns={[
              { title: t('pricing.currency'), of: ({ currency }) => currency },
              { title: t('pricing.rate'), of: ({ rate }) => rate, num: true },
              { title: t('pricing.asOf'), of: ({ asOf }) => <DateText on={asOf} /> },
            ]}
          />
        )}
      </Fetched>
      {may('price:write') ? (
        <EntryForm
          fields={[
            { name: 'currency', label: t('pricing.currency') },
            { name: 'rate', label: t('pricing.rate') },
            { name: 'asOf', label: t('pricing.asOf'), type: 'date' },
            { name: 'source', label: t('pricing.source'), isOptional: true },
          ]}
          initial={{ currency: 'USD', rate: '', asOf: dayFromNow(0), source: '' }}
          bodyOf={({ currency = '', rate = '', asOf = '', source = '' }, validity) => ({
            rates: [{ currency, rate, asOf }],
            source,
            ...validity,
          })}
          run={enterRates}
        />
      ) : null}
    </Panel>
  );
}
