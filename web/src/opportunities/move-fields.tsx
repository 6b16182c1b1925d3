import { useId, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpportunityDetailView } from '../api/types.js';
import { useWords } from '../i18n/two-words.js';
import { dayFromNow } from '../ui/day.js';
import { Field } from '../ui/field.js';
import { usePipelines } from './pipelines.js';

export interface MoveInput {
  reason: string;
  lostReason: string;
  competitor: string;
  resumeOn: string;
}

interface MoveFieldsProps {
  deal: OpportunityDetailView;
  stage: string;
  order: readonly string[];
  value: MoveInput;
  onChange: (value: MoveInput) => void;
}

/** The questions of a move that are not about exit criteria. */
export function MoveFields({ deal, stage, order, value, onChange }: MoveFieldsProps): ReactElement {
  const { t } = useTranslation();
  const label = useWords();
  const names = useId();
  const reasons = usePipelines().find(({ key }) => key === deal.pipeline)?.lossReasons ?? [];
  const closed = deal.stage === 'WON' || deal.stage === 'LOST';
  const back = !['WON', 'LOST'].includes(stage) && order.indexOf(stage) < order.indexOf(deal.openStage);
  const needsReason = stage === 'ON_HOLD' || back || (closed && !['WON', 'LOST'].includes(stage));
  return (
    <>
      {stage === 'LOST' ? (
        <>
          <Field label={t('deal.lostReason')}>
            {(control) => (
              <select
                {...control}
                className="input"
                value={value.lostReason}
                onChange={(event) => onChange({ ...value, lostReason: event.target.value })}
              >
                <option value="" />
                {reasons.map(({ key, name }) => (
                  <option key={key} value={key}>
                    {label(name)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('deal.lostTo')}>
            {(control) => (
              <>
                <input
                  {...control}
                  className="input"
                  list={names}
                  maxLength={200}
                  value={value.competitor}
                  onChange={(event) => onChange({ ...value, competitor: event.target.value })}
                />
                <datalist id={names}>
                  {deal.competitors.map(({ id, name }) => (
                    <option key={id} value={name} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
        </>
      ) : null}
      {stage === 'ON_HOLD' ? (
        <Field label={t('deal.resumeOn')}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="date"
              min={dayFromNow(1)}
              value={value.resumeOn}
              onChange={(event) => onChange({ ...value, resumeOn: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      {needsReason || stage === 'LOST' ? (
        <Field label={t('deal.reason')}>
          {(control) => (
            <textarea
              {...control}
              className="input"
              maxLength={500}
              required={needsReason}
              value={value.reason}
              onChange={(event) => onChange({ ...value, reason: event.target.value })}
            />
          )}
        </Field>
      ) : null}
    </>
  );
}
