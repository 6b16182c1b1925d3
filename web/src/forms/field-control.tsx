import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { CurrencySelect, FIRST_CURRENCY } from '../ui/currency-select.js';
import type { ControlProps } from '../ui/field.js';
import { AttachmentControl, PeopleControl } from './thing-controls.js';
import { choiceTitle, isRecord, type FieldKind, type Schema } from './schema.js';

export interface FieldControlProps {
  kind: FieldKind;
  schema: Schema;
  control: ControlProps;
  value: unknown;
  onChange: (value: unknown) => void;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function MoneyControl({ control, value, onChange }: FieldControlProps): ReactElement {
  const { t } = useTranslation();
  const { amount = '', currency = FIRST_CURRENCY } = isRecord(value) ? value : {};
  const set = (changes: object): void => {
    const next = { amount: textOf(amount), currency: textOf(currency), ...changes };
    onChange(next.amount === '' ? undefined : next);
  };
  return (
    <span className="money-control">
      <input
        {...control}
        className="input num"
        inputMode="decimal"
        value={textOf(amount)}
        onChange={(event) => set({ amount: event.target.value.trim() })}
      />
      <CurrencySelect
        aria-label={t('form.currency')}
        value={textOf(currency)}
        onChange={(chosen) => set({ currency: chosen })}
      />
    </span>
  );
}

function ChoiceControl({ schema, control, value, onChange }: FieldControlProps): ReactElement {
  const { t, i18n } = useTranslation();
  const values = (schema['enum'] as unknown[]).map(String);
  return (
    <select
      {...control}
      className="input"
      value={textOf(value)}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{t('form.choose')}</option>
      {values.map((one) => (
        <option key={one} value={one}>
          {choiceTitle(schema, one, i18n.language)}
        </option>
      ))}
    </select>
  );
}

function YesNoControl({ control, value, onChange }: FieldControlProps): ReactElement {
  const { t } = useTranslation();
  return (
    <select
      {...control}
      className="input"
      value={typeof value === 'boolean' ? String(value) : ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value === 'true')}
    >
      <option value="">{t('form.choose')}</option>
      <option value="true">{t('app.yes')}</option>
      <option value="false">{t('app.no')}</option>
    </select>
  );
}

/** Anything typed that is no whole number stays as it was typed: the server says what is wrong with it. */
function wholeNumber(text: string): unknown {
  if (text === '') return undefined;
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

/** One control for one kind of field; what is left empty is `undefined`. */
export function FieldControl(props: FieldControlProps): ReactElement {
  const { kind, control, value, onChange } = props;
  const { t } = useTranslation();
  const take = (text: string): void => onChange(text === '' ? undefined : text);
  switch (kind) {
    case 'money':
      return <MoneyControl {...props} />;
    case 'choice':
      return <ChoiceControl {...props} />;
    case 'person':
    case 'people':
      return <PeopleControl {...props} />;
    case 'attachment':
      return <AttachmentControl {...props} />;
    case 'boolean':
      return <YesNoControl {...props} />;
    case 'longText':
      return (
        <textarea
          {...control}
          className="input"
          rows={3}
          value={textOf(value)}
          onChange={(event) => take(event.target.value)}
        />
      );
    case 'texts':
      return (
        <textarea
          {...control}
          className="input"
          rows={2}
          placeholder={t('form.onePerLine')}
          value={Array.isArray(value) ? value.join('\n') : ''}
          onChange={(event) =>
            onChange(event.target.value === '' ? undefined : event.target.value.split('\n'))
          }
        />
      );
    case 'integer':
      return (
        <input
          {...control}
          className="input num"
          inputMode="numeric"
          value={textOf(value)}
          onChange={(event) => onChange(wholeNumber(event.target.value.trim()))}
        />
      );
    default:
      return (
        <input
          {...control}
          className={kind === 'decimal' ? 'input num' : 'input'}
          type={kind === 'date' ? 'date' : 'text'}
          inputMode={kind === 'decimal' ? 'decimal' : undefined}
          value={textOf(value)}
          onChange={(event) => take(event.target.value)}
        />
      );
  }
}
