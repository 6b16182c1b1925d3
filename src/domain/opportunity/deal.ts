import { DomainError, type FieldError } from '../errors.js';
import { decimalProblem } from '../money.js';
import type { OpenForecast } from './pipeline.js';

/** What the customer is doing when buying (C9): new task, modified rebuy, straight rebuy. */
export const BUYING_TYPES = ['NEW_TASK', 'MODIFIED_REBUY', 'STRAIGHT_REBUY'] as const;
export type BuyingType = (typeof BUYING_TYPES)[number];

/** A contact's part in the buying centre (C9): 发起者, 使用者, 影响者, 决定者. */
export const BUYING_ROLES = ['INITIATOR', 'USER', 'INFLUENCER', 'DECIDER'] as const;
export type BuyingRole = (typeof BUYING_ROLES)[number];

/** Somebody's own view of a deal, beside what its stage says; both numbers are kept. */
export interface OwnView {
  /** decimal string 0–100; null = as the stage says */
  probabilityPct: string | null;
  forecast: OpenForecast | null;
  /** mandatory with either */
  reason: string | null;
}

/** @throws DomainError VALIDATION a probability outside 0–100, or an own view without a reason */
export function checkOwnView({ probabilityPct, forecast, reason }: OwnView): void {
  const errors: FieldError[] = [];
  const problem =
    probabilityPct === null
      ? null
      : decimalProblem(probabilityPct, { maxScale: 2, min: '0', max: '100' }, '/own/probabilityPct');
  if (problem) errors.push(problem);
  if ((probabilityPct !== null || forecast !== null) && !reason)
    errors.push({ pointer: '/own/reason', code: 'REQUIRED', rule: 'why it differs from the stage' });
  if (errors.length > 0) throw new DomainError('VALIDATION', {}, errors);
}

/**
 * A close date as somebody sets it: a deal that is sold closes today or later; what is past is history, not a plan.
 * @param today ISO date in the owner's zone
 * @throws DomainError VALIDATION
 */
export function checkCloseDate(expectedClose: string, today: string): void {
  if (expectedClose < today)
    throw new DomainError('VALIDATION', { today }, [
      { pointer: '/expectedClose', code: 'PAST', rule: 'today or later' },
    ]);
}
