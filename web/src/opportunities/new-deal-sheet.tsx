import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { OpportunityDetailView } from '../api/types.js';
import { useWords } from '../i18n/two-words.js';
import { CustomerPicker } from '../quotes/customer-picker.js';
import { CurrencySelect, FIRST_CURRENCY } from '../ui/currency-select.js';
import { dayFromNow } from '../ui/day.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { useDealFilter } from './deal-filters.js';
import { nextGiven, noNext, NextFields } from './next-fields.js';
import { createDeal } from './opportunities.api.js';
import { usePipelines } from './pipelines.js';

type Body = Parameters<typeof createDeal>[0];

interface NewDealSheetProps {
  onClose: () => void;
  onDone: (deal: OpportunityDetailView) => void;
}

/** The least a deal needs: for whom, about what, by when, and what is done next. */
export function NewDealSheet({ onClose, onDone }: NewDealSheetProps): ReactElement {
  const { t } = useTranslation();
  const label = useWords();
  const pipelines = usePipelines();
  const [customerId, setCustomerId] = useState('');
  const [title, setTitle] = useState('');
  const [pipeline, setPipeline] = useState(useDealFilter().pipeline);
  const [amount, setAmount] = useState('');
  const [currency, setCurrency] = useState(FIRST_CURRENCY);
  const [expectedClose, setExpectedClose] = useState(dayFromNow(30));
  const [next, setNext] = useState(noNext());
  const command = useCommand<Body, OpportunityDetailView>({ run: createDeal, onSuccess: onDone });
  const given = nextGiven(next);
  const send = (): void => {
    if (!given) return;
    command.mutate({
      customerId,
      pipeline,
      expectedClose,
      next: given,
      ...(title.trim() ? { title: title.trim() } : {}),
      ...(amount.trim() ? { amount: { amount: amount.trim(), currency } } : {}),
    });
  };
  return (
    <Sheet title={t('pipe.new')} onClose={onClose}>
      <Field label={t('deal.customer')}>
        {(control) => (
          <CustomerPicker
            id={control.id}
            value={customerId}
            invalid={false}
            describedBy={control['aria-describedby']}
            onChange={setCustomerId}
          />
        )}
      </Field>
      <Field label={t('deal.name')}>
        {(control) => (
          <input
            {...control}
            className="input"
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('pipe.pipeline')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={pipeline}
            onChange={(event) => setPipeline(event.target.value)}
          >
            {pipelines.map(({ key, name }) => (
              <option key={key} value={key}>
                {label(name)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('deal.currency')}>
        {(control) => <CurrencySelect {...control} value={currency} onChange={setCurrency} />}
      </Field>
      <Field label={t('deal.amount')}>
        {(control) => (
          <input
            {...control}
            className="input"
            inputMode="decimal"
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
            min={dayFromNow(0)}
            value={expectedClose}
            onChange={(event) => setExpectedClose(event.target.value)}
          />
        )}
      </Field>
      <NextFields value={next} onChange={setNext} />
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={customerId === '' || !given}
          loading={command.isPending}
          onClick={send}
        >
          {t('pipe.new')}
        </Button>
      </div>
    </Sheet>
  );
}
