import { Checkbox } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../ui/field.js';

export type Requirement = 'ATTACHMENT' | 'SIGNATURE' | 'STEP_UP';

/** What the person brings along with an answer. */
export interface Brought {
  file: File | null;
  sign: boolean;
  password: string;
}

interface RequirementFieldsProps {
  requires: readonly Requirement[];
  /** the server has asked for the password */
  passwordAsked: boolean;
  value: Brought;
  onChange: (value: Brought) => void;
}

/** File, signature and password, each only where the policy asks for it; said before the click. */
export function RequirementFields(props: RequirementFieldsProps): ReactElement {
  const { requires, passwordAsked, value, onChange } = props;
  const { t } = useTranslation();
  return (
    <>
      {requires.includes('ATTACHMENT') ? (
        <Field label={t('decision.file')} hint={t('decision.fileHint')}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="file"
              required
              onChange={(event) => onChange({ ...value, file: event.target.files?.[0] ?? null })}
            />
          )}
        </Field>
      ) : null}
      {requires.includes('SIGNATURE') ? (
        <Checkbox
          checked={value.sign}
          onChange={({ target }) => onChange({ ...value, sign: target.checked })}
        >
          {t('decision.sign')}
        </Checkbox>
      ) : null}
      {requires.includes('STEP_UP') || passwordAsked ? (
        <Field label={t('decision.password')} hint={t('decision.passwordHint')}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="password"
              autoComplete="current-password"
              value={value.password}
              onChange={(event) => onChange({ ...value, password: event.target.value })}
            />
          )}
        </Field>
      ) : null}
    </>
  );
}
