import type { ReactElement, SelectHTMLAttributes } from 'react';

const CURRENCIES = ['CNY', 'USD', 'EUR'];
/** What an amount is in until somebody says otherwise. */
export const FIRST_CURRENCY = 'CNY';

interface CurrencySelectProps extends Omit<
  SelectHTMLAttributes<HTMLSelectElement>,
  'value' | 'onChange' | 'className'
> {
  value: string;
  onChange: (currency: string) => void;
}

/** What is sold in; a currency that stands there already is never lost. */
export function CurrencySelect({ value, onChange, ...control }: CurrencySelectProps): ReactElement {
  const known = CURRENCIES.includes(value) ? CURRENCIES : [...CURRENCIES, value];
  return (
    <select {...control} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
      {known.map((currency) => (
        <option key={currency} value={currency}>
          {currency}
        </option>
      ))}
    </select>
  );
}
