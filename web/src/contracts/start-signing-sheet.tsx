import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { ContractSigning, OfferLanguage } from '../api/types.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { startSigning, type SigningStart } from './signing.api.js';

interface StartSigningSheetProps {
  contractId: string;
  provider: ContractSigning['provider'];
  onClose: () => void;
}

interface SignerDraft {
  name: string;
  organisation: string;
  account: string;
}

const NOBODY: SignerDraft = { name: '', organisation: '', account: '' };
const MOST_SIGNERS = 5;

/** Who signs for the customer, until when, in which language. */
export function StartSigningSheet({ contractId, provider, onClose }: StartSigningSheetProps): ReactElement {
  const { t } = useTranslation();
  const [signers, setSigners] = useState<SignerDraft[]>([NOBODY]);
  const [days, setDays] = useState('14');
  const [language, setLanguage] = useState<OfferLanguage>('zh-CN');
  const command = useCommand<SigningStart['body'], ContractSigning>({
    run: (body, key) => startSigning({ id: contractId, body }, key),
    onSuccess: onClose,
  });
  const change = (index: number, what: Partial<SignerDraft>): void =>
    setSigners(signers.map((signer, at) => (at === index ? { ...signer, ...what } : signer)));
  const isWhole = signers.every(
    ({ name, account }) => name.trim() !== '' && (provider === 'LOCAL' || account.trim() !== ''),
  );
  const send = (): void =>
    command.mutate({
      language,
      days: Number(days),
      signers: signers.map(({ name, organisation, account }) => ({
        name: name.trim(),
        ...(organisation.trim() === '' ? {} : { organisation: organisation.trim() }),
        ...(account.trim() === '' ? {} : { account: account.trim() }),
      })),
    });
  return (
    <Sheet title={t('signing.start')} onClose={onClose}>
      <p>{t(`signing.startText.${provider}`)}</p>
      {signers.map((signer, index) => (
        <SignerFields
          key={index}
          n={index + 1}
          signer={signer}
          provider={provider}
          onChange={(what) => change(index, what)}
          onRemove={signers.length > 1 ? () => setSigners(signers.filter((_, at) => at !== index)) : null}
        />
      ))}
      {signers.length < MOST_SIGNERS ? (
        <Button onClick={() => setSigners([...signers, NOBODY])}>{t('signing.addSigner')}</Button>
      ) : null}
      <Field label={t('signing.days')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="number"
            min={1}
            max={90}
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('signing.language')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={language}
            onChange={(event) => setLanguage(event.target.value as OfferLanguage)}
          >
            <option value="zh-CN">{t('offer.languages.zh-CN')}</option>
            <option value="en">{t('offer.languages.en')}</option>
          </select>
        )}
      </Field>
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button type="primary" disabled={!isWhole} loading={command.isPending} onClick={send}>
          {t('signing.start')}
        </Button>
      </div>
    </Sheet>
  );
}

interface SignerFieldsProps {
  n: number;
  signer: SignerDraft;
  provider: ContractSigning['provider'];
  onChange: (what: Partial<SignerDraft>) => void;
  onRemove: (() => void) | null;
}

function SignerFields({ n, signer, provider, onChange, onRemove }: SignerFieldsProps): ReactElement {
  const { t } = useTranslation();
  const labels = {
    name: t('signing.name'),
    organisation: t('signing.organisation'),
    account: t(`signing.account.${provider}`),
  };
  return (
    <fieldset className="stack">
      <legend>{t('signing.signer', { n })}</legend>
      {(['name', 'organisation', 'account'] as const).map((key) => (
        <Field key={key} label={labels[key]}>
          {(control) => (
            <input
              {...control}
              className="input"
              maxLength={200}
              value={signer[key]}
              onChange={(event) => onChange({ [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {onRemove ? (
        <Button size="small" onClick={onRemove}>
          {t('signing.removeSigner', { n })}
        </Button>
      ) : null}
    </fieldset>
  );
}
