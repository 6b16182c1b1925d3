import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Money } from '../api/types.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Format {
  /** exact: the decimal string goes to Intl as a string, never through a JS number */
  money(value: Money): string;
  decimal(value: string): string;
  percent(value: string): string;
  /** a date without time, `YYYY-MM-DD` */
  date(value: string): string;
  instant(value: string): string;
  time(value: string): string;
  /** "3 hours ago", "in 2 days" */
  relative(value: string): string;
  /** how long, without direction: "3 hours" */
  span(fromMs: number): string;
  isToday(value: string): boolean;
  duration(minutes: number): string;
}

function decimalText(value: string): `${number}` {
  return value as `${number}`;
}

function scaleOf(ms: number): [number, 'minute' | 'hour' | 'day'] {
  const size = Math.abs(ms);
  if (size < HOUR) return [Math.round(ms / MINUTE), 'minute'];
  if (size < 2 * DAY) return [Math.round(ms / HOUR), 'hour'];
  return [Math.round(ms / DAY), 'day'];
}

function formatFor(language: string): Format {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const instant = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false });
  const span = (ms: number): string => {
    const [n, unit] = scaleOf(ms);
    return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.abs(n));
  };
  return {
    money: ({ amount, currency }) =>
      new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: 4 }).format(
        decimalText(amount),
      ),
    decimal: (value) =>
      new Intl.NumberFormat(language, { maximumFractionDigits: 4 }).format(decimalText(value)),
    percent: (value) =>
      `${new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(decimalText(value))}%`,
    date: (value) => date.format(new Date(`${value.slice(0, 10)}T00:00:00Z`)),
    instant: (value) => instant.format(new Date(value)),
    time: (value) => time.format(new Date(value)),
    relative: (value) => relative.format(...scaleOf(Date.parse(value) - Date.now())),
    span,
    isToday: (value) => new Date(value).toDateString() === new Date().toDateString(),
    duration: (minutes) => span(minutes * MINUTE),
  };
}

export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => formatFor(i18n.language), [i18n.language]);
}
