import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { OpportunityDetailView } from '../api/types.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { useToast } from '../ui/toast.js';
import { editDeal, type DealEdit } from './opportunities.api.js';

const FORECASTS = ['PIPELINE', 'BEST_CASE', 'COMMIT', 'OMITTED'] as const;

interface OwnViewSheetProps {
  deal: OpportunityDetailView;
  onClose: () => void;
}

/** How sure the seller is, beside what the stage says: both are kept, and why they differ. */
export function OwnViewSheet({ deal, onClose }: OwnViewSheetProps): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const [{ id, rowVersion, own }] = useState(deal);
  const [pct, setPct] = useState(own.probabilityPct ?? '');
  const [forecast, setForecast] = useState(own.forecast ?? '');
  const [reason, setReason] = useState(own.reason ?? '');
  const command = useCommand<DealEdit, OpportunityDetailView>({
    run: editDeal,
    onSuccess: () => {
      toast(t('deal.saved'));
      onClose();
    },
  });
  const isOwn = pct.trim() !== '' || forecast !== '';
  const send = (): void =>
    command.mutate({
      id,
      rowVersion,
      body: {
        own: {
          probabilityPct: pct.trim() || null,
          forecast: FORECASTS.find((known) => known === forecast) ?? null,
          reason: isOwn ? reason.trim() || null : null,
        },
      },
    });
  return (
    <Sheet title={t('deal.ownView')} onClose={onClose}>
      <Field label={t('deal.ownProbability')} hint={t('deal.ownHint')}>
        {(control) => (
          <input
            {...control}
            className="input"
            inputMode="decimal"
            maxLength={6}
            value={pct}
            onChange={(event) => setPct(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('deal.forecast')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={forecast}
            onChange={(event) => setForecast(event.target.value)}
          >
            <option value="">{t('deal.asStage')}</option>
            {FORECASTS.map((known) => (
              <option key={known} value={known}>
                {t(`deal.forecasts.${known}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {isOwn ? (
        <Field label={t('deal.reason')}>
          {(control) => (
            <textarea
              {...control}
              className="input"
              maxLength={500}
              required
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={isOwn && reason.trim() === ''}
          loading={command.isPending}
          onClick={send}
        >
          {t('deal.save')}
        </Button>
      </div>
    </Sheet>
  );
}
