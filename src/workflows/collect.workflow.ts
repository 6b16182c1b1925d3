import {
  ApplicationFailure,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { CollectionActivities } from '../activities/collection.activities.js';
import type { NextStep } from '../domain/process/view.js';
import { ACTING, READING, READING_PATIENTLY } from './activity-options.js';
import type { CollectInput } from './messages.js';
import { follow, type StepKey } from './watch.js';

const { readCase } = proxyLocalActivities<CollectionActivities>(READING);
const { readCase: readPatiently } = proxyActivities<CollectionActivities>(READING_PATIENTLY);
const act = proxyActivities<CollectionActivities>(ACTING);

/**
 * What a customer owes a company, from the first open invoice until nothing is open: letters by the ladder, promises judged,
 * disputes escalated, pauses ended. Payments, credit notes and people come by commands and are heard of; here is only what
 * time does. Years of it are many runs.
 * @returns how it ended
 */
export async function collect(input: CollectInput): Promise<string> {
  const { caseId, wakesPerRun } = input;
  return follow({
    process: 'collect',
    read: () => readCase(caseId),
    readPatiently: () => readPatiently(caseId),
    oneAggregate: false,
    wakesPerRun,
    take: (step, by) => takeStep(step, by, caseId),
    again: () => continueAsNew<typeof collect>(input),
  });
}

function takeStep({ kind, at }: NextStep, by: StepKey, caseId: string): Promise<void> {
  const as = (summary: string) => ({ ...ACTING, summary });
  switch (kind) {
    case 'SEND_LETTER':
      return act.sendLetter.executeWithOptions(as(`Letter by the ladder, ${at}`), [by, caseId]);
    case 'JUDGE_PROMISES':
      return act.judgePromises.executeWithOptions(as(`Promises: kept or broken, ${at}`), [by, caseId]);
    case 'ESCALATE_DISPUTES':
      return act.escalateDisputes.executeWithOptions(as(`Disputes nobody resolved, ${at}`), [by, caseId]);
    case 'COLLECTION_SETTLES':
      return act.settleCase.executeWithOptions(as(`The pause is over, or nothing is open, ${at}`), [
        by,
        caseId,
      ]);
    default:
      throw ApplicationFailure.nonRetryable('no step of collection', kind);
  }
}
