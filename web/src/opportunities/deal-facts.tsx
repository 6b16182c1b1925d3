import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { OpportunityDetailView } from '../api/types.js';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useToast } from '../ui/toast.js';
import { dayFromNow } from './next-fields.js';
import { editDeal, type DealEdit } from './opportunities.api.js';

const TYPES = ['NEW_TASK', 'MODIFIED_REBUY', 'STRAIGHT_REBUY'] as const;

/** What is known of the need and the terms; exit criteria ask for it. */
export function DealFacts({ deal }: { deal: OpportunityDetailView }): ReactElement {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  if (editing) return <DealForm deal={deal} onClose={() => setEditing(false)} />;
  return (
    <Panel
      title={t('deal.need')}
      note={
        deal.may.write ? (
          <Button size="small" onClick={() => setEditing(true)}>
            {t('deal.edit')}
          </Button>
        ) : null
      }
    >
      <p className={deal.need ? 'deal-text' : 'quiet'}>{deal.need ?? t('deal.none')}</p>
      <dl className="facts">
        <div className="fact">
          <dt>{t('deal.buyingType')}</dt>
          <dd>{deal.buyingType ? t(`deal.buyingTypes.${deal.buyingType}`) : t('deal.none')}</dd>
        </div>
        <div className="fact">
          <dt>{t('deal.agreedTerms')}</dt>
          <dd className="deal-text">{deal.agreedTerms ?? t('deal.none')}</dd>
        </div>
      </dl>
    </Panel>
  );
}

function DealForm({ deal, onClose }: { deal: OpportunityDetailView; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const [need, setNeed] = useState(deal.need ?? '');
  const [terms, setTerms] = useState(deal.agreedTerms ?? '');
  const [buying, setBuying] = useState<string>(deal.buyingType ?? '');
  const [amount, setAmount] = useState(deal.amount?.amount ?? '');
  const [close, setClose] = useState(deal.expectedClose ?? '');
  const command = useCommand<DealEdit, OpportunityDetailView>({
    run: editDeal,
    onSuccess: () => {
      toast(t('deal.saved'));
      onClose();
    },
  });
  const currency = deal.amount?.currency ?? 'CNY';
  const open = deal.stage !== 'WON' && deal.stage !== 'LOST';
  const send = (): void =>
    command.mutate({
      id: deal.id,
      rowVersion: deal.rowVersion,
      body: {
        need: need.trim() || null,
        agreedTerms: terms.trim() || null,
        buyingType: TYPES.find((type) => type === buying) ?? null,
        ...(open && amount !== (deal.amount?.amount ?? '')
          ? { amount: amount.trim() === '' ? null : { amount: amount.trim(), currency } }
          : {}),
        ...(open && close !== (deal.expectedClose ?? '') ? { expectedClose: close } : {}),
      },
    });
  const area = (label: string, value: string, set: (text: string) => void): ReactElement => (
    <Field label={label}>
      {(control) => (
        <textarea
          {...control}
          className="input"
          maxLength={2000}
          value={value}
          onChange={(event) => set(event.target.value)}
        />
      )}
    </Field>
  );
  return (
    <Panel title={t('deal.edit')}>
      <div className="stack">
        {area(t('deal.need'), need, setNeed)}
        {area(t('deal.agreedTerms'), terms, setTerms)}
        <Field label={t('deal.buyingType')}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={buying}
              onChange={(event) => setBuying(event.target.value)}
            >
              <option value="">{t('deal.none')}</option>
              {TYPES.map((type) => (
                <option key={type} value={type}>
                  {t(`deal.buyingTypes.${type}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={`${t('deal.amount')} (${currency})`}>
          {(control) => (
            <input
              {...control}
              className="input"
              inputMode="decimal"
              disabled={!open}
              value={amount}
              onChange={(event) => setAmount(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('deal.expectedClose')}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="date"
              disabled={!open}
              min={dayFromNow(0)}
              value={close}
              onChange={(event) => setClose(event.target.value)}
            />
          )}
        </Field>
        <ProblemNote error={command.error} />
        <div className="sheet-buttons">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="primary" loading={command.isPending} onClick={send}>
            {t('deal.save')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
