import { DomainError, type FieldError } from '../../domain/errors.js';
import { amountProblem, decimalProblem, Exact, MAX_AMOUNT } from '../../domain/money.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { isCalendarDate } from '../../domain/quote/validity.js';
import type { LineDraft, QuoteDraft } from './draft.js';

const QUANTITY = { maxScale: 4, min: '0.0001', max: '999999999' };

export function isQuantity(qty: string): boolean {
  return decimalProblem(qty, QUANTITY, '') === null;
}

export function lineProblems(
  line: LineDraft,
  index: number,
  currency: string,
  item: { list: string } | undefined,
): FieldError[] {
  const at = (field: string) => `/lines/${index}/${field}`;
  if (!item)
    return [
      pointer(at('productId'), 'the price list of the currency has a price for that many of the product'),
    ];
  const problems = [
    decimalProblem(line.qty, QUANTITY, at('qty')),
    line.freight === undefined ? null : amountProblem(line.freight, currency, at('freight')),
    line.discountPct === undefined
      ? null
      : decimalProblem(line.discountPct, { maxScale: 6, min: '0', max: '100' }, at('discountPct')),
    line.unitNet === undefined ? null : amountProblem(line.unitNet, currency, at('unitNet')),
  ].filter((problem) => problem !== null);
  if (problems.length > 0) return problems;
  if (line.unitNet !== undefined && line.discountPct !== undefined) {
    return [pointer(at('unitNet'), 'either a net price or a discount, not both')];
  }
  if (line.unitNet !== undefined && new Exact(line.unitNet).gt(item.list)) {
    return [pointer(at('unitNet'), `not above the list price ${item.list}`)];
  }
  return [];
}

export function termProblems(
  draft: QuoteDraft,
  policy: PricingPolicy,
  validUntil: string,
  today: string,
  latest: string,
): FieldError[] {
  const percent = { maxScale: 6, min: '0', max: '100' };
  const deal = decimalProblem(draft.dealDiscountPct, percent, '/dealDiscountPct');
  const parts = draft.instalments.map(({ pct }, index) =>
    decimalProblem(pct, { maxScale: 4, min: '0.0001', max: '100' }, `/instalments/${index}/pct`),
  );
  const commission = decimalProblem(draft.commissionPct, percent, '/commissionPct');
  const freight = amountProblem(draft.freight, draft.currency, '/freight');
  const problems = [deal, commission, freight, ...parts].filter((problem) => problem !== null);
  if (problems.length > 0) return problems;
  const whole = draft.instalments.reduce((sum, { pct }) => sum.plus(pct), new Exact(0));
  return [
    ...(draft.instalments.length > 0 && !whole.eq(100)
      ? [pointer('/instalments', 'the percents add up to 100')]
      : []),
    ...(isCalendarDate(validUntil) ? [] : [pointer('/validUntil', 'a day of the calendar')]),
    ...(validUntil < today ? [pointer('/validUntil', 'not in the past where the customer is')] : []),
    ...(validUntil > latest
      ? [pointer('/validUntil', `at most ${policy.maxValidityDays} days from now`)]
      : []),
    ...draft.nonStandardClauses.flatMap((clause, index) =>
      policy.nonStandardClauses.includes(clause)
        ? []
        : [pointer(`/nonStandardClauses/${index}`, `one of ${policy.nonStandardClauses.join(', ')}`)],
    ),
  ];
}

/** Sums a column of the database could not hold. */
export function totalProblems(listTotal: string): FieldError[] {
  if (MAX_AMOUNT.gte(listTotal)) return [];
  return [{ pointer: '/lines', code: 'TOO_LARGE', rule: `in sum at most ${MAX_AMOUNT.toFixed()}` }];
}

export function pointer(at: string, rule: string): FieldError {
  return { pointer: at, code: 'INVALID', rule };
}

export function refuse(problems: readonly FieldError[]): void {
  if (problems.length > 0) throw new DomainError('VALIDATION', {}, problems);
}
