import type { ReactElement } from 'react';
import type { Money } from '../api/types.js';
import { useFormat } from '../i18n/format.js';

interface MoneyTextProps {
  value: Money | null | undefined;
}

/** The only way an amount reaches the screen. */
export function MoneyText({ value }: MoneyTextProps): ReactElement {
  const format = useFormat();
  if (!value) return <span className="quiet">—</span>;
  return <span className="num">{format.money(value)}</span>;
}
