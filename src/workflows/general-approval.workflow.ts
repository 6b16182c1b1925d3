import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { ProcessActivities } from '../activities/process.activities.js';
import type { NextStep } from '../domain/process/view.js';
import { ACTING, READING, READING_PATIENTLY } from './activity-options.js';
import type { GeneralApprovalInput } from './messages.js';
import { follow, type StepKey } from './watch.js';

const { readApproval } = proxyLocalActivities<ProcessActivities>(READING);
const { readApproval: readPatiently } = proxyActivities<ProcessActivities>(READING_PATIENTLY);
const { fireDueRungs, expireReturned, takeEffect, compensate } = proxyActivities<ProcessActivities>(ACTING);

/**
 * One request that is its own process: waits until people have decided, and lets the ladder act when they take too long.
 * @returns the request's outcome
 */
export async function generalApproval(input: GeneralApprovalInput): Promise<string> {
  const { requestId, wakesPerRun } = input;
  return follow({
    process: 'generalApproval',
    read: () => readApproval(requestId),
    readPatiently: () => readPatiently(requestId),
    oneAggregate: true,
    wakesPerRun,
    take: takeStep,
    again: () => continueAsNew<typeof generalApproval>(input),
  });
}

/** What time does: the ladder while people are asked, the effect once they have agreed, an end of what was forgotten. */
function takeStep({ kind, at, subjectId }: NextStep, by: StepKey): Promise<void> {
  const as = (summary: string) => ({ ...ACTING, summary });
  switch (kind) {
    case 'EXPIRE_RETURNED':
      return expireReturned.executeWithOptions(as(`Returned and forgotten, due ${at}`), [by, subjectId]);
    case 'COMPENSATE':
      return compensate.executeWithOptions(as('Undoes what the revoked approval had brought about'), [
        by,
        subjectId,
      ]);
    case 'TAKE_EFFECT':
      return takeEffect.executeWithOptions(as(`The approval takes effect, due ${at}`), [by, subjectId]);
    default:
      return fireDueRungs.executeWithOptions(as(`Ladder of the approval, due ${at}`), [by, subjectId]);
  }
}
