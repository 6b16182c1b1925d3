import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OpportunityView } from '../api/types.js';
import { useFormat } from '../i18n/format.js';
import { MoneyText } from '../ui/money-text.js';
import { Tag } from '../ui/tag.js';

export function dealName({
  title,
  customer,
  number,
}: Pick<OpportunityView, 'title' | 'customer' | 'number'>): string {
  return title ?? customer?.name ?? number;
}

/** What is wrong with a deal, in words and colour. */
export function DealTags({ deal }: { deal: OpportunityView }): ReactElement | null {
  const { t } = useTranslation();
  if (!deal.stuckAt && !deal.slippedAt) return null;
  return (
    <span className="row">
      {deal.stuckAt ? <Tag tone="warn">{t('pipe.stuck')}</Tag> : null}
      {deal.droppedAt ? (
        <Tag tone="bad">{t('pipe.droppedTag')}</Tag>
      ) : deal.slippedAt ? (
        <Tag tone="bad">{t('pipe.slipped')}</Tag>
      ) : null}
    </span>
  );
}

interface DealCardProps {
  deal: OpportunityView;
  onMove: (deal: OpportunityView) => void;
}

/** Dragged with a pointer; everybody else has "move to…". */
export function DealCard({ deal, onMove }: DealCardProps): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <article
      className="deal-card"
      draggable={deal.mayWrite}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/deal', deal.id);
        event.dataTransfer.effectAllowed = 'move';
      }}
    >
      <Link to={`/opportunities/${deal.id}`} className="strong" draggable={false}>
        {dealName(deal)}
      </Link>
      {deal.title ? <span className="small quiet">{deal.customer?.name ?? t('pipe.noCustomer')}</span> : null}
      <span className="row">
        <span className="strong num">
          <MoneyText value={deal.amount} />
        </span>
        <span className="small quiet num">{format.percent(deal.probabilityPct)}</span>
      </span>
      <span className="small quiet">
        {deal.next
          ? t('pipe.next', { what: deal.next.subject, date: format.date(deal.next.plannedOn) })
          : t('pipe.noNext')}
      </span>
      {deal.expectedClose ? (
        <span className="small quiet">{t('pipe.close', { date: format.date(deal.expectedClose) })}</span>
      ) : null}
      <DealTags deal={deal} />
      <span className="row deal-card-foot">
        <span className="small quiet">{deal.owner.name}</span>
        {deal.mayWrite ? (
          <Button
            size="small"
            aria-label={t('pipe.moveDeal', { name: dealName(deal) })}
            onClick={() => onMove(deal)}
          >
            {t('pipe.moveTo')}
          </Button>
        ) : null}
      </span>
    </article>
  );
}
