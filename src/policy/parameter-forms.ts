import { DateTime } from 'luxon';
import type { TableProblem } from './problem.js';
import { isRecord, type Rec } from './shape.js';

const DECIMAL = /^\d{1,12}(\.\d{1,8})?$/;
export const MAX_DAYS = 3_650;
const TOP_LEVEL = 4;

/** What a parameter must be. */
export type Form =
  | 'days'
  | 'days1'
  | 'level'
  | 'time'
  | 'decimal'
  | 'positive'
  | 'percent'
  | 'share'
  | 'shares'
  | 'amounts'
  | 'currency';
const TESTS: Readonly<Record<Form, [(value: unknown) => boolean, string, string]>> = {
  days: [(value) => isWhole(value, 0), 'a whole number from 0', '应为不小于 0 的整数'],
  days1: [(value) => isWhole(value, 1), 'a whole number from 1', '应为从 1 起的整数'],
  level: [isLevel, 'a level from 0 to 4', '应为 0 至 4 的级别'],
  time: [isTime, 'a time of day HH:MM', '应为时刻 HH:MM'],
  decimal: [isDecimal, 'a decimal string', '应为十进制字符串'],
  positive: [
    (value) => isDecimal(value) && Number(value) > 0,
    'a decimal string above zero',
    '应为大于零的十进制字符串',
  ],
  percent: [
    (value) => isDecimal(value) && Number(value) <= 100,
    'a percent up to 100',
    '应为不超过 100 的百分数',
  ],
  share: [isShare, 'a decimal string from 0 to 1', '应为 0 至 1 的十进制字符串'],
  shares: [
    (value) => isRecord(value) && Object.values(value).every(isShare),
    'shares by class',
    '应为各等级的 0 至 1 的数',
  ],
  amounts: [
    (value) =>
      isRecord(value) &&
      Object.entries(value).every(([currency, amount]) => isCurrency(currency) && isDecimal(amount)),
    'amounts by currency',
    '应为各币种的金额',
  ],
  currency: [isCurrency, 'a currency', '应为币种'],
};

/** Parameters, by their path, that have not the form they need. */
export function formProblems(content: Rec, forms: readonly (readonly [string, Form])[]): TableProblem[] {
  return forms.flatMap(([at, form]) => {
    const [test, message, zh] = TESTS[form];
    return test(valueAt(content, at)) ? [] : [problem(at, message, zh)];
  });
}

export function valueAt(content: Rec, at: string): unknown {
  return at.split('/').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), content);
}

export function problem(at: string, message: string, zh: string): TableProblem {
  return { at, code: 'PARAMETER', message, zh };
}

export function isWhole(value: unknown, least: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= MAX_DAYS;
}

export function isLevel(value: unknown): boolean {
  return isWhole(value, 0) && Number(value) <= TOP_LEVEL;
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
}

export function isDate(value: unknown): value is string {
  return typeof value === 'string' && DateTime.fromISO(value).toISODate() === value;
}

export function isDecimal(value: unknown): value is string {
  return typeof value === 'string' && DECIMAL.test(value);
}

function isShare(value: unknown): boolean {
  return isDecimal(value) && Number(value) <= 1;
}

function isCurrency(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value);
}
