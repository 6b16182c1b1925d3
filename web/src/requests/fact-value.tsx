import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { MoneyText } from '../ui/money-text.js';
import { PercentText } from '../ui/percent-text.js';

export type Fact = RequestView['subject']['facts'][number];

/** Policies compare amounts in the base currency. */
const BASE_CURRENCY = 'CNY';
const MONEY = new Set(['amount', 'openContracts', 'rollingAmountBase']);
const DECIMAL = /^-?\d+(\.\d+)?$/;

export function FactValue({ fact }: { fact: Fact }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const said = useServerText();
  const { key, value, flag } = fact;
  if (flag) return <span className={flag === 'RED' ? 'due-late' : undefined}>{words('margin', flag)}</span>;
  if (value === 'true' || value === 'false')
    return <span>{value === 'true' ? t('app.yes') : t('app.no')}</span>;
  if (key === 'kind') return <span>{words('kind', value)}</span>;
  if (value === '') return <span className="quiet">—</span>;
  if (DECIMAL.test(value)) {
    if (MONEY.has(key)) return <MoneyText value={{ amount: value, currency: BASE_CURRENCY }} />;
    if (key.endsWith('Pct')) return <PercentText value={value} />;
    if (key.endsWith('Days')) return <span>{t('quote.days', { n: Number(value) })}</span>;
  }
  return <span>{key === 'rollingDeals' ? said(value) : value}</span>;
}
