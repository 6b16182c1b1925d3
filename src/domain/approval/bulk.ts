import { Decimal } from 'decimal.js';
import { DomainError } from '../errors.js';
import type { ApprovalState, Seat } from './model.js';
import { requirementsOf } from './requirements.js';
import type { DecisionAction, StageSpec } from './stage-spec.js';

/** Items of one call (AE-BULK-1). */
export const MAX_BULK = 200;

/** Exposure up to which items are decided together where a stage says nothing else: base currency, inclusive. */
export const BULK_LIMIT = '100000';

/** NO_BULK: the policy wants each alone · HIGH_RISK: the exposure is above the limit · ADVICE: an opinion is no vote · ATTACHMENT, SIGNATURE: the answer takes one of its own */
export type BulkObstacle = 'NO_BULK' | 'HIGH_RISK' | 'ADVICE' | 'ATTACHMENT' | 'SIGNATURE';

/**
 * Why an item cannot be decided together with others, or null. A low-risk stage has no limit but one it names.
 * @param exposure base currency, decimal string; null when no money is involved
 * @see approvals.md AE-BULK-1
 */
export function bulkObstacle(
  spec: Pick<StageSpec, 'noBulk' | 'bulkLimit' | 'risk'>,
  exposure: string | null,
  isAdvice: boolean,
): BulkObstacle | null {
  if (isAdvice) return 'ADVICE';
  if (spec.noBulk === true) return 'NO_BULK';
  const limit = spec.bulkLimit ?? (spec.risk === 'LOW' ? null : BULK_LIMIT);
  return limit !== null && exposure !== null && new Decimal(exposure).gt(limit) ? 'HIGH_RISK' : null;
}

/** AE-REQ-1: what is attached to one answer or signed cannot be given to many; sent all the same, it is told what is missing. */
export function ownAnswerObstacle(
  spec: Pick<StageSpec, 'commentOn' | 'requires'>,
  action: DecisionAction,
): BulkObstacle | null {
  const asked = requirementsOf(spec, action);
  if (asked.includes('SIGNATURE')) return 'SIGNATURE';
  return asked.includes('ATTACHMENT') ? 'ATTACHMENT' : null;
}

/** @throws DomainError BULK_NOT_ALLOWED with the obstacle */
export function mustSuitBulk({ exposure }: ApprovalState, spec: StageSpec, { added }: Seat): void {
  const obstacle = bulkObstacle(spec, exposure?.amount ?? null, added?.relation === 'CONSULT');
  if (obstacle) throw new DomainError('BULK_NOT_ALLOWED', { obstacle });
}
