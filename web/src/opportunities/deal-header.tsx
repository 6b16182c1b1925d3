import { Button } from 'antd';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpportunityDetailView } from '../api/types.js';
import { useFormat } from '../i18n/format.js';
import { useWords } from '../i18n/two-words.js';
import { MoneyText } from '../ui/money-text.js';
import { Panel } from '../ui/panel.js';
import { DateText } from '../ui/when.js';
import { dealName, DealTags } from './deal-card.js';
import { MoveSheet } from './move-sheet.js';
import { OwnViewSheet } from './own-view-sheet.js';
import { usePipelines } from './pipelines.js';

export function DealHeader({ deal }: { deal: OpportunityDetailView }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const [moving, setMoving] = useState(false);
  const [judging, setJudging] = useState(false);
  const active = !['WON', 'LOST', 'ON_HOLD'].includes(deal.stage);
  return (
    <Panel title={t('deal.amount')} className="deal-head">
      <div className="row">
        <h1 id="deal-title">{dealName(deal)}</h1>
        <span className="small quiet">{deal.number}</span>
        <DealTags deal={deal} />
        {deal.may.write && active ? (
          <Button className="deal-move" onClick={() => setJudging(true)}>
            {t('deal.ownView')}
          </Button>
        ) : null}
        {deal.may.write ? (
          <Button type="primary" className="deal-move" onClick={() => setMoving(true)}>
            {t('deal.move')}
          </Button>
        ) : null}
      </div>
      <dl className="facts">
        <Fact label={t('deal.customer')}>{deal.customer?.name ?? t('pipe.noCustomer')}</Fact>
        <Fact label={t('deal.amount')}>
          <MoneyText value={deal.amount} />
        </Fact>
        <Fact label={t('deal.expectedClose')}>
          <DateText on={deal.expectedClose} />
        </Fact>
        <Fact label={t('deal.probability')}>
          {format.percent(deal.probabilityPct)}
          {deal.own.probabilityPct === null ? null : (
            <span className="small quiet">
              {' '}
              {t('deal.byStage', { value: format.percent(deal.auto.probabilityPct) })}
            </span>
          )}
        </Fact>
        <Fact label={t('deal.forecast')}>
          {t(`deal.forecasts.${deal.forecast}`)}
          {deal.own.forecast === null ? null : (
            <span className="small quiet">
              {' '}
              {t('deal.byStage', { value: t(`deal.forecasts.${deal.auto.forecast}`) })}
            </span>
          )}
        </Fact>
        <Fact label={t('pipe.owner')}>{deal.owner.name}</Fact>
      </dl>
      <Notes deal={deal} />
      {judging ? <OwnViewSheet deal={deal} onClose={() => setJudging(false)} /> : null}
      {moving ? <MoveSheet dealId={deal.id} onClose={() => setMoving(false)} /> : null}
    </Panel>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Notes({ deal }: { deal: OpportunityDetailView }): ReactElement | null {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useWords();
  const reasons = usePipelines().find(({ key }) => key === deal.pipeline)?.lossReasons ?? [];
  const reason = reasons.find(({ key }) => key === deal.lostReason);
  const notes = [
    deal.stuckAt ? t('deal.stuckNote', { date: format.date(deal.contactAt) }) : null,
    deal.droppedAt ? t('deal.droppedNote') : deal.slippedAt ? t('deal.slippedNote') : null,
    deal.stage === 'ON_HOLD' && deal.resumeOn
      ? t('deal.heldUntil', { date: format.date(deal.resumeOn) })
      : null,
    deal.stage === 'LOST' && deal.lostReason
      ? t('deal.lostFor', { reason: reason ? label(reason.name) : deal.lostReason })
      : null,
  ].filter((note) => note !== null);
  if (notes.length === 0) return null;
  return (
    <div className="note tone-warn">
      <div className="note-text">
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
    </div>
  );
}
