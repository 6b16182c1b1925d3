import { useTranslation } from 'react-i18next';
import type { SeatReason } from '../api/types.js';
import { useFormat, type Format } from './format.js';
import { useServerText } from './server-text.js';

const BASE_CURRENCY = 'CNY';
const CJK = /[\u3400-\u9fff]/;
const NUMBER = /\d[\d,]*(\.\d+)?/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

function inputsIn(format: Format, { inputs, rule }: SeatReason): Record<string, string> {
  const shown = Object.entries(inputs).map(([name, value]): [string, string] => {
    if (!DECIMAL.test(value)) return [name, value];
    if (name === 'amount') return [name, format.money({ amount: value, currency: BASE_CURRENCY })];
    return [name, name.endsWith('Pct') ? format.percent(value) : format.decimal(value)];
  });
  return { ...Object.fromEntries(shown), limit: NUMBER.exec(rule)?.[0] ?? '' };
}

/** Why a seat exists, in the reader's language; the policy's own words where there are no others. */
export function useReasonText(): (reason: SeatReason) => string {
  const { i18n } = useTranslation();
  const format = useFormat();
  const serverText = useServerText();
  return (reason) => {
    const key = `reason.${reason.rowId}`;
    if (i18n.language === 'en' || CJK.test(reason.text) || !i18n.exists(key)) return serverText(reason.text);
    const [, ...seating] = reason.text.split(' → ');
    const sentence = String(i18n.t(key as never, inputsIn(format, reason) as never));
    return [sentence, ...seating.map(serverText)].join(' → ');
  };
}
