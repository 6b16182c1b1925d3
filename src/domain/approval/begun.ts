import type { ApprovalEvent } from './events.js';
import type { ApprovalState } from './model.js';
import { RETRACT_MINUTES } from './policy.js';

/** What a new round begins with, submitted or moved to. Rounds from before a choice was there keep what held then. */
export function begun({
  facts,
  stages,
}: Pick<Extract<ApprovalEvent, { type: 'request.submitted' }>, 'facts' | 'stages'>): Pick<
  ApprovalState,
  | 'stages'
  | 'seats'
  | 'pendingReturn'
  | 'beneficiaryIds'
  | 'separation'
  | 'retractMinutes'
  | 'effectDelayMinutes'
  | 'dedupe'
> {
  return {
    stages,
    seats: [],
    pendingReturn: null,
    beneficiaryIds: facts.beneficiaryIds ?? [],
    separation: facts.separation ?? [],
    retractMinutes: facts.retractMinutes ?? RETRACT_MINUTES,
    effectDelayMinutes: facts.effectDelayMinutes ?? 0,
    // rounds from before there was a choice asked everybody
    dedupe: facts.dedupe ?? 'NONE',
  };
}
