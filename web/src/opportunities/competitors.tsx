import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { OpportunityDetailView } from '../api/types.js';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { Tag } from '../ui/tag.js';
import { dropCompetitor, nameCompetitor } from './opportunities.api.js';

/** Who else is after the deal, and what they are strong in (D8). */
export function Competitors({ deal }: { deal: OpportunityDetailView }): ReactElement {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const drop = useCommand({ run: dropCompetitor });
  return (
    <Panel
      title={t('deal.competitors')}
      note={
        deal.may.write ? (
          <Button size="small" onClick={() => setAdding(true)}>
            {t('deal.addCompetitor')}
          </Button>
        ) : null
      }
    >
      {deal.competitors.length === 0 ? <p className="quiet">{t('deal.noCompetitors')}</p> : null}
      <ul className="deal-list">
        {deal.competitors.map(({ id, name, strengths, outcome }) => (
          <li key={id} className="row">
            <span>
              <span className="strong">{name}</span>{' '}
              {outcome === 'LOST_TO' || outcome === 'WON_AGAINST' ? (
                <Tag tone={outcome === 'LOST_TO' ? 'bad' : 'good'}>{t(`deal.outcome.${outcome}`)}</Tag>
              ) : null}
              {strengths ? <span className="small quiet deal-text"> {strengths}</span> : null}
            </span>
            {deal.may.write && outcome === null ? (
              <Button
                size="small"
                aria-label={t('deal.remove', { name })}
                loading={drop.isPending}
                onClick={() => drop.mutate({ id: deal.id, competitorId: id })}
              >
                ✕
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ProblemNote error={drop.error} />
      {adding ? <CompetitorSheet id={deal.id} onClose={() => setAdding(false)} /> : null}
    </Panel>
  );
}

function CompetitorSheet({ id, onClose }: { id: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [strengths, setStrengths] = useState('');
  const command = useCommand({ run: nameCompetitor, onSuccess: onClose });
  const send = (): void =>
    command.mutate({ id, name: name.trim(), ...(strengths.trim() ? { strengths: strengths.trim() } : {}) });
  return (
    <Sheet title={t('deal.addCompetitor')} onClose={onClose}>
      <Field label={t('deal.competitorName')}>
        {(control) => (
          <input
            {...control}
            className="input"
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('deal.strengths')}>
        {(control) => (
          <textarea
            {...control}
            className="input"
            maxLength={1000}
            value={strengths}
            onChange={(event) => setStrengths(event.target.value)}
          />
        )}
      </Field>
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button type="primary" disabled={name.trim() === ''} loading={command.isPending} onClick={send}>
          {t('deal.save')}
        </Button>
      </div>
    </Sheet>
  );
}
