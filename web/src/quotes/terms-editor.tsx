import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import type { Draft } from './draft.js';
import type { FieldErrors } from './field-errors.js';

const NUMBERS = [
  'termDays',
  'dealDiscountPct',
  'freight',
  'commissionPct',
  'deliveryDays',
  'warrantyMonths',
] as const;

interface TermsEditorProps {
  draft: Draft;
  errorAt: FieldErrors;
  onChange: (changes: Partial<Draft>) => void;
}

export function TermsEditor({ draft, errorAt, onChange }: TermsEditorProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Panel title={t('editor.terms')}>
      <div className="terms">
        {NUMBERS.map((name) => (
          <Field key={name} label={t(`editor.${name}`)} error={errorAt(`/${name}`)}>
            {(control) => (
              <input
                {...control}
                className="input"
                inputMode="decimal"
                value={draft[name]}
                onChange={(event) => onChange({ [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <Field label={t('editor.validUntil')} error={errorAt('/validUntil')} hint={t('editor.validHint')}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="date"
              value={draft.validUntil}
              onChange={(event) => onChange({ validUntil: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={t('editor.note')} error={errorAt('/note')}>
        {(control) => (
          <textarea
            {...control}
            className="input"
            value={draft.note}
            onChange={(event) => onChange({ note: event.target.value })}
          />
        )}
      </Field>
    </Panel>
  );
}
