import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { PriceListDetail } from '../api/types.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { StateTag } from '../ui/state-tag.js';
import { Differences } from './differences.js';
import { ListActions } from './list-actions.js';
import { nameOf } from './prices-page.js';
import { fetchPriceList, listsKey } from './pricing.api.js';
import { StepsEditor } from './steps-editor.js';
import { Validity } from './validity.js';
import './pricing.css';

export function PriceListPage(): ReactElement {
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: [...listsKey, id], queryFn: () => fetchPriceList(id) });
  if (query.data) return <ListView key={`${id}/${query.data.rowVersion}`} list={query.data} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading rows={8} />;
}

function ListView({ list }: { list: PriceListDetail }): ReactElement {
  const { t } = useTranslation();
  return (
    <article className="stack" aria-labelledby="list-title">
      <header className="panel stack">
        <div className="row">
          <Link to="/prices" className="small">
            ← {t('pricing.title')}
          </Link>
          <StateTag state={list.state === 'ACTIVE' ? 'EFFECTIVE' : list.state} />
        </div>
        <h1 id="list-title">{nameOf(list)}</h1>
        <p className="quiet">
          {t('pricing.valid')} <Validity from={list.validFrom} to={list.validTo} />
          {list.authors.length > 0 ? ` · ${list.authors.join(', ')}` : ''}
          {list.reviewer ? ` → ${list.reviewer}` : ''}
        </p>
        {list.note ? <p>{list.note}</p> : null}
        {list.reviewReason ? <p className="note">{list.reviewReason}</p> : null}
        <ListActions list={list} />
      </header>
      <Panel title={t('pricing.items')}>
        <StepsEditor list={list} />
      </Panel>
      <Differences list={list} />
    </article>
  );
}
