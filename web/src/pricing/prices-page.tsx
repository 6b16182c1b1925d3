import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useCommand } from '../api/intent.js';
import type { PriceListBody, PriceListDetail, PriceListSummary } from '../api/types.js';
import { FIRST_CURRENCY } from '../ui/currency-select.js';
import { Field } from '../ui/field.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { StateTag } from '../ui/state-tag.js';
import { CostsPanel } from './costs-panel.js';
import { createPriceList, fetchPriceLists, listsKey } from './pricing.api.js';
import { RatesPanel } from './rates-panel.js';
import { RebatesPanel } from './rebates-panel.js';
import { Validity } from './validity.js';
import './pricing.css';

/** Price lists and what finance keeps beside them. */
export function PricesPage(): ReactElement {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: listsKey, queryFn: fetchPriceLists });
  return (
    <>
      <header className="page-head">
        <h1>{t('pricing.title')}</h1>
      </header>
      <div className="stack">
        <Panel title={t('pricing.lists')}>
          {query.isPending ? (
            <Loading rows={4} />
          ) : query.isError ? (
            <Failure error={query.error} onRetry={() => void query.refetch()} />
          ) : query.data.length === 0 ? (
            <Empty text={t('pricing.empty')} />
          ) : (
            <Lists lists={query.data} />
          )}
          <NewList lists={query.data ?? []} />
        </Panel>
        <RatesPanel />
        <CostsPanel />
        <RebatesPanel />
      </div>
    </>
  );
}

function Lists({ lists }: { lists: readonly PriceListSummary[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t('pricing.lists')}>
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{t('pricing.list')}</th>
            <th scope="col">{t('pricing.state')}</th>
            <th scope="col">{t('pricing.valid')}</th>
            <th scope="col" className="num">
              {t('pricing.items')}
            </th>
            <th scope="col">{t('pricing.people')}</th>
          </tr>
        </thead>
        <tbody>
          {lists.map((list) => (
            <tr key={list.id}>
              <td>
                <Link to={`/prices/${list.id}`}>{nameOf(list)}</Link>
              </td>
              <td>
                <StateTag state={list.state === 'ACTIVE' ? 'EFFECTIVE' : list.state} />
              </td>
              <td>
                <Validity from={list.validFrom} to={list.validTo} />
              </td>
              <td className="num">{list.items}</td>
              <td>{[...list.authors, ...(list.reviewer ? [list.reviewer] : [])].join(' → ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function nameOf({
  currency,
  tier,
  region,
  version,
}: Pick<PriceListSummary, 'currency' | 'tier' | 'region' | 'version'>): string {
  return [currency, tier, region, `v${version}`].filter((part) => part !== '').join(' · ');
}

function NewList({ lists }: { lists: readonly PriceListSummary[] }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState({ basedOn: '', currency: FIRST_CURRENCY, tier: '', region: '' });
  const command = useCommand<PriceListBody, PriceListDetail>({
    run: createPriceList,
    onSuccess: ({ id }) => navigate(`/prices/${id}`),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { basedOn, ...segment } = typed;
    command.mutate({ ...segment, ...(basedOn === '' ? {} : { basedOn }) });
  };
  const base = (id: string): void => {
    const list = lists.find((one) => one.id === id);
    setTyped(
      list
        ? { basedOn: id, currency: list.currency, tier: list.tier, region: list.region }
        : { ...typed, basedOn: '' },
    );
  };
  return (
    <form className="price-form" onSubmit={submit}>
      <Field label={t('pricing.basedOn')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={typed.basedOn}
            onChange={(event) => base(event.target.value)}
          >
            <option value="">{t('pricing.fromNothing')}</option>
            {lists.map((list) => (
              <option key={list.id} value={list.id}>
                {nameOf(list)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {(['currency', 'tier', 'region'] as const).map((name) => (
        <Field key={name} label={t(`pricing.${name}`)}>
          {(control) => (
            <input
              {...control}
              className="input"
              required={name === 'currency'}
              value={typed[name]}
              onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Button type="primary" htmlType="submit" loading={command.isPending}>
        {t('pricing.newVersion')}
      </Button>
      <ProblemNote error={command.error} />
    </form>
  );
}
