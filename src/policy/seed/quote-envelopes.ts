import type { DimensionSpec } from '../../domain/approval/stage-spec.js';

const YES_IS_MORE = ['false', 'true'];

/** @param widest up to which the stage's approvers may give it: where the routing asks the next one; left out, not at all */
export function discount(widest?: string): DimensionSpec {
  return { name: 'discountPct', direction: 'AT_MOST', ...(widest === undefined ? {} : { widest }) };
}

/** What the price of these goods may become; the amount follows from it and is not the line's to answer for. */
export const COMMERCIAL_ENVELOPE: readonly DimensionSpec[] = [
  { name: 'lineDiscountPct', direction: 'AT_MOST' },
  { name: 'marginFlag', direction: 'AT_LEAST', order: ['RED', 'AMBER', 'GREEN'] },
  { name: 'belowFloor', direction: 'AT_MOST', order: YES_IS_MORE },
  { name: 'goods', direction: 'SAME', money: true },
];

/** How and when it is paid. */
export const FINANCE_ENVELOPE: readonly DimensionSpec[] = [
  { name: 'termDays', direction: 'AT_MOST', widest: '90' },
  { name: 'retentionPct', direction: 'AT_MOST', widest: '10' },
  { name: 'paymentPlan', direction: 'SAME' },
  { name: 'instalments', direction: 'AT_MOST', order: YES_IS_MORE },
  { name: 'beyondClassTerms', direction: 'AT_MOST', order: YES_IS_MORE },
];

/** How much, for how long, of whom. */
export const CREDIT_ENVELOPE: readonly DimensionSpec[] = [
  { name: 'amount', direction: 'AT_MOST', money: true, byAuthority: true },
  { name: 'termDays', direction: 'AT_MOST', widest: '90' },
  { name: 'creditOk', direction: 'AT_LEAST', order: YES_IS_MORE },
  { name: 'creditClass', direction: 'AT_LEAST', order: ['E', 'D', 'C', 'B', 'A'] },
];

export const LEGAL_ENVELOPE: readonly DimensionSpec[] = [{ name: 'nonStandardClauses', direction: 'WITHIN' }];
