import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Money } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { MoneyText } from '../ui/money-text.js';
import { DateText } from '../ui/when.js';
import { PercentText } from '../ui/percent-text.js';

export type Row = Record<string, unknown>;

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isMoney(value: unknown): value is Money {
  return isRow(value) && typeof value['amount'] === 'string' && typeof value['currency'] === 'string';
}

export function isTable(value: unknown): value is Row[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRow);
}

/** A thing known by its name, such as a customer or a product. */
export function nameOf(value: unknown): string | null {
  if (!isRow(value)) return null;
  const name = value['name'] ?? value['title'] ?? value['number'];
  return typeof name === 'string' ? name : null;
}

/** Members that hold a code, and the group of its words. */
const CODES: Readonly<Record<string, string>> = { credit: 'creditOf' };
const DECIMAL = /^-?\d+(\.\d+)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** A fingerprint says only that something is another; its beginning tells two apart. */
const DIGEST = /^([0-9a-f]{8})[0-9a-f]{56}$/;
const AMOUNTS = new Set([
  'amount',
  'cost',
  'costTotal',
  'commissionTotal',
  'financingCost',
  'freight',
  'freightTotal',
  'list',
  'listTotal',
  'net',
  'netTotal',
  'rebateTotal',
  'total',
  'unitNet',
]);

interface ScalarProps {
  /** the member's name says what a decimal is */
  name: string;
  value: unknown;
  currency: string;
}

export function Scalar({ name, value, currency }: ScalarProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const group = CODES[name];
  if (group && typeof value === 'string') return <span>{words(group, value)}</span>;
  if (typeof value === 'string' && DECIMAL.test(value)) {
    if (AMOUNTS.has(name)) return <MoneyText value={{ amount: value, currency }} />;
    if (name === 'pct' || name.endsWith('Pct')) return <PercentText value={value} />;
  }
  if (typeof value === 'string' && DATE.test(value)) return <DateText on={value} />;
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    return <span className="quiet">—</span>;
  }
  if (typeof value === 'boolean') return <span>{value ? t('app.yes') : t('app.no')}</span>;
  if (Array.isArray(value)) return <span>{value.map(String).join(t('app.separator'))}</span>;
  if (isMoney(value)) return <MoneyText value={value} />;
  const begins = typeof value === 'string' ? DIGEST.exec(value)?.[1] : undefined;
  if (begins) return <code>{begins}…</code>;
  const text = nameOf(value) ?? (isRow(value) ? JSON.stringify(value) : String(value));
  return text.includes('\n') ? <pre className="document-text">{text}</pre> : <span>{text}</span>;
}
