import { useState, type ReactElement } from 'react';
import { Field, type ControlProps } from '../ui/field.js';

/** What the linter says of a field: an error, or else a remark. */
export interface FieldNote {
  error?: string | undefined;
  hint?: string | undefined;
}

interface ChoiceProps extends FieldNote {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}

/** A value that is not offered is shown all the same, so that opening a field never changes it. */
export function Choice({ label, value, options, onChange, ...note }: ChoiceProps): ReactElement {
  const shown = options.some(([key]) => key === value) ? options : [...options, [value, value] as const];
  return (
    <Field label={label} {...note}>
      {(control) => (
        <select
          {...control}
          className="input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {shown.map(([key, words]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface TypedProps<T> extends FieldNote {
  label: string;
  value: T;
  onChange: (value: T) => void;
}

interface DraftInputProps {
  control: ControlProps;
  value: string;
  numeric?: boolean;
  rows?: number;
  onLeave: (text: string) => void;
}

/** What is typed is taken over once the field is left, so that typing it is one change. */
function DraftInput({ control, value, numeric, rows, onLeave }: DraftInputProps): ReactElement {
  const [typed, setTyped] = useState<string | null>(null);
  const leave = (): void => {
    if (typed !== null && typed !== value) onLeave(typed);
    setTyped(null);
  };
  const common = {
    ...control,
    value: typed ?? value,
    onChange: (event: { target: { value: string } }) => setTyped(event.target.value),
    onBlur: leave,
  };
  if (rows !== undefined) return <textarea {...common} rows={rows} className="input code" />;
  return (
    <input
      {...common}
      className="input"
      inputMode={numeric ? 'numeric' : undefined}
      onKeyDown={(event) => {
        if (event.key === 'Enter') leave();
      }}
    />
  );
}

interface NumberFieldProps extends TypedProps<number> {
  /** left out: 1 */
  least?: number;
}

/** A whole number; what is none is not taken over. */
export function NumberField({ label, value, onChange, least = 1, ...note }: NumberFieldProps): ReactElement {
  return (
    <Field label={label} {...note}>
      {(control) => (
        <DraftInput
          control={control}
          value={String(value)}
          numeric
          onLeave={(text) => {
            const number = Number(text);
            if (text.trim() !== '' && Number.isInteger(number) && number >= least) onChange(number);
          }}
        />
      )}
    </Field>
  );
}

interface OptionalNumberProps extends FieldNote {
  label: string;
  value: number | undefined;
  least?: number;
  onChange: (value: number | undefined) => void;
}

/** A whole number, or nothing for what holds when the policy does not say. */
export function OptionalNumber({
  label,
  value,
  onChange,
  least = 1,
  ...note
}: OptionalNumberProps): ReactElement {
  return (
    <Field label={label} {...note}>
      {(control) => (
        <DraftInput
          control={control}
          value={value === undefined ? '' : String(value)}
          numeric
          onLeave={(text) => {
            const number = Number(text);
            if (text.trim() === '') onChange(undefined);
            else if (Number.isInteger(number) && number >= least) onChange(number);
          }}
        />
      )}
    </Field>
  );
}

interface TextFieldProps extends TypedProps<string> {
  /** several lines, for an expression */
  rows?: number;
  /** what is taken over; left out: anything */
  accepts?: (text: string) => boolean;
}

export function TextField({ label, value, onChange, rows, accepts, ...note }: TextFieldProps): ReactElement {
  return (
    <Field label={label} {...note}>
      {(control) => (
        <DraftInput
          control={control}
          value={value}
          {...(rows === undefined ? {} : { rows })}
          onLeave={(text) => {
            if (!accepts || accepts(text.trim())) onChange(accepts ? text.trim() : text);
          }}
        />
      )}
    </Field>
  );
}

interface CheckProps extends FieldNote {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function Check({ label, checked, onChange, error, hint }: CheckProps): ReactElement {
  const note = error ?? hint;
  return (
    <label className="policy-check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label}
        {note ? <span className={error ? 'field-error' : 'field-hint'}> {note}</span> : null}
      </span>
    </label>
  );
}

export const MONEY = /^\d{1,15}(\.\d{1,4})?$/;
export const KEY = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;
