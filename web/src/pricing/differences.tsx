import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriceListDetail } from '../api/types.js';
import { Fetched, FetchFailed } from '../ui/fetched.js';
import { Field } from '../ui/field.js';
import { MoneyText } from '../ui/money-text.js';
import { Panel } from '../ui/panel.js';
import { nameOf } from './prices-page.js';
import { fetchDifferences, fetchPriceLists, listsKey } from './pricing.api.js';

/** What this version changes against another one. */
export function Differences({ list }: { list: PriceListDetail }): ReactElement | null {
  const { t } = useTranslation();
  const { id, currency } = list;
  const lists = useQuery({ queryKey: listsKey, queryFn: fetchPriceLists });
  const others = (lists.data ?? []).filter((one) => one.currency === currency && one.id !== id);
  const [chosen, setChosen] = useState('');
  const against = chosen || (others[0]?.id ?? '');
  const differences = useQuery({
    queryKey: [...listsKey, id, 'diff', against],
    queryFn: () => fetchDifferences(id, against),
    enabled: against !== '',
  });
  if (lists.error) return <FetchFailed query={lists} />;
  if (others.length === 0) return null;
  const pair = (prices: { list: string; floor: string } | null): ReactElement =>
    prices ? (
      <>
        <MoneyText value={{ amount: prices.list, currency }} /> /{' '}
        <MoneyText value={{ amount: prices.floor, currency }} />
      </>
    ) : (
      <>—</>
    );
  return (
    <Panel title={t('pricing.diff')} note={t('pricing.diffNote')}>
      <Field label={t('pricing.against')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={against}
            onChange={(event) => setChosen(event.target.value)}
          >
            {others.map((other) => (
              <option key={other.id} value={other.id}>
                {nameOf(other)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Fetched query={differences}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="quiet">{t('pricing.same')}</p>
          ) : (
            <div className="table-scroll" tabIndex={0} role="region" aria-label={t('pricing.diff')}>
              <table className="grid-table">
                <thead>
                  <tr>
                    <th scope="col">{t('quote.product')}</th>
                    <th scope="col" className="num">
                      {t('pricing.minQty')}
                    </th>
                    <th scope="col">{t('pricing.before')}</th>
                    <th scope="col">{t('pricing.after')}</th>
                    <th scope="col" className="num">
                      %
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={`${row.productId}/${row.minQty}`}>
                      <td>{row.name}</td>
                      <td className="num">{row.minQty}</td>
                      <td>{pair(row.before)}</td>
                      <td>{pair(row.after)}</td>
                      <td className="num">{row.movePct ?? '—'}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Fetched>
    </Panel>
  );
}
