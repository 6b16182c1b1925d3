import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { OpportunityDetailView } from '../api/types.js';
import { useFormat } from '../i18n/format.js';
import { CurrencySelect, FIRST_CURRENCY } from '../ui/currency-select.js';
import { dayFromNow } from '../ui/day.js';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { StaleChoice } from '../ui/stale-choice.js';
import { useToast } from '../ui/toast.js';
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

/**
 * What it was when the form was opened is what is changed. If somebody else changed it since, theirs is shown beside each field
 * and overwritten only where something was typed, and only when whoever typed it says so.
 */
function DealForm({ deal, onClose }: { deal: OpportunityDetailView; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const format = useFormat();
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
  const theirs = (before: string | null, now: string | null): string | undefined =>
    now === before ? undefined : t('deal.nowIs', { value: now ?? t('deal.none') });
  const amountOf = ({ amount: is }: OpportunityDetailView): string | null => is && format.money(is);
  const typeOf = ({ buyingType }: OpportunityDetailView): string | null =>
    buyingType && t(`deal.buyingTypes.${buyingType}`);
  const area = (
    label: string,
    hint: string | undefined,
    value: string,
    set: (text: string) => void,
  ): ReactElement => (
    <Field label={label} hint={hint}>
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
        {area(t('deal.need'), theirs(opened.need, deal.need), need, setNeed)}
        {area(t('deal.agreedTerms'), theirs(opened.agreedTerms, deal.agreedTerms), terms, setTerms)}
        <Field label={t('deal.buyingType')} hint={theirs(typeOf(opened), typeOf(deal))}>
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
        <Field label={t('deal.amount')} hint={theirs(amountOf(opened), amountOf(deal))}>
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
        <Field label={t('deal.expectedClose')} hint={theirs(opened.expectedClose, deal.expectedClose)}>
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
        <StaleChoice
          error={command.error}
          isReread={deal.rowVersion !== command.variables?.rowVersion}
          onTakeTheirs={onClose}
          onKeepMine={() => send(deal.rowVersion)}
        />
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
