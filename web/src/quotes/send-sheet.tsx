import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { OfferLanguage, OfferRecipient } from '../api/types.js';
import { Fetched } from '../ui/fetched.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { fetchOffer, offerKey, resendOffer, sendOffer } from './offer.api.js';

interface SendSheetProps {
  quoteId: string;
  /** it went out before */
  again?: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** The offer goes to somebody at the customer by mail; the first time it may also only be noted as sent. */
export function SendSheet({ quoteId, again = false, onClose, onDone }: SendSheetProps): ReactElement {
  const { t } = useTranslation();
  const [to, setTo] = useState<OfferRecipient>({ name: '', address: '', language: 'zh-CN' });
  const offer = useQuery({ queryKey: offerKey(quoteId), queryFn: () => fetchOffer(quoteId) });
  const command = useCommand<OfferRecipient | null, unknown>({
    run: (recipient, key) =>
      again && recipient
        ? resendOffer({ id: quoteId, to: recipient }, key)
        : sendOffer({ id: quoteId, to: recipient }, key),
    onSuccess: onDone,
  });
  const set = (change: Partial<OfferRecipient>): void => setTo({ ...to, ...change });
  const filled = { ...to, name: to.name.trim(), address: to.address.trim() };
  const canMail = offer.data?.canMail === true;
  return (
    <Sheet title={again ? t('offer.again') : t('offer.send')} onClose={onClose}>
      <Fetched query={offer}>{() => <p>{canMail ? t('offer.sendText') : t('offer.noMail')}</p>}</Fetched>
      {canMail ? (
        <>
          <Field label={t('offer.name')}>
            {(control) => (
              <input
                {...control}
                className="input"
                maxLength={200}
                value={to.name}
                onChange={(event) => set({ name: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('offer.address')}>
            {(control) => (
              <input
                {...control}
                className="input"
                type="email"
                maxLength={254}
                value={to.address}
                onChange={(event) => set({ address: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('offer.language')}>
            {(control) => (
              <select
                {...control}
                className="input"
                value={to.language}
                onChange={(event) => set({ language: event.target.value as OfferLanguage })}
              >
                <option value="zh-CN">{t('offer.languages.zh-CN')}</option>
                <option value="en">{t('offer.languages.en')}</option>
              </select>
            )}
          </Field>
        </>
      ) : null}
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        {again ? null : (
          <Button
            type={canMail ? 'default' : 'primary'}
            loading={command.isPending && command.variables === null}
            onClick={() => command.mutate(null)}
          >
            {t('offer.onlyNote')}
          </Button>
        )}
        {canMail ? (
          <Button
            type="primary"
            disabled={filled.name === '' || filled.address === ''}
            loading={command.isPending && command.variables !== null}
            onClick={() => command.mutate(filled)}
          >
            {t('offer.mail')}
          </Button>
        ) : null}
      </div>
    </Sheet>
  );
}
