import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useFormat } from '../i18n/format.js';
import { useServerText } from '../i18n/server-text.js';
import { MoneyText } from '../ui/money-text.js';

export type Fact = RequestView['subject']['facts'][number];

/** Policies compare amounts in the base currency. */
const BASE_CURRENCY = 'CNY';
const MONEY = new Set(['amount', 'openContracts', 'rollingAmountBase', 'rollingDeals']);
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** The flag of a deal's margin is told by its name where facts come as plain text. */
export function flagOf(key: string, value: string): Fact['flag'] {
  return key === 'marginFlag' && (value === 'GREEN' || value === 'AMBER' || value === 'RED') ? value : null;
}

/** A fact of a request in one line of text. */
export function useFactText(): (fact: Pick<Fact, 'key' | 'value'>) => string {
  const { t } = useTranslation();
  const words = useCodeText();
  const said = useServerText();
  const format = useFormat();
  return ({ key, value }) => {
    if (value === '') return '—';
    if (value === 'true' || value === 'false') return value === 'true' ? t('app.yes') : t('app.no');
    if (key === 'kind') return words('kind', value);
    if (flagOf(key, value)) return words('margin', value);
    if (!DECIMAL.test(value)) return key === 'rollingDeals' ? said(value) : value;
    if (MONEY.has(key)) return format.money({ amount: value, currency: BASE_CURRENCY });
    if (key.endsWith('Pct')) return format.percent(value);
    return key.endsWith('Days') ? t('quote.days', { n: Number(value) }) : value;
  };
}

/** Amounts stand in figures that do not wrap; a deal's margin below its floor stands out. */
export function FactValue({ fact }: { fact: Pick<Fact, 'key' | 'value' | 'flag'> }): ReactElement {
  const words = useCodeText();
  const factText = useFactText();
  const { key, value, flag } = fact;
  if (flag) return <span className={flag === 'RED' ? 'due-late' : undefined}>{words('margin', flag)}</span>;
  if (value === '') return <span className="quiet">—</span>;
  if (DECIMAL.test(value) && MONEY.has(key))
    return <MoneyText value={{ amount: value, currency: BASE_CURRENCY }} />;
  return <span>{factText({ key, value })}</span>;
}
