import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { PriceListDetail } from '../api/types.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { ReasonSheet } from '../ui/reason-sheet.js';
import { useToast } from '../ui/toast.js';
import {
  discardPriceList,
  publishPriceList,
  recallPriceList,
  sendBackPriceList,
  submitPriceList,
  withdrawPriceList,
} from './pricing.api.js';

type Act = 'SUBMIT' | 'APPROVE' | 'RECALL' | 'DISCARD' | 'WITHDRAW';

/** What may be done with a version now; publishing is somebody else's. */
export function ListActions({ list }: { list: PriceListDetail }): ReactElement | null {
  const { t } = useTranslation();
  const toast = useToast();
  const [from, setFrom] = useState('');
  const [sendingBack, setSendingBack] = useState(false);
  const command = useCommand<Act, PriceListDetail>({
    run: (act, key) => {
      switch (act) {
        case 'SUBMIT':
          return submitPriceList(list, from === '' ? {} : { validFrom: new Date(from).toISOString() }, key);
        case 'APPROVE':
          return publishPriceList(list, key);
        case 'RECALL':
          return recallPriceList(list, key);
        case 'DISCARD':
          return discardPriceList(list, key);
        case 'WITHDRAW':
          return withdrawPriceList(list, key);
      }
    },
    onSuccess: (_, act) => toast(t(`pricing.acted.${act}`)),
  });
  const may = (act: string): boolean => list.actions.includes(act);
  const button = (act: Act, main = false): ReactElement | null =>
    may(act) ? (
      <Button
        type={main ? 'primary' : 'default'}
        loading={command.isPending && command.variables === act}
        onClick={() => command.mutate(act)}
      >
        {t(`pricing.acts.${act}`)}
      </Button>
    ) : null;
  if (list.actions.length === 0) return null;
  return (
    <>
      {may('SUBMIT') ? (
        <Field label={t('pricing.from')} hint={t('pricing.fromHint')}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="datetime-local"
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <div className="price-buttons">
        {button('SUBMIT', true)}
        {button('APPROVE', true)}
        {may('SEND_BACK') ? (
          <Button onClick={() => setSendingBack(true)}>{t('pricing.acts.SEND_BACK')}</Button>
        ) : null}
        {button('RECALL')}
        {button('DISCARD')}
        {button('WITHDRAW')}
      </div>
      <ProblemNote error={command.error} />
      {sendingBack ? (
        <ReasonSheet
          title={t('pricing.acts.SEND_BACK')}
          text={t('pricing.sendBackText')}
          asks="REQUIRED"
          run={(reason, key) => sendBackPriceList(list, reason, key)}
          onDone={() => setSendingBack(false)}
          onClose={() => setSendingBack(false)}
        />
      ) : null}
    </>
  );
}
