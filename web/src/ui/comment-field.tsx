import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from './field.js';

const LONGEST = 2000;

interface CommentFieldProps {
  required: boolean;
  value: string;
  onChange: (text: string) => void;
}

/** Says before the click whether a comment is needed. */
export function CommentField({ required, value, onChange }: CommentFieldProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Field
      label={required ? t('decision.commentRequired') : t('decision.commentOptional')}
      hint={required && value.trim() === '' ? t('decision.commentHint') : undefined}
    >
      {(control) => (
        <textarea
          {...control}
          className="input"
          maxLength={LONGEST}
          required={required}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
