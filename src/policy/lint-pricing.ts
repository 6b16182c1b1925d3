import type { PricingPolicy } from '../domain/quote/policy.js';
import type { TableProblem } from './problem.js';

const DECIMAL = /^\d{1,12}(\.\d{1,8})?$/;
const PERCENTS = ['financingRatePct', 'marginTargetPct', 'marginFloorPct'] as const;
const OPTIONAL_PERCENTS = ['budgetMarginPct', 'fxTolerancePct', 'vatPct'] as const;
const MAX_DAYS = 3_650;

/** Everything wrong with the parameters of quotations; empty when they may be published. */
export function lintPricing(content: unknown): TableProblem[] {
  if (typeof content !== 'object' || content === null) return [problem('content', 'an object of parameters')];
  const policy = content as Partial<Record<keyof PricingPolicy, unknown>>;
  const rates = numbersOf(policy.ratesToBase);
  return [
    ...(typeof policy.baseCurrency === 'string' && rates[policy.baseCurrency] === '1'
      ? []
      : [problem('baseCurrency', 'a currency whose own rate is 1')]),
    ...Object.entries(rates).flatMap(([currency, rate]) =>
      /^[A-Z]{3}$/.test(currency) && isDecimal(rate) && Number(rate) > 0
        ? []
        : [problem(`ratesToBase.${currency}`, 'a rate above zero as a decimal string')],
    ),
    ...PERCENTS.filter((name) => !isDecimal(policy[name])).map((name) =>
      problem(name, 'a percent as a decimal string'),
    ),
    ...OPTIONAL_PERCENTS.filter((name) => policy[name] !== undefined && !isDecimal(policy[name])).map(
      (name) => problem(name, 'a percent as a decimal string, or left out'),
    ),
    ...(policy.rollingDays === undefined || isDays(policy.rollingDays, 1)
      ? []
      : [problem('rollingDays', 'whole days, at least 1, or left out')]),
    ...(Number(policy.marginFloorPct) > Number(policy.marginTargetPct)
      ? [problem('marginFloorPct', 'not above the target')]
      : []),
    ...(isDays(policy.validityDays, 1) ? [] : [problem('validityDays', 'whole days, at least 1')]),
    ...(isDays(policy.maxValidityDays, 1) && Number(policy.maxValidityDays) >= Number(policy.validityDays)
      ? []
      : [problem('maxValidityDays', 'whole days, not below validityDays')]),
    ...(Array.isArray(policy.expiryReminderDays) && policy.expiryReminderDays.every((days) => isDays(days, 0))
      ? []
      : [problem('expiryReminderDays', 'a list of whole days')]),
    ...Object.entries(numbersOf(policy.classTermDays)).flatMap(([name, days]) =>
      isDays(days, 0) ? [] : [problem(`classTermDays.${name}`, 'whole days')],
    ),
    ...(policy.remindsCustomer === undefined || typeof policy.remindsCustomer === 'boolean'
      ? []
      : [problem('remindsCustomer', 'true, false, or left out')]),
    ...(isTexts(policy.nonStandardClauses) ? [] : [problem('nonStandardClauses', 'a list of names')]),
  ];
}

function problem(at: string, message: string): TableProblem {
  return { at, code: 'PARAMETER', message };
}

function isDecimal(value: unknown): boolean {
  return typeof value === 'string' && DECIMAL.test(value);
}

function isDays(value: unknown, least: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= MAX_DAYS;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === 'string' && text !== '');
}

function numbersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : { '': null };
}
