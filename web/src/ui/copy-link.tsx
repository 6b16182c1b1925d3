import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from './field.js';

/** A link to be handed on by another way, chosen as a whole when it is touched. */
export function LinkField({ url }: { url: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <Field label={t('offer.linkLabel')}>
      {(control) => (
        <input
          {...control}
          className="input"
          readOnly
          value={url}
          onFocus={(event) => event.target.select()}
        />
      )}
    </Field>
  );
}

export function CopyButton({ text }: { text: string }): ReactElement {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Button type="primary" onClick={() => void copy()}>
      {isCopied ? t('offer.copied') : t('offer.copy')}
    </Button>
  );
}
