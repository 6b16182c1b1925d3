import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { ProblemError } from '../api/problem.js';
import type { OpportunityDetailView } from '../api/types.js';
import { CurrencySelect, FIRST_CURRENCY } from '../ui/currency-select.js';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useToast } from '../ui/toast.js';
import { dayFromNow } from './next-fields.js';
import { editDeal, fetchDeal, type DealEdit } from './opportunities.api.js';

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

/** What it was when the form was opened is what is changed; if somebody else changed it since, nothing of theirs is lost. */
function DealForm({ deal, onClose }: { deal: OpportunityDetailView; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const [opened] = useState(deal);
  const [need, setNeed] = useState(opened.need ?? '');
  const [terms, setTerms] = useState(opened.agreedTerms ?? '');
  const [buying, setBuying] = useState<string>(opened.buyingType ?? '');
  const [amount, setAmount] = useState(opened.amount?.amount ?? '');
  const [currency, setCurrency] = useState(opened.amount?.currency ?? FIRST_CURRENCY);
  const [close, setClose] = useState(opened.expectedClose ?? '');
  const command = useCommand<DealEdit, OpportunityDetailView>({
    run: editDeal,
    onSuccess: () => {
      toast(t('deal.saved'));
      onClose();
    },
  });
  const open = opened.stage !== 'WON' && opened.stage !== 'LOST';
  const isStale = command.error instanceof ProblemError && command.error.problem.code === 'VERSION_MISMATCH';
  const isPriced =
    amount.trim() !== (opened.amount?.amount ?? '') ||
    (amount.trim() !== '' && currency !== opened.amount?.currency);
  const send = (rowVersion: number): void =>
    command.mutate({
      id: opened.id,
      rowVersion,
      body: {
        ...(need === (opened.need ?? '') ? {} : { need: need.trim() || null }),
        ...(terms === (opened.agreedTerms ?? '') ? {} : { agreedTerms: terms.trim() || null }),
        ...(buying === (opened.buyingType ?? '')
          ? {}
          : { buyingType: TYPES.find((type) => type === buying) ?? null }),
        ...(open && isPriced
          ? { amount: amount.trim() === '' ? null : { amount: amount.trim(), currency } }
          : {}),
        ...(open && close !== '' && close !== (opened.expectedClose ?? '') ? { expectedClose: close } : {}),
      },
    });
  const overwrite = async (): Promise<void> => send((await fetchDeal(opened.id)).rowVersion);
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
        <Field label={t('deal.currency')}>
          {(control) => (
            <CurrencySelect {...control} disabled={!open} value={currency} onChange={setCurrency} />
          )}
        </Field>
        <Field label={t('deal.amount')}>
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
        <ProblemNote error={command.error}>
          {isStale ? (
            <>
              <Button onClick={onClose}>{t('editor.takeTheirs')}</Button>
              <Button onClick={() => void overwrite()}>{t('editor.keepMine')}</Button>
            </>
          ) : null}
        </ProblemNote>
        <div className="sheet-buttons">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="primary" loading={command.isPending} onClick={() => send(opened.rowVersion)}>
            {t('deal.save')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
