import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.js';
import { FIRST_CURRENCY } from '../ui/currency-select.js';
import { Fetched } from '../ui/fetched.js';
import { MoneyText } from '../ui/money-text.js';
import { Panel } from '../ui/panel.js';
import { EffectiveTable } from './effective-table.js';
import { EntryForm } from './entry-form.js';
import { enterCosts, fetchCosts, fetchProducts } from './pricing.api.js';

/** For whoever may see cost. */
export function CostsPanel(): ReactElement | null {
  const may = useMay();
  return may('cost:read') ? <Costs mayWrite={may('price:write')} /> : null;
}

function Costs({ mayWrite }: { mayWrite: boolean }): ReactElement {
  const { t } = useTranslation();
  const costs = useQuery({ queryKey: ['product-costs'], queryFn: fetchCosts });
  const products = useQuery({ queryKey: ['catalogue', 'products'], queryFn: fetchProducts });
  const options = (products.data ?? []).map(({ id, name }) => ({ value: id, text: name }));
  return (
    <Panel title={t('pricing.costs')} note={t('pricing.costsNote')}>
      <Fetched query={costs}>
        {(rows) => (
          <EffectiveTable
            label={t('pricing.costs')}
            rows={rows}
            columns={[
              { title: t('quote.product'), of: ({ name }) => name },
              {
                title: t('quote.cost'),
                of: ({ cost, currency }) => <MoneyText value={{ amount: cost, currency }} />,
                num: true,
              },
            ]}
          />
        )}
      </Fetched>
      {mayWrite ? (
        <EntryForm
          fields={[
            { name: 'productId', label: t('quote.product'), options },
            { name: 'currency', label: t('pricing.currency') },
            { name: 'cost', label: t('quote.cost') },
            { name: 'source', label: t('pricing.source'), isOptional: true },
          ]}
          initial={{ productId: '', currency: FIRST_CURRENCY, cost: '', source: '' }}
          bodyOf={({ productId = '', currency = '', cost = '', source = '' }, validity) => ({
            costs: [{ productId, currency, cost }],
            source,
            ...validity,
          })}
          run={enterCosts}
        />
      ) : null}
    </Panel>
  );
}
