import { useState, type ReactElement } from 'react';
import { Field } from '../ui/field.js';

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}

export function Choice({ label, value, options, onChange }: ChoiceProps): ReactElement {
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          className="input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {options.map(([key, words]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface NumberFieldProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
}

/** A whole number above zero; what is no such number is not taken over. */
export function NumberField({ label, value, onChange }: NumberFieldProps): ReactElement {
  const [typed, setTyped] = useState<string | null>(null);
  const leave = (): void => {
    const number = Number(typed);
    if (typed !== null && Number.isInteger(number) && number > 0 && number !== value) onChange(number);
    setTyped(null);
  };
  return (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          className="input"
          inputMode="numeric"
          value={typed ?? String(value)}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={leave}
          onKeyDown={(event) => {
            if (event.key === 'Enter') leave();
          }}
        />
      )}
    </Field>
  );
}

interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Text that is taken over once it is left, so that typing it is one change. */
export function TextField({ label, value, onChange }: TextFieldProps): ReactElement {
  const [typed, setTyped] = useState<string | null>(null);
  const leave = (): void => {
    if (typed !== null && typed !== value) onChange(typed);
    setTyped(null);
  };
  return (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          className="input"
          value={typed ?? value}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={leave}
          onKeyDown={(event) => {
            if (event.key === 'Enter') leave();
          }}
        />
      )}
    </Field>
  );
}
