import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.js';
import { CustomerPicker } from '../quotes/customer-picker.js';
import { Fetched } from '../ui/fetched.js';
import { MoneyText } from '../ui/money-text.js';
import { Panel } from '../ui/panel.js';
import { PercentText } from '../ui/percent-text.js';
import { EffectiveTable } from './effective-table.js';
import { EntryForm } from './entry-form.js';
import { enterRebate, fetchProducts, fetchRebates } from './pricing.api.js';

/** Steps of a rebate are reached in it, whatever a quotation is in. */
const BASE_CURRENCY = 'CNY';

/** For whoever may see cost. */
export function RebatesPanel(): ReactElement | null {
  const may = useMay();
  return may('cost:read') ? <Rebates mayWrite={may('price:write')} /> : null;
}

function Rebates({ mayWrite }: { mayWrite: boolean }): ReactElement {
  const { t } = useTranslation();
  const rebates = useQuery({ queryKey: ['rebates'], queryFn: fetchRebates });
  const products = useQuery({ queryKey: ['catalogue', 'products'], queryFn: fetchProducts });
  const options = (products.data ?? []).map(({ id, name }) => ({ value: id, text: name }));
  return (
    <Panel title={t('pricing.rebates')} note={t('pricing.rebatesNote')}>
      <Fetched query={rebates}>
        {(rows) => (
          <EffectiveTable
            label={t('pricing.rebates')}
            rows={rows}
            columns={[
              { title: t('editor.customer'), of: ({ customer }) => customer?.name ?? '—' },
              { title: t('quote.product'), of: ({ product }) => product?.name ?? '—' },
              {
                title: t('pricing.fromAmount'),
                of: ({ fromAmount }) => <MoneyText value={{ amount: fromAmount, currency: BASE_CURRENCY }} />,
                num: true,
              },
              { title: '%', of: ({ pct }) => <PercentText value={pct} />, num: true },
            ]}
          />
        )}
      </Fetched>
      {mayWrite ? (
        <EntryForm
          fields={[
            {
              name: 'customerId',
              label: t('editor.customer'),
              render: (control, value, onChange) => (
                <CustomerPicker
                  id={control.id}
                  value={value}
                  invalid={false}
                  describedBy={control['aria-describedby']}
                  onChange={onChange}
                />
              ),
            },
            { name: 'productId', label: t('quote.product'), options, isOptional: true },
            { name: 'fromAmount', label: t('pricing.fromAmount'), isOptional: true },
            { name: 'pct', label: t('pricing.rebatePct') },
            { name: 'source', label: t('pricing.source'), isOptional: true },
          ]}
          initial={{ customerId: '', productId: '', fromAmount: '', pct: '', source: '' }}
          bodyOf={({ customerId, productId, fromAmount, pct = '', source }, validity) => ({
            pct,
            ...(customerId ? { customerId } : {}),
            ...(productId ? { productId } : {}),
            ...(fromAmount ? { fromAmount } : {}),
            ...(source ? { source } : {}),
            ...validity,
          })}
          run={enterRebate}
        />
      ) : null}
    </Panel>
  );
}
