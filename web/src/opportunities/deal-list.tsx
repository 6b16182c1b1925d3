import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OpportunityView } from '../api/types.js';
import { useFormat } from '../i18n/format.js';
import { LoadMore } from '../ui/load-more.js';
import { MoneyText } from '../ui/money-text.js';
import { usePaged } from '../ui/paged.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { Tag } from '../ui/tag.js';
import { dealName, DealTags } from './deal-card.js';
import { useDealFilter } from './deal-filters.js';
import { fetchDeals } from './opportunities.api.js';
import { useStageName } from './pipelines.js';
import '../ui/record-list.css';

export function DealList(): ReactElement {
  const { t } = useTranslation();
  const filter = useDealFilter();
  const { items, query } = usePaged<OpportunityView>({
    key: ['opportunities', 'list', filter],
    load: (cursor) => fetchDeals({ ...filter, cursor }),
  });
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError && items.length === 0)
    return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (items.length === 0) return <Empty text={t('pipe.empty')} />;
  return (
    <>
      <ul className="record-list">
        {items.map((deal) => (
          <li key={deal.id} className="record">
            <DealRow deal={deal} />
          </li>
        ))}
      </ul>
      <LoadMore query={query} />
    </>
  );
}

function DealRow({ deal }: { deal: OpportunityView }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const stageName = useStageName();
  return (
    <Link to={`/opportunities/${deal.id}`} className="record-link">
      <span className="row">
        <span className="strong">{dealName(deal)}</span>
        <Tag>{stageName(deal.pipeline, deal.stage)}</Tag>
        <DealTags deal={deal} />
      </span>
      <span className="strong num">
        <MoneyText value={deal.amount} />
      </span>
      <span className="small quiet">
        {[deal.number, deal.title ? deal.customer?.name : null, deal.owner.name].filter(Boolean).join(' · ')}
      </span>
      <span className="small quiet num">
        {deal.expectedClose ? t('pipe.close', { date: format.date(deal.expectedClose) }) : null}
      </span>
    </Link>
  );
}
